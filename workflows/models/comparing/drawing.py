"""Reads a diagram into elements, flows and layout, whatever it holds: nothing in the file goes unseen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from workflows.models.comparing.drawn import LIES_HERE, Drawing, Element, Flow
from workflows.models.comparing.reading import Unread, xml_of
from workflows.models.comparing.xml_values import leaves_of, local, named, plain, rounded

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

_DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"

_STYR = "{urn:styr:bpmn:1}"

_ATTRIBUTES = frozenset({"extensionElements", "documentation", "conditionExpression", "ioSpecification"})

_LOOPS = ("LoopCharacteristics", "EventDefinition", "Association")


_PASSED = frozenset({"laneSet", "incoming", "outgoing", "flowNodeRef"})

_TOOLS = frozenset({"exporter", "exporterVersion"})
"""What editors write of themselves."""

_DEFAULTS: Mapping[str, str] = {"@cancelActivity": "true", "@isExecutable": "true", "@triggeredByEvent": "false"}


def read_drawing(data: bytes, file: str) -> Drawing:
    """Read a diagram. Raises Unread."""
    root = xml_of(data, file)
    if sum(1 for _ in root.iter()) > MAX_NODES:
        raise Unread("too much drawn")
    reader = _Reader()
    reader.take(root, "")
    for element in root:
        if str(element.tag).startswith(_DRAWN):
            reader.lay_out(element)
    wiring = _wiring(reader)
    return Drawing(
        elements={key: _without_wiring(one, reader, wiring.get(key, set())) for key, one in reader.elements.items()},
        flows=tuple(reader.flows.values()),
        layout=reader.layout,
    )


MAX_NODES = 10_000
"""XML elements that are worth comparing one by one; our largest diagram has 2,500."""


@dataclass(slots=True)
class _Reader:
    """One pass over one file. `wired` is what elements say of their flows beside the flows themselves."""

    elements: dict[str, Element] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    layout: dict[str, dict[str, str]] = field(default_factory=dict)
    wired: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    times: Counter[str] = field(default_factory=Counter)

    def take(self, node: etree._Element, home: str) -> None:
        """Take in an element and what lies in it."""
        tag = local(node.tag)
        key = self._key(node, tag)
        values = {path: value for path, value in _own(node) if _DEFAULTS.get(path) != value}
        name = " ".join(values.pop("@name", "").split())
        if tag != "definitions":
            values.pop("@id", None)
        self.wired[key] = {(kind, (child.text or "").strip()) for child in node if (kind := local(child.tag)) in _ENDS}
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
        return self._numbered(wanted)

    def _numbered(self, wanted: str) -> str:
        """A name of its own for the second and third thing that is called the same."""
        self.times[wanted] += 1
        return wanted if self.times[wanted] == 1 else f"{wanted}#{self.times[wanted]}"

    def lay_out(self, diagram: etree._Element) -> None:
        """Take in where things are drawn: by what they picture, since the ids of pictures mean nothing."""
        for node in diagram.iter():
            pictured = node.get("bpmnElement")
            if pictured is None:
                continue
            key = self._numbered(f"{_DRAWN} {pictured}").removeprefix(f"{_DRAWN} ")
            plane = local(node.tag) == "BPMNPlane"
            values = dict(leaves_of(node, leave=frozenset({"BPMNShape", "BPMNEdge"}) if plane else frozenset()))
            self.layout[key] = {p: rounded(v) for p, v in values.items() if not (p.endswith("@id") or _is_label(p))}


def _is_label(path: str) -> bool:
    """Where the name of something is drawn: editors move it along whenever they write it."""
    return path.startswith("BPMNLabel")


_ENDS = frozenset({"incoming", "outgoing"})


def _wiring(reader: _Reader) -> Mapping[str, set[tuple[str, str]]]:
    """What the flows say of each element: which of them leave it, and which reach it."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for flow in reader.flows.values():
        found[flow.source].add(("outgoing", flow.id))
        found[flow.target].add(("incoming", flow.id))
    return found


def _without_wiring(element: Element, reader: _Reader, real: set[tuple[str, str]]) -> Element:
    """Drop what an element says of its flows where the flows say the same; else keep it to be compared."""
    said = reader.wired.get(element.id, set())
    if not said or said == real:
        return element
    wrong = ", ".join(f"{kind} {key}" for kind, key in sorted(said ^ real))
    return replace(element, values={**element.values, "wiring": wrong})


def _parts(node: etree._Element) -> Iterator[etree._Element]:
    """Yield the children that are elements of their own; lanes lie in the process."""
    for child in node:
        tag = local(child.tag)
        if tag == "laneSet":
            yield from _parts(child)
        elif _is_part(child):
            yield child


def _is_part(child: etree._Element) -> bool:
    tag = local(child.tag)
    named = str(child.tag).startswith(_BPMN) and (child.get("id") is not None or tag[:1].islower())
    return named and tag not in _ATTRIBUTES | _PASSED | _VALUES and not tag.endswith(_LOOPS)


_VALUES = frozenset({"childLaneSet", "text", "supportedInterfaceRef", "property", "eventDefinitionRef"})


def _own(node: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield an element's attributes, and those of its children that are not elements of their own."""
    for name, value in sorted(node.attrib.items()):
        path = named(name)
        if path not in _TOOLS:
            yield f"@{path}", plain(path, str(value))
    if lies := sorted((child.text or "").strip() for child in node if local(child.tag) == "flowNodeRef"):
        yield LIES_HERE, " ".join(lies)
    seen: dict[str, int] = {}
    for child in node:
        tag = local(child.tag)
        if tag in _PASSED or _is_part(child) or str(child.tag).startswith(_DRAWN):
            continue
        if tag == "extensionElements":
            yield from _own(child)
            continue
        name = f"styr.{tag}" if str(child.tag).startswith(_STYR) else named(child.tag)
        seen[name] = number = seen.get(name, 0) + 1
        path = name if number == 1 else f"{name}#{number}"
        inner = dict(leaves_of(child, prefix=f"{path}."))
        yield from {(key.removesuffix(".")): value for key, value in inner.items()}.items() if inner else [(path, "ja")]
