"""The project office moves running projects over to another version, in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.governance.moving import GONE, OTHER, at, drawn_anew, publish_second
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.moving import work_move
from workflows.governance.project_page import project_page
from workflows.kernel.context import Context
from workflows.models import publish, shipped
from workflows.models.editing.step_removal import remove_step

MOVES = "/models/harnosand/moves"


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def ideas(town: Town) -> list[str]:
    """Two ideas that wait for their sheet, and a second version of the model."""
    found = [town.start("olle", title).project_id for title in ("Badplatsen", "Cykelpoolen")]
    publish_second(town.ctx)
    return found


@pytest.fixture
def office(browsing: Callable[[str], FlaskClient], town: Town) -> FlaskClient:
    return browsing(town.people["ture"])


def begin(office: FlaskClient, **choice: str) -> str:
    """Choose a pair of versions; return the address of the preview."""
    data = {"from_version": "1", "to_version": "2", "request_id": request_id(), **choice}
    answer = office.post(MOVES, data=data)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def previewed(office: FlaskClient, town: Town) -> str:
    """Choose and let the job look at everything."""
    address = begin(office)
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    return address


def carried_out(office: FlaskClient, town: Town, projects: list[str]) -> str:
    """Move some projects."""
    address = previewed(office, town)
    office.post(address, data={"projects": projects, "reason": "Bättre frågor", "request_id": request_id()})
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    return address


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def test_the_model_leads_to_a_choice_between_its_versions(office: FlaskClient, ideas: list[str]) -> None:
    assert f'href="{MOVES}"' in office.get("/models/harnosand").text
    page = office.get(MOVES).text
    assert "Version 1 – 2 projekt" in page
    assert re.search(r'<option value="2" selected>Version 2', page)


def test_the_preview_shows_how_far_it_has_come_without_a_script(
    office: FlaskClient, town: Town, ideas: list[str]
) -> None:
    address = begin(office)
    waiting = office.get(address)
    assert '<meta http-equiv="refresh" content="2">' in waiting.text
    assert "0 av 2 projekt är klara." in waiting.text
    again = office.get(address, headers={"If-None-Match": waiting.headers["ETag"]})
    assert again.status_code == 304
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    done = office.get(address, headers={"If-None-Match": waiting.headers["ETag"]})
    assert done.status_code == 200
    assert "http-equiv" not in done.text


def test_the_result_comes_first_as_a_sentence_then_each_project_with_what_changes(
    office: FlaskClient, town: Town, ideas: list[str]
) -> None:
    page = office.get(previewed(office, town)).text
    assert "2 av 2 projekt kan flyttas." in page
    assert "Kan flyttas, med följder" in page
    assert "Nytt längre fram: ”Ta vara på lärdomar”." in page
    assert page.count("checked aria-describedby") + page.count(" checked>") == 2


def test_only_what_was_chosen_is_moved_and_the_receipt_says_so(
    office: FlaskClient, town: Town, ideas: list[str]
) -> None:
    page = office.get(carried_out(office, town, ideas[:1])).text
    assert "1 projekt är flyttat." in page
    assert "Skäl till flytten: Bättre frågor" in page
    assert [version_of(town, project) for project in ideas] == [2, 1]
    assert "flyttade projektet från modellversion 1 till 2" in office.get(f"/projects/{ideas[0]}").text


def test_without_a_reason_nothing_is_moved_and_the_choice_stands(
    office: FlaskClient, town: Town, ideas: list[str]
) -> None:
    address = previewed(office, town)
    answer = office.post(address, data={"projects": ideas[:1], "reason": " ", "request_id": request_id()})
    assert answer.status_code == 422
    assert 'href="#reason"' in answer.text
    assert answer.text.count(" checked>") == 1
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    assert [version_of(town, project) for project in ideas] == [1, 1]


def test_without_a_choice_nothing_is_moved(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    address = previewed(office, town)
    answer = office.post(address, data={"reason": "Nya frågor", "request_id": request_id()})
    assert answer.status_code == 422
    assert "Välj minst ett projekt som kan flyttas" in answer.text
    assert "Nya frågor" in answer.text


def test_one_project_goes_back(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    address = carried_out(office, town, ideas)
    assert "Ångra flytten av Badplatsen" in office.get(f"{address}/undo?project={ideas[0]}").text
    data = {"project": ideas[0], "reason": "Fel projekt", "request_id": request_id()}
    assert office.post(f"{address}/undo", data=data).status_code == 303
    assert [version_of(town, project) for project in ideas] == [1, 2]
    assert "Flytten är ångrad" in office.get(address).text


def test_a_project_that_went_on_stays(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    address = carried_out(office, town, ideas)
    town.player(ideas[0]).hand_in("idea_sheet", {"sponsor": town.people["anna"]})
    data = {"project": ideas[0], "reason": "För sent", "request_id": request_id()}
    answer = office.post(f"{address}/undo", data=data)
    assert answer.status_code == 422
    assert "Projektet har gått vidare sedan det flyttades." in answer.text
    assert version_of(town, ideas[0]) == 2


def test_the_whole_move_is_undone(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    address = carried_out(office, town, ideas)
    data = {"reason": "Fel version", "request_id": request_id()}
    assert office.post(f"{address}/undo", data=data).status_code == 303
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    assert [version_of(town, project) for project in ideas] == [1, 1]


def test_a_version_does_not_go_over_to_itself(office: FlaskClient, ideas: list[str]) -> None:
    answer = office.post(MOVES, data={"from_version": "1", "to_version": "1", "request_id": request_id()})
    assert answer.status_code == 422
    assert 'href="#to_version"' in answer.text


def test_who_does_not_keep_projects_cannot_come_here(
    browsing: Callable[[str], FlaskClient], town: Town, ideas: list[str]
) -> None:
    karin = browsing(town.people["karin"])
    assert karin.get(MOVES).status_code == 403
    assert karin.post(MOVES, data={"from_version": "1", "to_version": "2"}).status_code == 403


def test_a_double_click_begins_one_move(office: FlaskClient, ideas: list[str]) -> None:
    same = request_id()
    assert begin(office, request_id=same) == begin(office, request_id=same)


def test_the_project_page_leads_whoever_sees_models_to_the_version_it_follows(
    office: FlaskClient, browsing: Callable[[str], FlaskClient], town: Town, ideas: list[str]
) -> None:
    link = 'href="/models/harnosand/versions/1"'
    assert link in office.get(f"/projects/{ideas[0]}").text
    assert link not in browsing(town.people["olle"]).get(f"/projects/{ideas[0]}").text


def test_the_same_changes_of_many_projects_are_said_once(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    page = office.get(previewed(office, town)).text
    assert "Samma för 2 projekt" in page
    assert page.count("Nytt längre fram: ”Ta vara på lärdomar”.") == 1


def test_what_could_not_be_moved_is_tried_once_more_from_the_page(office: FlaskClient, town: Town) -> None:
    project = at(town, "Samverkan", GONE)
    publish_second(town.ctx)
    address = previewed(office, town)
    assert "som tas bort" in office.get(address).text
    town.player(project, usual=usual(town)).hand_in(GONE)
    assert f'action="{address}/retry"' in office.get(address).text
    assert office.post(f"{address}/retry", data={"request_id": request_id()}).status_code == 303
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    page = office.get(address).text
    assert "1 av 1 projekt kan flyttas." in page
    assert "/retry" not in page


def test_a_step_is_chosen_for_work_that_waits_on_one_that_is_gone(office: FlaskClient, town: Town) -> None:
    project = at(town, "Samverkan", GONE)
    publish(town.ctx, drawn_anew())
    address = previewed(office, town)
    page = office.get(address).text
    assert "Steg som tas bort" in page
    assert "Förhandla med facken</option>" in page
    answer = office.post(f"{address}/steps", data={f"step-{GONE}": "sponsor_answer", "request_id": request_id()})
    assert answer.status_code == 422
    assert 'href="#steps"' in answer.text
    answer = office.post(f"{address}/steps", data={f"step-{GONE}": OTHER, "request_id": request_id()})
    assert answer.status_code == 303
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    page = office.get(address).text
    assert "Arbetet i ”Genomför facklig samverkan” fortsätter i ”Förhandla med facken”." in page
    assert f'<option value="{OTHER}" selected>' in page
    assert version_of(town, project) == 1


def test_a_whole_group_stays_with_one_mark(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    address = previewed(office, town)
    page = office.get(address).text
    assert "Låt hela gruppen på 2 projekt vara kvar på sin version" in page
    members = {f"group-{ideas[0]}": " ".join(ideas)}
    data = {"projects": ideas, "leave": ideas[0], "reason": "Sedan", "request_id": request_id(), **members}
    answer = office.post(address, data=data)
    assert answer.status_code == 422
    assert "Välj minst ett projekt som kan flyttas" in answer.text
    assert re.search(rf'id="leave-{ideas[0]}"[^>]* checked', answer.text)
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    assert [version_of(town, project) for project in ideas] == [1, 1]


def test_only_what_works_is_offered_and_a_step_may_fall_away(office: FlaskClient, town: Town) -> None:
    at(town, "Grenarna", "risk_assessment")
    files = {**shipped("harnosand"), **remove_step(shipped("harnosand"), "risk_assessment")}
    files = {path: data for path, data in files.items() if not path.startswith("scenarios/")}
    publish(town.ctx, {**files, "scenarios/first.yaml": shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]})
    address = previewed(office, town)
    page = office.get(address).text
    assert '<option value="-">Steget faller bort' in page
    office.post(f"{address}/steps", data={"step-risk_assessment": "-", "request_id": request_id()})
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    page = office.get(address).text
    assert "Steget ”Bedöm risker” faller bort." in page
    assert "1 av 1 projekt kan flyttas." in page
    work = re.findall(r'<option value="([^"]+)"', page.split('id="step-risk_assessment"')[1].split("</select>")[0])
    for choice in work:
        office.post(f"{address}/steps", data={"step-risk_assessment": choice, "request_id": request_id()})
        work_move(town.ctx, move=address.rsplit("/", 1)[1])
        assert "1 av 1 projekt kan flyttas." in office.get(address).text, choice


def test_who_comes_second_is_shown_what_the_first_did(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    address = previewed(office, town)
    data = {"projects": ideas, "reason": "Nya frågor"}
    first, second = (office.post(address, data={**data, "request_id": request_id()}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert "0 av 2 projekt är klara." in office.get(address).text
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    assert "2 projekt är flyttade." in office.get(address).text


def test_two_moves_of_the_same_pair_take_each_project_once(office: FlaskClient, town: Town, ideas: list[str]) -> None:
    mine, theirs = previewed(office, town), previewed(office, town)
    for address in (mine, theirs):
        office.post(address, data={"projects": ideas, "reason": "Nya frågor", "request_id": request_id()})
    for address in (theirs, mine):
        work_move(town.ctx, move=address.rsplit("/", 1)[1])
    assert "2 projekt är flyttade." in office.get(theirs).text
    assert "Inget projekt är kvar att flytta." in office.get(mine).text
    for project in ideas:
        assert office.get(f"/projects/{project}/events").text.count("flyttade projektet från modellversion") == 1


def test_a_move_that_is_undone_says_so_and_is_not_undone_again(
    office: FlaskClient, town: Town, ideas: list[str]
) -> None:
    address = carried_out(office, town, ideas)
    data = {"reason": "Fel version", "request_id": request_id()}
    office.post(f"{address}/undo", data=data)
    work_move(town.ctx, move=address.rsplit("/", 1)[1])
    page = office.get(address).text
    assert "Flytten är ångrad: 2 projekt följer version 1 igen." in page
    assert "Skäl: Fel version" in page
    begun = office.post(MOVES, data={"from_version": "1", "to_version": "2", "request_id": request_id()})
    assert 'name="from_version" value="1"' in page and begun.status_code == 303
    assert office.get(f"{address}/undo").headers["Location"] == address
    again = office.post(f"{address}/undo", data={**data, "request_id": request_id()})
    assert (again.status_code, again.headers["Location"]) == (303, address)
    assert [version_of(town, project) for project in ideas] == [1, 1]
