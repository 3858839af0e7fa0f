"""Compares what a scenario expects with what holds (docs/scenarios.md, "Expectations")."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workflows.engine import DueMoment, Effect, OpenTask, Step
from workflows.kernel.clock import STOCKHOLM
from workflows.models.differing import Difference, Differs
from workflows.models.model import Ending

_ENTRY = re.compile(r"([\w.-]+)(?:\[([\w.-]+)\])?")

_ROOMS = re.compile(r"(?:\[[\w.-]+\])?/")
"""What stands between the activities of a place."""

NOTHING = "inget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What holds: the engine's last step, the effects of the scenario's last one, and the ends passed since the start.

    `roles` maps role to person, `ends` end event to what it makes of the project.
    """

    step: Step
    effects: Sequence[Effect]
    passed: Sequence[str]
    roles: Mapping[str, str]
    ends: Mapping[str, Ending]


def is_held_by(task: OpenTask, who: str, roles: Mapping[str, str]) -> bool:
    """Tell whether a task is for `who`: its role, or the person who holds it."""
    role = task.definition.role
    return who == role or (role is not None and roles.get(role) == who)


def fits(task: OpenTask, *, item: str | None, at: str) -> bool:
    """Tell whether a task is inside the item, at any depth, and at the place."""
    return (item is None or item in task.items.values()) and task.place.startswith(at)


def shown_task(task: OpenTask) -> str:
    """Return a task as scenarios write it: `deliverable_acceptance[d1]`."""
    item = "".join(f"[{key}]" for key in list(task.items.values())[-1:])
    return f"{task.node}{item}"


_Found = Iterator[tuple[str, str, Differs, Any, Any]]
"""What was expected and what was found as scenarios write it, the kind of difference, and both sides of it."""


def _open(wanted: Sequence[Any], now: Standing) -> _Found:
    found = _matched(wanted, now)
    yield from _open_has(wanted, now)
    for number, task in enumerate(now.step.open_tasks):
        if number not in found.values():
            yield NOTHING, shown_task(task), Differs.UNEXPECTED, None, task


def _open_has(wanted: Sequence[Any], now: Standing) -> _Found:
    found = _matched(wanted, now)
    for number, entry in enumerate(wanted):
        if number not in found:
            alike = _alike(entry, now.step.open_tasks)
            yield _shown(entry), _shown_open(alike), Differs.MISSING, as_mapping(entry), alike


def _closed(wanted: Sequence[str], now: Standing) -> _Found:
    for node in wanted:
        if any(task.node == node for task in now.step.open_tasks):
            yield f"{node} stängd", f"{node} öppen", Differs.NOT_CLOSED, node, None


def _due(wanted: Mapping[str, str], now: Standing) -> _Found:
    found = {(moment.node, _as_said(moment, wanted.get(moment.node, ""))) for moment in now.step.due}
    expected = {(node, said.replace("T", " ")) for node, said in wanted.items()}
    if found != expected:
        texts = [_listed(f"{node} {at}" for node, at in pairs) for pairs in (expected, found)]
        yield texts[0], texts[1], Differs.DUE, sorted(expected), sorted(found)


def _variables(wanted: Mapping[str, Mapping[str, Any] | None], now: Standing) -> _Found:
    for name, fields in wanted.items():
        found = now.step.variables.get(name)
        kind, said = Differs.VARIABLE, (name, fields)
        if fields is None:
            if found is not None:
                yield f"{name} inte satt", _shown(found), kind, said, found
        elif not isinstance(found, Mapping):
            yield f"{name} {_shown(fields)}", f"{name} inte satt", kind, said, None
        elif any(found.get(field) != value for field, value in fields.items()):
            same = {field: found.get(field) for field in fields}
            yield f"{name} {_shown(fields)}", f"{name} {_shown(same)}", kind, said, same


def _effects(wanted: Sequence[str], now: Standing) -> _Found:
    found = [shown_effect(effect) for effect in now.effects]
    if found != list(wanted):
        yield ", ".join(wanted) or NOTHING, ", ".join(found) or NOTHING, Differs.EFFECTS, list(wanted), found


def _passed(wanted: Sequence[str], now: Standing) -> _Found:
    if missing := [end for end in wanted if end not in now.passed]:
        yield ", ".join(missing), _listed(now.passed), Differs.PASSED, missing, list(now.passed)


def _phase(wanted: str, now: Standing) -> _Found:
    if not any(wanted in _ROOMS.split(task.place) for task in now.step.open_tasks):
        yield f"i fasen {wanted}", f"inget öppet i {wanted}", Differs.PHASE, wanted, None


def _end(wanted: str, now: Standing) -> _Found:
    found = [now.ends[end] for end in now.passed if end in now.ends]
    if found[-1:] != [wanted]:
        last = found[-1] if found else None
        yield wanted, last or NOTHING, Differs.END, wanted, last


def _ended(wanted: bool, now: Standing) -> _Found:
    if now.step.ended != wanted:
        words = {True: "slut", False: "inte slut"}
        yield words[wanted], words[now.step.ended], Differs.ENDED, wanted, now.step.ended


_CHECKS: Mapping[str, Callable[[Any, Standing], _Found]] = {
    "open": _open,
    "open_has": _open_has,
    "closed": _closed,
    "due": _due,
    "gates": _variables,
    "variables": _variables,
    "effects": _effects,
    "passed": _passed,
    "phase": _phase,
    "end": _end,
    "ended": _ended,
}


def differences(expect: Mapping[str, Any], now: Standing) -> tuple[Difference, ...]:
    """Return everything expected that does not hold; keys that are not given are not looked at."""
    return tuple(
        Difference(about=key, expected=expected, got=got, kind=kind, wanted=said, found=found)
        for key, wanted in expect.items()
        for expected, got, kind, said, found in _CHECKS[key](wanted, now)
    )


def _matched(wanted: Sequence[Any], now: Standing) -> dict[int, int]:
    """Pair entries with tasks, one for one, as many as can be: a wide entry gives way to a narrow one (Kuhn 1955)."""
    tasks = now.step.open_tasks
    holder: dict[int, int] = {}

    def place(entry: int, tried: set[int]) -> bool:
        for number, task in enumerate(tasks):
            if number not in tried and _matches(as_mapping(wanted[entry]), task, now.roles):
                tried.add(number)
                if number not in holder or place(holder[number], tried):
                    holder[number] = entry
                    return True
        return False

    for entry in range(len(wanted)):
        place(entry, set())
    return {entry: number for number, entry in holder.items()}


def _matches(entry: Mapping[str, Any], task: OpenTask, roles: Mapping[str, str]) -> bool:
    drawn = task.definition
    found = {
        "node": task.node,
        "round": task.round,
        "gate": task.gate,
        "due": drawn.due,
        "remind": drawn.remind,
        "escalate": drawn.escalate,
        "form": drawn.form,
        "kind": str(drawn.kind),
    }
    if not fits(task, item=entry.get("item"), at=entry.get("at", "")):
        return False
    if "by" in entry and not is_held_by(task, entry["by"], roles):
        return False
    return all(found[name] == value for name, value in entry.items() if name in found)


def as_mapping(entry: Any) -> Mapping[str, Any]:
    """Return an entry of open tasks with each thing it says by name: `{node: delivery_ready, item: d1}`."""
    if not isinstance(entry, str):
        return dict(entry)
    parts = _ENTRY.fullmatch(entry)
    assert parts is not None
    return {"node": parts[1]} | ({"item": parts[2]} if parts[2] else {})


def _alike(entry: Any, tasks: Sequence[OpenTask]) -> tuple[OpenTask, ...]:
    """Return the open tasks of an entry's node."""
    node = as_mapping(entry)["node"]
    return tuple(task for task in tasks if task.node == node)


def _shown_open(alike: Sequence[OpenTask]) -> str:
    """Return what was found in an entry's stead: the same node's tasks in full, else that it is not open."""
    if not alike:
        return "inte öppen"
    return "; ".join(
        f"{shown_task(task)} vid {task.place}, roll {task.definition.role}, omgång {task.round}"
        + (f", förfaller {task.definition.due}" if task.definition.due else "")
        for task in alike
    )


def _as_said(moment: DueMoment, said: str) -> str:
    """Return a moment as precisely as the scenario says it: the day, or with the time."""
    local: datetime = moment.at.astimezone(STOCKHOLM)
    return f"{local:%Y-%m-%d}" if len(said) <= len("2026-01-12") else f"{local:%Y-%m-%d %H:%M:%S}"[: len(said)]


def shown_effect(effect: Effect) -> str:
    """Return an effect as scenarios write it: `record bp3k[d1]`."""
    item = "".join(f"[{key}]" for key in list(effect.items.values())[-1:])
    return f"{effect.kind} {effect.gate}{item}" if effect.gate else str(effect.kind)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)


def _listed(values: Iterator[str] | Sequence[str]) -> str:
    return ", ".join(sorted(values)) or NOTHING
