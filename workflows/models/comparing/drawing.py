"""Reads a diagram into elements, flows and layout, whatever it holds: nothing in the file goes unseen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.models.comparing.drawn import LIES_HERE, Drawing, Element, Flow
from workflows.models.comparing.reading import xml_of

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

_DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"

_STYR = "{urn:styr:bpmn:1}"

_ATTRIBUTES = frozenset({"extensionElements", "documentation", "conditionExpression", "ioSpecification"})

_LOOPS = ("LoopCharacteristics", "EventDefinition", "Association")

_STANDARD = ("{http://www.omg.org/spec/", "{http://www.w3.org/2001/XMLSchema-instance}")

_PASSED = frozenset({"laneSet", "incoming", "outgoing", "flowNodeRef"})

_TOOLS = frozenset({"exporter", "exporterVersion"})
"""What editors write of themselves."""

_DEFAULTS: Mapping[str, str] = {"@cancelActivity": "true", "@isExecutable": "true", "@triggeredByEvent": "false"}


def read_drawing(data: bytes, file: str) -> Drawing:
    """Read a diagram. Raises Unread."""
    root = xml_of(data, file)
    reader = _Reader()
    reader.take(root, "")
    for element in root:
        if str(element.tag).startswith(_DRAWN):
            reader.lay_out(element)
    return Drawing(
        elements={key: _without_wiring(one, reader) for key, one in reader.elements.items()},
        flows=tuple(reader.flows.values()),
        layout=reader.layout,
    )


@dataclass(slots=True)
class _Reader:
    """One pass over one file. `wired` is what elements say of their flows beside the flows themselves."""

    elements: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    layout: dict[str, dict[str, str]] = field(default_factory=dict)
    wired: dict[str, set[tuple[str, str]]] = field(default_factory=dict)

    def take(self, node: etree._Element, home: str) -> None:
        """Take in an element and what lies in it."""
        tag = _local(node.tag)
        key = self._key(node, tag)
        values = {path: value for path, value in _own(node) if _DEFAULTS.get(path) != value}
        name = " ".join(values.pop("@name", "").split())
        if tag != "definitions":
            values.pop("@id", None)
        self.wired[key] = {(kind, (child.text or "").strip()) for child in node if (kind := _local(child.tag)) in _ENDS}
        if tag == "sequenceFlow":
            self.flows[key] = Flow(
                id=key,
                name=name,
                home=home,
                source=values.pop("@sourceRef", ""),
                target=values.pop("@targetRef", ""),
                condition=values.pop("conditionExpression", ""),
                values=values,
            )
            return
        self.elements[key] = Element(id=key, tag=tag, name=name, home=home, values=values)
        for child in _parts(node):
            self.take(child, "" if tag == "definitions" else key)

    def _key(self, node: etree._Element, tag: str) -> str:
        wanted = "definitions" if tag == "definitions" else node.get("id") or tag
        key, number = wanted, 1
        while key in self.elements or key in self.flows:
            number += 1
            key = f"{wanted}#{number}"
        return key

    def lay_out(self, diagram: etree._Element) -> None:
        """Take in where things are drawn: by what they picture, since the ids of pictures mean nothing."""
        for node in diagram.iter():
            pictured = node.get("bpmnElement")
            if pictured is None:
                continue
            key, number = pictured, 1
            while key in self.layout:
                number += 1
                key = f"{pictured}#{number}"
            plane = _local(node.tag) == "BPMNPlane"
            values = dict(_leaves(node, leave=frozenset({"BPMNShape", "BPMNEdge"}) if plane else frozenset()))
            self.layout[key] = {p: _rounded(v) for p, v in values.items() if not p.endswith("@id")}


_ENDS = frozenset({"incoming", "outgoing"})


def _without_wiring(element: Element, reader: _Reader) -> Element:
    """Drop what an element says of its flows where the flows say the same; else keep it to be compared."""
    said = reader.wired.get(element.id, set())
    real = {("outgoing", flow.id) for flow in reader.flows.values() if flow.source == element.id}
    real |= {("incoming", flow.id) for flow in reader.flows.values() if flow.target == element.id}
    if not said or said == real:
        return element
    wrong = ", ".join(f"{kind} {key}" for kind, key in sorted(said ^ real))
    return Element(
        id=element.id, tag=element.tag, name=element.name, home=element.home, values={**element.values, "wiring": wrong}
    )


def _parts(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the children that are elements of their own; lanes lie in the process."""
    for child in node:
        tag = _local(child.tag)
        if tag == "laneSet":
            yield from _parts(child)
        elif _is_part(child):
            yield child


def _is_part(child: etree._Element) -> bool:
    tag = _local(child.tag)
    named = str(child.tag).startswith(_BPMN) and (child.get("id") is not None or tag[:1].islower())
    return named and tag not in _ATTRIBUTES | _PASSED | _VALUES and not tag.endswith(_LOOPS)


_VALUES = frozenset({"childLaneSet", "text", "supportedInterfaceRef", "property", "eventDefinitionRef"})


def _own(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield an element's attributes, and those of its children that are not elements of their own."""
    for name, value in sorted(node.attrib.items()):
        local = _named(name)
        if local not in _TOOLS:
            yield f"@{local}", _plain(local, str(value))
    if lies := sorted((child.text or "").strip() for child in node if _local(child.tag) == "flowNodeRef"):
        yield LIES_HERE, " ".join(lies)
    seen: dict[str, int] = {}
    for child in node:
        tag = _local(child.tag)
        if tag in _PASSED or _is_part(child) or str(child.tag).startswith(_DRAWN):
            continue
        if tag == "extensionElements":
            yield from _own(child)
            continue
        name = f"styr.{tag}" if str(child.tag).startswith(_STYR) else _named(child.tag)
        seen[name] = number = seen.get(name, 0) + 1
        path = name if number == 1 else f"{name}#{number}"
        inner = dict(_leaves(child, prefix=f"{path}."))
        yield from {(key.removesuffix(".")): value for key, value in inner.items()}.items() if inner else [(path, "ja")]


def _leaves(
    node: etree._Element, *, leave: frozenset[str] = frozenset(), prefix: str = ""
) -> Iterator[tuple[str, str]]:
    for name, value in sorted(node.attrib.items()):
        local = _named(name)
        if local != "bpmnElement":
            yield f"{prefix}@{local}", _plain(local, str(value))
    if words := (node.text or "").strip():
        yield prefix or ".", words
    seen: dict[str, int] = {}
    for child in node:
        tag = _local(child.tag)
        if tag in leave:
            continue
        seen[tag] = number = seen.get(tag, 0) + 1
        path = f"{prefix}{tag if number == 1 else f'{tag}#{number}'}."
        inner = dict(_leaves(child, prefix=path))
        yield from inner.items() if inner else {path: "ja"}.items()


def _plain(name: str, value: str) -> str:
    """A value without its namespace prefix where the attribute holds a name that has one."""
    return value.rpartition(":")[2] if name == "type" else value


def _rounded(value: str) -> str:
    try:
        return f"{float(value):g}"
    except ValueError:
        return value


def _named(tag: Any) -> str:
    """A name without its namespace where that is one of the standard's, else with it."""
    return _local(tag) if not str(tag).startswith("{") or str(tag).startswith(_STANDARD) else str(tag)


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
