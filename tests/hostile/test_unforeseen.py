"""When something breaks that nobody thought of: a page with a code, one line in the log, and nothing half done."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.shell.context import EXTENSION
from tests.app.browsing import send
from tests.hostile.conftest import Browser
from tests.hostile.world import World
from workflows.kernel.jobs import MemoryJobs

SECRET = "Hemlig uppgift om en person"
IDEA = {
    "title": "Cykelgarage",
    "what": SECRET,
    "why": "Det regnar",
    **dict.fromkeys(("R07", "R08", "R09", "R10"), "yes"),
}
Breaking = Callable[[Flask, World], None]


class BrokenJobs(MemoryJobs):
    """Fails where mails are enqueued: in the middle of the write, when nearly everything has been written."""

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        raise ZeroDivisionError(name)


def break_jobs(app: Flask, world: World) -> None:
    """Let the job port fail."""
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], jobs=BrokenJobs())


def broken_table(table: str) -> Breaking:
    """Let a table take no more rows."""

    def break_it(app: Flask, world: World) -> None:
        trigger = f"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END"
        with world.ctx.write() as session:
            session.connection().exec_driver_sql(trigger)

    return break_it


BREAKING: dict[str, Breaking] = {
    "the jobs": break_jobs,
    "the answers": broken_table("styr_submission"),
    "the tasks": broken_table("styr_task"),
    "the record": broken_table("styr_event"),
    "the document": broken_table("styr_document"),
    "the holders": broken_table("styr_holder"),
}


@pytest.mark.parametrize("what", BREAKING)
def test_a_step_that_breaks_shows_a_code_and_leaves_nothing(
    app: Flask, world: World, browser: Browser, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    olle, task = browser("olle"), world.task("idea", "idea_sheet")
    assert send(olle, f"/tasks/{task}", "_review", **IDEA, sponsor=world.people["sofia"]).status_code == 303
    BREAKING[what](app, world)
    capsys.readouterr()
    with world.untouched():
        answer = olle.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "broken"})
    assert answer.status_code == 500
    code = re.search(r"F-\d{6}", answer.text)
    assert code is not None
    assert "<html" in answer.text and "Traceback" not in answer.text and "broken" not in answer.text
    logged = capsys.readouterr().err
    assert code[0] in logged and "Traceback" in logged
    assert SECRET not in logged and "Cykelgarage" not in logged and "parameters:" not in logged


def test_after_it_is_mended_the_same_click_goes_through(app: Flask, world: World, browser: Browser) -> None:
    olle, task, sound = browser("olle"), world.task("idea", "idea_sheet"), app.extensions[EXTENSION]
    send(olle, f"/tasks/{task}", "_review", **IDEA, sponsor=world.people["sofia"])
    break_jobs(app, world)
    sent = {"version": "1", "request_id": "same"}
    assert olle.post(f"/tasks/{task}/submit", data=sent).status_code == 500
    app.extensions[EXTENSION] = sound
    assert olle.post(f"/tasks/{task}/submit", data=sent).status_code == 303
    assert set(world.town.open(world.places["idea"].project)) == {"c1_relevance"}


@pytest.mark.parametrize("address", ["/tasks", "/account", "/projects", "/"])
def test_a_clock_that_breaks_breaks_no_more_than_the_page(
    app: Flask, world: World, browser: Browser, address: str
) -> None:
    client = browser("olle")

    def broken() -> datetime:
        raise OSError("no time")

    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], clock=broken)
    with world.untouched():
        answer = client.get(address)
    assert answer.status_code in ({302} if address == "/" else {500})
    assert "no time" not in answer.text


def test_the_page_of_an_error_needs_nothing_that_may_be_broken(
    app: Flask, world: World, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when the menu cannot be made, there is a page in Swedish with a code."""
    client = browser("olle")
    world.ctx.database.close()
    (world.var / "styr.sqlite").write_bytes(b"this is no database at all" * 100)
    for suffix in ("-wal", "-shm"):
        (world.var / f"styr.sqlite{suffix}").unlink(missing_ok=True)
    answer = client.get("/tasks")
    assert answer.status_code == 500
    assert re.search(r"F-\d{6}", answer.text)


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{{ 7 * 111713 }}", "%s%n%(x)s", "{x}", "\"'><img src=x onerror=alert(1)>"],
)
def test_a_message_of_an_error_is_never_markup(world: World, browser: Browser, text: str) -> None:
    task = world.task("idea", "idea_sheet")
    answer = browser("olle").post(f"/tasks/{task}", data={text: "x", "version": "0"})
    assert answer.status_code == 400
    assert "<script>alert" not in answer.text and "<img src=x" not in answer.text and "781991" not in answer.text
