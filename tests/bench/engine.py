"""The engine alone: steps and states of the shipped model, and of a loop that goes round five thousand times."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from statistics import median
from typing import Any

from tests.bench.timing import median_ms, milliseconds, no_collection
from workflows import engine
from workflows.engine import Executable, Step
from workflows.governance.facts import environment
from workflows.models import play, read_bundle, read_scenarios, run_scenarios, shipped

ENV = environment(datetime(2026, 11, 23, 8, tzinfo=UTC))
ROUNDS = 5000
LATE = 1000
SAMPLES = 50
FACTS: Mapping[str, Any] = {
    "size_class": "small",
    "has_steering_group": False,
    "total_cost": 650_000,
    "board_cost_limit": 10_000_000,
    "external_funding": False,
    "cross_board": False,
    "principle_matter": False,
    "missing": 0,
    "members": ["m1"],
    "deliverables": ["d1"],
}
USUAL: Mapping[str, Mapping[str, Any]] = {
    "idea_sheet": {"R07": "yes", "R08": "yes", "R09": "yes", "R10": "yes"},
    "sponsor_answer": {"decision": "go"},
    "office_review": {"outcome": "approve"},
    "contract_provider": {"decision": "sign"},
    "contract_member": {"decision": "accept"},
    "decide_single": {"outcome": "approve", "target": None},
    "status_report": {"overall": "green", "change": "no", "deviation": "no", "last": False},
    "status_read": {"action": "none"},
}


def step_ms(times: int = 200) -> float:
    """Return the time to load, step, fold and dump: the status report of a project in execution."""
    executable = _model()
    standing = _to(executable, "status_report")
    return median_ms(lambda: _do(executable, standing, "status_report"), times=times)


def loop() -> Iterator[tuple[str, float]]:
    """Yield how step and state grow while a project reports its status round after round."""
    executable = _model()
    step = _to(executable, "status_report")
    early = late = step
    for number in range(1, ROUNDS + 1):
        step = _do(executable, _do(executable, step, "status_report"), "status_read")
        if number == 5:
            early = step
        if number == LATE:
            late = step
    yield "state.step_ratio", _ratio(executable, late, early)
    yield "state.bytes_ratio", len(step.state) / len(early.state)


def bytes_per_item(items: int = 500) -> float:
    """Return what each open item of a large multi-instance adds to the state."""
    executable = _model()
    few, many = (_to(executable, "contract_provider", members=count) for count in (1, items))
    return (len(many.state) - len(few.state)) / (items - 1)


def scenarios_per_s(times: int = 10) -> float:
    """Return how many whole projects are played in a second, with dump and load at each step."""
    files = shipped("harnosand")
    bundle = read_bundle(files)
    whole = next(one for one in read_scenarios(files) if one.file.endswith("straight_through.yaml"))
    assert play(bundle, whole).failure is None
    return 1000 / median_ms(lambda: play(bundle, whole), times=times)


def scenarios_s() -> float:
    """Return how long it takes to run every scenario of the shipped model, as the designer's page does."""
    files = dict(shipped("harnosand"))
    read_bundle(files)
    run = run_scenarios(files)
    assert run.green
    return run.seconds


def _ratio(executable: Executable, late: Step, early: Step) -> float:
    """Return the time of a step late in the loop over one early in it, taken in turns."""
    times: tuple[list[float], list[float]] = ([], [])
    with no_collection():
        for _ in range(SAMPLES):
            for samples, step in zip(times, (late, early), strict=True):
                samples.append(milliseconds(partial(_do, executable, step, "status_report")))
    return median(times[0]) / median(times[1])


def _model() -> Executable:
    return engine.compile(shipped("harnosand"))


def _to(executable: Executable, node: str, *, members: int = 1) -> Step:
    """Return an instance in which a step is open, everything before it answered as usual."""
    facts = {**FACTS, "members": [f"m{number}" for number in range(1, members + 1)]}
    step = engine.start(executable, facts=facts, env=ENV)
    while all(task.node != node for task in step.open_tasks):
        step = _do(executable, step, step.open_tasks[0].node, facts)
    return step


def _do(executable: Executable, step: Step, node: str, facts: Mapping[str, Any] = FACTS) -> Step:
    task = next(task for task in step.open_tasks if task.node == node)
    return engine.complete(executable, step.state, task.id, USUAL.get(node, {}), facts=facts, env=ENV)
