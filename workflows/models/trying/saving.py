"""A trial as a scenario: its steps, and what held at its end as what must hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from workflows.models.expecting import shown_task
from workflows.models.scenario import DEFAULT_START, FOLDER
from workflows.models.scenario_text import write_scenario
from workflows.models.trying.standing import TrialStand
from workflows.models.trying.trial import Turn

LONGEST_NAME = 60


def expectations(now: TrialStand) -> dict[str, Any]:
    """Return what holds now, as a scenario expects it: whether it has ended, how, what is open, how gates went."""
    return dict(_expectations(now))


def _expectations(now: TrialStand) -> Iterator[tuple[str, Any]]:
    yield "ended", now.ended
    if now.ending is not None:
        yield "end", str(now.ending)
    if not now.ended:
        yield "open", [shown_task(step.task) for step in now.open_steps]
    if gates := dict(_gates(now)):
        yield "gates", gates


def _gates(now: TrialStand) -> Iterator[tuple[str, Mapping[str, Any]]]:
    variables = now.stand.step.variables if now.stand.step is not None else {}
    for gate in now.bundle.model.gates:
        decided = variables.get(gate.key)
        if isinstance(decided, Mapping) and decided.get("outcome"):
            yield gate.key, {"outcome": decided["outcome"], "round": decided["round"]}


def scenario_text(now: TrialStand, turns: Sequence[Turn], *, title: str, expect: Mapping[str, Any]) -> str:
    """Return the file of a scenario that does what the trial did. Who has which role is left out: nothing asks."""
    whole = {
        "title": title,
        "process": now.begun.process,
        "start": now.begun.start if now.begun.start != DEFAULT_START else None,
        "facts": dict(now.begun.facts),
        "steps": [dict(step) for turn in turns for step in turn.steps],
        "expect": dict(expect),
    }
    return write_scenario({name: value for name, value in whole.items() if value or name == "steps"})


def scenario_path(title: str, taken: Collection[str]) -> str:
    """Return the path of a new scenario, named after its title and by none that is taken."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME].strip("_") or "scenario"
    number, path = 1, f"{FOLDER}{name}.yaml"
    while path in taken:
        number += 1
        path = f"{FOLDER}{name}_{number}.yaml"
    return path
