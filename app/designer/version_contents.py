"""What a published version holds, as lists: files, steps, questions, fields, rules, scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.compare import anchor_of
from app.designer.compare_words import lead
from app.designer.files import KINDS
from app.designer.guards import seeing_models
from app.shell.context import request_context
from app.shell.filters import say
from forms.checklist import Checklist, Requirement
from forms.swedish import alphabetical
from forms.tree import Field, Form, Group, Node, Rows
from workflows.engine import DrawnStep
from workflows.kernel.errors import NotFound, Text, _l
from workflows.models import Bundle, Version, find_version, load_bundle, read_scenarios, versions_of
from workflows.models.comparing import TableInWords, compare, summary, tables_in_words

REQUIREMENTS: Mapping[Requirement, Text] = {
    Requirement.MUST: _l("obligatorisk"),
    Requirement.WARN: _l("varning"),
    Requirement.INFO: _l("information"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a diagram, with what lies in it; `role` does it."""

    name: str
    role: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A BPMN file: its address for the viewer, and the steps of its processes in order."""

    file: str
    anchor: str
    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A form or checklist as a list of lines (words, what is said of them)."""

    anchor: str
    title: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is new against the version before: the sentence on top, and the weightiest changes."""

    version: int
    lead: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything a version holds, for people."""

    files: tuple[tuple[str, str, int], ...]
    diagrams: tuple[Diagram, ...]
    checklists: tuple[Preview, ...]
    forms: tuple[Preview, ...]
    tables: tuple[tuple[str, TableInWords], ...]
    scenarios: tuple[tuple[str, str], ...]
    since: Since | None


def _by_title(preview: Preview) -> str:
    return alphabetical(preview.title)


def contents_of(bundle: Bundle, version: Version) -> Contents:
    """Return what a version holds, and what is new in it."""
    return Contents(
        files=tuple((path, anchor_of(path), len(data)) for path, data in sorted(bundle.files.items())),
        diagrams=tuple(_diagrams(bundle)),
        checklists=tuple(_checklist(key, one) for key, one in bundle.checklists.items()),
        forms=tuple(sorted((_form(key, one) for key, one in bundle.forms.items()), key=_by_title)),
        tables=tuple((anchor_of(table.file), table) for table in tables_in_words(bundle.files)),
        scenarios=tuple((anchor_of(one.file), one.title) for one in read_scenarios(bundle.files)),
        since=_since(bundle, version),
    )


@bp.get("/models/<model>/versions/<int:version>/files/<path:path>")
@seeing_models
def version_file(model: str, version: int, path: str) -> ResponseReturnValue:
    """Send one file of a published version: to the picture's script, or to be kept."""
    ctx = request_context()
    with ctx.read() as session:
        found = find_version(session, tenant=ctx.tenant, model=model, version=version)
        files = load_bundle(session, tenant=ctx.tenant, digest=found.digest).files
    if path not in files:
        raise NotFound
    response = Response(files[path], mimetype=KINDS[path.rpartition(".")[2]])
    response.set_etag(found.digest)
    response.headers["Cache-Control"] = "private, no-cache"
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="{path.rpartition("/")[2]}"'
    return response.make_conditional(request)


def _since(bundle: Bundle, version: Version) -> Since | None:
    ctx = request_context()
    with ctx.read() as session:
        versions = versions_of(session, tenant=ctx.tenant, model=version.model)
        earlier = next((one for one in versions if one.version < version.version), None)
        if earlier is None:
            return None
        files = load_bundle(session, tenant=ctx.tenant, digest=earlier.digest).files
    comparison = compare(files, bundle.files)
    return Since(version=earlier.version, lead=lead(comparison), sentences=summary(comparison))


def _diagrams(bundle: Bundle) -> Iterator[Diagram]:
    """Yield the diagrams, the model's own process first."""
    executable, main = bundle.executable, bundle.model.process
    processes = sorted(executable.diagram.processes(), key=lambda process: process.id != main)
    roles = {role.key: say(role.label) for role in bundle.model.roles}
    for process in processes:
        steps = tuple(_steps(executable.steps(process.id), bundle, roles))
        name = process.name or process.id
        yield Diagram(file=process.file, anchor=anchor_of(process.file), name=name, steps=steps)


def _steps(drawn: tuple[DrawnStep, ...], bundle: Bundle, roles: Mapping[str, str]) -> Iterator[Step]:
    """Yield what has a name, with who does it; a part without a name gives its steps."""
    for one in drawn:
        inside = tuple(_steps(one.steps, bundle, roles))
        if not one.name:
            yield from inside
            continue
        task = bundle.executable.diagram.nodes[one.node].styr.get("task", {})
        role = roles.get(task.get("role", ""), "")
        yield Step(name=one.name, role=role, steps=inside)


def _checklist(key: str, checklist: Checklist) -> Preview:
    lines = tuple(
        (f"{item.id} {say(item.question)}", gettext(REQUIREMENTS[item.requirement])) for item in checklist.items
    )
    anchor = anchor_of(f"forms/{key}.checklist.json")
    return Preview(anchor=anchor, title=say(checklist.title), lines=lines)


def _form(key: str, form: Form) -> Preview:
    lines = tuple(line for node in form.walk() if (line := _line(node)))
    return Preview(anchor=anchor_of(f"forms/{key}.form.json"), title=say(form.title) or key, lines=lines)


def _line(node: Node) -> tuple[str, str] | None:
    match node:
        case Group() if node.label:
            return say(node.label), gettext("avsnitt")
        case Rows():
            return say(node.label), gettext("lista med rader")
        case Field() if node.label:
            return say(node.label), gettext("obligatoriskt") if node.rules.required else ""
    return None
