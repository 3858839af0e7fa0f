"""Which elements are told of by the row of another, and how much a row about an element weighs."""

from __future__ import annotations

from workflows.models.comparing.change import Weight
from workflows.models.comparing.drawn import LIES_HERE, Element
from workflows.models.comparing.picture import QUIET, Picture
from workflows.models.comparing.swedish import joined

_WORKED = frozenset({"userTask", "callActivity", "serviceTask", "businessRuleTask", "subProcess"})
"""Elements in which something is done."""


def follows(picture: Picture, key: str, these: frozenset[str]) -> bool:
    """Whether a row about another of `these` tells of this one: what it lies in, sits on or gathers flows for."""
    element = picture[key]
    if element.home in these:
        return True
    if element.get("@attachedToRef") in these:
        return True
    if element.tag != "exclusiveGateway" or (element.name and not picture.gate(key)):
        return False
    drawing = picture.drawing
    beside = [flow.target for flow in drawing.outgoing(key)] + [flow.source for flow in drawing.incoming(key)]
    return any(one in these and picture[one].tag in _WORKED for one in beside if one in picture)


def weight_of(element: Element) -> Weight:
    """How much it weighs that an element is new, gone or elsewhere: what only explains the drawing is looks."""
    if element.tag in QUIET or (element.tag == "exclusiveGateway" and not element.name):
        return Weight.LAYOUT
    return Weight.DUTY


def contents(picture: Picture, key: str) -> str:
    """The steps inside a phase or part, in the order of the file."""
    steps = [one for one in picture.inside(key) if one.tag in _WORKED and one.name]
    return f"Steg: {joined(one.name for one in steps)}." if steps else ""


def lanes_of(picture: Picture) -> set[tuple[str, str]]:
    """The pairs of a lane and an element that lies in it."""
    return {
        (element.id, key) for element in picture.drawing.elements.values() for key in element.get(LIES_HERE).split()
    }
