"""What mails say and leave unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from app.mail import Assignment, WayIn, assigned, password, reminded
from workflows.kernel.mail import Mail

TODAY = date(2026, 11, 23)
ASSIGNMENT = Assignment(
    to="asa.oberg@example.se",
    name="Åsa Öberg",
    task="Skriv projektdirektiv",
    project="Förskolan Tallbacken",
    due=date(2026, 12, 4),
    link="https://styr.example.se/tasks/0a",
)
WAY = WayIn(
    to="asa.oberg@example.se",
    name="Åsa Öberg",
    link="https://styr.example.se/login/password?token=abc",
    expires_at=datetime(2026, 11, 23, 9, 5, tzinfo=UTC),
    welcome=False,
)


def told(assignment: Assignment) -> Mail:
    return assigned(assignment, key="k1", today=TODAY, municipality="Härnösands kommun")


def offered(way: WayIn) -> Mail:
    return password(way, key="k2", today=TODAY, municipality="Härnösands kommun")


def plain(mail: Mail) -> str:
    return mail.text.replace("\u00a0", " ")


def test_a_task_that_was_sent_back_says_by_whom_but_not_why() -> None:
    mail = told(replace(ASSIGNMENT, back_from="Ture Malm"))
    assert mail.subject == "Tillbaka till dig: Skriv projektdirektiv"
    assert "Ture Malm har skickat tillbaka en uppgift till dig" in mail.text
    assert "Ny uppgift" not in mail.text


def test_a_new_task_is_told_with_project_deadline_and_link() -> None:
    mail = told(ASSIGNMENT)
    assert (mail.to, mail.subject) == ("asa.oberg@example.se", "Ny uppgift: Skriv projektdirektiv")
    for part in ("Hej Åsa Öberg,", "Projekt: Förskolan Tallbacken", ASSIGNMENT.link, "Härnösands kommun"):
        assert part in mail.text
    assert "Klart senast: fre 4 dec\n" in plain(mail)


def test_a_reminder_says_who_reminds_of_what_and_never_why() -> None:
    mail = reminded(ASSIGNMENT, by="Ture Malm\nBcc: x", key="k3", today=TODAY, municipality="Härnösands kommun")
    assert mail.subject == "Påminnelse: Skriv projektdirektiv"
    assert "Ture Malm Bcc: x påminner om en uppgift" in mail.text and ASSIGNMENT.link in mail.text
    assert "Klart senast: fre 4 dec\n" in plain(mail)


def test_a_task_without_a_deadline_says_nothing_of_one() -> None:
    assert "Klart senast" not in told(replace(ASSIGNMENT, due=None)).text


def test_what_a_user_named_is_one_line_and_no_template() -> None:
    mail = told(replace(ASSIGNMENT, task="Bygg {name}\r\nBcc: x@example.se", project="{link}\n\nHej"))
    assert mail.subject == "Ny uppgift: Bygg {name} Bcc: x@example.se"
    assert "Projekt: {link} Hej\n" in mail.text


def test_a_new_password_is_offered_until_a_time() -> None:
    mail = offered(WAY)
    assert mail.subject == "Välj ett nytt lösenord i Styr"
    assert WAY.link in mail.text
    assert "gäller till i dag 10.05 och" in plain(mail)


def test_a_first_password_is_a_welcome() -> None:
    mail = offered(replace(WAY, welcome=True, expires_at=datetime(2026, 11, 30, 9, 5, tzinfo=UTC)))
    assert mail.subject == "Välkommen till Styr"
    assert WAY.link in mail.text
    assert "gäller i 7 dagar, till mån 30 nov 10.05," in plain(mail)
    assert "Härnösands kommun" in mail.text


@pytest.mark.parametrize("mail", [told(ASSIGNMENT), offered(WAY), offered(replace(WAY, welcome=True))])
def test_every_place_in_a_text_is_filled(mail: Mail) -> None:
    assert not set("{}") & set(mail.text + mail.subject)
    assert "\n\n\n" not in mail.text
