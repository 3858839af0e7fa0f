"""Steps that stand in another place of the same path: one row instead of one for each flow that was turned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.models.comparing.drawn import Drawing, Flow
from workflows.models.comparing.picture import Picture

WORKED = frozenset({"userTask", "callActivity", "serviceTask", "businessRuleTask", "subProcess"})
"""Elements in which something is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A step that came between other steps: it stood after `before` and stands after `after`."""

    key: str
    before: str
    after: str
    around: frozenset[str]

    def explains(self, *flows: Flow) -> bool:
        """Whether flows only closed the gap, opened the new one, or lead to the step and away."""
        return all({flow.source, flow.target} <= self.around for flow in flows)


def shifts(old: Picture, new: Picture, renamed: Mapping[str, str]) -> Iterator[Shift]:
    """Yield the steps with one way in and one way out that changed places; old ids are told by their new."""
    before = {(renamed.get(f.source, f.source), renamed.get(f.target, f.target)) for f in old.drawing.flows}
    after = {(flow.source, flow.target) for flow in new.drawing.flows}
    if before == after:
        return
    for was, element in old.drawing.elements.items():
        key = renamed.get(was, was)
        stood, stands = _ends(old.drawing, was, renamed), _ends(new.drawing, key, {})
        if element.tag not in WORKED or stood is None or stands is None:
            continue
        moved = stood[0] != stands[0] and stood[1] != stands[1]
        if moved and stood in after and stands in before:
            yield Shift(key=key, before=stood[0], after=stands[0], around=frozenset({key, *stood, *stands}))


def _ends(drawing: Drawing, key: str, renamed: Mapping[str, str]) -> tuple[str, str] | None:
    """What comes before and after an element that has one way in and one way out."""
    into, out = drawing.incoming(key), drawing.outgoing(key)
    if len(into) != 1 or len(out) != 1:
        return None
    return renamed.get(into[0].source, into[0].source), renamed.get(out[0].target, out[0].target)
