"""Leaves out rows that do what is never reached any longer, because a step that led to it is gone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from workflows.models.bundle import Bundle
from workflows.models.differing import Differs
from workflows.models.mending.gaps import Gaps
from workflows.models.mending.sheet import Sheet
from workflows.models.playing import Failure, Stand
from workflows.models.scenario import Answers

MOST_LEFT_OUT = 6


def without_unreached(
    bundle: Bundle, sheet: Sheet, stand: Stand, gaps: Gaps, usual: Mapping[str, Answers]
) -> tuple[Sheet, Stand]:
    """Return the scenario without the steps that do not open any more; as it is unless it holds then."""
    shorter, then = sheet, stand
    for _ in range(MOST_LEFT_OUT if gaps.gone else 0):
        failure = then.played.failure
        left = _without(shorter, failure) if failure is not None else None
        if left is None:
            break
        shorter, then = left, left.stand(bundle, usual)
    return (shorter, then) if then.played.failure is None else (sheet, stand)


def _without(sheet: Sheet, failure: Failure) -> Sheet | None:
    """Return the scenario without the step that was not open in the row that stopped; None when that was not it."""
    if failure.move is None or [one.kind for one in failure.differences] != [Differs.STEP_NOT_OPEN]:
        return None
    place = failure.move.number - 1
    line = sheet.lines[place]
    done = line.raw["do"]
    nodes = [done] if isinstance(done, str) else list(done)
    kept = [node for node in nodes if node != failure.differences[0].wanted]
    if not kept:
        return sheet.with_lines(place, 1, [])
    raw = {**line.raw, "do": kept[0] if len(kept) == 1 else kept}
    return sheet.with_lines(place, 1, [replace(line, raw=raw)])
