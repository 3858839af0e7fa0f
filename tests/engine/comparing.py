"""What of the engine and of the oracle must be alike after every step."""

from __future__ import annotations

from typing import Any

import orjson
import zstandard

from tests.engine.oracle import World
from tests.engine.playing import path
from workflows import engine


def engine_view(step: engine.Step) -> dict[str, Any]:
    """Return what is compared, of the engine."""
    return {
        "open": sorted(
            (path(task), task.gate, task.round, sorted(task.items.items()), canonical(task.scope))
            for task in step.open_tasks
        ),
        "due": sorted((moment.node, moment.place, moment.at) for moment in step.due),
        "effects": sorted(
            str((str(effect.kind), effect.node, effect.place, effect.gate, effect.round, dict(effect.items)))
            + canonical(effect.scope)
            for effect in step.effects
        ),
        "ends": sorted(step.ends),
        "ended": step.ended,
        "variables": canonical(step.variables),
    }


def oracle_view(world: World) -> dict[str, Any]:
    """Return what is compared, of the oracle."""
    users = [wait.activity for wait in world.waits() if wait.user]
    return {
        "open": sorted(
            (activity.path, *standing(activity), sorted(activity.items.items()), canonical(activity.scope.data))
            for activity in users
        ),
        "due": world.due(),
        "effects": sorted(str(effect[:-1]) + canonical(effect[-1]) for effect in world.effects),
        "ends": sorted(world.ends),
        "ended": not world.top.alive,
        "variables": canonical(world.top.data),
    }


def standing(activity: Any) -> tuple[str | None, int]:
    """Return the gate an activity of the oracle stands in, and its round."""
    while activity is not None and activity.gate is None:
        activity = activity.scope.owner
    return (None, 0) if activity is None else (activity.gate["key"], activity.gate["round"])


def canonical(value: Any) -> str:
    """Return JSON with sorted keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=dict).decode()


def rows(state: bytes) -> int:
    """Return how many steps a state holds."""

    def count(tasks: list[dict[str, Any]]) -> int:
        return sum(1 + count(row.get("c", [])) + count(row.get("r", {"t": []})["t"]) for row in tasks)

    return count(orjson.loads(zstandard.decompress(state))["r"]["t"])
