"""Who may act is asked anew with every request: a page that was opened before is worth nothing afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.hostile.conftest import Browser
from tests.hostile.world import World
from tests.stories.town import request_id
from workflows.governance.anytime import replace_project_holder
from workflows.people import (
    Passwords,
    appoint_deputy,
    deactivate_person,
    end_deputy,
    reactivate_person,
    seats_on,
    set_password,
    unseat_member,
)

WORD, OTHER = "korrekt häst batteri", "nytt lösenord här"
CHEAP = Passwords(memory=8, rounds=1)


def test_a_new_password_ends_every_other_session(world: World, browser: Browser) -> None:
    set_password(world.ctx, person=world.people["karin"], password=WORD, passwords=CHEAP)
    here, there, stranger = browser("karin"), browser("karin"), browser("")
    plan = world.task("ours", "project_plan")
    changed = here.post("/account/password", data={"current": WORD, "password": OTHER})
    assert changed.status_code == 303, changed.text
    assert here.get("/tasks").status_code == 200
    assert there.get("/tasks").location == "/login?next=/tasks"
    with world.untouched():
        assert there.post(f"/tasks/{plan}", data={"version": "0", "_draft": "1"}).status_code == 302
        old = stranger.post("/login", data={"email": "karin@exempelkommun.se", "password": WORD, "next": ""})
    assert old.status_code == 422


def test_logging_out_ends_a_copied_session_too(world: World, browser: Browser) -> None:
    here, copied = browser("karin"), browser("karin")
    assert here.post("/logout").status_code == 303
    assert copied.get("/tasks").location == "/login?next=/tasks"


def test_a_closed_account_is_outside_at_once_and_stays_so_when_it_opens_again(world: World, browser: Browser) -> None:
    frida = browser("frida")
    assert frida.get("/account").status_code == 200
    deactivate_person(world.as_("ada"), person=world.people["frida"])
    assert frida.get("/account").status_code == 302
    reactivate_person(world.as_("ada"), person=world.people["frida"])
    assert frida.get("/account").status_code == 302


def test_a_forged_or_foreign_session_is_nobody(world: World, browser: Browser) -> None:
    client = browser("")
    for cookie in ("x", "eyJfdXNlcl9pZCI6IjEifQ.aaaa.bbbb", "." * 200, "e" * 8000, '"\\', "å"):
        assert client.get("/tasks", headers={"Cookie": f"styr={cookie}"}).status_code == 302


def test_an_oversized_cookie_is_only_a_cookie(browser: Browser) -> None:
    answer = browser("").get("/tasks", headers={"Cookie": "; ".join(f"c{n}={'x' * 4000}" for n in range(50))})
    assert answer.status_code == 302


@pytest.mark.parametrize("person", ["", "nobody", 7, None])
def test_a_session_that_names_no_person_is_nobody(world: World, browser: Browser, person: object) -> None:
    client = browser("")
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": person, "session_version": 1, "_fresh": True})
    assert client.get("/tasks").status_code == 302


@pytest.mark.parametrize("version", [0, 2, -1, "1", None, 1.5, [1]])
def test_a_session_of_another_version_is_nobody(world: World, browser: Browser, version: object) -> None:
    client = browser("")
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": world.people["karin"], "session_version": version, "_fresh": True})
    assert client.get("/tasks").status_code == 302


def test_a_replaced_manager_loses_the_task_at_once_and_the_draft_stays(world: World, browser: Browser) -> None:
    plan, project = world.task("ours", "project_plan"), world.places["ours"].project
    karin = browser("karin")
    saved = karin.post(f"/tasks/{plan}/draft", data={"version": "0"})
    assert saved.status_code == 200
    replace(world, "project_manager", "nils")
    with world.untouched():
        assert karin.get(f"/tasks/{plan}").status_code == 404
        assert karin.get(f"/projects/{project}").status_code == 404
        for way in (f"/tasks/{plan}", f"/tasks/{plan}/draft", f"/tasks/{plan}/submit"):
            assert karin.post(way, data={"version": "1", "request_id": "late"}).status_code == 404
    assert browser("nils").get(f"/tasks/{plan}").status_code == 200
    assert browser("nils").post(f"/tasks/{plan}/draft", data={"version": "1"}).status_code == 200


def test_a_replaced_sponsor_decides_nothing_from_an_old_page(world: World, browser: Browser) -> None:
    gate = world.task("gate", "decide_single")
    sofia = browser("sofia")
    assert sofia.get(f"/tasks/{gate}").status_code == 302
    replace(world, "sponsor", "nils", place="gate")
    with world.untouched():
        assert sofia.get(f"/tasks/{gate}").status_code == 404
        answer = sofia.post(f"/gates/{gate}", data={"outcome": "approve", "no_conflict": "1", "version": "0"})
        assert answer.status_code == 404
        answer = sofia.post(f"/gates/{gate}/decision", data={"version": "1", "request_id": "late"})
        assert answer.status_code == 404


def test_a_deputy_has_what_they_stand_in_for_and_not_a_day_longer(
    world: World, browser: Browser, clock: TestClock
) -> None:
    plan, frida = world.task("ours", "project_plan"), browser("frida")
    assert frida.get(f"/tasks/{plan}").status_code == 404
    stand_in(world, clock)
    assert frida.get(f"/tasks/{plan}").status_code == 200
    clock.on(clock.today + timedelta(days=3), hour=0)
    with world.untouched():
        assert frida.get(f"/tasks/{plan}").status_code == 404
        assert frida.post(f"/tasks/{plan}/draft", data={"version": "0"}).status_code == 404


def test_a_deputy_who_is_ended_is_out_the_day_after(world: World, browser: Browser, clock: TestClock) -> None:
    plan, frida = world.task("ours", "project_plan"), browser("frida")
    deputy = stand_in(world, clock)
    end_deputy(world.as_("ada"), deputy=deputy, last_day=clock.today, reason="Åter i tjänst")
    assert frida.get(f"/tasks/{plan}").status_code == 200
    clock.on(clock.today + timedelta(days=1), hour=0)
    assert frida.get(f"/tasks/{plan}").status_code == 404


def test_who_leaves_the_group_no_longer_reads_its_projects(world: World, browser: Browser, clock: TestClock) -> None:
    bo, project = browser("bo"), world.places["ours"].project
    assert bo.get(f"/projects/{project}").status_code == 200
    with world.ctx.read() as session:
        seats = seats_on(session, tenant=world.ctx.tenant, body=world.group, on=clock.today)
    (seat,) = [seat.id for seat in seats if seat.person == world.people["bo"]]
    unseat_member(world.as_("ada"), seat=seat, last_day=clock.today, reason="Flyttar")
    clock.on(clock.today + timedelta(days=1), hour=0)
    assert bo.get(f"/projects/{project}").status_code == 404


def replace(world: World, role: str, who: str, *, place: str = "ours") -> None:
    """Give a role of a project to somebody else from today."""
    replace_project_holder(
        world.as_("ture"),
        project_id=world.places[place].project,
        role=role,
        holder=world.people[who],
        reason="Byter tjänst",
        request_id=request_id(),
    )


def stand_in(world: World, clock: TestClock) -> str:
    """Let Frida stand in as project manager today and the two days after."""
    return appoint_deputy(
        world.as_("ada"),
        scope=world.places["ours"].project,
        role="project_manager",
        person=world.people["frida"],
        valid_from=clock.today,
        valid_to=clock.today + timedelta(days=2),
        legal_source="Delegationsordningen 3.2",
    )
