"""The names that a condition of a question or a field may use, each with what it means in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import FormRefused, read_checklist
from forms.definition import read_form
from forms.feel import FeelError, names, parse
from forms.tree import Form, Group, Keyed, keyed
from workflows.kernel.errors import Text, _l
from workflows.models.asking.reading import content_of
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.linting.questions import PAGE

FACT_WORDS: Mapping[str, Text] = {
    "size_class": _l('Projektets storlek: "small" eller "large"'),
    "has_steering_group": _l("Styrgrupp finns: true eller false"),
    "total_cost": _l("Projektets sammanlagda kostnad i kronor"),
    "board_cost_limit": _l("Beloppsgränsen där nämnden beslutar, i kronor"),
    "external_funding": _l("Projektet har extern finansiering: true eller false"),
    "cross_board": _l("Projektet rör flera nämnder: true eller false"),
    "principle_matter": _l("Frågan är principiell: true eller false"),
    "missing": _l("Hur många krav som saknas inför beslutspunkten"),
    "light_before": _l('Förra lägesrapportens ljus: "green", "yellow", "red" eller "none"'),
}
"""What the facts of a project mean and which values they have."""

REGISTER = _l("Nycklarna till raderna i registret")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeName:
    """A name that an expression may use: `words` say what it is, in Swedish."""

    name: str
    words: str


def question_scope(files: Mapping[str, bytes], *, own: str = "") -> tuple[ScopeName, ...]:
    """Return what the condition of a question may read: facts, registers, and the answers to the other questions."""
    facts = [ScopeName(name=name, words=FACT_WORDS.get(name, "")) for name in DEFAULT_FACTS]
    registers = [ScopeName(name=name, words=REGISTER) for name in _registers(files)]
    items = [ScopeName(name=f"item.{key}", words=words) for key, words in _questions(files).items() if key != own]
    return (*facts, *registers, *items)


def condition_problem(files: Mapping[str, bytes], condition: str, *, own: str = "") -> str:
    """Say what is wrong with the condition of a question and where, "" when nothing is."""
    try:
        read = names(parse(condition))
    except FeelError as error:
        return f"Villkoret går inte att läsa: {error}".rstrip(".")
    known = {*DEFAULT_FACTS, *_registers(files)}
    items = _questions(files)
    for root, *path in sorted(read):
        said = ".".join((root, *path))
        if root == "item":
            unknown = not path or (path[0] not in items and path[0] != own)
        else:
            unknown = (path[0] if path else "") not in known if root == "facts" else root not in known
        if unknown:
            return f"Ingenting heter {said} (tecken {condition.find(root) + 1}). Välj bland namnen i listan"
    return ""


def form_scope(files: Mapping[str, bytes], key: str) -> tuple[ScopeName, ...]:
    """Return what an expression of a form may read: its own fields first, then facts and the answers to checklists."""
    own = [ScopeName(name=name, words=words) for name, words in _fields(_form(files, key))]
    return (*own, *question_scope(files))


def _fields(form: Form | None) -> Iterator[tuple[str, str]]:
    if form is None:
        return
    for node in keyed(form.nodes):
        yield from _named(node, "")


def _named(node: Keyed, prefix: str) -> Iterator[tuple[str, str]]:
    name = f"{prefix}{node.key}"
    yield name, node.label.sv
    if isinstance(node, Group):
        for inner in keyed(node.nodes):
            yield from _named(inner, f"{name}.")


def _form(files: Mapping[str, bytes], key: str) -> Form | None:
    path = f"forms/{key}.form.json"
    try:
        return read_form(files[path], key=key) if path in files else None
    except FormRefused:
        return None


def _questions(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the questions of all checklists that can be read, by id, with what they are about."""
    found: dict[str, str] = {}
    for path in sorted(files):
        if path.endswith(".checklist.json"):
            try:
                found |= {item.id: item.topic.sv for item in read_checklist(files[path]).items}
            except FormRefused:
                continue
    return found


def _registers(files: Mapping[str, bytes]) -> tuple[str, ...]:
    model = content_of(files.get("model.json", b"{}"))
    registers = model.get("registers") if isinstance(model, dict) else None
    return tuple(map(str, registers)) if isinstance(registers, dict) else ()


def unknown_names(files: Mapping[str, bytes], schema: Mapping[str, Any]) -> frozenset[str]:
    """Return the names that a form's expressions read and nothing on its page gives."""
    try:
        outside = read_form(schema).outside
    except FormRefused:
        return frozenset()
    return outside - PAGE - set(DEFAULT_FACTS) - set(_registers(files))
