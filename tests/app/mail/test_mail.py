"""Which way mail goes, whom it is for, and who may read the kept ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.factory import create_app
from app.mail import addresses, assigned, assignment, feature, password, sender, told_of, way_in
from app.mail.sending import MailNotConfigured
from app.settings import Settings
from tests.app.mail.conftest import Opening
from tests.app.mail.test_wording import ASSIGNMENT, TODAY, WAY
from tests.conftest import TestClock
from workflows.flow import close_item
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.ids import PersonId
from workflows.kernel.mail import Mail, OutboxMail, SmtpMail
from workflows.people import deactivate_person, invite, open_link

NEWS = assigned(ASSIGNMENT, key="k1", today=TODAY, municipality="Härnösands kommun")


def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(var=tmp_path, secret_key="x" * 32, database_url=database.url, dev_mail=True)


def test_a_mail_server_goes_before_the_page(tmp_path: Path, database: Database) -> None:
    mine = settings(tmp_path, database)
    assert isinstance(sender(mine, database), OutboxMail)
    assert isinstance(sender(replace(mine, smtp_url="smtp://mail.example.se"), database), SmtpMail)


def test_without_either_a_mail_fails_instead_of_getting_lost(tmp_path: Path, database: Database) -> None:
    with pytest.raises(MailNotConfigured, match="STYR_SMTP_URL"):
        sender(replace(settings(tmp_path, database), dev_mail=False), database).send(NEWS)


def client(tmp_path: Path, database: Database, **changed: object) -> FlaskClient:
    mine = replace(settings(tmp_path, database), **changed)  # type: ignore[arg-type]  # fields by name
    app = create_app(mine, database=database, features=(feature,))
    app.testing = True
    return app.test_client()


@pytest.fixture
def kept(tmp_path: Path, database: Database, clock: TestClock) -> Iterator[Mail]:
    mail = password(WAY, key="password:r1/ö", today=TODAY, municipality="Härnösands kommun")
    sender(settings(tmp_path, database), database, clock).send(mail)
    yield mail


def test_on_ones_own_machine_the_mails_can_be_read(tmp_path: Path, database: Database, kept: Mail) -> None:
    browser = client(tmp_path, database)
    listed = browser.get("/dev/mail/")
    assert (listed.status_code, kept.subject in listed.text, kept.to in listed.text) == (200, True, True)
    shown = browser.get("/dev/mail/password:r1/%C3%B6")
    assert shown.status_code == 200
    assert f'<a href="{WAY.link}"' in shown.text


def test_no_mails_and_no_such_mail_have_their_pages(tmp_path: Path, database: Database) -> None:
    browser = client(tmp_path, database)
    assert "Inga mejl ännu" in browser.get("/dev/mail/").text
    assert browser.get("/dev/mail/unknown").status_code == 404


CLOSED: dict[str, tuple[dict[str, object], dict[str, str], str]] = {
    "it is not asked for": ({"dev_mail": False}, {}, "localhost"),
    "there is a mail server": ({"smtp_url": "smtp://mail.example.se"}, {}, "localhost"),
    "a proxy is trusted": ({"proxies": 1}, {}, "localhost"),
    "a proxy forwarded it": ({}, {"X-Forwarded-For": "192.0.2.1"}, "localhost"),
    "the caller is elsewhere": ({}, {}, "localhost"),
    "another name leads here": ({}, {}, "styr.example.se"),
    "a network address leads here": ({}, {}, "192.0.2.7"),
}


@pytest.mark.parametrize("case", CLOSED)
def test_the_mails_are_hidden_when(tmp_path: Path, database: Database, kept: Mail, case: str) -> None:
    changed, headers, host = CLOSED[case]
    caller = "192.0.2.9" if case == "the caller is elsewhere" else "127.0.0.1"
    for path in ("/dev/mail/", f"/dev/mail/{kept.key}"):
        answer = client(tmp_path, database, **changed).get(
            path, headers=headers, base_url=f"http://{host}", environ_base={"REMOTE_ADDR": caller}
        )
        assert answer.status_code == 404
        assert WAY.link not in answer.text


def address(endpoint: str, **values: str) -> str:
    return f"{endpoint}?{values}"


def only_token(endpoint: str, **values: str) -> str:
    return values["token"] if endpoint == "accounts.choose" else ""


def test_a_task_is_news_to_everybody_it_waits_for_but_its_sender(
    ctx: Context, opening: Opening, asa: PersonId, bo: PersonId
) -> None:
    assert told_of(ctx, task=opening(asa, bo)) in {(asa, bo), (bo, asa)}
    assert told_of(ctx, task=opening(asa, bo, sender=asa)) == (bo,)
    assert told_of(ctx, task="unknown") == ()


def test_what_is_told_of_a_task_is_what_stands_in_the_inbox(ctx: Context, opening: Opening, asa: PersonId) -> None:
    task = opening(asa)
    told = assignment(ctx, task=task, person=asa, address=address)
    assert told == replace(ASSIGNMENT, link=address("inbox.task", task_id=task), due=date(2026, 12, 4))
    bare = assignment(ctx, task=opening(asa, due=None), person=asa, address=address)
    assert bare is not None
    assert bare.due is None


def test_a_task_that_no_longer_waits_is_not_told(ctx: Context, opening: Opening, asa: PersonId, bo: PersonId) -> None:
    task = opening(asa)
    assert assignment(ctx, task=task, person=bo, address=address) is None
    with ctx.write() as session:
        close_item(session, tenant=ctx.tenant, task_id=task, at=ctx.now(), actor=asa, request_id=None)
    assert told_of(ctx, task=task) == ()
    assert assignment(ctx, task=task, person=asa, address=address) is None


def test_who_has_left_is_told_nothing(ctx: Context, opening: Opening, asa: PersonId) -> None:
    task = opening(asa)
    deactivate_person(ctx, person=asa)
    assert assignment(ctx, task=task, person=asa, address=address) is None


def test_a_way_in_proves_itself_until_it_lapses(ctx: Context, asa: PersonId, clock: TestClock) -> None:
    invite(ctx, person=asa)
    (job,) = ctx.jobs.jobs  # type: ignore[attr-defined]  # the in-memory port of the fixture
    (link,) = job.arguments
    way = way_in(ctx, link=link, secret="s" * 32, address=only_token)
    assert way is not None
    assert (way.to, way.name, way.welcome) == ("asa.oberg@example.se", "Åsa Öberg", True)
    with ctx.read() as session:
        assert open_link(session, tenant=ctx.tenant, token=way.link, secret="s" * 32, at=ctx.now()).person == asa
    clock.forward(days=8)
    assert way_in(ctx, link=link, secret="s" * 32, address=address) is None
    assert way.expires_at < clock() + timedelta(days=1)


def test_an_address_is_whole_and_that_of_the_installation() -> None:
    app = Flask(__name__)
    app.add_url_rule("/tasks/<task_id>", "inbox.task")
    app.add_url_rule("/login/password", "accounts.choose")
    find = addresses(app, "https://styr.example.se")
    assert find("inbox.task", task_id="0a") == "https://styr.example.se/tasks/0a"
    assert find("accounts.choose", token="a-b_c") == "https://styr.example.se/login/password?token=a-b_c"
    assert addresses(app, "http://127.0.0.1:8123")("inbox.task", task_id="0a") == "http://127.0.0.1:8123/tasks/0a"
