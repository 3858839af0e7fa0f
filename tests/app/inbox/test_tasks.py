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
