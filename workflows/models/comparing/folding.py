"""Which elements are told of by the row of another, and how much a row about an element weighs."""

from __future__ import annotations

from workflows.models.comparing.change import Weight
from workflows.models.comparing.drawn import LIES_HERE, Element
from workflows.models.comparing.gate_flows import way_name
from workflows.models.comparing.picture import GATE, QUIET, Picture
from workflows.models.comparing.shifting import WORKED
from workflows.models.comparing.swedish import joined


def follows(picture: Picture, key: str, these: frozenset[str]) -> bool:
    """Whether a row about another of `these` tells of this one: what it lies in, sits on or gathers flows for."""
    element = picture[key]
    if element.home in these:
        return True
    if element.get("@attachedToRef") in these:
        return True
    if element.tag == "endEvent":
        sources = {flow.source for flow in picture.drawing.incoming(key)}
        return bool(sources) and sources <= these
    if element.tag != "exclusiveGateway" or (element.name and not picture.gate(key)):
        return False
    drawing = picture.drawing
    beside = [flow.target for flow in drawing.outgoing(key)] + [flow.source for flow in drawing.incoming(key)]
    return any(one in these and picture[one].tag in WORKED for one in beside if one in picture)


def weight_of(element: Element) -> Weight:
    """How much it weighs that an element is new, gone or elsewhere: what only explains the drawing is looks."""
    if element.tag in QUIET or (element.tag == "exclusiveGateway" and not element.name):
        return Weight.LAYOUT
    return Weight.DUTY


def contents(picture: Picture, key: str) -> str:
    """The steps inside a phase or part in the order of the file; of a gate, where its outcomes lead."""
    if picture[key].get(GATE):
        return gate_ways(picture, key)
    steps = [one for one in picture.inside(key) if one.tag in WORKED and one.name]
    return f"Steg: {joined(one.name for one in steps)}." if steps else ""


def gate_ways(picture: Picture, key: str) -> str:
    """Where each outcome of a gate leads: "Godkänn → fasen Genomförande."."""
    gateways = [flow.target for flow in picture.drawing.outgoing(key)]
    ways = [flow for gateway in gateways for flow in picture.drawing.outgoing(gateway) if flow.name]
    return " ".join(f"{way_name(way)} → {picture.call(picture.arrival(way.target))}." for way in ways)


def lanes_of(picture: Picture) -> set[tuple[str, str]]:
    """The pairs of a lane and an element that lies in it."""
    return {
        (element.id, key) for element in picture.drawing.elements.values() for key in element.get(LIES_HERE).split()
    }
