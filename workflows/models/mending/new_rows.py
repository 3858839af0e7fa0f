"""The rows that do a new step or approve at a new gate, and where in a scenario they come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workflows.engine import OpenTask
from workflows.models.differing import Differs
from workflows.models.mending.gaps import Gaps
from workflows.models.mending.sheet import Line, Raw, Sheet
from workflows.models.playing import Failure

APPROVE = {"outcome": "approve"}
"""What new rows decide at a gate: the check wants every gate to have it."""


def row_for(task: OpenTask, waiting: Sequence[OpenTask], gaps: Gaps, item: str = "") -> dict[str, Any]:
    """Return the row that does what waits, for `item` where it is among those that wait, else for all of them."""
    alike = [one for one in waiting if one.node == task.node]
    own = item if any(item in one.items.values() for one in alike) else ""
    if task.node not in gaps.steps:
        which = own or (list(task.items.values())[-1] if task.items else "")
        return {"decide": task.gate, **({"item": which} if which else {}), "with": dict(APPROVE)}
    if own:
        return {"do": task.node, "item": own}
    return {"do": task.node, "every": True} if len(alike) > 1 else {"do": task.node}


def in_a_list(sheet: Sheet, at: int, row: Raw, failure: Failure) -> Sheet:
    """Put a row before a step to be done, which may stand in the midst of a list."""
    line = sheet.lines[at]
    nodes = [line.raw["do"]] if isinstance(line.raw["do"], str) else list(line.raw["do"])
    missed = next((one.wanted for one in failure.differences if one.kind is Differs.STEP_NOT_OPEN), None)
    place = nodes.index(missed) if missed in nodes else 0
    if place == 0:
        return sheet.with_lines(at, 0, [Line(raw=row)])
    if _alike(row, line.raw):
        longer = [*nodes[:place], row["do"], *nodes[place:]]
        return sheet.with_lines(at, 1, [replace(line, raw={**line.raw, "do": longer})])
    first, rest = (part[0] if len(part) == 1 else part for part in (nodes[:place], nodes[place:]))
    halves = (replace(line, raw={**line.raw, "do": first}), Line(raw={**line.raw, "do": rest}))
    return sheet.with_lines(at, 1, [halves[0], Line(raw=row), halves[1]])


def _alike(row: Raw, listed: Raw) -> bool:
    """Tell whether a new row says nothing else than the list does of its steps."""
    own = {name: value for name, value in row.items() if name != "do"}
    said = {name: value for name, value in listed.items() if name not in ("do", "note")}
    return "do" in row and own == said


def before_a_check(sheet: Sheet, at: int, row: Raw, kept: Mapping[str, Any]) -> Sheet:
    """Put a row before a check; what it says of the row before it (`kept`) stays there."""
    line = sheet.lines[at]
    if not kept:
        return sheet.with_lines(at, 0, [Line(raw=row)])
    rest = {key: value for key, value in line.raw["expect"].items() if key not in kept}
    parts = [Line(raw={"expect": dict(kept)}), Line(raw=row), replace(line, raw={**line.raw, "expect": rest})]
    return sheet.with_lines(at, 1, parts if rest else [replace(line, raw=line.raw), Line(raw=row)])


def at_the_end(sheet: Sheet, row: Raw, kept: Mapping[str, Any]) -> Sheet:
    """Put a row last; what is checked at the end of the row before it stays before the new one."""
    if not kept:
        return replace(sheet, lines=(*sheet.lines, Line(raw=row)))
    rest = {key: value for key, value in sheet.head["expect"].items() if key not in kept}
    head = {name: value for name, value in {**sheet.head, "expect": rest}.items() if name != "expect" or rest}
    return replace(sheet, head=head, lines=(*sheet.lines, Line(raw={"expect": dict(kept)}), Line(raw=row)))


def kept_before(expect: Mapping[str, Any], failure: Failure) -> dict[str, Any]:
    """Return what a check says of the row before it alone, where that holds."""
    wrong = {one.about for one in failure.differences}
    return {key: expect[key] for key in ("effects",) if key in expect and key not in wrong}
