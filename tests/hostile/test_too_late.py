"""What comes too late, twice, or at the wrong door: told in words, done once, and nothing of it stays behind."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.app.browsing import send
from tests.hostile.conftest import Browser
from tests.hostile.world import World
from tests.stories.town import request_id
from workflows.governance.anytime import terminate_project, withdraw_request
from workflows.governance.decision import DecisionInput
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.outcomes import Outcome

IDEA = {"what": "Tak över cyklarna", "why": "Det regnar in", **dict.fromkeys(("R07", "R08", "R09", "R10"), "yes")}
APPROVED = {"outcome": "approve", "no_conflict": "1", "motivation": "Väl genomtänkt underlag"}
LONG = "En lång och noga tänkt text"


def reviewed(world: World, client: FlaskClient) -> str:
    """Review Olle's idea sheet and return its task: draft version 1 waits to be handed in."""
    task = world.places["idea"].task
    assert send(client, f"/tasks/{task}", "_review", **IDEA, sponsor=world.people["sofia"]).status_code == 303
    return task


def handed_in(world: World) -> int:
    """Return how many submissions there are."""
    return len(world.dump()["styr_submission"])


def test_a_step_that_somebody_closed_says_who_and_shows_what_was_typed(world: World, browser: Browser) -> None:
    ours = world.places["ours"]
    world.town.fill("eva", ours.project, "project_plan")
    karin = browser("karin")
    with world.untouched():
        late = karin.post(f"/tasks/{ours.task}", data={"version": "0", "summary": LONG})
        saved = karin.post(f"/tasks/{ours.task}/draft", data={"version": "0", "summary": LONG})
        handed = karin.post(f"/tasks/{ours.task}/submit", data={"version": "1", "request_id": "late"})
    assert [late.status_code, saved.status_code, handed.status_code] == [409, 409, 409]
    assert "Eva Sjödin" in late.text and LONG in late.text
    assert "Eva Sjödin" in handed.text


def test_the_same_click_twice_is_one_effect(world: World, browser: Browser) -> None:
    olle, before = browser("olle"), handed_in(world)
    task = reviewed(world, olle)
    answers = [olle.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "same"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert handed_in(world) == before + 1


def test_the_same_click_from_two_windows_at_once_is_one_effect(world: World, browser: Browser) -> None:
    task, before = reviewed(world, browser("olle")), handed_in(world)
    barrier, windows = threading.Barrier(4), [browser("olle") for _ in range(4)]

    def click(client: FlaskClient) -> int:
        barrier.wait()
        return client.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "same"}).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, windows)) == [303, 303, 303, 303]
    assert handed_in(world) == before + 1


def test_a_new_idea_clicked_twice_at_once_is_one_project(world: World, browser: Browser) -> None:
    barrier, windows = threading.Barrier(3), [browser("olle") for _ in range(3)]
    before = len(world.dump()["styr_project"])

    def click(client: FlaskClient) -> int:
        barrier.wait()
        return client.post("/projects/new", data={"title": "Lekplats", "request_id": "same"}).status_code

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(click, windows)) == [303, 303, 303]
    assert len(world.dump()["styr_project"]) == before + 1


def test_a_check_page_that_is_open_twice_hands_in_once(world: World, browser: Browser) -> None:
    olle, before = browser("olle"), handed_in(world)
    task = reviewed(world, olle)
    assert send(olle, f"/tasks/{task}/check").status_code == 303
    with world.untouched():
        again = olle.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "other-window"})
        assert again.status_code == 303
        assert olle.get(again.location).status_code == 200
    assert handed_in(world) == before + 1


def test_what_was_not_reviewed_is_not_handed_in(world: World, browser: Browser) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    with world.untouched():
        none = olle.post(f"/tasks/{task}/submit", data={"version": "0", "request_id": "a"})
        guessed = olle.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "b"})
    assert {none.status_code, guessed.status_code} <= {302, 409}
    olle.post(f"/tasks/{task}/draft", data={"version": "0", "what": "Ett tak"})
    with world.untouched():
        unready = olle.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "c"})
    assert unready.status_code == 422
    assert "Ett tak" in unready.text


def test_a_draft_that_changed_after_the_check_is_not_handed_in(world: World, browser: Browser) -> None:
    ours = world.places["ours"]
    karin, eva = browser("karin"), browser("eva")
    karin.post(f"/tasks/{ours.task}/draft", data={"version": "0", "summary": "Karins plan"})
    eva.post(f"/tasks/{ours.task}/draft", data={"version": "1", "summary": "Evas plan"})
    with world.untouched():
        answer = karin.post(f"/tasks/{ours.task}/submit", data={"version": "1", "request_id": "stale"})
    assert answer.status_code in {409, 422}
    assert "Evas plan" in answer.text


def test_two_who_write_at_once_both_see_both_and_nothing_is_overwritten(world: World, browser: Browser) -> None:
    ours = world.places["ours"]
    browser("eva").post(f"/tasks/{ours.task}/draft", data={"version": "0", "summary": "Evas plan för året"})
    with world.untouched():
        answer = browser("karin").post(
            f"/tasks/{ours.task}", data={"version": "0", "_draft": "1", "summary": "Karins plan för året"}
        )
        quiet = browser("karin").post(f"/tasks/{ours.task}/draft", data={"version": "0", "summary": "Karins plan"})
    assert (answer.status_code, quiet.status_code) == (409, 409)
    assert "Evas plan för året" in answer.text and "Karins plan för året" in answer.text


@pytest.mark.parametrize("place", ["held", "stopping"])
def test_a_project_that_rests_or_stops_takes_no_step_of_the_old_kind(
    world: World, browser: Browser, place: str
) -> None:
    there, karin = world.places[place], browser("karin")
    task = there.task if place == "held" else there.handed
    with world.untouched():
        answers = [
            karin.post(f"/tasks/{task}", data={"version": "0", "_draft": "1", "summary": LONG}),
            karin.post(f"/tasks/{task}", data={"version": "0", "summary": LONG}),
            karin.post(f"/tasks/{task}/draft", data={"version": "0", "summary": LONG}),
            karin.post(f"/tasks/{task}/submit", data={"version": "0", "request_id": "late"}),
        ]
    assert {answer.status_code for answer in answers[1:]} == {409}
    assert LONG in answers[1].text


def test_a_condition_is_met_once_and_not_while_the_project_rests(world: World, browser: Browser) -> None:
    mats, task, resting = browser("mats"), world.places["ours"].condition, world.places["held"].condition
    done = mats.post(f"/tasks/{task}/condition", data={"note": "Klart", "request_id": "once"})
    assert done.status_code == 303
    with world.untouched():
        again = mats.post(f"/tasks/{task}/condition", data={"note": "Klart", "request_id": "once"})
        late = mats.post(f"/tasks/{task}/condition", data={"note": "Nytt", "request_id": "later"})
        held = mats.post(f"/tasks/{resting}/condition", data={"note": "Klart", "request_id": "held"})
        empty = mats.post(f"/tasks/{world.places['theirs'].condition}/condition", data={"note": " ", "request_id": "e"})
    assert again.location == done.location
    assert mats.get(again.location).status_code == 200
    assert (late.status_code, held.status_code, empty.status_code) == (409, 409, 422)


DOORS = {
    "/tasks/{task}": {"version": "0"},
    "/tasks/{task}/draft": {"version": "0"},
    "/tasks/{task}/submit": {"version": "0", "request_id": "door"},
    "/tasks/{task}/condition": {"note": "Klart", "request_id": "door"},
    "/gates/{task}": {**APPROVED, "version": "0"},
    "/gates/{task}/decision": {"version": "0", "request_id": "door"},
    "/gates/{task}/conflict": {"reason": "Jäv", "request_id": "door"},
    "/gates/{task}/withdraw": {"reason": "Ångrar", "request_id": "door"},
}
"""Every address that takes something for a task, by kind of task."""

WRONG_DOORS = {
    ("karin", "ours", "task"): [door for door in DOORS if not door.startswith("/tasks") or door.endswith("condition")],
    ("mats", "ours", "condition"): [door for door in DOORS if not door.endswith("condition")],
    ("sofia", "gate", "task"): [door for door in DOORS if door.startswith("/tasks")],
    ("sofia", "rejected", "decided"): list(DOORS),
    ("sofia", "ours", "decided"): list(DOORS),
    ("karin", "ours", "handed"): list(DOORS),
}
"""Whoever may do a task (or did it) at the doors that are not for it."""


@pytest.mark.parametrize(("who", "place", "kind"), WRONG_DOORS)
def test_a_task_is_done_at_its_own_door_alone(world: World, browser: Browser, who: str, place: str, kind: str) -> None:
    client, task = browser(who), getattr(world.places[place], kind)
    found: dict[str, int] = {}
    with world.untouched():
        for door in WRONG_DOORS[who, place, kind]:
            found[door] = client.post(door.format(task=task), data=DOORS[door]).status_code
            client.get(door.format(task=task))
    # Who closed a step, and sends it again, is led to its receipt.
    allowed = {403, 404, 409} | ({303} if kind in {"decided", "handed"} else set())
    assert {door: status for door, status in found.items() if status not in allowed} == {}


def drafted(world: World, client: FlaskClient) -> str:
    """Write a decision on the waiting gate up to its check page; return the task."""
    task = world.places["gate"].task
    kept = client.post(f"/gates/{task}", data={**APPROVED, "version": "0"})
    assert kept.status_code == 303
    return task


def end_it(world: World) -> None:
    """The project is terminated."""
    project = world.places["gate"].project
    terminate_project(world.as_("sofia"), project_id=project, reason="Behövs inte", request_id=request_id())


def let_it_rest(world: World) -> None:
    """The project is put on hold."""
    until = world.ctx.now().date() + timedelta(days=30)
    project = world.places["gate"].project
    hold_project(
        world.as_("sofia"), project_id=project, resume_on=until, reason="Pengarna dröjer", request_id=request_id()
    )


def take_it_back(world: World) -> None:
    """The request is withdrawn."""
    task = world.places["gate"].task
    withdraw_request(world.as_("karin"), task_id=task, reason="Fel bilaga", request_id=request_id())


def decide_it(world: World) -> None:
    """Somebody decides: the sponsor, in another window."""
    no = DecisionInput(outcome=Outcome.REJECT, motivation="Går inte", no_conflict=True)
    world.town.decide("sofia", world.places["gate"].project, no)


MEANWHILE: Mapping[str, Callable[[World], None]] = {
    "terminated": end_it,
    "put on hold": let_it_rest,
    "withdrawn": take_it_back,
    "decided": decide_it,
}


@pytest.mark.parametrize("meanwhile", MEANWHILE)
def test_a_late_decision_decides_nothing(world: World, browser: Browser, meanwhile: str) -> None:
    sofia = browser("sofia")
    task = drafted(world, sofia)
    MEANWHILE[meanwhile](world)
    with world.untouched():
        decided = sofia.post(f"/gates/{task}/decision", data={"version": "1", "request_id": "late"})
        written = sofia.post(f"/gates/{task}", data={**APPROVED, "version": "1"})
        declared = sofia.post(f"/gates/{task}/conflict", data={"reason": "Släkting", "request_id": "late"})
        back = browser("karin").post(f"/gates/{task}/withdraw", data={"reason": "Ångrar", "request_id": "late"})
    assert {decided.status_code, written.status_code, declared.status_code, back.status_code} == {409}
    assert "<h1" in decided.text


def test_two_late_decisions_at_once_are_one(world: World, browser: Browser) -> None:
    task = drafted(world, browser("sofia"))
    barrier, windows = threading.Barrier(3), [browser("sofia") for _ in range(3)]
    before = len(world.dump()["styr_decision"])

    def click(client: FlaskClient) -> int:
        barrier.wait()
        return client.post(f"/gates/{task}/decision", data={"version": "1", "request_id": "same"}).status_code

    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(click, windows)) == [303, 303, 303]
    assert len(world.dump()["styr_decision"]) == before + 1


def test_a_project_rests_resumes_and_stops_once(world: World, browser: Browser) -> None:
    sofia, project = browser("sofia"), world.places["ours"].project
    rest = {"resume_on": "2026-12-20", "reason": "Vi väntar", "_done": "1"}
    assert sofia.post(f"/projects/{project}/hold", data={**rest, "request_id": "h1"}).status_code == 303
    with world.untouched():
        assert sofia.post(f"/projects/{project}/hold", data={**rest, "request_id": "h1"}).status_code == 303
        assert sofia.post(f"/projects/{project}/hold", data={**rest, "request_id": "h2"}).status_code in {403, 409}
    resume_project(world.as_("sofia"), project_id=project, note="", request_id=request_id())
    with world.untouched():
        again = {"choice": "now", "_done": "1", "request_id": "r2"}
        assert sofia.post(f"/projects/{project}/resume", data=again).status_code in {403, 409}
    stop = {"reason": "Behövs inte", "_done": "1"}
    assert sofia.post(f"/projects/{project}/terminate", data={**stop, "request_id": "t1"}).status_code == 303
    with world.untouched():
        assert sofia.post(f"/projects/{project}/terminate", data={**stop, "request_id": "t1"}).status_code == 303
        assert sofia.post(f"/projects/{project}/terminate", data={**stop, "request_id": "t2"}).status_code in {403, 409}


def test_an_ended_project_is_only_read(world: World, browser: Browser) -> None:
    sofia, project = browser("sofia"), world.places["rejected"].project
    sent = {"resume_on": "2026-12-20", "reason": "Vi väntar", "note": "", "choice": "now", "_done": "1"}
    with world.untouched():
        for way in ("hold", "resume", "terminate"):
            answer = sofia.post(f"/projects/{project}/{way}", data={**sent, "request_id": f"ended-{way}"})
            assert answer.status_code in {403, 409}, way
        role = {"holder": world.people["nils"], "reason": "Byter", "_done": "1", "request_id": "ended-role"}
        assert sofia.post(f"/projects/{project}/roles/receiver", data=role).status_code in {403, 409}
    assert sofia.get(f"/projects/{project}").status_code == 200
