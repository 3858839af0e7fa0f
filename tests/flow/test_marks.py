"""Reminder, due and escalation: each is marked once, also when the server was down meanwhile."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import TestClock
from tests.stories.town import Town
from workflows.flow import events_of
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.sweep import sweep
from workflows.governance.verify import verify


@pytest.fixture
def project(town: Town) -> str:
    """An idea that waits for its sponsor's answer: reminded after 10, due after 20, escalated after 30 days."""
    project = town.start("olle", "Digital avtalssignering").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"])
    town.fill("olle", project, "c1_relevance")
    return project


def _marks(town: Town, project: str) -> list[str]:
    with town.ctx.read() as session:
        events = events_of(session, tenant=town.ctx.tenant, instance_id=town.project(project).instance)
    return [event.verb for event in reversed(events) if event.verb.startswith("mark_")]


def test_each_mark_is_made_once(town: Town, clock: TestClock, project: str) -> None:
    for day in (date(2026, 12, 8), date(2026, 12, 8), date(2026, 12, 28), date(2027, 1, 20), date(2027, 1, 21)):
        clock.on(day)
        sweep(town.ctx)
    assert _marks(town, project) == ["mark_remind", "mark_due", "mark_escalate"]


def test_what_came_while_the_server_was_down_is_marked_at_once(town: Town, clock: TestClock, project: str) -> None:
    clock.on(date(2027, 3, 1))
    assert sweep(town.ctx) == 3
    assert sweep(town.ctx) == 0
    assert _marks(town, project) == ["mark_remind", "mark_due", "mark_escalate"]
    assert all(result.broken is None for result in verify(town.ctx))


def test_nothing_is_marked_while_the_project_is_on_hold(town: Town, clock: TestClock, project: str) -> None:
    hold_project(
        town.as_("anna"), project_id=project, resume_on=date(2027, 6, 1), reason="Väntar på budget", request_id="h"
    )
    clock.on(date(2027, 3, 1))
    sweep(town.ctx)
    assert "mark_due" not in _marks(town, project)
    before = town.open(project)["sponsor_answer"].due_at
    resume_project(town.as_("anna"), project_id=project, note="Budgeten är klar", request_id="r")
    after = town.open(project)["sponsor_answer"].due_at
    assert before is not None and after is not None
    assert (after - before).days == 98
