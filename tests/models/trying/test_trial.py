"""A trial goes through a model as a project would, on nothing but the draft's files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from forms.posted import flatten
from tests.models.telling import HARNOSAND, MODELS, files_of, with_json, with_text
from tests.models.trying.steps import BEGUN, MODEL, open_nodes, stand, step, to_decision, usual, with_answers
from workflows.kernel.clock import local_date
from workflows.models import read_bundle
from workflows.models.deadlines import Mark
from workflows.models.model import Ending
from workflows.models.trying import (
    Beginning,
    Turn,
    decided,
    invented_roles,
    questions_of,
    read_answers,
    readiness_of,
    sample_answers,
    sent,
    stand_of,
    waited,
    went_on,
)


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: folder.name)
def test_every_model_goes_from_beginning_to_end_with_usual_answers(folder: Path) -> None:
    files = files_of(folder)
    model = read_bundle(files).model
    begun = Beginning(roles=invented_roles(model))
    turns: list[Turn] = []
    for _ in range(80):
        now = stand_of(files, begun, turns)
        assert now.broken is None
        if now.ended:
            break
        first = now.open_steps[0]
        turns.append(decided(now, first, outcome="approve") if first.decides else usual(now, first.task.node))
    assert now.ended and now.ending is Ending.CLOSED


def test_a_trial_begins_with_the_first_step_for_somebody_invented() -> None:
    now = stand()
    assert open_nodes(now) == ["idea_sheet"]
    assert now.open_steps[0].who.endswith("Exempel")


def test_called_processes_can_be_tried_alone() -> None:
    now = stand(begun=replace(BEGUN, process="gate"))
    assert open_nodes(now) == ["request"]


def test_answers_are_checked_as_for_real() -> None:
    now = stand()
    questions = questions_of(now, step(now, "idea_sheet"))
    refused = read_answers(questions, {"title": [""]})
    assert not refused.ok and "title" in refused.errors
    assert questions.form is not None
    posted: dict[str, list[str]] = {}
    for name, text in flatten(questions.form, sample_answers(questions, {}).answers):
        posted.setdefault(name, []).append(text)
    assert read_answers(questions, posted).ok


def test_answers_change_the_facts_that_the_step_itself_sees() -> None:
    now = stand(went_on("project_directive"))
    turn = with_answers(now, "project_directive", size_class="large", total_cost=2_400_000)
    assert turn.steps[0] == {"facts": {"size_class": "large", "total_cost": 2_400_000}}
    after = stand(went_on("project_directive"), turn)
    assert (after.facts["size_class"], after.facts["total_cost"]) == ("large", 2_400_000)


def test_only_what_expressions_read_and_is_not_as_usual_is_written_down() -> None:
    now = stand(went_on("office_review"))
    assert usual(now, "office_review").steps == ({"do": "office_review"},)
    returned = with_answers(now, "office_review", outcome="return", reason="Kostnaden saknas")
    assert returned.steps == ({"do": "office_review", "with": {"outcome": "return"}},)
    assert open_nodes(stand(went_on("office_review"), returned)) == ["project_directive"]


def test_what_was_answered_comes_back_when_the_step_does() -> None:
    first = stand()
    turn = with_answers(first, "idea_sheet", title="Cykelbana till skolan")
    turns = (turn, went_on("bp1"))
    now = stand(*turns)
    request = step(now, "request")
    assert questions_of(now, request).context["project"]["title"] == "Cykelbana till skolan"
    asked = stand(*turns, usual(now, "request"))
    back = stand(
        *turns,
        usual(now, "request"),
        decided(asked, step(asked, "decide_single"), outcome="rework", target="relevance"),
    )
    assert questions_of(back, step(back, "idea_sheet")).given["title"] == "Cykelbana till skolan"


def test_what_has_never_been_filled_in_is_missing_when_no_step_was_skipped() -> None:
    left = readiness_of(stand(), MODEL.gate("bp1"), "")
    assert all(one.known for one in left.checklists) and left.missing > len(left.documents)


def test_a_jump_in_time_makes_steps_late_and_lets_timers_go_off() -> None:
    turns = [went_on("sponsor_answer")]
    now = stand(*turns)
    waiting = step(now, "sponsor_answer")
    assert waiting.due_at is not None and waiting.due_at in [one.at for one in now.ahead]
    later = stand(*turns, waited("P30D"))
    assert later.now > waiting.due_at == step(later, "sponsor_answer").due_at


def test_the_first_step_is_due_as_counted_from_the_beginning_however_long_it_waits() -> None:
    now = stand()
    assert step(stand(waited("P10D")), now.open_steps[0].task.node).opened_at == now.now


def test_what_a_decision_sends_back_is_due_on_its_day_with_the_reminder_before_it() -> None:
    turns, asked = to_decision()
    day = (asked.now + timedelta(days=40)).date()
    back = decided(
        asked, step(asked, "decide_single"), outcome="rework", target="preparation", more={"due_on": day.isoformat()}
    )
    sent_back = stand(*turns, back)
    assert sent_back.open_steps
    assert {local_date(one.due_at) for one in sent_back.open_steps if one.due_at} == {day}
    assert all(one.due_at is not None for one in sent_back.open_steps)
    later = stand(*turns, back, waited("P40D"))
    told = {(one.mark, one.task.node) for one in later.log[-1].marks}
    assert {(Mark.DUE, one.task.node) for one in sent_back.open_steps} <= told


def test_a_request_is_withdrawn_and_a_project_terminated() -> None:
    turns, _ = to_decision()
    assert open_nodes(stand(*turns, sent("withdraw", "work/bp1/decide"))) == ["request"]
    assert open_nodes(stand(*turns, sent("terminate", "work"))) == ["short_final_report"]


def test_each_turn_tells_what_it_opened_and_what_the_application_would_have_done() -> None:
    turns, now = to_decision()
    decided_turn = decided(now, step(now, "decide_single"), outcome="approve")
    log = stand(*turns, decided_turn).log
    assert [task.node for task in log[0].opened] == ["request"]
    assert [str(effect.kind) for effect in log[1].landings[-1].effects] == ["freeze"]
    assert [task.node for task in log[2].opened] == ["project_plan"]


def test_a_draft_that_changed_under_a_trial_says_at_which_turn_and_why() -> None:
    turns = [went_on("sponsor_answer"), Turn(steps=({"do": "sponsor_answer"},)), waited("P1D")]
    changed = with_text("project.bpmn", 'id="sponsor_answer"', 'id="sponsor_reply"', HARNOSAND)
    changed["project.bpmn"] = changed["project.bpmn"].replace(b"sponsor_answer", b"sponsor_reply")
    now = stand_of(changed, BEGUN, turns)
    assert now.broken is not None and now.broken.number == 1
    assert now.broken.failure.differences
    assert now.open_steps == () and now.log == ()
    assert stand_of(changed, BEGUN, turns[: now.broken.number - 1]).broken is None


def test_a_draft_with_a_period_that_is_none_is_tried_all_the_same() -> None:
    broken = with_text("project.bpmn", 'due="P20D"', 'due="snart"', HARNOSAND)
    broken["project.bpmn"] = broken["project.bpmn"].replace(b'due="P20D"', b'due="snart"')
    now = stand_of(broken, BEGUN, [went_on("sponsor_answer")])
    assert step(now, "sponsor_answer").due_at is None


def test_a_prefill_that_leads_nowhere_fills_nothing_in() -> None:
    nowhere = {"c1_relevance.R99": "idea_sheet.what"}
    strange = with_json("model.json", lambda model: model["prefill"].update(nowhere), HARNOSAND)
    now = stand_of(strange, BEGUN, [usual(stand(), "idea_sheet")])
    assert "R99" not in questions_of(now, step(now, "c1_relevance")).given
