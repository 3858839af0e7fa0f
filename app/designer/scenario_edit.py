"""Edit a scenario: as a table of steps, or as the text of its file."""

from __future__ import annotations

from collections.abc import Mapping

import yaml
from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.scenario_results import finding_in_scenario, names_of_draft
from app.designer.scenario_rows import VERBS, Sheet, errors_from, sheet_of
from app.designer.scenario_typed import (
    RowsRefused,
    origins_of,
    posted_sheet,
    raw_of,
    row_in_hand,
    with_rows_changed,
)
from app.designer.scenarios import TAB, save_scenario
from workflows.kernel.errors import NotFound
from workflows.models import BundleRefused, Finding, ScenariosRefused, check, read_bundle
from workflows.models.scenario import FOLDER, USUAL, read_scenario, read_scenarios
from workflows.models.scenario_text import rewrite_scenario
from workflows.models.strict_yaml import YamlRefused, read_yaml

CHANGES = frozenset({"_add", "_remove", "_up", "_down"})


@bp.get("/models/drafts/<draft_id>/scenarios/<name>")
@seeing_models
def scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Show a scenario as rows; one that cannot be read so is shown as text."""
    page = draft_page(draft_id, TAB)
    text = _text(page, name)
    try:
        read_scenario(page.draft.files, FOLDER + name + ".yaml")
        raw = read_yaml(text.encode())
    except (ScenariosRefused, YamlRefused):
        return redirect(url_for(".scenario_text", draft_id=draft_id, name=name))
    return _show(page, name, sheet_of(raw, _known(page)), {})


@bp.post("/models/drafts/<draft_id>/scenarios/<name>")
@designing
def edit_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Change the rows as a button says, or save them; what was not changed stays as it is written."""
    page = draft_page(draft_id, TAB)
    text = _text(page, name)
    sheet = posted_sheet(request.form)
    if CHANGES & set(request.form):
        return _show(page, name, with_rows_changed(sheet, request.form), {}, focus=row_in_hand(request.form))
    try:
        raw = raw_of(sheet, _known(page))
    except RowsRefused as refused:
        return make_response(_show(page, name, sheet, refused.errors), 422)
    new = rewrite_scenario(text, raw, origins_of(sheet)).encode()
    path = FOLDER + name + ".yaml"
    if errors := errors_from([(one.element, one.message) for one in _refused({path: new})]):
        return make_response(_show(page, name, sheet, errors), 422)
    then = url_for(".scenarios_result", draft_id=draft_id, scenario=name) if "_run" in request.form else ""
    return save_scenario(draft_id, path, new, gettext("Ändrade scenariot %(title)s", title=sheet.title), then=then)


@bp.get("/models/drafts/<draft_id>/scenarios/<name>/text")
@seeing_models
def scenario_text(draft_id: str, name: str) -> ResponseReturnValue:
    """Show the text of a scenario's file, or of the usual answers."""
    page = draft_page(draft_id, TAB)
    path, text = FOLDER + name + ".yaml", _text(page, name)
    return _show_text(page, name, text, _sentences(text, _refused({path: text.encode()})))


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/text")
@designing
def edit_scenario_text(draft_id: str, name: str) -> ResponseReturnValue:
    """Save the text of a file that is a scenario; what is wrong is said with its line."""
    page = draft_page(draft_id, TAB)
    _text(page, name)
    path = FOLDER + name + ".yaml"
    typed = request.form.get("text", "").replace("\r\n", "\n")
    if found := _refused({path: typed.encode()}):
        return make_response(_show_text(page, name, typed, _sentences(typed, found), tried=True), 422)
    then = url_for(".scenario_text", draft_id=draft_id, name=name)
    what = gettext("Ändrade texten i %(path)s", path=path)
    return save_scenario(draft_id, path, typed.encode(), what, then=then)


def _text(page: DraftPage, name: str) -> str:
    """Return the text of a scenario's file. Raises NotFound."""
    data = page.draft.files.get(FOLDER + name + ".yaml")
    if data is None:
        raise NotFound
    return data.decode()


def _refused(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    try:
        read_scenarios(files)
    except ScenariosRefused as refused:
        return refused.findings
    return ()


def _sentences(text: str, findings: tuple[Finding, ...]) -> list[str]:
    """Return what is wrong with a text, each with the line that it is about where that is known."""
    lines = _lines_of_steps(text)
    return [_sentence(finding, lines) for finding in findings]


def _sentence(finding: Finding, lines: list[int]) -> str:
    number = finding.element.removeprefix("steg ").partition(" ")[0]
    if finding.element.startswith("steg ") and number.isdecimal() and int(number) <= len(lines):
        return gettext("Rad %(line)s: %(what)s", line=lines[int(number) - 1], what=finding.message)
    return f"{finding.element}: {finding.message}" if finding.element else finding.message


def _lines_of_steps(text: str) -> list[int]:
    """Return the line on which each step of a text begins, none when it is no YAML that we read."""
    try:
        read_yaml(text.encode())
    except YamlRefused:
        return []
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return []
    steps = next((value for key, value in root.value if key.value == "steps"), None)
    return [step.start_mark.line + 1 for step in steps.value] if isinstance(steps, yaml.SequenceNode) else []


def _show(page: DraftPage, name: str, sheet: Sheet, errors: Mapping[str, str], *, focus: int | None = None) -> str:
    path = FOLDER + name + ".yaml"
    found = [finding for finding in check(page.draft.files) if finding.file == path]
    names = names_of_draft(page.draft) if found else None
    return show(
        page,
        "scenario",
        name=name,
        sheet=sheet,
        errors=errors,
        focus=focus,
        verbs=[(str(verb), gettext(words)) for verb, words in VERBS.items()],
        findings=[finding_in_scenario(page.draft.files, finding, names).sentence for finding in found],
        known=_known(page),
        processes=_processes(page),
    )


def _show_text(page: DraftPage, name: str, text: str, wrong: list[str], *, tried: bool = False) -> str:
    errors = {"text": wrong[0]} if tried and wrong else {}
    return show(page, "scenario_text", name=name, text=text, wrong=wrong, errors=errors, usual=f"{name}.yaml" == USUAL)


def _known(page: DraftPage) -> list[tuple[str, str]]:
    """Return the steps and gates that rows may name, with what people call them; none while the model is broken."""
    try:
        bundle = read_bundle(page.draft.files)
    except BundleRefused:
        return []
    gates = [(gate.key, gate.label["sv"]) for gate in bundle.model.gates]
    return [*gates, *((node, task.name) for node, task in bundle.executable.tasks.items())]


def _processes(page: DraftPage) -> list[tuple[str, str]]:
    try:
        bundle = read_bundle(page.draft.files)
    except BundleRefused:
        return []
    drawn = [(scope.id, scope.name or scope.id) for scope in bundle.executable.diagram.processes()]
    return [("", gettext("Hela modellen")), *(one for one in drawn if one[0] != bundle.model.process)]
