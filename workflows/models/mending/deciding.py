"""Rows that say who decides a gate, brought in step with who decides it now, where nothing else of the row differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflows.engine import OpenTask, TaskKind
from workflows.models.bundle import Bundle
from workflows.models.differing import Difference, Differs
from workflows.models.expecting import as_mapping, is_held_by
from workflows.models.mending.sheet import Raw, Sheet
from workflows.models.playing import Failure
from workflows.models.scenario import Answers

_DRAWN = ("form", "due", "remind", "escalate")
"""What an entry of open tasks may say as the task is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A gate and the form in which it is decided now (`single`, `meeting`, `board`)."""

    gate: str
    mode: str


def deciders_found(bundle: Bundle, failures: Sequence[Failure]) -> tuple[Decided, ...]:
    """Return the gates that scenarios stop at because somebody else decides them, each with how that is now."""
    tasks = [task for failure in failures for task in _instead(bundle, failure).values()]
    found = (Decided(gate=task.gate or "", mode=task.definition.form or "") for task in tasks)
    return tuple(dict.fromkeys(found))


def with_its_decider(bundle: Bundle, sheet: Sheet, failure: Failure) -> Sheet | None:
    """Return the scenario with the decider that the gate has now in the row that stopped; None where that is not it."""
    instead = _instead(bundle, failure)
    if not instead:
        return None
    if failure.move is None:
        expect = _expecting(sheet.head.get("expect") or {}, instead, sheet)
        return _changed(sheet, replace(sheet, head={**sheet.head, "expect": expect}))
    place = failure.move.number - 1
    line = sheet.lines[place]
    raw = _row(line.raw, instead, sheet)
    return _changed(sheet, sheet.with_lines(place, 1, [replace(line, raw=raw)]))


def to_its_decision(bundle: Bundle, sheet: Sheet, failure: Failure, usual: Mapping[str, Answers]) -> Sheet | None:
    """Return the scenario with a way that leads to a decision as it is taken now; None when the row is no such way."""
    wanted = sheet.lines[failure.move.number - 1].raw.get("until") if failure.move is not None else None
    named = bundle.executable.tasks.get(wanted or "")
    if failure.move is None or named is None or named.kind is not TaskKind.DECISION:
        return None
    place = failure.move.number - 1
    line = sheet.lines[place]
    for node, task in bundle.executable.tasks.items():
        if task.kind is not TaskKind.DECISION or task.process != named.process or node == wanted:
            continue
        other = sheet.with_lines(place, 1, [replace(line, raw={**line.raw, "until": node})])
        then = other.stand(bundle, usual).played.failure
        if then is None or then.move is None or then.move.number > failure.move.number:
            return other
    return None


def _changed(before: Sheet, after: Sheet) -> Sheet | None:
    return after if after.raw != before.raw else None


def _instead(bundle: Bundle, failure: Failure) -> Mapping[str, OpenTask]:
    """Return the open decision for each one that was looked for; none where anything else differs too.

    The key is the step that the scenario names; "" is the decision of a `decide`.
    """
    found: dict[str, OpenTask] = {}
    for one in failure.differences:
        if one.kind is Differs.UNEXPECTED:
            continue
        key, task = _stand_in(bundle, failure, one)
        if task is None:
            return {}
        found[key] = task
    taken = {task.id for task in found.values()}
    others = (one.found for one in failure.differences if one.kind is Differs.UNEXPECTED)
    return found if all(task.id in taken for task in others) else {}


def _stand_in(bundle: Bundle, failure: Failure, one: Difference) -> tuple[str, OpenTask | None]:
    match one.kind:
        case Differs.OTHER_MODE:
            return "", one.found
        case Differs.OTHER_HOLDER:
            task: OpenTask = one.found
            return "", task if task.gate and task.definition.kind is TaskKind.DECISION else None
        case Differs.MISSING:
            entry: Raw = one.wanted
            return str(entry["node"]), _open_decision(bundle, failure, entry)
        case Differs.STEP_NOT_OPEN | Differs.ONLY_DECISIONS:
            which = {"item": one.item} if one.item else {}
            return str(one.wanted), _open_decision(bundle, failure, {"node": one.wanted, **which})
        case _:
            return "", None


def _open_decision(bundle: Bundle, failure: Failure, entry: Raw) -> OpenTask | None:
    """Return the decision that is open where an entry looked for one; None when it looked for something else."""
    named = bundle.executable.tasks.get(str(entry["node"]))
    if named is None or named.kind is not TaskKind.DECISION:
        return None
    decisions = (task for task in failure.tasks if task.gate and task.definition.kind is TaskKind.DECISION)
    fitting = [task for task in decisions if _fits(task, entry)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(task: OpenTask, entry: Raw) -> bool:
    """Tell whether a decision stands where an entry says: in its gate, for its item, in its round."""
    return (
        entry.get("gate") in (None, task.gate)
        and entry.get("round") in (None, task.round)
        and ("item" not in entry or entry["item"] in task.items.values())
        and task.place.startswith(str(entry.get("at", "")))
    )


def _row(raw: Raw, instead: Mapping[str, OpenTask], sheet: Sheet) -> dict[str, Any]:
    if "expect" in raw:
        return {**raw, "expect": _expecting(raw["expect"], instead, sheet)}
    if "decide" in raw:
        task = instead[""]
        mode = {"mode": task.definition.form} if "mode" in raw else {}
        return {**raw, **mode, **_held(raw, task, sheet)}
    if "until" in raw:
        return {**raw, "until": instead[raw["until"]].node if raw["until"] in instead else raw["until"]}
    nodes = [raw["do"]] if isinstance(raw.get("do"), str) else list(raw.get("do") or ())
    named = [instead[node].node if node in instead else node for node in nodes]
    return {**raw, "do": named[0] if len(named) == 1 else named} if named else dict(raw)


def _held(said: Raw, task: OpenTask, sheet: Sheet) -> dict[str, str]:
    """Return who does a task, where that is said: the person of the scenario, else the role."""
    role = task.definition.role
    roles: Mapping[str, str] = sheet.head.get("roles") or {}
    if "by" not in said or role is None or is_held_by(task, said["by"], roles):
        return {}
    return {"by": roles.get(role, role)}


def _expecting(expect: Raw, instead: Mapping[str, OpenTask], sheet: Sheet) -> dict[str, Any]:
    return {
        key: list(_entries(wanted, instead, sheet)) if key in ("open", "open_has") else wanted
        for key, wanted in expect.items()
    }


def _entries(wanted: Sequence[Any], instead: Mapping[str, OpenTask], sheet: Sheet) -> Iterator[Any]:
    for entry in wanted:
        said = as_mapping(entry)
        task = instead.get(said["node"])
        if task is None or not _fits(task, said):
            yield entry
        elif isinstance(entry, str):
            item = f"[{said['item']}]" if "item" in said else ""
            yield f"{task.node}{item}"
        else:
            drawn = {name: getattr(task.definition, name) for name in _DRAWN if name in said}
            whole = {**said, "node": task.node, **drawn, **_held(said, task, sheet)}
            yield {name: value for name, value in whole.items() if value is not None}
