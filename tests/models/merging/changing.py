"""Two people who change one diagram, as the table of steps would write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows import engine
from workflows.models import Severity, check, shipped
from workflows.models.editing.step_removal import remove_step
from workflows.models.editing.steps import Place, StepWords, add_step, move_step, rename_step
from workflows.models.merging import MergedDiagram, Side, merge_diagrams
from workflows.models.merging.parts import Parts, read_parts

FILES = shipped("harnosand")
PATH = "project.bpmn"
BASE = FILES[PATH]

Change = Callable[[Mapping[str, bytes]], Mapping[str, bytes]]


def renamed(step: str, name: str) -> Change:
    return lambda files: rename_step(files, step, name)


def added(after: str, name: str) -> Change:
    words = StepWords(name=name, form="office_review", role="project_office", due="P5D")
    return lambda files: add_step(files, Place(after=after), words)[0]


def moved(step: str, after: str) -> Change:
    return lambda files: move_step(files, step, Place(after=after))


def removed(step: str) -> Change:
    return lambda files: remove_step(files, step)


def put(old: str, new: str) -> Change:
    """Put a text in place of another that stands once in the diagram."""

    def change(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
        assert files[PATH].count(old.encode()) == 1, old
        return {PATH: files[PATH].replace(old.encode(), new.encode())}

    return change


def after(*changes: Change, files: Mapping[str, bytes] = FILES) -> bytes:
    """Return the diagram after changes, one upon the other."""
    now = dict(files)
    for change in changes:
        now |= change(now)
    return now[PATH]


def merged(mine: bytes, theirs: bytes, base: bytes = BASE, **choices: str) -> MergedDiagram:
    """Merge; a choice is said by the beginning of the conflict's key, or `every` for all."""
    first = merge_diagrams(PATH, FILES, base=base, mine=mine, theirs=theirs, choices={})
    if not choices:
        return first
    answers = {
        one.key: Side(side)
        for one in first.conflicts
        for begins, side in choices.items()
        if begins == "every" or one.key.startswith(begins)
    }
    return merge_diagrams(PATH, FILES, base=base, mine=mine, theirs=theirs, choices=answers)


def parts(data: bytes | None) -> Parts:
    assert data is not None
    return read_parts(engine.read_xml(data, PATH))


def said(data: bytes | None) -> Mapping[str, Mapping[str, str]]:
    """Return what a diagram says, however it is written and drawn."""
    return {key: part.values for key, part in parts(data).by_key.items() if not part.drawn}


def errors(data: bytes | None) -> list[str]:
    """Return what the check has against the model with this diagram, the scenarios aside."""
    assert data is not None
    found = check({**FILES, PATH: data})
    return [one.message for one in found if one.severity is Severity.ERROR and not one.file.startswith("scenarios/")]
