"""Mail: what is said, and the two ways to send it: through a mail server, or into a table that a page shows."""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from sqlalchemy import select

from workflows.kernel.clock import Clock, system_clock
from workflows.kernel.database import Database
from workflows.kernel.tables import MailRow

TIMEOUT = 20.0
"""Seconds to wait for a mail server's answer."""

SUBJECT = 200
"""Longest subject in characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail in plain text. `key` names what it is about: sent twice under one key, it is the same mail."""

    to: str
    subject: str
    text: str
    key: str

    def message_id(self, domain: str) -> str:
        """Return the Message-ID, the same for the same key, by which mail programs drop a repeated mail."""
        return f"<{hashlib.sha256(self.key.encode()).hexdigest()[:40]}@{domain}>"


class MailSender(Protocol):
    """Sends a mail; when it returns, the mail is out of our hands. It may be asked for the same mail twice."""

    def send(self, mail: Mail) -> None:
        """Send `mail`; raises OSError (smtplib's errors among them) when that failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpMail:
    """Sends through a mail server: smtp://user:password@host:port?starttls, or smtps:// for TLS from the start."""

    url: str
    sender: str
    clock: Clock = system_clock

    def send(self, mail: Mail) -> None:
        """Send `mail` in a connection of its own."""
        message = compose(mail, sender=self.sender, clock=self.clock)
        with _connect(urlsplit(self.url)) as server:
            server.send_message(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMail:
    """Keeps mails in a table instead of sending them, for an installation on one's own machine."""

    database: Database
    tenant: str
    clock: Clock = system_clock

    def send(self, mail: Mail) -> None:
        """Keep `mail`; a second one under its key changes nothing."""
        with self.database.write() as session:
            if session.get(MailRow, {"tenant": self.tenant, "key": mail.key}) is None:
                row = MailRow(tenant=self.tenant, key=mail.key, at=self.clock(), recipient=mail.to)
                row.subject, row.text = one_line(mail.subject), mail.text
                session.add(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptMail:
    """A mail of the outbox and when it would have been sent."""

    mail: Mail
    at: datetime


def outbox(database: Database, tenant: str, *, limit: int = 200) -> tuple[KeptMail, ...]:
    """Return the kept mails, newest first."""
    newest = select(MailRow).where(MailRow.tenant == tenant).order_by(MailRow.at.desc(), MailRow.key).limit(limit)
    with database.read() as session:
        return tuple(
            KeptMail(mail=Mail(to=row.recipient, subject=row.subject, text=row.text, key=row.key), at=row.at)
            for row in session.scalars(newest)
        )


def compose(mail: Mail, *, sender: str, clock: Clock = system_clock) -> EmailMessage:
    """Return `mail` as a message. Headers are set through the library, which refuses a second line in any of them."""
    message = EmailMessage()
    message["From"] = Address(addr_spec=sender)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = one_line(mail.subject)
    message["Date"] = format_datetime(clock())
    message["Message-ID"] = mail.message_id(sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    return message


def one_line(text: str) -> str:
    """Return `text` as a header may hold it: white space of any kind as single spaces, not endless."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= SUBJECT else f"{line[: SUBJECT - 1]}…"


def _connect(url: SplitResult) -> smtplib.SMTP:
    context = ssl.create_default_context()
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, url.port or 587, timeout=TIMEOUT)
    try:
        if "starttls" in url.query:
            server.starttls(context=context)
        if url.username:
            server.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        server.close()
        raise
    return server
