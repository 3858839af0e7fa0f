"""What the preview of a move says of the steps, questions and gates that a project has before it."""

from __future__ import annotations

import json

import pytest

from tests.governance.moving import MODEL, at, moved_step, previewed, second_version, seen
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town
from workflows.governance.moving import preview_move, work_move
from workflows.kernel.context import Context
from workflows.models import publish


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def test_what_only_a_project_sent_back_can_come_to_is_told_as_that(town: Town) -> None:
    requested = at(town, "Begärd", "bp1")
    town.player(requested, usual=usual(town)).deciding()
    at(town, "Före", "sponsor_answer")
    _, rows = previewed(town)
    back = "om projektet går tillbaka till Förberedelse: ”Bedöm risker” görs av ekonom i stället för projektledare."
    assert f"Någon annan gör steget {back}" in rows["Begärd"].notes
    assert any(note.startswith("Någon annan gör steget längre fram: ”Bedöm risker”") for note in rows["Före"].notes)
    assert not any("längre fram: ”Bedöm risker”" in note for note in rows["Begärd"].notes)


def test_a_new_step_behind_a_project_is_new_only_if_it_goes_back(town: Town) -> None:
    at(town, "Vidare", "contract_member")
    files = second_version()
    publish(town.ctx, {**files, "project.bpmn": moved_step(files["project.bpmn"], before="project_directive")})
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=2)
    work_move(town.ctx, move=move)
    notes = seen(town, move)[1]["Vidare"].notes
    assert "Nytt om projektet går tillbaka till Förberedelse: ”Ta vara på lärdomar”." in notes
    assert not any(note.startswith("Nytt längre fram") for note in notes)


def test_who_decides_the_gates_ahead_is_told_and_where_the_rules_alone_are_others(town: Town) -> None:
    at(town, "Idén", "sponsor_answer")
    at(town, "Kontrakten", "contract_member")
    _, rows = previewed(town)
    perhaps = "Reglerna för vem som beslutar BP2, BP3, BP3.k och BP4 är ändrade. Som projektet är nu blir det samma."
    assert perhaps in rows["Idén"].notes
    assert "BP2, BP3, BP3.k och BP4 beslutas av beställare i stället för styrgrupp." in rows["Kontrakten"].notes


def test_questions_of_phases_not_begun_are_counted(town: Town) -> None:
    at(town, "Idén", "sponsor_answer")
    files = dict(second_version())
    plan = "forms/c3_planning.checklist.json"
    raw = json.loads(files[plan])
    raw["items"][0]["question"]["sv"] = "Är planen möjlig?"
    raw["items"].append({**raw["items"][0], "id": "F99"})
    files[plan] = json.dumps(raw).encode()
    publish(town.ctx, files)
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=2)
    work_move(town.ctx, move=move)
    [said] = [note for note in seen(town, move)[1]["Idén"].notes if note.startswith("Andra frågor längre fram")]
    assert "(1 ny, 1 ändrad)" in said
