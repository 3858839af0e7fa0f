"""Somebody leaves: everything moves, each project says so in its own record, and nothing is left with nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.stories.large_project import contracts_waiting, usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town, build_town, request_id
from workflows.flow import events_of
from workflows.governance.anytime import terminate_project
from workflows.governance.conditions import complete_condition
from workflows.governance.handover import WholeHandover, hand_over, preview_handover
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.project_page import project_timeline
from workflows.governance.projects import waiting_for
from workflows.governance.timeline import Happened
from workflows.governance.verify import verify
from workflows.kernel import chain
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden
from workflows.kernel.ids import RequestId
from workflows.kernel.jobs import MemoryJobs
from workflows.people import STREAM, deactivate_person
from workflows.people.errors import NothingToHandOver

DAY = timedelta(days=1)


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def contracting(town: Town) -> str:
    """A large project whose two members' contracts wait for Bo, who lends both; Karin answers for a condition."""
    return contracts_waiting(town, "karin")


def leave(
    town: Town, leaver: str, successor: str, clock: TestClock, *, days: int = 0, who: str = "ture", request: str = ""
) -> WholeHandover:
    return hand_over(
        town.as_(who),
        leaver=town.people[leaver],
        successor=town.people[successor],
        valid_from=clock.today + days * DAY,
        reason="Slutar sin anställning",
        request_id=RequestId(request or request_id()),
    )


def preview(town: Town, leaver: str, successor: str, clock: TestClock, *, who: str = "ture") -> WholeHandover:
    people = town.people
    return preview_handover(town.as_(who), leaver=people[leaver], successor=people[successor], valid_from=clock.today)


def told(town: Town, project: str) -> tuple[Happened, ...]:
    return project_timeline(town.as_("ture"), project_id=project)[1]


def in_words(one: Happened) -> str:
    facts = {name: value["sv"] if isinstance(value, dict) else str(value) for name, value in one.facts.items()}
    return one.sentence.format(**facts)


def waits_for(town: Town, project: str) -> dict[str, set[str]]:
    """Return who each open step of a project waits for, by name; steps of several rows together."""
    tasks = {task.id: task.node for task in town.player(project).open()}
    with town.ctx.read() as session:
        found = waiting_for(session, tenant=town.ctx.tenant, tasks=tasks, day=local_date(town.ctx.now()))
    people: dict[str, set[str]] = {node: set() for node in tasks.values()}
    for task, names in found.items():
        people[tasks[task]] |= {person.name for person in names}
    return people


def test_a_role_that_moves_stands_in_the_projects_own_record(town: Town, contracting: str, clock: TestClock) -> None:
    leave(town, "karin", "nils", clock, days=7)
    first = clock.today + 7 * DAY
    project = told(town, contracting)
    role = next(one for one in project if one.verb == "hand_over_role")
    words = f"Ture Malm lät Nils Öberg ta över rollen Projektledare efter Karin Lind, från och med {first}"
    assert (in_words(role), role.note, role.by) == (words, "Slutar sin anställning", "Ture Malm")
    with town.ctx.read() as session:
        newest = events_of(session, tenant=town.ctx.tenant, instance_id=town.project(contracting).instance, limit=3)
        assert chain.verify_stream(session, tenant=town.ctx.tenant, stream=STREAM) is None
    body = next(one.body for one in newest if one.verb == "hand_over_role")
    assert body == {
        "role": "project_manager",
        "valid_from": first.isoformat(),
        "from": town.people["karin"],
        "to": town.people["nils"],
        "reason": "Slutar sin anställning",
    }
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_the_project_manager_of_the_day_gets_the_open_tasks_and_is_told(
    town: Town, contracting: str, clock: TestClock, jobs: MemoryJobs
) -> None:
    assert "Karin Lind" in waits_for(town, contracting)["union_consultation"]
    before = len(jobs.jobs)
    leave(town, "karin", "nils", clock)
    assert waits_for(town, contracting)["union_consultation"] == {"Nils Öberg"}
    (mail,) = jobs.jobs[before:]
    assert mail.name == "mail.assigned"
    assert town.player(contracting).task("union_consultation").id in mail.arguments
    assert town.player(contracting).task("condition").id in mail.arguments


def test_a_condition_gets_a_new_owner_who_can_meet_it(town: Town, contracting: str, clock: TestClock) -> None:
    leave(town, "karin", "sara", clock)
    assert waits_for(town, contracting)["condition"] == {"Sara Holm"}
    assert "Ture Malm lät Sara Holm ta över villkor 1 efter Karin Lind" in map(in_words, told(town, contracting))
    task = town.player(contracting).task("condition").id
    complete_condition(town.as_("sara"), task_id=task, note="Klart", request_id=request_id())
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_who_lends_the_members_hours_moves_in_every_row_and_signs(
    town: Town, contracting: str, clock: TestClock
) -> None:
    assert waits_for(town, contracting)["contract_provider"] == {"Bo Rask"}
    leave(town, "bo", "mats", clock)
    assert waits_for(town, contracting)["contract_provider"] == {"Mats Åkerlund"}
    rows = town.project(contracting).registers["members"]
    assert {row["resource_provider"] for row in rows.values()} == {town.people["mats"]}
    sentences = [in_words(one) for one in told(town, contracting)]
    assert "Ture Malm lät Mats Åkerlund ta över rollen Resursgivare för Nils Öberg efter Bo Rask" in sentences
    assert "Ture Malm lät Mats Åkerlund ta över rollen Resursgivare för Eva Sjödin efter Bo Rask" in sentences
    player = town.player(contracting, usual=usual(town))
    player.until("bp2")
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_a_members_own_contract_stays_and_is_pointed_out(town: Town, contracting: str, clock: TestClock) -> None:
    people = town.people
    town.player(contracting, usual=usual(town)).hand_in("contract_provider", item="m2")
    seen = preview(town, "eva", "olle", clock)
    (own,) = seen.by_name.bound
    assert (own.role, own.about, own.bound) == ("project_member", people["eva"], True)
    assert [role.role for role in seen.held.roles] == ["controller"]
    leave(town, "eva", "olle", clock)
    rows = town.project(contracting).registers["members"]
    assert people["eva"] in {row["person"] for row in rows.values()}
    assert [one.verb for one in told(town, contracting)].count("hand_over_row") == 0


def test_who_has_nothing_but_what_is_their_own_hands_over_nothing(
    town: Town, contracting: str, clock: TestClock
) -> None:
    with pytest.raises(NothingToHandOver):
        leave(town, "nils", "olle", clock)
    assert [one.verb for one in told(town, contracting) if one.verb.startswith("hand_over")] == []
    with town.ctx.read() as session:
        assert chain.verify_stream(session, tenant=town.ctx.tenant, stream=STREAM) is None


def test_on_hold_what_moved_shows_to_the_successor_when_it_is_resumed(
    town: Town, contracting: str, clock: TestClock
) -> None:
    later = clock.today + 30 * DAY
    hold_project(town.as_("anna"), project_id=contracting, resume_on=later, reason="Väntar", request_id=request_id())
    leave(town, "bo", "mats", clock)
    assert waits_for(town, contracting)["contract_provider"] == set()
    resume_project(town.as_("anna"), project_id=contracting, note="", request_id=request_id())
    assert waits_for(town, contracting)["contract_provider"] == {"Mats Åkerlund"}


def test_conditions_of_a_project_that_is_over_move_too(town: Town, contracting: str, clock: TestClock) -> None:
    terminate_project(town.as_("anna"), project_id=contracting, reason="Stopp", request_id=request_id())
    player = town.player(contracting)
    while town.project(contracting).closed_at is None:
        player.hand_in(next(task.node for task in player.open() if task.kind != "condition"))
    leave(town, "karin", "sara", clock)
    assert waits_for(town, contracting)["condition"] == {"Sara Holm"}
    verbs = [one.verb for one in told(town, contracting)[:2]]
    assert verbs == ["hand_over_condition", "hand_over_role"]
    deactivate_person(town.as_("ture"), person=town.people["karin"])
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_the_preview_counts_the_same_and_changes_nothing(town: Town, contracting: str, clock: TestClock) -> None:
    before = told(town, contracting)
    seen = preview(town, "karin", "sara", clock)
    assert (seen.count, len(seen.by_name.conditions)) == (2, 1)
    assert told(town, contracting) == before
    assert leave(town, "karin", "sara", clock) == seen


def test_a_double_click_hands_over_once_in_every_record(town: Town, contracting: str, clock: TestClock) -> None:
    same = request_id()
    leave(town, "karin", "sara", clock, request=same)
    before = told(town, contracting)
    with pytest.raises(AlreadyDone):
        leave(town, "karin", "sara", clock, request=same)
    assert told(town, contracting) == before


def test_only_an_administrator_hands_over_and_nothing_is_left_behind(
    town: Town, contracting: str, clock: TestClock
) -> None:
    before = told(town, contracting)
    for verb in (preview, leave):
        with pytest.raises(Forbidden):
            verb(town, "karin", "sara", clock, who="anna")
    assert told(town, contracting) == before
    assert waits_for(town, contracting)["condition"] == {"Karin Lind"}


def test_a_gate_under_decision_moves_to_the_new_sponsor(town: Town, clock: TestClock) -> None:
    project = town.start("olle", "Linbana").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.hand_in("request")
    leave(town, "anna", "sara", clock)
    assert waits_for(town, project)["decide_single"] == {"Sara Holm"}
    player.decide(APPROVE)
    (result,) = verify(town.ctx)
    assert result.broken is None
