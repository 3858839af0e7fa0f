"""Changes of a single step: what it is called and who does it, a new one, another place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workflows.engine import TaskKind
from workflows.models.asking import key_of
from workflows.models.editing.drawing import Drawing
from workflows.models.editing.drawing_parts import Line, Part
from workflows.models.editing.empty_branches import close_branch, doubled
from workflows.models.editing.errors import CannotMove, NoSuchPlace, StepGone, WordsMissing
from workflows.models.editing.reading import Changes
from workflows.models.editing.work import Work, styr_of
from workflows.models.editing.xml_text import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """What the table says of a step. Periods are ISO 8601, or "" for none; `role` and `form` are keys."""

    name: str
    kind: TaskKind = TaskKind.RECORD
    form: str = ""
    role: str = ""
    due: str = ""
    remind: str = ""
    escalate: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a step stands: after another one, or first in a phase (a sub-process, or a whole process)."""

    after: str = ""
    first_in: str = ""


def change_step(files: Mapping[str, bytes], node: str, words: StepWords) -> Changes:
    """Say something else of a step. Raises WordsMissing, StepGone."""
    work = Work(files)
    element = work.element(node)
    drawing = work.drawing(node)
    _require(words, form=element.local == "userTask")
    drawing.set_attribute(node, "name", words.name)
    drawing.set_help(node, words.help)
    if element.local == "userTask":
        drawing.set_styr(node, "task", _task(words))
        _tell_document(work, words)
    return work.changes()


def rename_step(files: Mapping[str, bytes], node: str, name: str) -> Changes:
    """Call a step something else. Raises WordsMissing, StepGone."""
    if not name.strip():
        raise WordsMissing(field="name", sentence="Skriv vad steget heter, med ett verb först")
    work = Work(files)
    work.element(node)
    work.drawing(node).set_attribute(node, "name", name.strip())
    return work.changes()


def add_step(files: Mapping[str, bytes], place: Place, words: StepWords) -> tuple[Changes, str]:
    """Add a step that somebody does; return the changed files and the step's id. Raises WordsMissing, NoSuchPlace."""
    _require(words, form=True)
    work = Work(files)
    drawing, line = _gap(work, place)
    key = key_of(words.name, work.taken())
    drawing.taken.add(key)
    task = {name: value for name, value in _task(words).items() if value}
    part = Part(id=key, scope=line.scope, kind="userTask", name=words.name, extensions=drawing.styr("task", task))
    drawing.add(part)
    _thread(drawing, line, key)
    if words.help:
        drawing.parts[key] = replace(part, help=words.help)
    _tell_document(work, words)
    return work.changes(), key


def move_step(files: Mapping[str, bytes], node: str, place: Place) -> Changes:
    """Let a step stand somewhere else. Raises CannotMove, NoSuchPlace, StepGone."""
    work = Work(files)
    element = work.element(node)
    drawing = work.drawing(node)
    if node in (place.after, place.first_in) or _inside(element, place.after or place.first_in):
        raise NoSuchPlace
    into, out = drawing.into(node), drawing.out_of(node)
    events = [e for e in siblings(element) if e.attributes.get("attachedToRef") == node]
    if len(into) != 1 or len(out) != 1 or events or styr_of(element, "gate"):
        raise CannotMove(step=called(element))
    before = into[0]
    if before.source in (place.after, _start(work, place)):
        return {}
    closed = drawing.change(before, target=out[0].target)
    drawing.cut(out[0])
    target_drawing, line = _gap(work, place)
    if target_drawing is not drawing:
        raise NoSuchPlace
    if doubled(drawing, closed):
        raise CannotMove(step=called(element))
    if line.scope != before.scope:
        drawing.relocate(node, line.scope)
    else:
        drawing.unplace(node)
    _thread(drawing, line, node)
    if drawing.lines[closed.id] == closed:
        close_branch(drawing, closed)
    return work.changes()


def _gap(work: Work, place: Place) -> tuple[Drawing, Line]:
    """Return the flow into which something at a place goes. Raises NoSuchPlace."""
    if place.first_in:
        drawing = work.drawing(place.first_in)
        lines = drawing.out_of(_start(work, place))
    else:
        element = work.element(place.after)
        drawing = work.drawing(place.after)
        lines = drawing.out_of(place.after) if not styr_of(element, "gate") else []
    if len(lines) != 1:
        raise NoSuchPlace
    return drawing, lines[0]


def _start(work: Work, place: Place) -> str:
    """Return the start of the scope that something comes first in."""
    scope = work.element(place.first_in) if place.first_in else None
    return next((child.id for child in scope.children if child.local == "startEvent"), "") if scope is not None else ""


def _thread(drawing: Drawing, line: Line, node: str) -> None:
    """Let a flow lead through an element before it goes on."""
    onward = line.target
    drawing.change(line, target=node)
    drawing.connect(node, onward)


def _task(words: StepWords) -> dict[str, str]:
    return {
        "kind": words.kind,
        "form": words.form,
        "role": words.role,
        "due": words.due,
        "remind": words.remind,
        "escalate": words.escalate,
    }


def _require(words: StepWords, *, form: bool) -> None:
    if not words.name.strip():
        raise WordsMissing(field="name", sentence="Skriv vad steget heter, med ett verb först")
    if form and not words.form:
        raise WordsMissing(field="form", sentence="Välj vad som fylls i")
    if form and not words.role:
        raise WordsMissing(field="role", sentence="Välj vem som gör steget")


def _tell_document(work: Work, words: StepWords) -> None:
    """Let a step that writes a document make one, when `model.json` does not know it yet."""
    if words.kind is not TaskKind.DOCUMENT or work.model.document_of(words.form) is not None:
        return
    taken = {document.key for document in work.model.documents}
    key = words.form if words.form not in taken else key_of(words.form, taken)
    documents = work.value("documents")
    work.insert(("documents",), len(documents), {"key": key, "label": {"sv": words.name}, "form": words.form})


def siblings(element: Element) -> list[Element]:
    """Return what lies in the same scope as an element, itself included."""
    return element.parent.children if element.parent is not None else []


def _inside(element: Element, node: str) -> bool:
    return any(inner.id == node for inner in element.walk())


def called(element: Element) -> str:
    """Return what people call an element."""
    return element.attributes.get("name") or element.id


__all__ = [
    "Changes",
    "Place",
    "StepGone",
    "StepWords",
    "add_step",
    "called",
    "change_step",
    "move_step",
    "rename_step",
    "siblings",
]
