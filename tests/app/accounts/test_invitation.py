"""From the administrator's button to the new person's first login: the mail, its link and the page behind it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.mail import addresses, sender
from app.papers.shelf import GovernanceShelf
from app.settings import Settings
from app.worker import Desk
from tests.conftest import TestClock
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs
from workflows.kernel.mail import Mail, outbox
from workflows.people import find_person_by_email

NEW = {"name": "Bo Rask", "email": "bo.rask@exempelkommun.se"}
PASSWORD = "fyra ord utan samband"
BASE = "http://127.0.0.1:8000"


@pytest.fixture
def desk(app: Flask, ctx: Context, settings: Settings) -> Desk:
    """What works the jobs: mail is kept instead of sent."""
    mine = replace(settings, dev_mail=True, base_url=BASE)
    return Desk(
        ctx=ctx,
        settings=mine,
        sender=sender(mine, ctx.database, ctx.clock),
        address=addresses(app, BASE),
        shelf=GovernanceShelf(municipality=mine.municipality),
    )


@pytest.fixture
def mail(admin: FlaskClient, desk: Desk, jobs: MemoryJobs) -> Mail:
    """The mail that somebody gets whom the administrator has just added."""
    admin.post("/people/new", data=NEW | {"invite": "1"})
    (job,) = jobs.jobs
    desk.table()[job.name](*job.arguments)
    (kept,) = outbox(desk.ctx.database, desk.ctx.tenant)
    return kept.mail


def way_in(mail: Mail) -> str:
    """Return the address in a mail as a browser asks for it."""
    found = re.search(rf"{re.escape(BASE)}(/\S+)", mail.text)
    assert found is not None
    return found[1]


def test_a_new_person_is_told_of_the_account_and_chooses_a_password(mail: Mail, stranger: FlaskClient) -> None:
    assert (mail.to, mail.subject) == (NEW["email"], "Välkommen till Styr")
    assert "Du har fått ett konto i Styr, där Granviks kommun driver sina projekt." in mail.text
    assert "Länken gäller i 7 dagar, till mån 30 nov 9.00," in mail.text.replace("\xa0", " ")
    page = stranger.get(way_in(mail))
    assert "För Bo Rask, bo.rask@exempelkommun.se." in page.text
    token = way_in(mail).partition("token=")[2]
    assert stranger.post("/login/password", data={"token": token, "password": PASSWORD}).status_code == 303
    assert "Bo Rask" in stranger.get("/account").text
    assert stranger.get(way_in(mail)).status_code == 410


def test_the_link_holds_for_seven_days_and_no_longer(mail: Mail, stranger: FlaskClient, clock: TestClock) -> None:
    clock.forward(days=7, minutes=-1)
    assert stranger.get(way_in(mail)).status_code == 200
    clock.forward(minutes=1)
    late = stranger.get(way_in(mail))
    assert late.status_code == 410
    assert "Be om en ny länk" in late.text


def test_who_was_late_asks_for_a_new_link_and_gets_in(
    mail: Mail, stranger: FlaskClient, clock: TestClock, desk: Desk, jobs: MemoryJobs
) -> None:
    clock.forward(days=8)
    stranger.post("/login/forgotten", data={"email": NEW["email"]})
    desk.table()[jobs.jobs[-1].name](*jobs.jobs[-1].arguments)
    newest = outbox(desk.ctx.database, desk.ctx.tenant)[0].mail
    assert newest.subject == "Välj ett nytt lösenord i Styr"
    assert stranger.get(way_in(newest)).status_code == 200


def test_a_closed_account_gets_nobody_in_by_an_old_link(
    mail: Mail, stranger: FlaskClient, admin: FlaskClient, ctx: Context, desk: Desk, jobs: MemoryJobs
) -> None:
    with ctx.read() as session:
        bo = find_person_by_email(session, tenant=ctx.tenant, email=NEW["email"])
    assert bo is not None
    admin.post(f"/people/{bo.id}/close")
    assert stranger.get(way_in(mail)).status_code == 410
    token = way_in(mail).partition("token=")[2]
    assert stranger.post("/login/password", data={"token": token, "password": PASSWORD}).status_code == 410
    assert stranger.post("/login", data={"email": NEW["email"], "password": PASSWORD}).status_code == 422
