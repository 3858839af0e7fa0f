"""Which outcomes a gate allows now, in words: the diagram and `model.json` say it alike."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.models.comparing.change import Area, Weight, What
from workflows.models.comparing.said import Said
from workflows.models.comparing.swedish import joined, quoted
from workflows.models.comparing.vocabulary import OUTCOMES


def outcomes(gate: str, before: list[str], after: list[str]) -> Iterator[Said]:
    """Yield what may be decided at a gate now and could not before, and the other way round."""
    for outcome in [one for one in after if one not in before]:
        name = OUTCOMES.get(outcome, outcome)
        yield Said(
            sentence=f"Vid {gate} går det nu att besluta {quoted(name)}.",
            before="",
            after=name,
            what=What.ADDED,
            area=Area.GATE,
        )
    for outcome in [one for one in before if one not in after]:
        name = OUTCOMES.get(outcome, outcome)
        yield Said(
            sentence=f"Vid {gate} går det inte längre att besluta {quoted(name)}.",
            before=name,
            after="",
            what=What.REMOVED,
            area=Area.GATE,
        )
    if sorted(set(before)) == sorted(set(after)):
        said = [joined(OUTCOMES.get(one, one) for one in side) for side in (before, after)]
        yield Said(
            sentence=f"Besluten vid {gate} står i en annan ordning.",
            before=said[0],
            after=said[1],
            weight=Weight.LAYOUT,
            area=Area.GATE,
        )
