"""Mail: one message, whatever a user's text holds, and the same message when it is sent again."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel.database import Database
from workflows.kernel.mail import Mail, OutboxMail, SmtpMail, compose, one_line, outbox

TEXT = "Hej Åsa,\n\nen rad.\n"
MAIL = Mail(to="asa.berg@example.se", subject="Ny uppgift: Projektplan", text=TEXT, key="assigned:t1:p1")


def clock() -> datetime:
    return datetime(2026, 11, 24, 13, 5, tzinfo=UTC)


def headers(mail: Mail) -> EmailMessage:
    return compose(mail, sender="styr@example.se", clock=clock)


def test_a_message_says_who_what_and_when() -> None:
    message = headers(MAIL)
    assert (message["From"], message["To"]) == ("styr@example.se", "asa.berg@example.se")
    assert message["Subject"] == "Ny uppgift: Projektplan"
    assert message["Date"] == "Tue, 24 Nov 2026 13:05:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content() == MAIL.text


def test_the_same_key_gives_the_same_message_id() -> None:
    first = headers(MAIL)["Message-ID"]
    assert first == headers(replace(MAIL, text="other"))["Message-ID"]
    assert first != headers(replace(MAIL, key="assigned:t2:p1"))["Message-ID"]
    assert first.startswith("<")
    assert first.endswith("@example.se>")


def test_swedish_letters_survive_the_way_through() -> None:
    mail = replace(MAIL, subject="Återkalla begäran – åäö", text="Räksmörgås på Ön\n")
    back = email.message_from_bytes(headers(mail).as_bytes(), policy=email.policy.default)
    assert back["Subject"] == mail.subject
    assert back.get_content() == mail.text


@given(st.text(max_size=300))
def test_no_subject_can_add_a_header(subject: str) -> None:
    message = headers(replace(MAIL, subject=subject))
    back = email.message_from_bytes(message.as_bytes(policy=email.policy.SMTP), policy=email.policy.default)
    assert sorted(back.keys()) == sorted(message.keys())
    assert back["Bcc"] is None
    assert back.get_content().splitlines() == TEXT.splitlines()


@pytest.mark.parametrize("to", ["a@b.se\r\nBcc: x@y.se", "a@b.se, x@y.se", "", "no address"])
def test_an_address_that_is_more_than_one_is_refused(to: str) -> None:
    with pytest.raises((ValueError, email.errors.HeaderParseError, IndexError)):
        headers(replace(MAIL, to=to))


def test_a_subject_is_one_line_and_not_endless() -> None:
    assert one_line(" a\r\n\tb\u2028c\x00d ") == "a b c d"
    assert one_line("x" * 500) == "x" * 199 + "…"


def test_the_outbox_keeps_a_mail_once(database: Database) -> None:
    sender = OutboxMail(database=database, tenant="main", clock=clock)
    sender.send(MAIL)
    sender.send(replace(MAIL, text="again"))
    sender.send(replace(MAIL, key="assigned:t2:p1", to="bo@example.se"))
    kept = outbox(database, "main")
    assert {one.mail.key: one.mail.text for one in kept} == {MAIL.key: MAIL.text, "assigned:t2:p1": MAIL.text}
    assert kept[0].at == clock()
    assert outbox(database, "another") == ()


@dataclass
class Server:
    """A mail server of a few words on a port of its own; what it was told, line by line."""

    port: int = 0
    told: list[str] = field(default_factory=list)
    refuse: bool = False


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 test")
            while line := self.rfile.readline().decode().rstrip("\r\n"):
                state.told.append(line)
                verb = line.partition(" ")[0].upper()
                if verb == "DATA":
                    self.say("354 go on")
                    while (text := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                        state.told.append(text)
                    self.say("550 no" if state.refuse else "250 taken")
                elif verb == "EHLO":
                    self.say("250-test\r\n250 AUTH PLAIN")
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("235 in" if verb == "AUTH" else "250 ok")

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as listening:
        state.port = listening.server_address[1]
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        listening.shutdown()
        thread.join()


def test_a_mail_goes_to_the_server_with_its_password(server: Server) -> None:
    url = f"smtp://styr:hemligt%40ord@127.0.0.1:{server.port}"
    SmtpMail(url=url, sender="styr@example.se", clock=clock).send(MAIL)
    assert "mail FROM:<styr@example.se>" in [line.partition(" size")[0] for line in server.told]
    assert "rcpt TO:<asa.berg@example.se>" in server.told
    assert any(line.startswith("AUTH PLAIN") for line in server.told)
    assert f"Message-ID: {MAIL.message_id('example.se')}" in server.told


def test_a_mail_that_the_server_refuses_is_an_error(server: Server) -> None:
    server.refuse = True
    with pytest.raises(OSError, match="no"):
        SmtpMail(url=f"smtp://127.0.0.1:{server.port}", sender="styr@example.se").send(MAIL)


def test_a_server_that_is_not_there_is_an_error() -> None:
    with pytest.raises(OSError, match="refused"):
        SmtpMail(url="smtp://127.0.0.1:1", sender="styr@example.se").send(MAIL)


def test_a_server_without_the_promised_encryption_gets_nothing(server: Server) -> None:
    with pytest.raises(OSError, match="STARTTLS"):
        SmtpMail(url=f"smtp://a:b@127.0.0.1:{server.port}?starttls", sender="styr@example.se").send(MAIL)
    assert not any(line.startswith(("AUTH", "mail", "Subject")) for line in server.told)
