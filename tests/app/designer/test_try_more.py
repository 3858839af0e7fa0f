"""A trial jumps in time, is undone, cut, finished and saved as a scenario."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from tests.app.designer.conftest import LogIn
from tests.app.designer.trying import WHY, TryPage, text, to_decision, trial_of
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft, run_scenarios


def test_time_jumps_make_steps_late(page: TryPage) -> None:
    page.begin()
    page.forward("sponsor_answer")
    assert "Försenat" not in page.get()
    page.post("/wait", days="30")
    assert "Försenat" in page.get()


def test_time_jumps_to_the_next_moment(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    page.forward("sponsor_answer")
    until = html.fromstring(page.get()).xpath("string(//select[@name='until']/option[1]/@value)")
    page.post("/wait", until=str(until))
    assert "wait" in trial_of(studio, draft).turns[-1].steps[0]


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("/wait", {"until": "nu"}),
        ("/send", {"message": "terminate@nowhere"}),
        ("/forward", {"target": "nowhere"}),
        ("/met", {"number": "7"}),
        ("/facts", {"fact-size_class": "huge"}),
    ],
)
def test_what_makes_no_sense_makes_no_turn(
    page: TryPage, studio: Studio, draft: str, verb: str, data: dict[str, str]
) -> None:
    page.begin()
    facts = {"fact-board_cost_limit": "10000000", "fact-missing": "0", "fact-light_before": "none"}
    assert page.post(verb, **(facts | data if verb == "/facts" else data)).status_code == 303
    assert trial_of(studio, draft).turns == ()


def test_the_log_says_facts_in_words_and_money_in_kronor(page: TryPage) -> None:
    page.begin()
    facts = {"fact-board_cost_limit": "10000000", "fact-missing": "0", "fact-light_before": "none"}
    facts |= {"fact-size_class": "large", "fact-total_cost": "900000"}
    assert page.post("/facts", **facts).status_code == 303
    said = page.get().replace("\N{NO-BREAK SPACE}", " ")
    assert "”Storlek” är stort, ”Total kostnad” är 900 000 kr" in said


@pytest.mark.parametrize(
    ("name", "typed"),
    [("fact-total_cost", "mycket"), ("fact-total_cost", "-5"), ("fact-members", "51"), ("fact-missing", "1,5")],
)
def test_a_fact_that_cannot_be_read_is_said_at_its_field_and_kept_to_be_mended(
    page: TryPage, studio: Studio, draft: str, name: str, typed: str
) -> None:
    page.begin()
    facts = {"fact-board_cost_limit": "10 000 000", "fact-missing": "0", "fact-light_before": "none"}
    answer = page.post("/facts", **{**facts, name: typed})
    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text and f'value="{typed}"' in answer.text
    assert trial_of(studio, draft).turns == ()


def test_a_register_is_said_by_how_many_rows_it_has(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    assert "Delleveranser, antal" in page.get()
    facts = {"fact-board_cost_limit": "10 000 000", "fact-missing": "0", "fact-light_before": "none"}
    assert page.post("/facts", **facts, **{"fact-deliverables": "2"}).status_code == 303
    assert trial_of(studio, draft).turns[-1].steps == ({"facts": {"deliverables": ["d1", "d2"]}},)


def test_what_a_trial_is_played_on_to_stands_phase_by_phase_with_the_next_gate_chosen(page: TryPage) -> None:
    page.begin()
    page.forward("appoint_manager")
    shown: Any = html.fromstring(page.get())
    choice = shown.get_element_by_id("target")
    phases = choice.xpath("optgroup/@label")
    assert phases[:3] == ["Relevans", "Förberedelse", "Planering"]
    (chosen,) = choice.xpath("optgroup/option[@selected]")
    assert (chosen.get("value"), chosen.getparent().get("label")) == ("bp1", "Förberedelse")


def test_time_that_passes_tells_of_reminders_and_of_what_becomes_late(page: TryPage) -> None:
    page.begin()
    page.forward("sponsor_answer")
    page.post("/wait", days="60")
    told = text(page.get())
    assert "tiden gick ut för ”" in told and "påminnelse om ”" in told


def test_a_message_ends_the_project_at_any_time(page: TryPage) -> None:
    page.begin()
    message = html.fromstring(page.get()).xpath("string(//button[starts-with(@value,'terminate@')]/@value)")
    page.post("/send", message=str(message))
    assert "Skriv slutrapport för det avbrutna projektet" in page.get()


def test_the_last_turn_is_undone(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    page.forward("bp1")
    page.post("/undo")
    assert trial_of(studio, draft).turns == ()
    assert "Inga drag än" in page.get()


def test_a_place_behind_is_come_to_by_beginning_anew_and_only_when_that_is_chosen(
    page: TryPage, studio: Studio, draft: str
) -> None:
    page.begin()
    page.forward("bp1")
    page.post("/wait", days="3")
    refused = page.post("/forward", target="sponsor_answer")
    assert refused.location.endswith("stuck=sponsor_answer#stuck")
    shown = text(page.get("?stuck=sponsor_answer"))
    assert "men nås från början. Inget är ändrat. Om du börjar om försvinner dina 2 drag." in shown
    assert len(trial_of(studio, draft).turns) == 2
    page.post("/forward", target="sponsor_answer", anew="1")
    assert [turn.steps for turn in trial_of(studio, draft).turns] == [({"until": "sponsor_answer"},)]


def test_a_place_that_usual_answers_never_reach_offers_no_new_beginning(
    page: TryPage, studio: Studio, draft: str
) -> None:
    page.begin()
    page.forward("bp1")
    refused = page.post("/forward", target="short_final_report", anew="1")
    assert refused.location.endswith("stuck=short_final_report#stuck")
    shown = page.get("?stuck=short_final_report")
    assert "Så långt räcker inte vanliga svar" in shown and "Börja om och spela dit" not in shown
    assert len(trial_of(studio, draft).turns) == 1


def test_usual_answers_take_the_decisions_on_the_way_as_the_page_says(
    page: TryPage, studio: Studio, draft: str
) -> None:
    page.begin()
    assert "Steg och beslut på vägen tas med vanliga svar" in page.get()
    page.forward("bp2")
    assert len(trial_of(studio, draft).turns) == 1 and "Begär beslut" in page.get()


def test_two_windows_do_not_both_move_the_trial(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    old = {"seen": "1", "days": "5"}
    assert page.client.post(page.base + "/wait", data=old).status_code == 303
    assert page.client.post(page.base + "/wait", data=old).status_code == 409
    assert len(trial_of(studio, draft).turns) == 1


def test_the_diagram_and_the_list_say_the_same(page: TryPage) -> None:
    page.begin()
    document: Any = html.fromstring(page.get())
    assert '"idea_sheet"' in document.get_element_by_id("diagram-marks").text
    assert "öppet nu" in document.get_element_by_id("diagram-notes").text.encode().decode("unicode_escape")
    assert document.xpath("//*[@data-bpmn-url]")[0].get("data-bpmn-url").endswith("/files/project.bpmn")


def test_a_trial_that_the_draft_no_longer_plays_is_cut(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    page.submit("idea_sheet", "_sample", "_done")
    page.forward("sponsor_answer")
    bpmn = find_model_draft(studio.as_("dag"), draft_id=draft).files["project.bpmn"]
    change_model_draft(
        studio.as_("dag"),
        draft_id=draft,
        changes={"project.bpmn": bpmn.replace(b"sponsor_answer", b"sponsor_reply")},
        seen=1,
        what="Bytte id",
    )
    shown = text(page.get())
    assert "Drag 2 går inte längre" in shown
    page.post("/cut", number="2")
    assert len(trial_of(studio, draft).turns) == 1 and "1 steg väntar" in text(page.get())


def test_a_draft_that_cannot_run_says_why_and_keeps_the_trial(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={"model.json": b"{"}, seen=1, what="Tappade en bit")
    assert "Utkastet går inte att köra just nu" in page.get()
    assert trial_of(studio, draft).version == 1


def test_a_finished_trial_says_how_it_ended(page: TryPage) -> None:
    page.begin()
    message = html.fromstring(page.get()).xpath("string(//button[starts-with(@value,'terminate@')]/@value)")
    page.post("/send", message=str(message))
    assert "Det hände: Avbryt begärs" in text(page.get())
    for node in ("short_final_report", "short_books_closed", "short_records_archived", "access_closed"):
        assert page.submit(node, "_sample", "_done").status_code == 303, node
    shown = text(page.get())
    assert "Provkörningen är klar" in shown and "Projektet är avbrutet" in shown


@pytest.mark.full
def test_a_trial_is_saved_as_a_scenario_that_holds(page: TryPage, studio: Studio, draft: str) -> None:
    to_decision(page)
    page.submit("decide_single", "_x", outcome="rework", target="preparation", **WHY)
    page.post("/wait", days="10")
    asked: Any = html.fromstring(page.get("/save"))
    form = next(form for form in asked.forms if "/save" in (form.action or ""))
    posted: dict[str, Any] = {}
    for name, value in form.form_values():
        posted.setdefault(name, []).append(value)
    refused = page.client.post(form.action, data={**posted, "title": ""})
    assert refused.status_code == 422 and 'href="#title"' in refused.text
    answer = page.client.post(form.action, data={**posted, "title": "Komplettering som dröjer"})
    assert answer.location.endswith("/scenarios/komplettering_som_drojer")
    files = find_model_draft(studio.as_("dag"), draft_id=draft).files
    assert b"ended: false" in files["scenarios/komplettering_som_drojer.yaml"]
    run = run_scenarios(files)
    assert run.green and len(run.results) == 24


@pytest.mark.parametrize("who", ["axel", "frida"])
def test_who_does_not_design_does_not_try(log_in: LogIn, draft: str, who: str) -> None:
    assert log_in(who).get(f"/models/drafts/{draft}/try").status_code in (403, 404)
