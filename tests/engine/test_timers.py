"""Timers: the moment is fixed when the wait begins, in Swedish time, and happens once, also after a long silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.engine.drawing import bundle
from tests.engine.patterns import PATTERNS, RACES
from tests.engine.playing import MONDAY, Play
from workflows import engine


def waiting(timer: str, **facts: object) -> Play:
    return Play(
        bundle(
            project=f"""
            start s > ask
            user ask role=r > e
            boundary late on=ask timer='{timer}' > after
            user after role=r > e
            end e
            """
        ),
        facts=dict(facts),
    )


@pytest.mark.parametrize(
    ("timer", "expected"),
    [
        ('date("2026-03-02")', datetime(2026, 3, 1, 23, tzinfo=UTC)),
        ('date("2026-07-02")', datetime(2026, 7, 1, 22, tzinfo=UTC)),
        ('date and time("2026-03-02T10:00:00")', datetime(2026, 3, 2, 9, tzinfo=UTC)),
        ('date and time("2026-03-02T10:00:00Z")', datetime(2026, 3, 2, 10, tzinfo=UTC)),
        ("workdays(today(), 7)", datetime(2026, 1, 20, 23, tzinfo=UTC)),
        ('duration("P3DT4H")', MONDAY + timedelta(days=3, hours=4)),
        ('duration("P1M")', datetime(2026, 2, 12, 8, tzinfo=UTC)),
        ('now() + duration("PT90M")', MONDAY + timedelta(minutes=90)),
        ("date(facts.until)", datetime(2026, 4, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_timer_is_a_day_a_moment_or_a_duration(timer: str, expected: datetime) -> None:
    play = waiting(timer, until="2026-05-01")
    assert play.step.due == (engine.DueMoment(node="late", place="ask", at=expected),)
    play.now = expected - timedelta(seconds=1)
    play.wait()
    assert play.open == ["ask"]
    play.wait(seconds=1)
    assert play.open == ["after"]
    assert not play.step.due


def test_the_moment_stays_when_what_it_came_from_changes() -> None:
    play = waiting("date(facts.until)", until="2026-05-01")
    play.facts["until"] = "2026-06-01"
    play.wait(days=1)
    assert play.due["late"] == datetime(2026, 4, 30, 22, tzinfo=UTC)


def test_a_boundary_timer_without_a_moment_never_goes_off() -> None:
    play = waiting("date(facts.until)")
    assert not play.step.due
    play.wait(days=5000)
    assert play.open == ["ask"]
    assert play.do("ask").ended


@pytest.mark.parametrize("timer", ['"tomorrow"', "3", "true", "facts.list"])
def test_a_timer_that_is_not_a_time_is_refused(timer: str) -> None:
    with pytest.raises(engine.NoWayOut, match="late"):
        waiting(timer, list=["2026-05-01"])


def test_an_intermediate_timer_without_a_moment_is_refused() -> None:
    with pytest.raises(engine.NoWayOut, match="rest"):
        Play(bundle(project="start s > rest\ncatch rest timer='date(facts.until)' > e\nend e"), facts={})


def test_a_reminder_adds_a_step_and_leaves_the_task_alone() -> None:
    play = Play(PATTERNS["votes"])
    ids = {task.id for task in play.step.open_tasks}
    step = play.wait(days=9)
    assert [effect.node for effect in step.effects] == ["nudge"]
    assert {task.id for task in step.open_tasks} == ids
    assert play.wait(days=9).effects == ()


def test_what_a_timer_interrupts_is_withdrawn_with_its_other_timers() -> None:
    play = waiting('duration("P1D")')
    play.wait(days=2)
    assert play.open == ["after"]
    assert not play.step.due


def test_a_step_done_in_time_takes_its_timers_with_it() -> None:
    play = waiting('duration("P1D")')
    step = play.do("ask")
    assert (step.due, step.ended) == ((), True)


def test_after_a_long_silence_everything_overdue_happens_in_order() -> None:
    play = Play(
        bundle(
            project="""
            start s > ask
            user ask role=r > e
            boundary second on=ask keeps timer='duration("P9D")' > tell2
            boundary first on=ask keeps timer='duration("P3D")' > tell1
            effect tell1 kind=notify > e1
            effect tell2 kind=notify > e2
            end e1
            end e2
            end e
            """
        )
    )
    step = play.wait(days=90)
    assert [effect.node for effect in step.effects] == ["tell1", "tell2"]


def test_the_first_of_several_events_withdraws_the_others() -> None:
    play = Play(bundle(project=RACES))
    assert set(play.due) == {"late"}
    play.send("paid", "paid")
    assert play.open == ["register"]
    assert not play.step.due
    play.do("register")
    assert play.due == {"wait": datetime(2026, 3, 1, 11, tzinfo=UTC)}


@pytest.mark.full
def test_a_loop_whose_timer_is_always_over_is_stopped() -> None:
    files = bundle(
        project="""
        start s > in_rest
        xor in_rest > rest
        catch rest timer='date("2020-01-01")' > g
        xor g > e ? facts.done = true ; *in_rest
        end e
        """
    )
    play = Play(files)
    with pytest.raises(engine.NoWayOut, match="rest"):
        play.wait(days=1)


def test_the_machine_s_own_time_zone_plays_no_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    play = waiting('date and time("2026-03-02T10:00:00")')
    assert play.due["late"] == datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_due_moments_can_be_moved_after_a_hold() -> None:
    play = waiting('duration("P1D")')
    moved = engine.postpone(play.executable, play.step.state, timedelta(days=10))
    assert engine.view(play.executable, moved).due[0].at == MONDAY + timedelta(days=11)
