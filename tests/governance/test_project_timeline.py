"""Every event of a project has words of its own."""

from __future__ import annotations

import ast
from datetime import timedelta
from pathlib import Path

import pytest

import workflows.governance
from tests.conftest import TestClock
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, approve_on_condition, met, rework, seat
from tests.stories.town import Town, build_town, request_id
from workflows.governance.anytime import replace_project_holder, terminate_project, withdraw_request
from workflows.governance.conditions import complete_condition
from workflows.governance.decision import DecisionInput
from workflows.governance.gate_conflict import declare_conflict
from workflows.governance.holding import extend_hold, hold_project, resume_project
from workflows.governance.outcomes import Outcome
from workflows.governance.project_page import project_timeline
from workflows.governance.sweep import sweep
from workflows.governance.timeline import TELL, UNKNOWN, Happened
from workflows.kernel.context import Context
from workflows.models.deadlines import Mark

ROOM = Path(workflows.governance.__file__).parent


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def told(town: Town, project: str) -> tuple[Happened, ...]:
    return project_timeline(town.as_("ture"), project_id=project)[1]


def in_words(one: Happened) -> str:
    """Fill a sentence in, as the page does."""
    facts = {name: value["sv"] if isinstance(value, dict) else str(value) for name, value in one.facts.items()}
    return one.sentence.format(**facts)


def verbs_written() -> set[str]:
    """Return the verb of every event that this room writes, as its source says."""
    found: set[str] = set()
    for path in ROOM.rglob("*.py"):
        tree = ast.parse(path.read_text())
        named = {
            target.id: node.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Entry":
                verb = next(keyword.value for keyword in node.keywords if keyword.arg == "verb")
                verb = named[verb.id] if isinstance(verb, ast.Name) else verb
                found |= {ast.literal_eval(verb)} if isinstance(verb, ast.Constant) else {f"mark_{m}" for m in Mark}
    return found


def test_every_verb_of_the_room_has_words() -> None:
    assert verbs_written() == set(TELL)


def test_what_a_later_version_wrote_is_shown_all_the_same(town: Town) -> None:
    assert UNKNOWN.format(verb="teleport") == "Något hände som sidan inte har ord för (teleport)"


@pytest.mark.full
def test_a_life_with_everything_in_it_is_told_without_a_gap(town: Town, clock: TestClock) -> None:
    project = town.start("olle", "Förskolan Tallbacken").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.hand_in("request")
    task = player.task("decide_single").id
    withdraw_request(town.as_("karin"), task_id=task, reason="Fel belopp", request_id=request_id())
    clock.forward(hours=1)
    player.decide(rework(town, "preparation", "F05"))
    clock.forward(hours=1)
    player.until("bp1")
    player.decide(approve_on_condition(town, "karin", "VA-avtalet är klart"))
    condition = player.task("condition").id
    complete_condition(town.as_("karin"), task_id=condition, note="Klart", request_id=request_id())
    day = clock.today
    for verb, days in ((hold_project, 10), (extend_hold, 20)):
        later = day + timedelta(days=days)
        verb(town.as_("anna"), project_id=project, resume_on=later, reason="Väntar", request_id=request_id())
    resume_project(town.as_("anna"), project_id=project, note="Nu", request_id=request_id())
    replace_project_holder(
        town.as_("anna"),
        project_id=project,
        role="receiver",
        holder=town.people["sara"],
        reason="Byte",
        request_id=request_id(),
    )
    player.hand_in("project_plan")
    clock.forward(days=60)
    sweep(town.ctx)
    player.until("bp2")
    player.hand_in("request")
    gate = player.task("decide_meeting").id
    declare_conflict(town.as_("bo"), task_id=gate, reason="Granne", request_id=request_id())
    seats = [seat(town, who, recusal="Granne" if who == "bo" else "") for who in ("anna", "bo", "sara", "mats")]
    player.decide(met(town, Outcome.DEFER, seats, defer_to=clock.today + timedelta(days=7)))
    terminate_project(town.as_("anna"), project_id=project, reason="Stopp", request_id=request_id())
    events = told(town, project)
    assert {one.sentence for one in events if one.sentence == UNKNOWN} == set()
    sentences = [in_words(one) for one in events]
    assert sentences[0] == "Anna Berg avbröt projektet"
    for expected in (
        "Olle Norin lämnade idén",
        "Karin Lind begärde Beslutspunkt 1, omgång 1",
        "Karin Lind återtog begäran om Beslutspunkt 1",
        "Beslutspunkt 1: Komplettera. En punkt skickades tillbaka.",
        "Beslutspunkt 1: Godkänn med villkor. Ett villkor följer med.",
        "Karin Lind uppfyllde villkor 1",
        "Anna Berg återupptog projektet",
        "Mottagare är nu Sara Holm",
        "Bo Rask anmälde jäv i Beslutspunkt 2",
        "Bo Rask svarade på ”Skriv under som resursgivare”",
        "Tiden gick ut för ”Skriv under som resursgivare”",
    ):
        assert expected in sentences
    assert any(sentence.startswith("Beslutspunkt 2: Skjut upp till") for sentence in sentences)
    assert any(sentence.startswith("Anna Berg lät projektet vila längre, till") for sentence in sentences)
    assert [one.note for one in events if one.verb == "withdraw"] == ["Fel belopp"]


def test_a_body_that_takes_a_role_is_named(town: Town) -> None:
    project = town.start("olle", "Linbana").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=1)
    replace_project_holder(
        town.as_("ture"),
        project_id=project,
        role="steering_group",
        holder=f"body:{town.group}",
        reason="Större än väntat",
        request_id=request_id(),
    )
    newest = told(town, project)[0]
    assert in_words(newest) == "Styrgrupp är nu Styrgrupp Samhälle"
    assert (newest.note, newest.by) == ("Större än väntat", "Ture Malm")


def test_decisions_lead_to_themselves_and_steps_to_what_they_made(town: Town) -> None:
    project = town.start("olle", "Linbana").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    events = told(town, project)
    assert events[0].decision is not None
    assert events[0].is_decision
    made = [one.document.key for one in events if one.document]
    assert made == ["project_directive", "idea_sheet"]
    assert all(one.task for one in events if one.verb == "submit")


def test_a_hold_at_a_gate_says_until_when(town: Town, clock: TestClock) -> None:
    project = town.start("olle", "Linbana").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    day = clock.today + timedelta(days=90)
    outcome = DecisionInput(outcome=Outcome.HOLD, resume_on=day, motivation="Invänta budget", no_conflict=True)
    player.decide(outcome)
    held, decided = told(town, project)[:2]
    assert in_words(held) == f"Anna Berg gjorde projektet vilande till {day}"
    assert in_words(decided) == f"Beslutspunkt 1: Gör vilande till {day}"
