"""Links to choose a password: for who forgot it, and for who is new.

What proves a link is an HMAC of its id under the installation's secret key, computed when the mail is written: the
database and the job queue hold only the id, so neither a copy of them nor a log can be used to log in. Sending the
same mail twice sends the same link.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, new_id
from workflows.people.access import ADMINISTER, authorize
from workflows.people.entries import active_person, email_key
from workflows.people.journal import note
from workflows.people.kinds import LinkKind
from workflows.people.password_errors import LinkSpent
from workflows.people.passwords import Login, Passwords, check_password, store_password
from workflows.people.tables import PasswordLinkRow, PersonRow

JOB = "mail.password"
"""Name of the job that mails a link; its one argument is the link's id."""

LIFE = {LinkKind.FORGOTTEN: timedelta(hours=1), LinkKind.WELCOME: timedelta(days=7)}
MOST_AT_ONCE = 3
"""Open links of one kind a person can have: whoever asks again and again fills nobody's mailbox."""

_TOKEN = re.compile(r"([0-9a-f]{32})-([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordLink:
    """An open link as its page or mail shows it."""

    id: str
    person: PersonId
    name: str
    email: str
    kind: LinkKind
    expires_at: datetime


def forgot_password(ctx: Context, *, email: str) -> None:
    """Mail a link to whoever has this address. Nothing tells the caller whether anybody has."""
    at = ctx.now()
    with ctx.write() as session:
        person = session.scalar(
            select(PersonRow.id).where(
                PersonRow.tenant == ctx.tenant, PersonRow.email_key == email_key(email), PersonRow.active
            )
        )
        if person is not None and _open_links(session, ctx.tenant, person, at) < MOST_AT_ONCE:
            _mail(session, ctx, make_link(session, ctx.tenant, person, LinkKind.FORGOTTEN, at))


def invite(ctx: Context, *, person: PersonId) -> None:
    """Mail somebody new a link to choose their first password. Raises NotFound, PersonUnusable (a closed account)."""
    at = ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        if session.get(PersonRow, {"tenant": ctx.tenant, "id": person}) is None:
            raise NotFound
        active_person(session, ctx.tenant, person)
        _mail(session, ctx, make_link(session, ctx.tenant, person, LinkKind.WELCOME, at))
        note(session, ctx, verb="invite", at=at, subject=person)


def make_link(session: Session, tenant: str, person: str, kind: LinkKind, at: datetime) -> str:
    """Open a link inside the caller's transaction and return its id."""
    row = PasswordLinkRow(
        tenant=tenant, id=new_id(), person=person, kind=kind, made_at=at, expires_at=at + LIFE[kind], used_at=None
    )
    session.add(row)
    return row.id


def link_token(secret: str, link: str) -> str:
    """Return what stands in the address of a link."""
    proof = hmac.digest(secret.encode(), b"styr password link " + link.encode(), hashlib.sha256)
    return f"{link}-{urlsafe_b64encode(proof).decode().rstrip('=')}"


def read_link(session: Session, *, tenant: str, link: str, at: datetime) -> PasswordLink | None:
    """Return an open link for the mail that carries it; None when it is used, too old or its person inactive."""
    found = session.execute(
        select(PasswordLinkRow, PersonRow)
        .join(PersonRow, (PersonRow.tenant == PasswordLinkRow.tenant) & (PersonRow.id == PasswordLinkRow.person))
        .where(PasswordLinkRow.tenant == tenant, PasswordLinkRow.id == link)
    ).one_or_none()
    if found is None:
        return None
    row, person = found
    if row.used_at is not None or row.expires_at <= at or not person.active:
        return None
    return PasswordLink(
        id=row.id,
        person=PersonId(person.id),
        name=person.name,
        email=person.email,
        kind=row.kind,
        expires_at=row.expires_at,
    )


def open_link(session: Session, *, tenant: str, token: str, secret: str, at: datetime) -> PasswordLink:
    """Return the link that `token` proves; looking at it does not use it up. Raises LinkSpent."""
    parts = _TOKEN.fullmatch(token)
    if parts is None or not hmac.compare_digest(link_token(secret, parts[1]), token):
        raise LinkSpent
    link = read_link(session, tenant=tenant, link=parts[1], at=at)
    if link is None:
        raise LinkSpent
    return link


def choose_password(ctx: Context, *, token: str, secret: str, password: str, passwords: Passwords) -> Login:
    """Use a link up: store the password, end every session of the person and close their other links."""
    at = ctx.now()
    with ctx.read() as session:
        link = open_link(session, tenant=ctx.tenant, token=token, secret=secret, at=at)
    check_password(password, name=link.name, email=link.email)
    hashed = passwords.hash(password)
    with ctx.write() as session:
        open_link(session, tenant=ctx.tenant, token=token, secret=secret, at=at)
        session.execute(
            update(PasswordLinkRow)
            .where(
                PasswordLinkRow.tenant == ctx.tenant,
                PasswordLinkRow.person == link.person,
                PasswordLinkRow.used_at.is_(None),
            )
            .values(used_at=at)
        )
        version = store_password(session, ctx.tenant, link.person, hashed, at)
        note(session, ctx, verb="choose_password", at=at, subject=link.person)
    return Login(person=link.person, session_version=version)


def _mail(session: Session, ctx: Context, link: str) -> None:
    session.flush()
    ctx.jobs.later(session, JOB, link, key=f"{JOB}:{link}")


def _open_links(session: Session, tenant: str, person: str, at: datetime) -> int:
    count = session.scalar(
        select(func.count())
        .select_from(PasswordLinkRow)
        .where(
            PasswordLinkRow.tenant == tenant,
            PasswordLinkRow.person == person,
            PasswordLinkRow.kind == LinkKind.FORGOTTEN,
            PasswordLinkRow.used_at.is_(None),
            PasswordLinkRow.expires_at > at,
        )
    )
    return count or 0
