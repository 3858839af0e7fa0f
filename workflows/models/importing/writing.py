"""Writes drawings as BPMN files that our engine and editor read: elements, flows, and where they are drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from workflows.engine.reading import BPMN, STYR, STYR_NAMESPACE
from workflows.models.importing.drawing import Box, Scope, Step, Way

_SPACES = {
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "styr": STYR_NAMESPACE,
}
_BPMNDI, _DC, _DI, _XSI = (f"{{{_SPACES[prefix]}}}" for prefix in ("bpmndi", "dc", "di", "xsi"))

_DEFINITION = {"message": "messageEventDefinition", "error": "errorEventDefinition", "timer": "timerEventDefinition"}
_SINGLE = frozenset({"subProcess"})


def write_bpmn(process: Scope) -> bytes:
    """Return a process as a BPMN file. Elements without a position have none in it."""
    root = etree.Element(f"{BPMN}definitions", nsmap=_SPACES)
    root.set("id", f"{process.id}_definitions")
    root.set("targetNamespace", "urn:styr:model")
    named = _messages_and_errors(root, process)
    element = _sub(root, "process", id=process.id, name=process.name, isExecutable="true")
    _scope(element, process, named)
    _picture(root, process)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _messages_and_errors(root: etree._Element, process: Scope) -> dict[tuple[str, str], str]:
    """Write the messages and errors that events name; return their ids."""
    named: dict[tuple[str, str], str] = {}
    for scope in process.everywhere():
        for step in scope.steps.values():
            trigger = step.trigger
            if trigger is None or trigger.kind == "timer" or (trigger.kind, trigger.value) in named:
                continue
            if trigger.kind == "error" and not trigger.value:
                continue
            given = named[trigger.kind, trigger.value] = f"{process.id}_{trigger.kind}_{len(named) + 1}"
            code = {"errorCode": trigger.value} if trigger.kind == "error" else {}
            _sub(root, trigger.kind, id=given, name=trigger.value, **code)
    return named


def _scope(element: etree._Element, scope: Scope, named: dict[tuple[str, str], str]) -> None:
    for step in scope.steps.values():
        _step(element, scope, step, named)
    for way in scope.ways.values():
        flow = _sub(element, "sequenceFlow", id=way.id, name=way.name, sourceRef=way.source, targetRef=way.target)
        if way.feel is not None:
            condition = _sub(flow, "conditionExpression", text=way.feel)
            condition.set(f"{_XSI}type", "bpmn:tFormalExpression")


def _step(parent: etree._Element, scope: Scope, step: Step, named: dict[tuple[str, str], str]) -> None:
    element = _sub(parent, step.tag, id=step.id, name=step.name)
    if step.default is not None:
        element.set("default", step.default)
    if step.calls is not None and step.tag == "callActivity":
        element.set("calledElement", step.calls)
    if step.attached_to is not None:
        element.set("attachedToRef", step.attached_to)
        if not step.interrupting:
            element.set("cancelActivity", "false")
    if step.documentation:
        _sub(element, "documentation", text=step.documentation)
    if step.styr:
        extensions = _sub(element, "extensionElements")
        for local, attributes in step.styr.items():
            etree.SubElement(extensions, f"{STYR}{local}", attributes)
    for way in scope.into(step.id):
        _sub(element, "incoming", text=way.id)
    for way in scope.out_of(step.id):
        _sub(element, "outgoing", text=way.id)
    if "each" in step.styr:
        _sub(element, "multiInstanceLoopCharacteristics")
    if step.inner is not None:
        _scope(element, step.inner, named)
    if step.trigger is not None:
        _trigger(element, step, named)


def _trigger(element: etree._Element, step: Step, named: dict[tuple[str, str], str]) -> None:
    trigger = step.trigger
    assert trigger is not None
    definition = _sub(element, _DEFINITION[trigger.kind], id=f"{step.id}_definition")
    if trigger.kind == "timer":
        moment = _sub(definition, trigger.form or "timeDuration", text=trigger.value)
        moment.set(f"{_XSI}type", "bpmn:tFormalExpression")
    elif (trigger.kind, trigger.value) in named:
        definition.set(f"{trigger.kind}Ref", named[trigger.kind, trigger.value])


def _picture(root: etree._Element, process: Scope) -> None:
    diagram = etree.SubElement(root, f"{_BPMNDI}BPMNDiagram", {"id": f"{process.id}_diagram"})
    plane = etree.SubElement(diagram, f"{_BPMNDI}BPMNPlane", {"id": f"{process.id}_plane", "bpmnElement": process.id})
    for step in _steps(process):
        if step.box is not None:
            shape = {"id": f"{step.id}_di", "bpmnElement": step.id}
            if step.tag in _SINGLE:
                shape["isExpanded"] = "true"
            if step.tag == "exclusiveGateway":
                shape["isMarkerVisible"] = "true"
            drawn = etree.SubElement(plane, f"{_BPMNDI}BPMNShape", shape)
            etree.SubElement(drawn, f"{_DC}Bounds", _bounds(step.box))
    for way in _ways(process):
        if len(way.points) > 1:
            edge = etree.SubElement(plane, f"{_BPMNDI}BPMNEdge", {"id": f"{way.id}_di", "bpmnElement": way.id})
            for x, y in way.points:
                etree.SubElement(edge, f"{_DI}waypoint", {"x": _side(x), "y": _side(y)})


def _steps(process: Scope) -> Iterator[Step]:
    return (step for scope in process.everywhere() for step in scope.steps.values())


def _ways(process: Scope) -> Iterable[Way]:
    return (way for scope in process.everywhere() for way in scope.ways.values())


def _bounds(box: Box) -> dict[str, str]:
    return {side: _side(getattr(box, side)) for side in ("x", "y", "width", "height")}


def _side(number: float) -> str:
    return str(round(number))


def _sub(parent: etree._Element, tag: str, *, text: str | None = None, **attributes: str) -> etree._Element:
    """Add a BPMN element; empty attributes are left out."""
    given = {name: value for name, value in attributes.items() if value}
    element = etree.SubElement(parent, f"{BPMN}{tag}", given)
    element.text = text
    return element
