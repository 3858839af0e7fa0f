"""After a change of the model the scenarios are mended from the pages that say that they do not hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.app.designer.conftest import LogIn
from tests.app.designer.test_scenarios_tab import files_of, post, text
from tests.models.drafting.conftest import Studio
from tests.models.editing.changing import PROCUREMENT
from tests.models.mending.test_mending_deciders import with_row
from workflows.models import change_model_draft, find_model_draft, model_draft_history, run_scenarios, undo_model_draft
from workflows.models.editing.phases import add_phase
from workflows.models.editing.step_removal import remove_step

MEND = "/models/drafts/{draft}/mend-scenarios"


def change(studio: Studio, draft: str, changes: Mapping[str, bytes]) -> None:
    seen = find_model_draft(studio.as_("dag"), draft_id=draft).revision
    change_model_draft(studio.as_("dag"), draft_id=draft, changes=dict(changes), seen=seen, what="Ändrade")


def with_phase(studio: Studio, draft: str) -> None:
    change(studio, draft, add_phase(files_of(studio, draft), "planning", PROCUREMENT)[0])


def page(client: FlaskClient, address: str) -> str:
    document: Any = html.fromstring(client.get(address).text)
    return " ".join(document.text_content().split())


def press(client: FlaskClient, studio: Studio, draft: str, **data: str) -> Any:
    seen = str(find_model_draft(studio.as_("dag"), draft_id=draft).revision)
    return client.post(MEND.format(draft=draft), data={"request_id": "mend-1", "seen": seen, **data})


@pytest.mark.full
def test_the_pages_that_say_red_say_why_and_offer_to_mend(designer: FlaskClient, studio: Studio, draft: str) -> None:
    with_phase(studio, draft)
    said = "Projektet stannar i det nya steget ”Svara på checklistan Upphandling”. Scenarierna gör inte det steget."
    result = text(designer, draft, "/result")
    assert said in result and "Lägg till de nya stegen i scenarierna" in result
    assert said in text(designer, draft)
    for tab in ("check", "publish"):
        assert said in page(designer, f"/models/drafts/{draft}/{tab}")
    assert "kan publiceras" not in page(designer, f"/models/drafts/{draft}/check")


@pytest.mark.full
def test_the_preview_says_what_comes_where_and_writes_nothing(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    with_phase(studio, draft)
    before = files_of(studio, draft)
    shown = page(designer, MEND.format(draft=draft))
    assert "Ny rad efter rad 12: gör ”Svara på checklistan Upphandling”." in shown
    assert "besluta ”Godkänn” om ”Beslutspunkt 2b”" in shown
    assert "svarar scenarierna att ”Är avtalet undertecknat?” är ja" in shown
    assert "Sedan håller alla." in shown
    assert "c_upphandling" not in shown and "bp2b" not in shown
    assert files_of(studio, draft) == before


@pytest.mark.full
def test_the_button_writes_one_change_that_makes_all_green_and_can_be_undone(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    with_phase(studio, draft)
    before = files_of(studio, draft)
    answer = press(designer, studio, draft)
    assert answer.status_code == 303 and answer.location.endswith("/scenarios/result")
    assert run_scenarios(files_of(studio, draft)).green
    assert model_draft_history(studio.as_("dag"), draft_id=draft)[0].what == "Lade till de nya stegen i scenarierna"
    seen = find_model_draft(studio.as_("dag"), draft_id=draft).revision
    undo_model_draft(studio.as_("dag"), draft_id=draft, seen=seen)
    assert files_of(studio, draft) == before


@pytest.mark.full
def test_a_double_click_is_one_change(designer: FlaskClient, studio: Studio, draft: str) -> None:
    with_phase(studio, draft)
    seen = str(find_model_draft(studio.as_("dag"), draft_id=draft).revision)
    assert [press(designer, studio, draft, seen=seen).status_code for _ in range(2)] == [303, 303]
    assert find_model_draft(studio.as_("dag"), draft_id=draft).revision == int(seen) + 1


@pytest.mark.full
def test_what_somebody_changed_meanwhile_is_not_written_over(designer: FlaskClient, studio: Studio, draft: str) -> None:
    with_phase(studio, draft)
    seen = str(find_model_draft(studio.as_("dag"), draft_id=draft).revision)
    change(studio, draft, remove_step(files_of(studio, draft), "c3_planning"))
    before = files_of(studio, draft)
    assert press(designer, studio, draft, seen=seen).status_code == 409
    assert files_of(studio, draft) == before


@pytest.mark.full
def test_rows_about_a_step_that_is_gone_are_taken_away(designer: FlaskClient, studio: Studio, draft: str) -> None:
    change(studio, draft, remove_step(files_of(studio, draft), "c3_planning"))
    check = page(designer, f"/models/drafts/{draft}/check")
    assert "Rad 11 nämner ”Svara på checklistan Planering”, som är borttaget." in check
    assert "Ta bort raderna om steget" in check
    shown = page(designer, MEND.format(draft=draft))
    assert "Rad 11 blir: gör ”Skriv projektplanen”" in shown
    assert press(designer, studio, draft).status_code == 303
    assert run_scenarios(files_of(studio, draft)).green


@pytest.mark.full
def test_what_cannot_be_mended_stands_last_with_what_to_do(designer: FlaskClient, studio: Studio, draft: str) -> None:
    with_phase(studio, draft)
    wrong = files_of(studio, draft)["scenarios/deferred.yaml"].replace(b"{outcome: hold}", b"{outcome: reject}")
    change(studio, draft, {"scenarios/deferred.yaml": wrong})
    shown = page(designer, MEND.format(draft=draft))
    assert "Det här får du rätta själv" in shown and "1 scenario håller inte ändå" in shown


def test_the_table_says_right_away_that_scenarios_do_not_know_a_new_phase(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    words = {name: getattr(PROCUREMENT, name) for name in PROCUREMENT.__slots__ if name != "group"}
    typed = {**words, "after": "planning", "decider": "group"}
    seen = str(find_model_draft(studio.as_("dag"), draft_id=draft).revision)
    answer = designer.post(f"/models/drafts/{draft}/new-phase", data={"request_id": "p-1", "seen": seen, **typed})
    assert answer.status_code == 303
    shown: Any = html.fromstring(designer.get(answer.location).text)
    note = shown.get_element_by_id("added")
    assert "Upphandling" in note.text_content() and "Scenarierna känner inte till det nya ännu." in note.text_content()
    assert note.xpath(".//a")[0].get("href") == MEND.format(draft=draft)


@pytest.mark.full
def test_a_step_that_scenarios_pass_anyway_is_said_to_hold(designer: FlaskClient, studio: Studio, draft: str) -> None:
    seen = str(find_model_draft(studio.as_("dag"), draft_id=draft).revision)
    typed = {"name": "Läs budgeten", "kind": "review", "form": "office_review", "role": "controller"}
    place = {"place": "after:union_consultation"}
    answer = designer.post(
        f"/models/drafts/{draft}/new-step", data={"request_id": "s-1", "seen": seen, **typed, **place}
    )
    assert "Scenarierna håller som de är." in page(designer, answer.location)


def test_an_auditor_is_offered_nothing(log_in: LogIn, studio: Studio, draft: str) -> None:
    with_phase(studio, draft)
    auditor = log_in("axel")
    assert "Lägg till de nya stegen" not in text(auditor, draft, "/result")
    assert auditor.get(MEND.format(draft=draft)).status_code in (403, 404)
    assert post(auditor, studio, draft, "/../mend-scenarios").status_code in (403, 404)


def test_with_nothing_to_mend_the_page_says_so(designer: FlaskClient, draft: str) -> None:
    assert "Scenarierna känner till hela modellen" in page(designer, MEND.format(draft=draft))


@pytest.mark.full
def test_when_scenarios_know_the_new_steps_nothing_is_offered(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    """Also when one of them does not hold for another reason."""
    with_phase(studio, draft)
    assert press(designer, studio, draft).status_code == 303
    path = "scenarios/rejected_at_bp1.yaml"
    broken = files_of(studio, draft)[path].replace(b"outcome: reject", b"outcome: approve", 1)
    change(studio, draft, {path: broken})
    shown = page(designer, f"/models/drafts/{draft}/scenarios/result")
    assert "Scenarierna har inte följt med modellen" not in shown
    assert "alla håller inte" in page(designer, MEND.format(draft=draft))


@pytest.mark.full
def test_a_gate_that_somebody_else_decides_is_offered_by_name_shown_and_written(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    change(studio, draft, {"authority.dmn": with_row("rule_group", files_of(studio, draft))["authority.dmn"]})
    button = "Ändra till: beslutas av beställare, ensam"
    said = "”Beslutspunkt 2” beslutas nu av beställare, ensam, men scenarierna säger något annat."
    result = text(designer, draft, "/result")
    assert said in result and button in result
    assert button in text(designer, draft, "/steering_group")
    shown = page(designer, MEND.format(draft=draft))
    assert "Rad 11 blir: besluta ”Godkänn” om ”Beslutspunkt 2”. Beslutas av ”Beställare, ensam”." in shown
    assert "Sedan håller alla." in shown and "single" not in shown
    assert press(designer, studio, draft).status_code == 303
    assert run_scenarios(files_of(studio, draft)).green
    assert model_draft_history(studio.as_("dag"), draft_id=draft)[0].what == "Ändrade vem som beslutar i scenarierna"


def test_a_model_that_is_broken_itself_is_to_be_mended_first(designer: FlaskClient, studio: Studio, draft: str) -> None:
    change(studio, draft, remove_step(files_of(studio, draft), "decide_meeting"))
    shown = page(designer, MEND.format(draft=draft))
    assert "Rätta modellen först" in shown and "har inget steg där beslutet fattas" in shown
