"""The tab "Steg som tabell": everything the diagram can do, as pages and forms."""

from __future__ import annotations

import pytest

from tests.app.designer.at_table import PHASE, STEP, Sent, Table, errors, rows, table
from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, read_bundle

__all__ = ["table"]


def test_the_table_shows_phases_steps_and_gates_in_flow_order(table: Table) -> None:
    page = table.get()
    found = rows(page)
    order = ["Fyll i idébladet", "Svara på idén", "Skriv projektdirektivet", "Beslutspunkt 1", "Skriv projektplanen"]
    order += ["Personkontrakt", "Beslutspunkt 2", "Skriv statusrapporten", "Beslutspunkt 3", "Beslutspunkt 4"]
    places = [found.index(name) for name in order]
    assert places == sorted(places)
    assert "Projektplanen leder till projektets mål." in page
    assert "Komplettera → Förberedelse" in page and "20 dagar" in page and "Beställare" in page


def test_called_processes_have_sections_of_their_own(table: Table) -> None:
    page = table.get()
    for name in ("delivery", "person_contract", "short_closure", "gate"):
        assert f'<tr id="{name}">' in page


def test_whoever_only_reads_models_sees_no_buttons(studio: Studio, draft: str, log_in: LogIn) -> None:
    page = log_in("axel").get(f"/models/drafts/{draft}/steps").text
    assert "Skriv projektplanen" in page
    assert "Lägg till steg" not in page and "Flytta upp" not in page


def test_what_the_check_says_stands_at_its_row(table: Table) -> None:
    text = table.files["project.bpmn"].decode().replace('form="project_plan" role', 'form="no_such_form" role', 1)
    change_model_draft(
        table.studio.as_("dag"), draft_id=table.draft, changes={"project.bpmn": text.encode()}, seen=1, what="x"
    )
    row = next(part for part in table.get().split("<tr ") if 'id="project_plan"' in part)
    assert "no_such_form" in row and "Fel" in row


def test_a_draft_that_cannot_be_read_says_so(table: Table) -> None:
    change_model_draft(
        table.studio.as_("dag"), draft_id=table.draft, changes={"project.bpmn": b"<broken"}, seen=1, what="x"
    )
    assert "går inte att visa som tabell" in table.get()
    assert table.client.get(f"/models/drafts/{table.draft}/steps/project_plan").status_code == 404


def test_a_step_is_changed_and_its_period_said_in_words(table: Table) -> None:
    assert 'value="Skriv projektplanen"' in table.get("steps/project_plan")
    data: Sent = STEP | {"name": "Skriv planen", "kind": "document", "form": "project_plan", "role": "project_manager"}
    assert table.post("steps/project_plan", data)[0] == 303
    task = read_bundle(table.files).executable.tasks["project_plan"]
    assert (task.name, task.due, task.remind) == ("Skriv planen", "P2W", "-P3D")
    assert "2 veckor" in table.get()
    again = table.get("steps/project_plan")
    assert 'value="2"' in again and '<option value="W" selected>' in again
    assert '<option value="before" selected>' in again


def test_wrong_words_come_back_as_they_were_typed(table: Table) -> None:
    status, page = table.post("steps/project_plan", (STEP | {"name": "", "due_number": "tio"}))
    assert status == 422
    assert 'value="tio"' in page and 'href="#due"' in page
    status, page = table.post("steps/project_plan", (STEP | {"name": "", "due_number": ""}))
    assert status == 422 and 'href="#name"' in page
    assert table.revision == 1


@pytest.mark.full
def test_a_step_is_added_moved_and_removed(table: Table) -> None:
    assert "Lägg till steget" in table.get("new-step?place=after:project_plan")
    assert table.post("new-step", STEP)[0] == 303
    key = next(key for key, task in read_bundle(table.files).executable.tasks.items() if task.name == STEP["name"])
    assert rows(table.get()).index("Stäm av planen") == rows(table.get()).index("Skriv projektplanen") + 1
    assert table.post(f"steps/{key}/move", {"way": "up"})[0] == 303
    assert rows(table.get()).index("Stäm av planen") == rows(table.get()).index("Skriv projektplanen") - 1
    assert table.post(f"steps/{key}/move", {"place": "first:closure"})[0] == 303
    assert "Det som stod före leder direkt" in table.get(f"steps/{key}/remove")
    assert table.post(f"steps/{key}/remove")[0] == 303
    assert "Stäm av planen" not in table.get()


def test_a_step_whose_answers_are_read_is_known_before_the_click_with_links_to_the_readers(table: Table) -> None:
    page = table.get("steps/office_review/remove")
    assert "kan inte tas bort än" in page and "Granskat?" in page
    assert "gäller när ”Resultat av granskningen” är Klart för beslutspunkt 1" in page
    assert "diagram?file=project.bpmn&amp;element=reviewed" in page
    assert ">Ta bort steget<" not in page


def test_a_step_whose_answers_are_read_stays_when_its_removal_is_sent_all_the_same(table: Table) -> None:
    status, page = table.post("steps/office_review/remove")
    assert status == 409 and "Granskat?" in page and "kan inte tas bort än" in page
    assert table.revision == 1


@pytest.mark.full
def test_what_goes_besides_never_names_what_is_removed(table: Table) -> None:
    """A choice that one way is left of after a removal is still drawn, and does not go."""
    tried = 0
    for node, task in read_bundle(table.files).executable.tasks.items():
        answer = table.client.get(f"/models/drafts/{table.draft}/steps/{node}/remove")
        _, found, also = answer.text.partition("Det här försvinner också:")
        tried += bool("Ta bort steget" in answer.text)
        assert not found or f"”{task.name}”" not in also.partition("</ul>")[0], node
    assert tried > 10


@pytest.mark.full
def test_a_removal_says_what_went_with_the_step_and_is_taken_back_from_there(table: Table) -> None:
    before = table.files
    ahead = table.get("steps/handover_record/remove")
    assert "Det här försvinner också:" in ahead and "Dokumentet" in ahead
    assert "scenarier går genom steget" in ahead
    status, address = table.sent_to("steps/handover_record/remove")
    assert status == 303 and address.endswith("/steps?removed=2#removed")
    page = table.get(address.partition(f"{table.draft}/")[2])
    assert "Steget ”Ta över resultatet” är borttaget." in page and "som inget annat steg gör" in page
    assert "Ta bort de raderna" in page and "Ångra, ta tillbaka det" in page
    table.post("undo", {"next": f"/models/drafts/{table.draft}/steps"})
    assert table.files == before
    assert "är borttaget" not in table.get("steps?removed=2")


@pytest.mark.full
def test_a_removed_phase_says_which_steps_and_gate_went(table: Table) -> None:
    table.post("new-phase", PHASE)
    page = table.get("phases/upphandling/remove")
    assert "Beslutspunkt 2b" in page and "Inget scenario går genom fasen." in page
    _, address = table.sent_to("phases/upphandling/remove")
    page = table.get(address.partition(f"{table.draft}/")[2])
    assert "Fasen Upphandling är borttagen." in page and "Beslutspunkt 2b" in page


def test_a_phase_that_a_gate_leads_back_to_says_which_gate_to_change(table: Table) -> None:
    page = table.get("phases/execution/remove")
    assert "kan inte tas bort än" in page and "Beslutspunkt 3" in page
    assert ">Ta bort fasen<" not in page


def test_a_new_step_without_a_place_is_asked_for_one(table: Table) -> None:
    status, page = table.post("new-step", (STEP | {"place": ""}))
    assert status == 422 and 'href="#place"' in page and "Stäm av planen" in page


def test_a_gate_gets_another_statement_and_fewer_outcomes(table: Table) -> None:
    page = table.get("gates/bp2")
    assert "Styrgrupp" in page and "Projektplanen leder till projektets mål." in page
    data: Sent = {
        "label": "Beslutspunkt 2",
        "short": "BP2",
        "statement": "Planen håller.",
        "to_approve": "execution",
        "to_rework": "planning",
        "rework_also": ["planning", "preparation"],
        "to_terminate": "stop",
        "checklists": ["c3_planning"],
        "documents": ["project_plan"],
    }
    assert table.post("gates/bp2", data)[0] == 303
    gate = read_bundle(table.files).model.gate("bp2")
    assert gate.statement["sv"] == "Planen håller."
    assert gate.outcomes == ("approve", "rework", "terminate")
    assert gate.rework_to == ("planning", "preparation")
    assert not errors(table.files)
    status, page = table.post("gates/bp2", {**data, "to_terminate": ""})
    assert status == 422 and 'href="#outcomes"' in page


@pytest.mark.full
def test_a_phase_with_its_gate_is_added_renamed_and_removed(table: Table) -> None:
    assert 'value="planning" selected' in table.get("new-phase?after=planning")
    assert table.post("new-phase", PHASE)[0] == 303
    assert not errors(table.files)
    page = table.get()
    assert "Upphandling" in page and "Beslutspunkt 2b" in page and "Avtalet ger projektet" in page
    assert table.post("phases/upphandling", {"name": "Inköp", "question": ""})[0] == 303
    assert "Lägg till steg i Inköp" in table.get()
    assert "försvinner" in table.get("phases/upphandling/remove")
    assert table.post("phases/upphandling/remove")[0] == 303
    assert "Inköp" not in table.get()


def test_a_phase_without_a_name_comes_back_with_the_rest(table: Table) -> None:
    status, page = table.post("new-phase", (PHASE | {"name": ""}))
    assert status == 422 and 'href="#name"' in page and "Avtalet ger projektet" in page
    assert table.revision == 1


def test_a_phase_that_is_needed_stays(table: Table) -> None:
    status, page = table.post("phases/closure/remove")
    assert status == 409 and "kan inte tas bort än" in page and "modellen slutar i den" in page


def test_the_last_change_is_taken_back(table: Table) -> None:
    before = table.files
    table.post("steps/c3_planning/remove")
    assert "Ångra senaste ändringen" in table.get()
    table.post("undo", {"next": f"/models/drafts/{table.draft}/steps"})
    assert table.files == before


def test_nothing_is_overwritten_and_what_was_typed_stays(table: Table) -> None:
    table.post("steps/c3_planning/remove")
    status, page = table.post("steps/project_plan", STEP | {"name": "Mitt nya namn"}, seen=1)
    assert status == 409
    assert "Mitt nya namn" in page and "Dag ändrade samma del" in page
    assert "Mitt nya namn" not in table.files["project.bpmn"].decode()


def test_a_double_click_is_one_step(table: Table) -> None:
    for _ in range(2):
        answer = table.client.post(
            f"/models/drafts/{table.draft}/new-step", data={"request_id": "same", "seen": "1", **STEP}
        )
    assert answer.status_code in (303, 409)
    assert table.files["project.bpmn"].decode().count('name="Stäm av planen"') == 1


@pytest.mark.parametrize("page", ["steps/nothing", "gates/nothing", "phases/nothing", "steps/nothing/remove"])
def test_what_does_not_exist_is_not_found(table: Table, page: str) -> None:
    assert table.client.get(f"/models/drafts/{table.draft}/{page}").status_code == 404
