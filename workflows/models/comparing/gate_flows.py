"""Ways out of a gate of which rows about its outcomes tell already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.drawn import Flow
from workflows.models.comparing.picture import Picture

_OUTCOME = re.compile(r'outcome\s*=\s*"(\w+)"')
REWORK = "rework"


@dataclass(frozen=True, slots=True, kw_only=True)
class GateWays:
    """The outcomes of gates on both sides, as diagram and `model.json` tell of them."""

    old: Picture
    new: Picture

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
