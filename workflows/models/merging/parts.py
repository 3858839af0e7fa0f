"""A diagram as parts that each have a name of their own, with everything that is said of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from workflows.models.comparing.xml_values import local, plain, rounded

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DRAWN = "{http://www.omg.org/spec/BPMN/20100524/DI}"
STYR = "{urn:styr:bpmn:1}"
HOLDER = f"{BPMN}extensionElements"
ENDS = (f"{BPMN}incoming", f"{BPMN}outgoing")
LIES_HERE = f"{BPMN}flowNodeRef"
ROOT = "definitions"
TAG, HOME, TEXT = "tag", "home", "text"
BLOB, HELD_BLOB, LIES = "blob ", "held blob ", "lies "
"""How the names of values begin that are no attributes: markup that is taken whole, and what lies in a lane."""

_UNSAID = {"id", "exporter", "exporterVersion", "{http://www.w3.org/2001/XMLSchema-instance}type"}
_DEFAULTS: Mapping[str, str] = {"cancelActivity": "true", "triggeredByEvent": "false", "isForCompensation": "false"}


@dataclass(slots=True, eq=False)
class Part:
    """Something of a diagram. `values` tell its tag, what it lies in, its attributes, its text, and markup in it that
    is no part of its own. `held`: it is one of its element's extension elements.
    """

    key: str
    node: etree._Element
    home: str
    held: bool
    values: dict[str, str]

    @property
    def drawn(self) -> bool:
        """Whether it is of the picture, not of the process."""
        return str(self.node.tag).startswith(DRAWN)

    @property
    def pictures(self) -> str:
        """The element that a shape or line is the picture of."""
        return str(self.node.get("bpmnElement", ""))

    @property
    def tag(self) -> str:
        """The local name of the element."""
        return local(self.node.tag)


@dataclass(eq=False)
class Parts:
    """All parts of a diagram by key, in the order of the file."""

    root: etree._Element
    by_key: dict[str, Part] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __getitem__(self, key: str) -> Part:
        return self.by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self.by_key

    def values(self, key: str) -> Mapping[str, str]:
        """Return what is said of a part; nothing when there is none."""
        return self.by_key[key].values if key in self.by_key else {}

    def whole(self, key: str) -> set[str]:
        """Return a part, everything in it, and the events that sit on any of that."""
        found: set[str] = set()
        stack = [key] if key in self else []
        while stack:
            here = stack.pop()
            if here not in found:
                found.add(here)
                stack += [*self.inside.get(here, []), *self._attached.get(here, [])]
        return found

    def touching(self, keys: Set[str]) -> set[str]:
        """Return the flows that begin or end at any of these, with what is in them."""
        return {part for key in keys for flow in self._touched.get(key, []) for part in self.whole(flow)}

    @cached_property
    def ends(self) -> Mapping[str, tuple[str, str]]:
        """Where each flow begins and ends."""
        flows = {key: part.values for key, part in self.by_key.items() if part.tag == "sequenceFlow"}
        return {key: (values.get("sourceRef", ""), values.get("targetRef", "")) for key, values in flows.items()}

    @cached_property
    def _touched(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for flow, ends in self.ends.items():
            for end in ends:
                found[end].append(flow)
        return found

    @cached_property
    def _attached(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key, part in self.by_key.items():
            if host := part.values.get("attachedToRef"):
                found[host].append(key)
        return found


MAX_PARTS = 5_000
"""More than any diagram of ours holds; our largest has 1,500."""


class TooLarge(Exception):
    """A diagram of more parts than are compared one by one."""


def read_parts(root: etree._Element) -> Parts:
    """Return the parts of a diagram. Raises TooLarge."""
    parts, times = Parts(root=root), Counter[str]()
    stack: list[tuple[etree._Element, str, bool]] = [(root, "", False)]
    while stack:
        node, home, held = stack.pop()
        key = _numbered(_key(node, home, parts), times)
        if len(parts.by_key) >= MAX_PARTS:
            raise TooLarge
        parts.by_key[key] = Part(key=key, node=node, home=home, held=held, values=dict(_values(node, home)))
        parts.inside[home].append(key)
        children = [(child, key, False) for child in node if _is_part(child, held=False)]
        for holder in node.iterchildren(HOLDER):
            children += [(child, key, True) for child in holder if _is_part(child, held=True)]
        stack += reversed(children)
    return parts


def _key(node: etree._Element, home: str, parts: Parts) -> str:
    """Return a name: its id, what it pictures, or its place among its like. Ids hold no spaces, so none is taken."""
    if not home:
        return ROOT
    kind = local(node.tag)
    if str(node.tag).startswith(DRAWN):
        pictured = node.get("bpmnElement") or next((child.get("bpmnElement", "") for child in node), "")
        return f"{kind} {pictured}"
    wanted = str(node.get("id") or "")
    if wanted and wanted not in parts:
        return wanted
    return f"{home} {kind}"


def _numbered(wanted: str, times: Counter[str]) -> str:
    times[wanted] += 1
    return wanted if times[wanted] == 1 else f"{wanted} {times[wanted]}"


def _is_part(child: etree._Element, *, held: bool) -> bool:
    tag = str(child.tag)
    if held:
        return tag.startswith(STYR)
    if tag.startswith(DRAWN):
        return local(tag) != "BPMNLabel"
    return tag.startswith(BPMN) and tag not in (HOLDER, LIES_HERE, *ENDS)


def _values(node: etree._Element, home: str) -> Iterator[tuple[str, str]]:
    yield TAG, str(node.tag)
    yield HOME, home
    drawn = str(node.tag).startswith(DRAWN)
    for name, value in node.attrib.items():
        said = str(name)
        if said not in _UNSAID and _DEFAULTS.get(said) != value:
            yield said, rounded(str(value)) if drawn else " ".join(plain(said, str(value)).split())
    if text := (node.text or "").strip():
        yield TEXT, text
    for child in node.iterchildren(LIES_HERE):
        yield LIES + (child.text or "").strip(), "yes"
    blobs: dict[str, list[str]] = defaultdict(list)
    for name, child in blobs_of(node):
        blobs[name].append(_canonical(child))
    for name, found in blobs.items():
        yield name, "\n".join(found)


def blobs_of(node: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the markup in an element that is no part of its own, with the name of its value."""
    for child in node:
        tag = str(child.tag)
        if tag != HOLDER and not _is_part(child, held=False) and tag not in (LIES_HERE, *ENDS):
            yield BLOB + tag, child
    for holder in node.iterchildren(HOLDER):
        for child in holder:
            if not _is_part(child, held=True):
                yield HELD_BLOB + str(child.tag), child


def _canonical(node: etree._Element) -> str:
    """Return markup as a text that is the same however it is written."""
    attributes = " ".join(
        f"{name!s}={rounded(str(value))}" for name, value in sorted(node.attrib.items()) if name != "id"
    )
    inner = "".join(_canonical(child) for child in node)
    return f"<{node.tag} {attributes}>{(node.text or '').strip()}{inner}</>"
