"""The files as the oracle reads them: plain XML, indexed by id, without the engine's reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from lxml import etree

from workflows.engine.decisions import Decision, read_decisions

B = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
S = "{urn:styr:bpmn:1}"

Element = etree._Element


class Model:
    """The files, indexed by id."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.elements: dict[str, Element] = {}
        self.outgoing: dict[str, list[Element]] = defaultdict(list)
        self.incoming: dict[str, list[Element]] = defaultdict(list)
        self.boundary: dict[str, list[Element]] = defaultdict(list)
        self.decisions: dict[str, Decision] = {}
        for name in sorted(files):
            if name.endswith(".dmn"):
                self.decisions |= read_decisions(etree.fromstring(files[name]))
            elif name.endswith(".bpmn"):
                self._index(etree.fromstring(files[name]))

    def _index(self, root: Element) -> None:
        for element in root.iter(f"{B}*"):
            if element.get("id"):
                self.elements[element.get("id") or ""] = element
            if element.tag == f"{B}sequenceFlow":
                self.outgoing[element.get("sourceRef") or ""].append(element)
                self.incoming[element.get("targetRef") or ""].append(element)
            if element.tag == f"{B}boundaryEvent":
                self.boundary[element.get("attachedToRef") or ""].append(element)

    def message(self, event: Element) -> str | None:
        """Return the name of the message an event waits for."""
        definition = event.find(f"{B}messageEventDefinition")
        return None if definition is None else self.elements[definition.get("messageRef") or ""].get("name")

    def error(self, event: Element) -> str | None:
        """Return the error code an event throws or catches; empty catches all."""
        definition = event.find(f"{B}errorEventDefinition")
        if definition is None:
            return None
        found = self.elements.get(definition.get("errorRef") or "")
        return "" if found is None else found.get("errorCode") or ""


def styr(element: Element, tag: str) -> dict[str, str]:
    """Return the attributes of one of our extension elements."""
    found = element.find(f"{B}extensionElements/{S}{tag}")
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def kind(element: Element) -> str:
    """Return the local name."""
    return etree.QName(element).localname


def text(element: Element, path: str) -> str | None:
    """Return the FEEL at `path` below an element."""
    found = element.find("/".join(f"{B}{part}" for part in path.split("/")))
    return None if found is None else (found.text or "").strip()
