"""What stops a step, and that a stopped step leaves the state before it as it was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forms import feel
from tests.engine.drawing import bundle
from tests.engine.playing import Play
from workflows import engine
from workflows.engine.runs import Evaluator


def test_a_state_is_never_consumed_and_a_failed_step_leaves_it_usable() -> None:
    play = Play(bundle(project="start s > a\nuser a role=r > rest\ncatch rest timer='date(a.until)' > e\nend e"))
    before = play.step.state
    with pytest.raises(engine.NoWayOut):
        play.do("a")
    assert play.step.state == before
    play.do("a", until="2026-05-01")
    assert list(play.due) == ["rest"]


def test_a_gateway_without_a_way_out_stops_the_step() -> None:
    files = bundle(
        project="start s > g\nxor g > a ? facts.x = 1 ; b ? facts.x = 2\nuser a role=r > e\nuser b role=r > e\nend e"
    )
    with pytest.raises(engine.NoWayOut, match="g"):
        Play(files, facts={"x": 3})


def test_a_loop_in_which_nobody_is_asked_is_stopped() -> None:
    files = bundle(
        project="start s > in_n\nxor in_n > n\neffect n kind=notify > g\nxor g > e ? facts.x = 1 ; *in_n\nend e"
    )
    with pytest.raises(engine.NoWayOut):
        Play(files)


def test_an_expression_without_bounds_stops_the_step() -> None:
    source = "count(for a in 1..1000, b in 1..1000, c in 1..1000 return a + b + c) > 3"
    with pytest.raises(engine.NoWayOut, match="g"):
        Play(bundle(project=f"start s > g\nxor g > e ? {source} ; *e\nend e"))


@pytest.mark.parametrize(
    "source", ["__import__('os').system('id')", "a if b else c", "[x for x in y]", "lambda: 1", "x == 1"]
)
def test_python_in_a_condition_is_refused(source: str) -> None:
    files = bundle(project=f"start s > g\nxor g > e ? {source} ; *e\nend e")
    with pytest.raises(engine.EngineRefused) as refusal:
        engine.compile(files)
    assert refusal.value.findings[0].rule == "expression"
    assert refusal.value.findings[0].element == "g"


def test_the_script_engine_evaluates_and_executes_nothing() -> None:
    evaluator = Evaluator(facts={}, env=feel.Environment(now=datetime(2026, 1, 1, tzinfo=UTC), workdays=lambda d, _: d))
    for refused in (evaluator.execute, evaluator.call_service):
        with pytest.raises(PermissionError):
            refused(None, "import os")
