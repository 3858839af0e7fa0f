"""Which flows of two versions are the same, and which lead elsewhere now."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from workflows.models.comparing.drawn import Flow
from workflows.models.comparing.picture import Picture


@dataclass(frozen=True, kw_only=True)
class FlowPairs:
    """Flows of both sides. `kept` lead between the same elements, `turned` elsewhere; old ends by their new ids."""

    kept: tuple[tuple[Flow, Flow], ...]
    turned: tuple[tuple[Flow, Flow], ...]
    added: tuple[Flow, ...]
    removed: tuple[Flow, ...]

    @property
    def both(self) -> tuple[tuple[Flow, Flow], ...]:
        """Every flow that both sides have."""
        return self.kept + self.turned

    @cached_property
    def ids(self) -> Mapping[str, str]:
        """The new id of each old flow that is still there."""
        return {was.id: now.id for was, now in self.both}


def pair_flows(old: Picture, new: Picture, renamed: Mapping[str, str]) -> FlowPairs:
    """Pair the flows, the surest ways first; `renamed` are elements' new ids by their old."""
    left = [
        replace(flow, source=renamed.get(flow.source, flow.source), target=renamed.get(flow.target, flow.target))
        for flow in old.drawing.flows
    ]
    right = list(new.drawing.flows)
    kept: list[tuple[Flow, Flow]] = []
    turned: list[tuple[Flow, Flow]] = []
    for same in _SAME:
        kept += _taken(left, right, same)
    for same in _TURNED:
        turned += _taken(left, right, same)
    return FlowPairs(kept=tuple(kept), turned=tuple(turned), added=tuple(right), removed=tuple(left))


_SAME: tuple[Callable[[Flow], Hashable], ...] = (
    lambda flow: (flow.id, flow.source, flow.target),
    lambda flow: (flow.source, flow.target, flow.name, flow.condition),
    lambda flow: (flow.source, flow.target),
)

_TURNED: tuple[Callable[[Flow], Hashable], ...] = (
    lambda flow: (flow.id, flow.source),
    lambda flow: (flow.source, flow.name, flow.condition),
    lambda flow: flow.source,
    lambda flow: flow.id,
)


def _taken(left: list[Flow], right: list[Flow], same: Callable[[Flow], Hashable]) -> list[tuple[Flow, Flow]]:
    """Take the pairs out of both lists that `same` finds, where there is just one on each side."""
    olds, news = _grouped(left, same), _grouped(right, same)
    pairs = [
        (flows[0], others[0]) for name, flows in olds.items() if len(flows) == len(others := news.get(name, [])) == 1
    ]
    taken = {id(flow) for pair in pairs for flow in pair}
    left[:] = [flow for flow in left if id(flow) not in taken]
    right[:] = [flow for flow in right if id(flow) not in taken]
    return pairs


def _grouped(flows: list[Flow], same: Callable[[Flow], Hashable]) -> Mapping[Hashable, list[Flow]]:
    found: dict[Hashable, list[Flow]] = {}
    for flow in flows:
        found.setdefault(same(flow), []).append(flow)
    return found
