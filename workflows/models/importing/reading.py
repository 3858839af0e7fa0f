"""Reads BPMN files of any tool into drawings: every element with its hints, every flow, every position."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from workflows.engine.reading import BPMN
from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.models.comparing.swedish import quoted
from workflows.models.importing.details import left_inside, read_loop, read_trigger
from workflows.models.importing.dialects import dialect_of
from workflows.models.importing.drawing import GATEWAYS, Scope, Step, Way
from workflows.models.importing.file_reader import FileReader, label_of, name_of, tag_of
from workflows.models.importing.naming import Names, is_id, slug
from workflows.models.importing.positions import read_positions
from workflows.models.importing.rows import ImportRefused, Place, Report
from workflows.models.importing.surroundings import tell_surroundings

MAX_DRAWN = 800
"""Elements and flows of a file; the check allows 300 elements in a whole model."""

MAX_DEPTH = 6
"""Sub-processes within sub-processes: our engine's eight, less the two that an import puts round everything."""

TASKS = frozenset(
    {"task", "userTask", "manualTask", "serviceTask", "scriptTask", "sendTask", "receiveTask", "businessRuleTask"}
)
EVENTS = frozenset(
    {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
    | {"implicitThrowEvent"}
)  # fmt: skip
INNER = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ELEMENTS = TASKS | EVENTS | INNER | GATEWAYS | {"callActivity"}
APART = ELEMENTS | {"sequenceFlow", "laneSet", "dataObject", "dataObjectReference", "dataStoreReference"}

_ASIDE = {
    "dataObjectReference": "Ett dataobjekt",
    "dataStoreReference": "Ett datalager",
    "textAnnotation": "En anteckning",
}
"""What explains a drawing and is left out, with a row."""


@dataclass(slots=True, kw_only=True)
class ForeignFile:
    """One BPMN file: its processes, and what else in it may be asked for."""

    name: str
    dialect: str
    processes: list[Scope] = field(default_factory=list)
    executable: set[str] = field(default_factory=set)
    called: dict[str, str] = field(default_factory=dict)
    forms: dict[str, str] = field(default_factory=dict)


def read_file(name: str, content: bytes, *, report: Report, names: Names) -> ForeignFile:
    """Read one BPMN file. Raises ImportRefused for what is hostile, broken or too much."""
    root = _root(name, content)
    reader = FileReader(file=name, report=report, names=names, root=root)
    _definitions(reader)
    read_positions(reader)
    read = ForeignFile(name=name, dialect=dialect_of(root), forms=_embedded_forms(root))
    pools = {
        pool.get("processRef"): name_of(pool)
        for pool in root.iterfind(f"{BPMN}collaboration/{BPMN}participant")
        if pool.get("processRef")
    }
    for process in root.iterchildren(f"{BPMN}process"):
        if not any(tag_of(child) in ELEMENTS for child in process if isinstance(child.tag, str)):
            reader.report.noted(reader.place(process), f"En tom process, {label_of(process)}.", "Den togs inte med.")
            continue
        written = process.get("id") or ""
        called = name_of(process) or pools.get(written) or _spoken(written, name)
        scope = _scope(reader, process, wanted=slug(written, "process"), name=called, depth=0)
        scope.left = reader.hints(process).left
        reader.renamed[written] = scope.id
        read.processes.append(scope)
        read.called[written] = scope.id
        if process.get("isExecutable") == "true":
            read.executable.add(scope.id)
    tell_surroundings(reader)
    return read


def _spoken(written: str, file: str) -> str:
    """Return what to call a process that has no name: its id where a person wrote that, else its file."""
    return file.partition(".bpmn")[0] if re.search(r"\d", written) else written


def _root(name: str, content: bytes) -> etree._Element:
    try:
        root = read_xml(content, name)
    except Unreadable as error:
        raise ImportRefused(f"{name}: {error.finding.message}") from error
    if root.tag != f"{BPMN}definitions":
        raise ImportRefused(f"{name}: Filen är inte ett BPMN-diagram. Spara den som BPMN 2.0.")
    drawn = sum(1 for element in root.iter(f"{BPMN}*") if tag_of(element) in ELEMENTS | {"sequenceFlow"})
    if drawn > MAX_DRAWN:
        raise ImportRefused(f"{name}: Filen har fler än {MAX_DRAWN} steg och flöden. Dela upp den.")
    return root


def _definitions(reader: FileReader) -> None:
    """Read what stands beside the processes: messages, errors, resources."""
    for child in reader.root.iterchildren(f"{BPMN}*"):
        written, called = child.get("id") or "", name_of(child)
        match tag_of(child):
            case "message":
                reader.messages[written] = called
            case "error":
                reader.errors[written] = child.get("errorCode") or called or written
            case "signal" | "escalation":
                reader.others[written] = called
            case "resource":
                reader.resources[written] = called


def _embedded_forms(root: etree._Element) -> dict[str, str]:
    """Return the forms that Camunda 8 keeps in the diagram, by id."""
    return {
        form.get("id") or "": form.text or "" for form in root.iter("{http://camunda.org/schema/zeebe/1.0}userTaskForm")
    }


def _scope(reader: FileReader, element: etree._Element, *, wanted: str, name: str, depth: int) -> Scope:
    if depth > MAX_DEPTH:
        raise ImportRefused(f"{reader.file}: Delprocesser får ligga i högst {MAX_DEPTH} nivåer. Förenkla diagrammet.")
    scope = Scope(
        id=reader.names.free(wanted) if not depth else wanted, name=name, file=reader.file, names=reader.names
    )
    for lane in element.iterfind(f"{BPMN}laneSet//{BPMN}lane"):
        for reference in lane.iterchildren(f"{BPMN}flowNodeRef"):
            reader.lanes[(reference.text or "").strip()] = name_of(lane)
    drawn = [child for child in element if isinstance(child.tag, str) and tag_of(child) in ELEMENTS]
    for child in drawn:
        _rename(reader, child)
    for child in drawn:
        step = _step(reader, child, depth)
        scope.steps[step.id] = step
    _ways(reader, scope, element)
    for child in element.iterchildren(f"{BPMN}*"):
        words = _ASIDE.get(tag_of(child))
        text = child.findtext(f"{BPMN}text") if tag_of(child) == "textAnnotation" else name_of(child)
        if words and (text or "").strip():
            reader.report.noted(reader.place(child), f"{words}: {text}", "Det ritas inte i Styr.")
    return scope


def _rename(reader: FileReader, element: etree._Element) -> None:
    """Give an element an id that our engine accepts: its own where that can be, else one made of its name."""
    written = element.get("id") or ""
    if written in reader.renamed:
        was = f"Flera element har samma interna beteckning, ”{written}”."
        done = "Flöden och händelser leder till det första av dem."
        reader.report.lost(Place(file=reader.file, name=name_of(element)), was, done, "Dra om flödena i diagrammet.")
    if not written or written in reader.renamed:
        written = f"{written or tag_of(element)}_{len(reader.renamed)}"
        element.set("id", written)
    wanted = written if is_id(written) else slug(name_of(element), slug(tag_of(element), "step"))
    reader.renamed[written] = reader.names.free(wanted)


def _step(reader: FileReader, element: etree._Element, depth: int) -> Step:
    written, tag = element.get("id") or "", tag_of(element)
    hints = reader.hints(element)
    told = ((element.findtext(f"{BPMN}documentation") or "").strip(), hints.instructions)
    step = Step(
        id=reader.renamed[written],
        tag=tag,
        name=name_of(element),
        file=reader.file,
        hints=replace(hints, left=(*hints.left, *left_inside(reader, element, APART))),
        documentation="\n\n".join(text for text in told if text),
        default=element.get("default"),
        attached_to=reader.renamed.get(element.get("attachedToRef") or "") if tag == "boundaryEvent" else None,
        interrupting=(element.get("cancelActivity") or element.get("isInterrupting") or "true") != "false",
        trigger=read_trigger(reader, element) if tag in EVENTS else None,
        loop=read_loop(reader, element),
        calls=hints.called or element.get("calledElement"),
        by_event=element.get("triggeredByEvent") == "true",
        undoes=element.get("isForCompensation") == "true",
        lane=reader.lanes.get(written, ""),
        box=reader.boxes.get(written),
    )
    script = element.findtext(f"{BPMN}script")
    if script:
        step.hints = replace(step.hints, runs=(*hints.runs, f"skriptet {script}"))
    if tag in INNER:
        step.inner = _scope(reader, element, wanted=step.id, name=step.name, depth=depth + 1)
        for inside in step.inner.steps.values():
            inside.lane = inside.lane or step.lane
    return step


def _end(reader: FileReader, scope: Scope, flow: etree._Element, end: str) -> str:
    """Return what to call an end of a flow; one that the file does not draw here as it is written."""
    written = flow.get(f"{end}Ref") or ""
    step = scope.steps.get(reader.renamed.get(written, ""))
    return step.label if step is not None else quoted(written) if written else "ingenting"


def _ways(reader: FileReader, scope: Scope, element: etree._Element) -> None:
    """Read the flows; one that leads out of its level, or nowhere, is left out."""
    renamed: dict[str, str] = {}
    for child in element.iterchildren(f"{BPMN}sequenceFlow"):
        written = child.get("id") or ""
        source, target = (reader.renamed.get(child.get(end) or "", "") for end in ("sourceRef", "targetRef"))
        known = source in scope.steps and target in scope.steps
        if not known or scope.steps[target].tag == "boundaryEvent":
            reader.report.lost(
                reader.place(child),
                f"Ett flöde från {' till '.join(_end(reader, scope, child, end) for end in ('source', 'target'))}.",
                "Flödet togs bort, eftersom det inte leder till ett steg på samma nivå.",
                "Dra om det i diagrammet.",
            )
            continue
        condition, hints = child.findtext(f"{BPMN}conditionExpression"), reader.hints(child)
        way = Way(
            id=reader.names.free(written if is_id(written) else f"{source}__{target}"),
            name=name_of(child),
            source=source,
            target=target,
            condition=condition.strip() if condition and condition.strip() else None,
            points=reader.points.get(written, ()),
            left=(*hints.runs, *hints.left, *left_inside(reader, child, APART)),
        )
        renamed[written] = way.id
        scope.ways[way.id] = way
    for step in scope.steps.values():
        step.default = renamed.get(step.default or "")
