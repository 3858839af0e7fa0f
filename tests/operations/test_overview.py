"""How all projects stand: how many at each step, how long steps take, which stand still and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.stories.large_project import contracts_waiting, usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.holding import hold_project
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden
from workflows.operations import Cause, Overview, Watched, overview, reckon_usual_times
from workflows.operations.still import LEAST
from workflows.operations.usual import ENOUGH, Usual, usual_times
from workflows.people import deactivate_person

STEP = ("harnosand", "sponsor_answer")


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def watched(town: Town, **wanted: object) -> Overview:
    return overview(town.as_("ture"), watched=replace(Watched(), **wanted))  # type: ignore[arg-type]  # the test's own


def asked(town: Town, title: str, **idea: str) -> str:
    """Hand in an idea that waits for the sponsor's answer."""
    project = town.start("olle", title, **idea).project_id
    town.player(project).until("sponsor_answer")
    return project


def answered(town: Town, clock: TestClock, count: int, *, days: int) -> None:
    """Let so many ideas be answered after some days each."""
    for number in range(count):
        project = asked(town, f"Idé {number}")
        clock.forward(days=days)
        town.player(project).hand_in("sponsor_answer")


def usual_of_step(town: Town) -> Usual | None:
    with town.ctx.read() as session:
        return usual_times(session, tenant=town.ctx.tenant).get(STEP)


def test_a_project_is_counted_at_its_step_and_no_other(town: Town) -> None:
    asked(town, "Cykelbana")
    asked(town, "Gångbro")
    found = watched(town)
    assert found.ongoing == 2
    assert found.flow is not None
    assert {step.node: step.projects for step in found.flow.steps if step.projects} == {"sponsor_answer": 2}
    assert found.still == ()


def test_what_is_done_in_a_gate_is_counted_at_the_gate(town: Town) -> None:
    project = town.start("olle", "Cykelbana").project_id
    town.player(project, usual=usual(town)).until("bp1")
    found = watched(town)
    assert found.flow is not None
    assert [(step.gate, step.projects) for step in found.flow.steps if step.projects] == [("bp1", 1)]


def test_a_step_past_its_day_stands_still_from_that_day(town: Town, clock: TestClock) -> None:
    project = asked(town, "Cykelbana")
    clock.forward(days=60)
    (still,) = watched(town).still
    assert (still.waiting.project, still.cause) == (project, Cause.LATE)
    assert still.since == still.waiting.due_at
    assert [person.name for person in still.people] == ["Anna Berg"]


def test_what_is_usual_is_said_by_those_that_were_done(town: Town, clock: TestClock) -> None:
    answered(town, clock, ENOUGH - 1, days=3)
    reckon_usual_times(town.ctx)
    assert usual_of_step(town) is None
    answered(town, clock, 1, days=9)
    assert reckon_usual_times(town.ctx) > 0
    known = usual_of_step(town)
    assert known is not None
    assert (known.count, known.median, known.long) == (ENOUGH, timedelta(days=3), timedelta(days=3))
    clock.forward(days=800)
    reckon_usual_times(town.ctx)
    assert usual_of_step(town) is None


def test_a_step_that_takes_longer_than_usual_stands_still_though_it_is_not_late(town: Town, clock: TestClock) -> None:
    answered(town, clock, ENOUGH, days=1)
    reckon_usual_times(town.ctx)
    asked(town, "Cykelbana")
    clock.forward(days=LEAST.days)
    assert watched(town).still == ()
    clock.forward(days=1)
    (still,) = watched(town).still
    assert (still.cause, still.since) == (Cause.LONG, still.waiting.opened_at)
    assert still.usual is not None and still.usual.median == timedelta(days=1)


def test_what_nobody_can_do_is_told_before_what_is_late(town: Town, clock: TestClock) -> None:
    late = asked(town, "Cykelbana")
    clock.forward(days=60)
    project = contracts_waiting(town, "nils")
    deactivate_person(town.as_("ture"), person=town.people["nils"])
    first, second = watched(town).still
    assert (first.cause, first.people) == (Cause.NOBODY, ())
    assert first.waiting.project != late and first.waiting.title == town.project(project).title
    assert (second.waiting.project, second.cause) == (late, Cause.LATE)


def test_what_rests_stands_still_on_purpose(town: Town, clock: TestClock) -> None:
    project = town.start("olle", "Cykelbana").project_id
    town.player(project, usual=usual(town)).until("bp1")
    hold_project(
        town.as_("anna"), project_id=project, reason="Pengar", resume_on=local_date(clock.now) + timedelta(days=90),
        request_id=request_id(),
    )  # fmt: skip
    clock.forward(days=60)
    found = watched(town)
    assert (found.ongoing, found.on_hold, found.still, found.waiting) == (0, 1, (), ())


def test_projects_are_chosen_by_department_phase_step_and_lateness(town: Town, clock: TestClock) -> None:
    asked(town, "Cykelbana", department="Samhälle")
    clock.forward(days=60)
    later = asked(town, "Gångbro", department="Skola")
    assert [one.project for one in watched(town, department="Skola").waiting] == [later]
    assert [one.title for one in watched(town, late=True).waiting] == ["Cykelbana"]
    assert len(watched(town, step="sponsor_answer").waiting) == 2
    assert watched(town, step="project_plan").waiting == ()
    assert watched(town, phase="planning").waiting == ()
    assert watched(town).departments == ("Samhälle", "Skola")


def test_whoever_does_not_watch_sees_nothing(town: Town) -> None:
    with pytest.raises(Forbidden):
        overview(town.as_("karin"), watched=Watched())
