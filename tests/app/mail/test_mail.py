"""What mails say and leave unsaid, which way they go, and who may read the kept ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.factory import create_app
from app.mail import Assignment, PasswordReset, assigned, feature, password, sender
from app.mail.sending import MailNotConfigured
from app.settings import Settings
from tests.conftest import TestClock
from workflows.kernel.database import Database
from workflows.kernel.mail import Mail, OutboxMail, SmtpMail

TODAY = date(2026, 11, 23)
ASSIGNMENT = Assignment(
    to="asa.oberg@example.se",
    name="Åsa Öberg",
    task="Skriv projektdirektiv",
    project="Förskolan Tallbacken",
    due=date(2026, 12, 4),
    link="https://styr.example.se/uppgift/0a",
)
RESET = PasswordReset(to="asa.oberg@example.se", name="Åsa Öberg", link="https://styr.example.se/nytt/abc", minutes=60)


def told(assignment: Assignment) -> Mail:
    return assigned(assignment, key="k1", today=TODAY, municipality="Härnösands kommun")


def test_a_new_task_is_told_with_project_deadline_and_link() -> None:
    mail = told(ASSIGNMENT)
    assert (mail.to, mail.subject) == ("asa.oberg@example.se", "Ny uppgift: Skriv projektdirektiv")
    for part in ("Hej Åsa Öberg,", "Projekt: Förskolan Tallbacken", ASSIGNMENT.link, "Härnösands kommun"):
        assert part in mail.text
    assert "Klart senast: fre 4 dec\n" in mail.text.replace("\u00a0", " ")
    assert "{" not in mail.text + mail.subject


def test_a_task_without_a_deadline_says_nothing_of_one() -> None:
    assert "Klart senast" not in told(replace(ASSIGNMENT, due=None)).text


def test_what_a_user_named_is_one_line_and_no_template() -> None:
    mail = told(replace(ASSIGNMENT, task="Bygg {name}\r\nBcc: x@example.se", project="{link}\n\nHej"))
    assert mail.subject == "Ny uppgift: Bygg {name} Bcc: x@example.se"
    assert "Projekt: {link} Hej\n" in mail.text


def test_a_new_password_is_offered_with_its_time() -> None:
    mail = password(RESET, key="k2", municipality="Härnösands kommun")
    assert mail.subject == "Välj ett nytt lösenord i Styr"
    assert RESET.link in mail.text
    assert "60 minuter" in mail.text


def settings(tmp_path: Path, database: Database) -> Settings:
    return Settings(var=tmp_path, secret_key="x" * 32, database_url=database.url, dev_mail=True)


def test_a_mail_server_goes_before_the_page(tmp_path: Path, database: Database) -> None:
    mine = settings(tmp_path, database)
    assert isinstance(sender(mine, database), OutboxMail)
    assert isinstance(sender(replace(mine, smtp_url="smtp://mail.example.se"), database), SmtpMail)


def test_without_either_a_mail_fails_instead_of_getting_lost(tmp_path: Path, database: Database) -> None:
    with pytest.raises(MailNotConfigured, match="STYR_SMTP_URL"):
        sender(replace(settings(tmp_path, database), dev_mail=False), database).send(told(ASSIGNMENT))


def client(tmp_path: Path, database: Database, **changed: object) -> FlaskClient:
    mine = replace(settings(tmp_path, database), **changed)  # type: ignore[arg-type]  # fields by name
    app = create_app(mine, database=database, features=(feature,))
    app.testing = True
    return app.test_client()


@pytest.fixture
def kept(tmp_path: Path, database: Database, clock: TestClock) -> Iterator[Mail]:
    mail = password(RESET, key="password:r1/ö", municipality="Härnösands kommun")
    sender(settings(tmp_path, database), database, clock).send(mail)
    yield mail


def test_on_ones_own_machine_the_mails_can_be_read(tmp_path: Path, database: Database, kept: Mail) -> None:
    browser = client(tmp_path, database)
    listed = browser.get("/dev/mail/")
    assert (listed.status_code, kept.subject in listed.text, kept.to in listed.text) == (200, True, True)
    shown = browser.get("/dev/mail/password:r1/%C3%B6")
    assert shown.status_code == 200
    assert f'<a href="{RESET.link}"' in shown.text


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
        assert RESET.link not in answer.text
