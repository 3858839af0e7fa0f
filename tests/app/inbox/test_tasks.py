"""What a person meets in Att göra and on the page of a task."""

from __future__ import annotations

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.app.browsing import send
from tests.stories.town import Town

Client = Callable[[str], FlaskClient]

IDEA = {
    "title": "Digital avtalssignering",
    "what": "Avtal skrivs under digitalt",
    "why": "Underskrifter på papper tar två veckor",
    "R07": "yes",
    "R08": "yes",
    "R09": "yes",
    "R10": "yes",
}


def test_an_empty_inbox_says_so(client: Client) -> None:
    page = client("sara").get("/tasks").text
    assert "Inget väntar på dig" in page


def test_a_new_idea_waits_in_the_inbox_of_who_had_it(client: Client, town: Town) -> None:
    town.start("olle", "Digital avtalssignering")
    page = client("olle").get("/tasks").text
    assert "1 ärende väntar på dig" in page
    assert "Digital avtalssignering" in page
    assert "Digital avtalssignering" not in client("sara").get("/tasks").text


def test_the_answers_are_reviewed_before_they_are_handed_in(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    review = send(olle, f"/tasks/{started.task_id}", "_review", **IDEA, sponsor=town.people["anna"])
    assert review.status_code == 303
    check = olle.get(review.location).text
    assert "Inget är inlämnat än" in check
    assert set(town.open(started.project_id)) == {"idea_sheet"}
    done = send(olle, review.location)
    assert done.status_code == 303
    receipt = olle.get(done.location).text
    assert "Svaren är sparade" in receipt
    assert set(town.open(started.project_id)) == {"c1_relevance"}


def test_missing_answers_are_named_and_what_was_typed_is_kept(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    page = client("olle").post(f"/tasks/{started.task_id}", data={"what": "Avtal digitalt", "version": "0"})
    assert page.status_code == 422
    assert "<title>Fel:" in page.text
    assert "Avtal digitalt" in page.text
    assert set(town.open(started.project_id)) == {"idea_sheet"}


def test_a_double_click_hands_in_once(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    send(olle, f"/tasks/{started.task_id}", "_review", **IDEA, sponsor=town.people["anna"])
    answers = [
        olle.post(f"/tasks/{started.task_id}/submit", data={"version": "1", "request_id": "twice"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert town.project(started.project_id).records == 1


def test_somebody_elses_task_is_not_there(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    sara = client("sara")
    assert sara.get(f"/tasks/{started.task_id}").status_code == 404
    answer = sara.post(f"/tasks/{started.task_id}/submit", data={"version": "1", "request_id": "no"})
    assert answer.status_code == 404
    assert set(town.open(started.project_id)) == {"idea_sheet"}


def test_two_who_write_in_one_draft_both_see_it(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    first = olle.post(f"/tasks/{started.task_id}/draft", data={"what": "Först", "version": "0"})
    assert first.json is not None and first.json["version"] == 1
    late = olle.post(f"/tasks/{started.task_id}", data={"what": "Sedan", "version": "0", "_draft": "1"})
    assert late.status_code == 409
    assert "Först" in late.text and "Sedan" in late.text


def test_a_field_the_form_does_not_have_is_refused(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    answer = client("olle").post(f"/tasks/{started.task_id}", data={"typename": "x", "version": "0"})
    assert answer.status_code == 400
    assert town.project(started.project_id).title == "Digital avtalssignering"


def test_the_form_is_shown_again_with_a_row_more_and_nothing_saved(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    page = client("olle").post(f"/tasks/{started.task_id}", data={"what": "Avtal digitalt", "_show": "1"})
    assert page.status_code == 200
    assert "Avtal digitalt" in page.text and 'data-state="typed"' in page.text
    assert "Avtal digitalt" not in client("olle").get(f"/tasks/{started.task_id}").text


def test_a_form_shown_again_still_meets_what_somebody_else_saved(client: Client, town: Town) -> None:
    """The page keeps the version that it was typed upon: otherwise its next save would overwrite unseen."""
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    olle.post(f"/tasks/{started.task_id}/draft", data={"what": "Först", "version": "0"})
    page = olle.post(f"/tasks/{started.task_id}", data={"what": "Sedan", "version": "0", "_show": "1"})
    assert '<input type="hidden" name="version" value="0"' in page.text


def test_the_same_save_twice_is_no_conflict(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    saves = [olle.post(f"/tasks/{started.task_id}/draft", data={"what": "Avtal", "version": "0"}) for _ in range(2)]
    assert [save.status_code for save in saves] == [200, 200]
    assert [save.json and save.json["version"] for save in saves] == [1, 1]


def test_a_draft_of_a_task_that_is_closed_says_so(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    town.fill("olle", started.project_id, "idea_sheet", sponsor=town.people["anna"])
    late = client("olle").post(f"/tasks/{started.task_id}/draft", data={"what": "Avtal", "version": "0"})
    assert late.status_code == 409
    assert late.json is not None and "Någon hann före" in late.json["saved"]


def test_handing_in_what_somebody_changed_meanwhile_shows_it_first(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    review = send(olle, f"/tasks/{started.task_id}", "_review", **IDEA, sponsor=town.people["anna"])
    changed = olle.post(f"/tasks/{started.task_id}/draft", data={**IDEA, "why": "Ett nytt skäl", "version": "1"})
    assert changed.status_code == 200
    late = olle.post(f"/tasks/{started.task_id}/submit", data={"version": "1", "request_id": "late"})
    assert late.status_code == 409
    assert "Ett nytt skäl" in late.text and "Någon annan har ändrat svaren" in late.text
    assert set(town.open(started.project_id)) == {"idea_sheet"}
    assert review.status_code == 303


def test_handing_in_again_from_an_old_page_leads_to_the_receipt(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    olle = client("olle")
    send(olle, f"/tasks/{started.task_id}", "_review", **IDEA, sponsor=town.people["anna"])
    answers = [
        olle.post(f"/tasks/{started.task_id}/submit", data={"version": "1", "request_id": name}) for name in ("a", "b")
    ]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert town.project(started.project_id).records == 1


def test_what_was_handed_in_can_be_read_afterwards(client: Client, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    town.fill("olle", started.project_id, "idea_sheet", sponsor=town.people["anna"], what="Avtal digitalt")
    page = client("olle").get(f"/tasks/{started.task_id}/answers").text
    assert "Avtal digitalt" in page and "Anna Berg" in page
    assert client("sara").get(f"/tasks/{started.task_id}/answers").status_code == 404


def test_the_page_says_what_comes_after(client: Client, town: Town) -> None:
    project = town.start("olle", "Digital avtalssignering").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"])
    page = client("olle").get(f"/tasks/{town.open(project)['c1_relevance'].task_id}").text
    assert "Vad händer sedan?" in page and "Svara på idén" in page


def test_questions_that_answers_opened_are_asked_before_going_on(client: Client, town: Town) -> None:
    """Without scripts the page did not have them; nothing is wrong, so nothing is called an error."""
    started = town.start("olle", "Digital avtalssignering")
    answers = {**IDEA, "size_class": "small", "sponsor": town.people["anna"], "version": "0"}
    page = client("olle").post(f"/tasks/{started.task_id}", data=answers)
    assert "Dina svar öppnade fler frågor" in page.text
    assert "<title>Fel:" not in page.text and "Avtal skrivs under digitalt" in page.text


def test_the_question_about_similar_projects_leads_to_the_bank(client: Client, town: Town) -> None:
    project = town.start("olle", "Ny idé").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=1)
    page = client("olle").get(f"/tasks/{town.open(project)['c1_relevance'].task_id}").text
    assert '<a href="/bank" target="_blank"' in page


def test_a_checklist_handed_in_is_read_from_the_task_after_it(client: Client, town: Town) -> None:
    project = town.start("olle", "Digital avtalssignering").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"])
    handed = town.fill("olle", project, "c1_relevance").task_id
    anna = client("anna")
    page = anna.get(f"/tasks/{town.open(project)['sponsor_answer'].task_id}").text
    address = f"/tasks/{handed}/answers"
    assert f'<a href="{address}">' in page
    assert anna.get(address).status_code == 200
