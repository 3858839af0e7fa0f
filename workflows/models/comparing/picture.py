"""A diagram of one version with its names: what an element is called, and where a flow leads."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from workflows.models.comparing.drawn import Drawing, Element, Flow
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import joined, quoted

GATE = "styr.gate.@key"

_NOUNS: Mapping[str, tuple[str, str]] = {
    "userTask": ("steget", "Nytt steg"),
    "serviceTask": ("det automatiska steget", "Nytt automatiskt steg"),
    "businessRuleTask": ("regelsteget", "Nytt regelsteg"),
    "callActivity": ("delprocessen", "Ny delprocess"),
    "subProcess": ("delen", "Ny del"),
    "exclusiveGateway": ("vägvalet", "Nytt vägval"),
    "parallelGateway": ("förgreningen", "Ny förgrening"),
    "eventBasedGateway": ("väntan", "Ny väntan"),
    "startEvent": ("starten", "Ny start"),
    "endEvent": ("slutet", "Nytt slut"),
    "boundaryEvent": ("händelsen", "Ny händelse"),
    "intermediateCatchEvent": ("händelsen", "Ny händelse"),
    "process": ("processen", "Ny process"),
    "participant": ("ramen", "Ny ram"),
    "lane": ("banan", "Ny bana"),
    "message": ("meddelandet", "Nytt meddelande"),
    "error": ("felet", "Nytt fel"),
    "textAnnotation": ("kommentaren", "Ny kommentar"),
    "dataObjectReference": ("dataobjektet", "Nytt dataobjekt"),
}
"""By BPMN element: its name in a sentence, and how a row about a new one begins."""

QUIET = frozenset({"lane", "participant", "collaboration", "textAnnotation", "association", "group", "laneSet"})
"""Elements that explain the drawing and never move a project."""


MAX_PUT_IN = 100
"""So many steps in a row are followed; beyond it a flow is told of by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One side."""

    drawing: Drawing
    names: Lexicon

    def __getitem__(self, key: str) -> Element:
        return self.drawing.elements[key]

    def __contains__(self, key: object) -> bool:
        return key in self.drawing.elements

    def gate(self, key: str) -> str:
        """The key of the gate that an element calls, or whose outcomes it leads on; empty for other elements."""
        if key not in self:
            return ""
        element = self[key]
        if element.get(GATE):
            return element.get(GATE)
        before = {flow.source for flow in self.drawing.incoming(key)}
        if element.tag == "exclusiveGateway" and len(before) == 1:
            return self[before.pop()].get(GATE) if before <= self.drawing.elements.keys() else ""
        return ""

    def call(self, key: str) -> str:
        """An element in a sentence: "steget ”Skriv projektplanen”", "fasen Planering", "BP2"."""
        if key not in self:
            return quoted(key)
        element = self[key]
        if gate := self.gate(key):
            return self.names.gate(gate)
        if key in self.names.phases:
            return self.names.phase(key)
        noun = _NOUNS.get(element.tag, ("elementet", ""))[0]
        return f"{noun} {quoted(element.name)}" if element.name else self._unnamed(element, noun)

    def place(self, before: str) -> str:
        """Where something stands that comes after `before`: "först i fasen Planering", "efter steget ”…”"."""
        if before in self and self[before].tag == "startEvent":
            return f"först i {self.around(before)}"
        return f"efter {self.call(before)}"

    def new(self, key: str) -> str:
        """How a row about a new element begins: "Nytt steg ”…”"."""
        element = self[key]
        if element.get(GATE):
            return f"Ny beslutspunkt {self.names.gate(element.get(GATE))}"
        if key in self.names.phases:
            return f"Ny fas {self.names.phases[key]}"
        noun = _NOUNS.get(element.tag, ("", "Nytt element"))[1]
        return f"{noun} {quoted(element.name)}" if element.name else f"{noun} utan namn"

    def arrival(self, key: str) -> str:
        """Where somebody who goes to `key` arrives: unnamed gateways that only gather flows are passed."""
        passed: set[str] = set()
        while self._only_gathers(key) and key not in passed and len(passed) < MAX_PUT_IN:
            passed.add(key)
            onward = self.drawing.outgoing(key)
            if len(onward) != 1:
                break
            key = onward[0].target
        return key

    def departures(self, key: str) -> Iterator[str]:
        """Where somebody who arrives at `key` comes from: unnamed gateways that only gather flows are passed."""
        edge, passed = [key], {key}
        while edge and len(passed) < MAX_PUT_IN:
            for flow in self.drawing.incoming(edge.pop()):
                if not self._only_gathers(flow.source):
                    yield flow.source
                elif flow.source not in passed:
                    passed.add(flow.source)
                    edge.append(flow.source)

    def _only_gathers(self, key: str) -> bool:
        return key in self and not self[key].name and self[key].tag == "exclusiveGateway"

    def way(self, flow: Flow) -> str:
        """A flow in a sentence: "vägen ”Ja” efter vägvalet ”…”"."""
        name = f"vägen {quoted(flow.name)}" if flow.name else "vägen"
        return f"{name} från {self.call(flow.source)}"

    def connects(self, source: str, target: str, through: Collection[str], like: Flow) -> bool:
        """Whether a flow like `like` leads from `source` to `target` by way of the elements `through` alone."""
        first = [flow for flow in self.drawing.outgoing(source) if flow.target in through] if through else []
        edge = [flow.target for flow in first if (flow.name, flow.condition) == (like.name, like.condition)]
        reached: set[str] = set()
        while edge and len(reached) < MAX_PUT_IN:
            here = edge.pop()
            if here == target:
                return True
            if here in through and here not in reached:
                reached.add(here)
                edge += [flow.target for flow in self.drawing.outgoing(here)]
        return False

    def inside(self, key: str) -> Iterator[Element]:
        """Yield everything that lies in a sub-process, however deep."""
        for element in self.drawing.inside(key):
            yield element
            yield from self.inside(element.id)

    def around(self, key: str) -> str:
        """What an element lies in: "fasen Planering"; the process where it lies in no phase."""
        return self.call(self[key].home) if key in self and self[key].home else "modellen"

    def _unnamed(self, element: Element, noun: str) -> str:
        if element.tag in {"startEvent", "endEvent"}:
            return f"{noun} av {self.around(element.id)}"
        onward = self.drawing.outgoing(element.id)
        if element.tag == "exclusiveGateway" and len(onward) == 1:
            arrived = self.arrival(element.id)
            return "sammanföringen" if self._only_gathers(arrived) else f"sammanföringen före {self.call(arrived)}"
        if element.tag == "parallelGateway" and len(onward) == 1:
            noun = "sammanföringen"
        return f"{noun} i {self.around(element.id)}"


def neighbours(picture: Picture, key: str) -> str:
    """What stands before and after an element, in words."""
    before = joined(dict.fromkeys(picture.call(source) for source in picture.departures(key)))
    after = joined(dict.fromkeys(picture.call(picture.arrival(flow.target)) for flow in picture.drawing.outgoing(key)))
    said = [f"Efter {before}." if before else "", f"Leder till {after}." if after else ""]
    return " ".join(filter(None, said))
