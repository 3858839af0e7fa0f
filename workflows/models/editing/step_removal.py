"""Takes a step away, with what only it held up, and joins what it stood between."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.models.editing.drawing import Drawing
from workflows.models.editing.empty_branches import close_branch
from workflows.models.editing.errors import StepNeeded
from workflows.models.editing.reading import Changes, unless_read
from workflows.models.editing.steps import called, siblings
from workflows.models.editing.work import Work, styr_of
from workflows.models.editing.xml_text import Element


def remove_step(files: Mapping[str, bytes], node: str) -> Changes:
    """Take a step away and join what it stood between. Raises AnswersRead, StepNeeded, StepGone."""
    work = Work(files)
    element = work.element(node)
    drawing = work.drawing(node)
    gone = {inner.id for inner in element.walk() if inner.id}
    out = drawing.out_of(node)
    if styr_of(element, "gate") or len(out) != 1:
        raise StepNeeded(what=called(element), why="flera vägar leder härifrån")
    _refuse_when_needed(work, element, gone)
    refuse_lost_events(drawing, element)
    closed = [drawing.change(line, target=out[0].target) for line in drawing.into(node) if line.source != node]
    drawing.remove(node)
    for line in closed:
        if drawing.lines.get(line.id) == line:
            close_branch(drawing, line)
    forget_documents(work, gone)
    return unless_read(files, work.changes(), gone, called(element))


def refuse_lost_events(drawing: Drawing, element: Element) -> None:
    """Raise StepNeeded when only an event on the element leads to something that stays."""
    for event in siblings(element):
        if event.attributes.get("attachedToRef") == element.id:
            for line in drawing.out_of(event.id):
                if all(other.source in (event.id, element.id) for other in drawing.into(line.target)):
                    raise StepNeeded(what=called(element), why="en händelse på steget leder vidare i diagrammet")


def forget_documents(work: Work, gone: set[str]) -> None:
    """Take documents out of `model.json` that no step makes any more, also from what gates are checked against."""
    forms = {styr_of(element, "task").get("form") for element in _tasks(work, gone, of_gone=True)}
    kept = {styr_of(element, "task").get("form") for element in _tasks(work, gone, of_gone=False)}
    for document in work.model.documents:
        if document.form in forms - kept:
            work.drop(("documents", work.place("documents", document.key)))
            for number, gate in enumerate(work.value("gates")):
                if document.key in gate["documents"]:
                    left = [key for key in gate["documents"] if key != document.key]
                    work.put(("gates", number, "documents"), left)


def _tasks(work: Work, gone: set[str], *, of_gone: bool) -> list[Element]:
    found: list[Element] = []
    for path in (path for path in work.files if path.endswith(".bpmn")):
        drawing = work.open(path)
        tasks = (element for element in drawing.document.root.walk() if element.local == "userTask")
        found += [element for element in tasks if (element.id in gone) is of_gone]
    return found


def _refuse_when_needed(work: Work, element: Element, gone: set[str]) -> None:
    """Raise StepNeeded for the step that the model begins with, and for what fills a register."""
    forms = {styr_of(task, "task").get("form") for task in _tasks(work, gone, of_gone=True)}
    kept = {styr_of(task, "task").get("form") for task in _tasks(work, gone, of_gone=False)}
    for form in forms - kept - {None}:
        if form == work.model.start_form:
            raise StepNeeded(what=called(element), why="modellen börjar med det formuläret")
        if any(True for _ in work.model.register_fields(form or "")):
            raise StepNeeded(what=called(element), why="det fyller ett register som andra steg går igenom")
