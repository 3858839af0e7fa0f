"""Adds the rows that a scenario lacks: it is played until it stops where new steps wait, and they are done there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workflows.engine import OpenTask
from workflows.models.bundle import Bundle
from workflows.models.differing import Differs
from workflows.models.expecting import shown_task
from workflows.models.mending.deciding import to_its_decision, with_its_decider
from workflows.models.mending.gaps import Gaps
from workflows.models.mending.new_rows import at_the_end, before_a_check, in_a_list, kept_before, row_for
from workflows.models.mending.sheet import Line, Raw, Sheet
from workflows.models.playing import Failure, Stand
from workflows.models.scenario import Answers

MOST_STEPS = 4_000
"""So many steps of the engine are tried in one way to mend a scenario; one that goes round and round is left."""

MOST_ROWS = 40
"""A scenario gets no more new rows: then the new steps go round."""

Usual = Mapping[str, Answers]


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """Where a scenario stopped: its rows, how it stood, and why."""

    bundle: Bundle
    gaps: Gaps
    sheet: Sheet
    stand: Stand
    failure: Failure


def with_new_steps(bundle: Bundle, sheet: Sheet, gaps: Gaps, usual: Usual) -> tuple[Sheet, Stand]:
    """Return the scenario with rows for new steps, and where it stands then; as it is when nothing helps.

    Rows come where the scenario stops first; where that leads nowhere, as soon as a new step opens.
    """
    best = (sheet, sheet.stand(bundle, usual))
    for add in (_where_it_stops, _where_they_open):
        found = _added(bundle, sheet, best[1] if best[0] is sheet else sheet.stand(bundle, usual), gaps, usual, add)
        if found[1].played.failure is None:
            return found
        if _progress(*found) > _progress(*best):
            best = found
    return best


def _progress(sheet: Sheet, stand: Stand) -> tuple[int, int]:
    """Tell how far a scenario came: of the file's rows, and how little differed there."""
    failure = stand.played.failure
    if failure is None:
        return len(sheet.lines) + 1, 0
    passed = sheet.lines if failure.move is None else sheet.lines[: failure.move.number - 1]
    return sum(line.origin is not None for line in passed), -len(failure.differences)


def _added(
    bundle: Bundle, sheet: Sheet, stand: Stand, gaps: Gaps, usual: Usual, add: Callable[[_At], Sheet | None]
) -> tuple[Sheet, Stand]:
    spent = stand.played.steps
    for _ in range(MOST_ROWS):
        failure = stand.played.failure
        if failure is None or spent > MOST_STEPS:
            break
        at = _At(bundle=bundle, gaps=gaps, sheet=sheet, stand=stand, failure=failure)
        decided = with_its_decider(bundle, sheet, failure) or to_its_decision(bundle, sheet, failure, usual)
        longer = decided or _asking_anyway(at) or add(at) or _accepting(at)
        if longer is None:
            break
        sheet, stand = longer, longer.stand(bundle, usual)
        spent += stand.played.steps
    return sheet, stand


def _where_it_stops(at: _At) -> Sheet | None:
    """Return the scenario with a new step done before the row that did not go; None when no new step waits."""
    sheet, failure = at.sheet, at.failure
    waiting = [task for task in failure.tasks if at.gaps.is_new(task)]
    if not waiting:
        return None
    if failure.move is None:
        kept = kept_before(sheet.head.get("expect") or {}, failure)
        return at_the_end(sheet, row_for(waiting[0], waiting, at.gaps), kept)
    place = failure.move.number - 1
    raw = sheet.lines[place].raw
    row = row_for(waiting[0], waiting, at.gaps, str(raw.get("item") or ""))
    if row == raw:
        return None
    if "do" in raw and not raw.get("refused"):
        return in_a_list(sheet, place, row, failure)
    if "until" in raw:
        return sheet.with_lines(place, 0, _way_to(waiting[0], row))
    if "expect" in raw:
        return before_a_check(sheet, place, row, kept_before(raw["expect"], failure))
    return sheet.with_lines(place, 0, [Line(raw=row)])


def _way_to(task: OpenTask, row: Raw) -> list[Line]:
    """Return the rows that come before a way on which only decisions were left."""
    return [Line(raw={"until": row.get("decide") or task.node}), Line(raw=row)]


def _where_they_open(at: _At) -> Sheet | None:
    """Return the scenario with the first new step that opens done at once; None when none opens."""
    sheet = at.sheet
    for number, landing in enumerate(at.stand.landings):
        waiting = [task for task in landing.open_tasks if at.gaps.is_new(task)]
        if not waiting:
            continue
        task, raw = waiting[0], sheet.lines[number].raw
        row = row_for(task, waiting, at.gaps)
        if "until" in raw and task.gate in at.gaps.gates and raw["until"] == task.node:
            return sheet.with_lines(number, 0, _way_to(task, row))
        after = sheet.lines[number + 1].raw if number + 1 < len(sheet.lines) else {}
        if _does(after, task) or raw.get("until") in (task.node, task.gate):
            continue
        if effects := (after.get("expect") or {}).get("effects"):
            return before_a_check(sheet, number + 1, row, {"effects": effects})
        return sheet.with_lines(number + 1, 0, [Line(raw=row)])
    return _where_it_stops(at)


def _does(raw: Raw, task: OpenTask) -> bool:
    """Tell whether a row does a step or decides its gate."""
    done = raw.get("do") or ()
    nodes = [done] if isinstance(done, str) else done
    return task.node in nodes or (task.gate is not None and raw.get("decide") == task.gate)


def _asking_anyway(at: _At) -> Sheet | None:
    """Return the scenario with a request for a new gate's decision that says yes to what its way on reads.

    None when no new row waits for a decision that its request does not come through to.
    """
    move = at.failure.move
    if move is None or at.sheet.lines[move.number - 1].origin is not None:
        return None
    if [one.kind for one in at.failure.differences] != [Differs.GATE_NOT_OPEN]:
        return None
    asked = next((task for task in at.failure.tasks if task.gate == move.subject), None)
    named = at.bundle.executable.named.get(asked.definition.variable, frozenset()) if asked is not None else ()
    if asked is None or not named or ("with" in at.sheet.lines[max(move.number - 2, 0)].raw and move.number > 1):
        return None
    which = {"item": move.item} if move.item else {}
    row = {"do": asked.node, **which, "with": dict.fromkeys(sorted(named), True)}
    return at.sheet.with_lines(move.number - 1, 0, [Line(raw=row)])


def _accepting(at: _At) -> Sheet | None:
    """Return the scenario with what is open now in a check that named something gone; None when that is not it."""
    sheet, failure = at.sheet, at.failure
    if {one.about for one in failure.differences} != {"open"}:
        return None
    found = [shown_task(task) for task in failure.tasks]
    if failure.move is None:
        head = {**sheet.head, "expect": {**(sheet.head.get("expect") or {}), "open": found}}
        return replace(sheet, head=head, accepts=False) if sheet.accepts else None
    place = failure.move.number - 1
    line = sheet.lines[place]
    raw = {**line.raw, "expect": {**(line.raw.get("expect") or {}), "open": found}}
    return sheet.with_lines(place, 1, [replace(line, raw=raw, accepts=False)]) if line.accepts else None
