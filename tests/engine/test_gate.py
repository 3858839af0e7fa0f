"""The gate as a called process: pack, decision, rework, deferral, withdrawal, and what comes back."""

from __future__ import annotations

import pytest

from tests.engine.playing import Play
from tests.engine.samples import one_gate
from workflows import engine


@pytest.fixture
def play() -> Play:
    return Play(one_gate())


def at_decision(play: Play) -> Play:
    play.do("idea")
    play.do("request", with_deviation=False)
    return play


def test_a_project_begins_with_its_first_step(play: Play) -> None:
    assert play.open == ["work/prep/idea"]
    assert play.task("idea").definition.form == "idea"
    assert not play.step.ended


def test_a_request_freezes_the_pack_and_opens_the_decision(play: Play) -> None:
    at_decision(play)
    [freeze] = play.step.effects
    assert (freeze.kind, freeze.gate, freeze.round, freeze.place) == (engine.EffectKind.FREEZE, "bp1", 1, "work/bp1")
    assert freeze.scope == {"request": {"with_deviation": False}, "authority": {"decider": "sponsor", "mode": "single"}}
    task = play.task("decide_single")
    assert (task.place, task.gate, task.round) == ("work/bp1/decide", "bp1", 1)
    assert task.definition.kind is engine.TaskKind.DECISION
    assert task.scope["authority"]["decider"] == "sponsor"


def test_a_request_that_lacks_something_comes_back_unless_it_deviates(play: Play) -> None:
    play.facts["missing"] = 2
    play.do("idea")
    play.do("request", with_deviation=False)
    assert play.open == ["work/bp1/request"]
    assert play.step.effects == ()
    play.do("request", with_deviation=True)
    assert play.open == ["work/bp1/decide/decide_single"]


def test_approval_gives_the_gate_its_result_and_ends_the_project(play: Play) -> None:
    at_decision(play)
    step = play.do("decide_single", outcome="approve", motivation="long text")
    assert step.variables == {"bp1": {"outcome": "approve", "target": None, "round": 1}}
    assert [effect.kind for effect in step.effects] == ["record"]
    assert step.effects[0].scope["decision"] == {"outcome": "approve"}
    assert step.ended
    assert step.ends == ("done", "finished")
    assert step.open_tasks == ()


def test_rework_enters_the_phase_again_and_the_next_pack_is_round_two(play: Play) -> None:
    at_decision(play)
    play.do("decide_single", outcome="rework", target="prep")
    assert play.open == ["work/prep/idea"]
    at_decision(play)
    assert play.task("decide_single").round == 2


def test_deferral_brings_the_same_pack_back_to_the_decider(play: Play) -> None:
    at_decision(play)
    step = play.do("decide_single", outcome="defer")
    assert play.open == ["work/bp1/decide/decide_board"]
    assert [effect.kind for effect in step.effects] == ["record"]
    assert play.step.open_tasks[0].round == 1


def test_a_withdrawn_request_goes_back_to_the_project_manager(play: Play) -> None:
    at_decision(play)
    play.send("work/bp1/decide", "withdraw")
    assert play.open == ["work/bp1/request"]
    play.do("request", with_deviation=False)
    assert play.task("decide_single").round == 2


def test_a_gate_that_terminates_leads_to_the_short_closure(play: Play) -> None:
    at_decision(play)
    step = play.do("decide_single", outcome="terminate")
    assert step.ends == ("stopped",)
    assert play.open == ["stop/stop_report"]
    assert play.do("stop_report").ends == ("stopped_early",)
    assert play.step.ended


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_project_can_be_terminated_wherever_it_stands(play: Play, steps: int) -> None:
    for name in ["idea", "request"][:steps]:
        play.do(name)
    play.send("work", "terminate")
    assert play.open == ["stop/stop_report"]
    with pytest.raises(engine.NothingWaits):
        play.send("work", "terminate")


def test_cancelling_ends_everything_at_once(play: Play) -> None:
    at_decision(play)
    step = play.cancel()
    assert step.ended
    assert (step.open_tasks, step.due, step.effects, step.ends) == ((), (), (), ())


def test_a_step_done_already_is_not_open(play: Play) -> None:
    idea = play.task("idea").id
    play.do("idea")
    for identifier in (idea, "0" * 32, "not an id", ""):
        with pytest.raises(engine.TaskNotOpen):
            engine.complete(play.executable, play.step.state, identifier, {}, **play.given)


def test_only_fields_that_expressions_read_reach_the_state(play: Play) -> None:
    play.do("idea", **{f"F{number}": "x" * 1000 for number in range(87)})
    assert play.step.variables == {}
    assert len(play.step.state) < 400


def test_looking_at_a_state_changes_nothing(play: Play) -> None:
    at_decision(play)
    seen = engine.view(play.executable, play.step.state)
    assert seen.state == play.step.state
    assert seen.open_tasks == play.step.open_tasks
    assert seen.effects == ()


def test_task_ids_stay_while_other_steps_are_done() -> None:
    files = one_gate()
    play = Play(files)
    before = play.task("idea").id
    play.wait(days=1)
    assert play.task("idea").id == before


def test_a_state_of_another_version_is_refused(play: Play) -> None:
    files = one_gate()
    files["gate.bpmn"] = files["gate.bpmn"].replace(b'name="freeze"', b'name="Frys"')
    other = engine.compile(files)
    assert other.digest != play.executable.digest
    with pytest.raises(engine.WrongExecutable):
        engine.view(other, play.step.state)
    with pytest.raises(engine.WrongExecutable):
        engine.view(play.executable, b"not a state")


def test_what_is_drawn_is_listed() -> None:
    executable = engine.compile(one_gate())
    assert executable.gates["bp1"].outcomes == ("approve", "rework", "defer", "reject", "terminate")
    assert executable.tasks["decide_meeting"].role == "secretary"
    assert executable.tasks["decide_meeting"].variable == "decision"
    assert executable.named["request"] == {"with_deviation"}
    assert executable.named["decision"] == {"outcome", "target"}
    assert {"done", "rejected", "stopped", "stopped_early", "finished"} < executable.ends
    assert engine.compile(one_gate()) is executable
