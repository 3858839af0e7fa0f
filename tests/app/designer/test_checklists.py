"""A checklist is changed on its page: a question weighed, added, changed, moved and removed, and nothing is lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from forms.checklist import Checklist, Requirement, read_checklist
from forms.feel import parse
from tests.app.browsing import send
from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft, shipped
from workflows.models.asking.scope import condition_problem
from workflows.models.asking.statements import AMOUNT

PATH = "forms/c2_preparation.checklist.json"


@pytest.fixture
def home(draft: str) -> str:
    return f"/models/drafts/{draft}/checklists/c2_preparation"


@pytest.fixture
def saved(studio: Studio, draft: str) -> Any:
    """`saved()` is the checklist as the draft has it now."""

    def read() -> Checklist:
        return read_checklist(find_model_draft(studio.ctx, draft_id=draft).files[PATH])

    return read


def press(client: FlaskClient, address: str, **data: str) -> int:
    return client.post(address, data={"request_id": address[-40:].replace("/", "_"), **data}).status_code


def test_the_tab_lists_checklists_and_forms_with_their_steps(designer: FlaskClient, draft: str) -> None:
    page = designer.get(f"/models/drafts/{draft}/forms").text
    assert re.search(r"5 checklistor\s+och\s+\d+ formulär", page)
    assert "Svara på checklistan Förberedelse" in page
    assert "Skriv projektdirektivet" in page


def test_the_table_shows_what_each_question_asks_and_weighs(designer: FlaskClient, home: str) -> None:
    page = designer.get(home).text
    assert 'id="q-F03"' in page and "När ”Projektet får pengar utifrån” är ja" in page
    assert page.count('aria-pressed="true"') == 22


def test_a_question_shows_conditions_as_they_are_written(designer: FlaskClient, home: str) -> None:
    page = unescape(designer.get(f"{home}/questions/F03").text)
    shown = re.findall(r"<li><code>([^<]+)</code>: ([^<]+)</li>", page)
    assert ("external_funding = true", "projektet har extern finansiering") in shown and len(shown) == 4
    for written, words in shown:
        assert condition_problem(shipped("harnosand"), written) == "" and words
    assert not any("item.F03" in written for written, _ in shown)


def test_one_press_makes_a_question_weigh_less(designer: FlaskClient, home: str, saved: Any) -> None:
    answer = designer.post(f"{home}/questions/F03/requirement", data={"request_id": "a", "requirement": "warn"})
    assert (answer.status_code, answer.location) == (303, f"{home}#q-F03")
    assert saved().by_id["F03"].requirement is Requirement.WARN


def test_a_new_question_gets_the_next_number_and_stands_where_it_was_asked_for(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    typed = {"question": "Är klimatet med?", "help": "Säg hur.", "requirement": "warn"}
    answer = send(designer, f"{home}/questions/new?after=F03", **typed)
    assert answer.location == f"{home}#q-F23"
    assert [item.id for item in saved().items][2:5] == ["F03", "F23", "F04"]
    assert saved().by_id["F23"].area.sv == "Risker"


def test_a_number_that_was_published_is_not_given_again(designer: FlaskClient, home: str, saved: Any) -> None:
    assert press(designer, f"{home}/questions/F22/remove") == 303
    assert "F22" not in saved().by_id
    send(designer, f"{home}/questions/new", question="Ny?", area="Organisation")
    assert saved().items[-1].id == "F23"


def test_the_same_click_twice_adds_one_question(designer: FlaskClient, home: str, saved: Any) -> None:
    data = {"request_id": "once", "area": "Risker", "question": "Ny?", "answer": "yes_no", "requirement": "must"}
    for _ in range(2):
        assert designer.post(f"{home}/questions/new", data=data).status_code == 303
    assert len(saved().items) == 23


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    designer: FlaskClient, home: str, saved: Any, studio: Studio, draft: str
) -> None:
    answer = send(designer, f"{home}/questions/F03", question="", when="written", condition="total_cost >")
    assert answer.status_code == 422
    assert 'href="#question"' in answer.text and 'href="#condition"' in answer.text
    assert "tecken 13" in answer.text and 'value="total_cost &gt;"' in answer.text
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


WHEN = {"first": f"total_cost >= {AMOUNT}", "first_amount": "500 000", "together": "or", "second": "cross_board = true"}


def test_when_a_question_counts_is_chosen_in_words_and_shown_so_again(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    assert send(designer, f"{home}/questions/F03", when="chosen", **WHEN).status_code == 303
    assert saved().by_id["F03"].condition == parse("total_cost >= 500000 or cross_board = true")
    page = designer.get(f"{home}/questions/F03").text
    assert re.search(r'id="when-chosen" value="chosen"[^>]* checked', page)
    assert re.search(r'value="total_cost &gt;= \{amount\}" data-measures selected', page)
    assert 'value="500\xa0000"' in page
    assert send(designer, f"{home}/questions/F03", when="always", **WHEN).status_code == 303
    assert saved().by_id["F03"].condition is None


def test_a_condition_that_nobody_can_choose_stays_as_it_was_written(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    own = "total_cost > 5 * board_cost_limit"
    assert send(designer, f"{home}/questions/F03", when="written", condition=own, **WHEN).status_code == 303
    page = designer.get(f"{home}/questions/F03").text
    assert re.search(r'id="when-written" value="written"[^>]* checked', page) and own.replace(">", "&gt;") in page


def test_an_amount_that_is_none_is_asked_for_again_and_the_choice_stays(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    before = saved()
    answer = send(designer, f"{home}/questions/F03", when="chosen", **WHEN | {"first_amount": "mycket"})
    assert answer.status_code == 422 and 'href="#first_amount"' in answer.text and 'value="mycket"' in answer.text
    assert saved() == before


def test_the_names_of_a_condition_stand_on_the_page_in_words(designer: FlaskClient, home: str) -> None:
    page = designer.get(f"{home}/questions/F03").text
    assert "<code>external_funding</code>" in page and "Projektet har extern finansiering" in page
    assert "<code>item.F04</code>" in page


def test_a_question_moves_down_and_up(designer: FlaskClient, home: str, saved: Any) -> None:
    assert press(designer, f"{home}/questions/F01/move", to="down") == 303
    assert [item.id for item in saved().items][:2] == ["F02", "F01"]


def test_removing_says_first_where_the_question_is_used(designer: FlaskClient, home: str, saved: Any) -> None:
    page = designer.get(f"{home}/questions/F03/remove").text
    assert "Villkoret för frågan P15 i Checklista Planering" in page and "F03" in saved().by_id
    assert send(designer, f"{home}/questions/F03/remove").status_code == 303
    assert "F03" not in saved().by_id


def test_two_who_change_one_question_both_see_it_and_nothing_is_overwritten(
    designer: FlaskClient, log_in: LogIn, home: str, saved: Any
) -> None:
    page = designer.get(f"{home}/questions/F03").text
    was = re.search(r'name="was" value="(\w+)"', page)
    assert was
    press(designer, f"{home}/questions/F03/requirement", requirement="warn")
    data = {"request_id": "b", "was": was[1], "help": "Mitt förslag"}
    assert "Någon annan ändrade frågan" in designer.post(f"{home}/questions/F03", data=data).text
    answer = log_in("ulla").post(f"{home}/questions/F03", data=data)
    assert answer.status_code == 409
    assert "Dag ändrade frågan medan du skrev" in answer.text and "Mitt förslag" in answer.text
    assert saved().by_id["F03"].help.sv != "Mitt förslag"
    assert send(designer, f"{home}/questions/F04", help="Annat").status_code == 303


def test_a_new_checklist_begins_with_its_first_question(designer: FlaskClient, draft: str, studio: Studio) -> None:
    typed = {"title": "Checklista Upphandling", "phase": "planning", "area": "Köp", "question": "Är det upphandlat?"}
    answer = send(designer, f"/models/drafts/{draft}/new-checklist", **typed)
    assert answer.location == f"/models/drafts/{draft}/checklists/checklista_upphandling"
    made = read_checklist(
        find_model_draft(studio.ctx, draft_id=draft).files["forms/checklista_upphandling.checklist.json"]
    )
    assert (made.title.sv, made.phase, len(made.items)) == ("Checklista Upphandling", "planning", 1)


def test_a_checklist_gets_another_name(designer: FlaskClient, home: str, saved: Any) -> None:
    assert send(designer, f"{home}/title", title="Checklista Start").status_code == 303
    assert saved().title.sv == "Checklista Start"
    assert send(designer, f"{home}/title", title=" ").status_code == 422


def test_a_checklist_in_use_stays_and_one_that_is_not_goes(
    designer: FlaskClient, home: str, draft: str, saved: Any
) -> None:
    answer = designer.post(f"{home}/remove", data={"request_id": "r"})
    assert answer.status_code == 409 and "Svara på checklistan Förberedelse" in answer.text
    assert saved()
    typed = {"title": "Extra", "phase": "planning", "area": "Köp", "question": "Är det upphandlat?"}
    send(designer, f"/models/drafts/{draft}/new-checklist", **typed)
    assert send(designer, f"/models/drafts/{draft}/checklists/extra/remove").status_code == 303
    assert designer.get(f"/models/drafts/{draft}/checklists/extra").status_code == 404


def test_a_file_that_is_no_checklist_is_a_page_that_says_so(
    designer: FlaskClient, home: str, draft: str, studio: Studio
) -> None:
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={PATH: b"{"}, seen=1, what="Trasig")
    answer = designer.get(home)
    assert answer.status_code == 422 and "Filen går inte att läsa" in answer.text
    assert designer.get(f"/models/drafts/{draft}/forms").status_code == 200


def test_whoever_only_reads_sees_the_table_and_no_buttons(log_in: LogIn, home: str) -> None:
    page = log_in("axel").get(home)
    assert page.status_code == 200 and "Lägg till en fråga" not in page.text
    assert log_in("axel").get(f"{home}/questions/F03").status_code == 403


def test_the_preview_asks_what_will_be_asked_and_conditions_follow_the_project_that_is_tried(
    designer: FlaskClient, home: str
) -> None:
    page = designer.get(f"{home}/preview").text
    assert page.count('class="s-ask"') == 22 and "Behövs riskbedömning av arbetsmiljö" in page
    small = designer.post(f"{home}/preview", data={"_tried": "1", "_review": "1"}).text
    funded = designer.post(
        f"{home}/preview", data={"_tried": "1", "_review": "1", "_fact.external_funding": "true"}
    ).text
    assert 'href="#F01"' in small and 'href="#F09"' not in small
    assert 'href="#F09"' in funded
    tried = designer.post(f"{home}/preview", data={"_tried": "1", "F03": "yes", "F99": "yes"}).text
    assert 'id="F03-yes" name="F03" value="yes" checked' in tried or 'value="yes" checked' in tried
