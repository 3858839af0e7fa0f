"""Ways out of a gate of which rows about its outcomes tell already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.drawn import Flow
from workflows.models.comparing.picture import Picture

_OUTCOME = re.compile(r'outcome\s*=\s*"(\w+)"')
REWORK = "rework"


def way_name(flow: Flow) -> str:
    """What a way out of a gate is called, without where it leads, which is said beside it: "Komplettera"."""
    return flow.name.partition(" → ")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWays:
    """The outcomes of gates on both sides, as diagram and `model.json` tell of them."""

    old: Picture
    new: Picture

    def elsewhere(self, pairs: Iterable[tuple[Flow, Flow]]) -> Iterator[tuple[tuple[Flow, ...], str, str]]:
        """Yield the ways out of one gate that lead to another phase now, those of one turn together: from, to."""
        turns: dict[tuple[str, str, str], list[Flow]] = {}
        for was, now in pairs:
            if self.leads_elsewhere(was, now):
                before, after = self._end(self.old, was.target), self._end(self.new, now.target)
                turns.setdefault((now.source, before, after), []).append(now)
        for (_, before, after), flows in turns.items():
            yield tuple(flows), before, after

    def leads_elsewhere(self, was: Flow, now: Flow) -> bool:
        """Whether an outcome leads to another phase, or to the end instead of one; both flows by their new ends."""
        if was.source != now.source or not self.new.gate(now.source) or not now.name:
            return False
        if self.explains_new(now) and self.explains_old(was):
            return False
        target = self.new.arrival(now.target)
        is_place = target in self.new.names.phases or (target in self.new and self.new[target].tag == "endEvent")
        return is_place and self._end(self.old, was.target) != self._end(self.new, now.target)

    def _end(self, picture: Picture, key: str) -> str:
        return picture.call(picture.arrival(key))

    def explains_new(self, flow: Flow) -> bool:
        """Whether a new way is that of an outcome that its gate did not allow, or of a phase to go back to."""
        return self._explains(flow, self.new, self.old)

    def explains_old(self, flow: Flow) -> bool:
        """Whether a way that is gone is that of an outcome no longer allowed, or of a phase no longer gone back to."""
        return self._explains(flow, self.old, self.new)

    def explains_default(self, key: str) -> bool:
        """Whether the first phase to go back to is another one, which is the way out when nothing else is chosen."""
        gate = self.new.gate(key)
        first = [_listed(side, gate, "rework_to")[:1] for side in (self.old, self.new)]
        return bool(gate) and first[0] != first[1]

    def _explains(self, flow: Flow, here: Picture, there: Picture) -> bool:
        gate = here.gate(flow.source)
        if not gate or gate not in here.names.gates or gate not in there.names.gates:
            return False
        found = _OUTCOME.search(flow.condition)
        outcome = found[1] if found else REWORK
        if outcome != REWORK:
            outcomes = [_listed(side, gate, "outcomes") for side in (here, there)]
            return outcome in outcomes[0] and outcome not in outcomes[1]
        phase = here.arrival(flow.target)
        phases = [_listed(side, gate, "rework_to") for side in (here, there)]
        return phase in phases[0] and phase not in phases[1]


def _listed(side: Picture, gate: str, name: str) -> list[Any]:
    raw: Mapping[str, Any] = side.names.gates.get(gate, {})
    listed = raw.get(name)
    return listed if isinstance(listed, list) else []
