"""Passwords: argon2id, no rules but length and being hard to guess, and the same time for known and unknown people."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import and_, select, update
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import PersonId
from workflows.people.entries import email_key
from workflows.people.journal import note
from workflows.people.names import fold
from workflows.people.password_errors import (
    CurrentPasswordWrong,
    LoginRefused,
    PasswordGuessable,
    PasswordTooLong,
    PasswordTooShort,
)
from workflows.people.tables import CredentialRow, PersonRow

LEAST, MOST = 12, 200
COMMON = frozenset(
    {
        "password1234", "passwordpassword", "123456789012", "1234567890123", "qwertyuiopas", "qwertyuiopasdf",
        "losenord1234", "losenordlosenord", "sommaren2026", "hemligtlosenord", "administrator", "valkommen1234",
        "abcdefghijkl", "kommunkommun", "styrstyrstyr",
    }
)  # fmt: skip
"""Long enough, and still the first that anybody tries; compared folded and without spaces."""

_TURNS = threading.BoundedSemaphore(2)
"""At most two hashes at a time in a process: each takes a core and its memory for a while."""


class Passwords:
    """Hashes and checks passwords. The defaults are OWASP's for argon2id; tests and demo data take cheaper ones.

    `memory` is in KiB, `rounds` is argon2's time cost.
    """

    def __init__(self, *, memory: int = 19_456, rounds: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=rounds, memory_cost=memory, parallelism=1)

    def hash(self, password: str) -> str:
        """Return the hash to store."""
        with _TURNS:
            return self._hasher.hash(password)

    def matches(self, stored: str | None, password: str) -> bool:
        """Tell whether `password` is the stored one; takes as long when there is none."""
        with _TURNS:
            try:
                return self._hasher.verify(stored or self._nobody, password[: MOST + 1]) and stored is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_stale(self, stored: str) -> bool:
        """Tell whether `stored` was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("nobody has this password")


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """A proven person; the session keeps the version and ends when the credential's has moved on."""

    person: PersonId
    session_version: int


def log_in(ctx: Context, *, email: str, password: str, passwords: Passwords) -> Login:
    """Return who has this address and password. Raises LoginRefused, whatever the reason.

    The slow hash is computed outside any transaction. A hash made with older parameters is replaced.
    """
    with ctx.read() as session:
        found = session.execute(
            select(PersonRow.id, PersonRow.active, CredentialRow.password_hash, CredentialRow.session_version)
            .join(CredentialRow, and_(CredentialRow.tenant == PersonRow.tenant, CredentialRow.person == PersonRow.id))
            .where(PersonRow.tenant == ctx.tenant, PersonRow.email_key == email_key(email))
        ).one_or_none()
    stored = found.password_hash if found is not None and found.active else None
    if not passwords.matches(stored, password) or found is None or stored is None:
        raise LoginRefused
    if passwords.is_stale(stored):
        _replace_hash(ctx, found.id, stored, passwords.hash(password))
    return Login(person=PersonId(found.id), session_version=found.session_version)


def log_out(ctx: Context) -> None:
    """End every session of the actor: a cookie that somebody copied must not outlive the log-out."""
    if ctx.actor is None:
        return
    with ctx.write() as session:
        end_sessions(session, ctx.tenant, ctx.actor)


def end_sessions(session: Session, tenant: str, person: str) -> None:
    """End every session of a person, wherever it is open."""
    session.execute(
        update(CredentialRow)
        .where(CredentialRow.tenant == tenant, CredentialRow.person == person)
        .values(session_version=CredentialRow.session_version + 1)
    )


def set_password(
    ctx: Context, *, person: PersonId, password: str, passwords: Passwords, current: str | None = None
) -> Login:
    """Give a person a new password and end every session they have; return the login that goes on.

    Only the person does, by telling the `current` one, or the system (command line, a link that was followed).
    """
    if ctx.actor not in {None, person}:
        raise Forbidden
    at = ctx.now()
    with ctx.read() as session:
        stored = _credential(session, ctx.tenant, person).password_hash
        owner = session.get_one(PersonRow, {"tenant": ctx.tenant, "id": person})
        name, email = owner.name, owner.email
    if ctx.actor is not None and not passwords.matches(stored, current or ""):
        raise CurrentPasswordWrong
    check_password(password, name=name, email=email)
    hashed = passwords.hash(password)
    with ctx.write() as session:
        version = store_password(session, ctx.tenant, person, hashed, at)
        note(session, ctx, verb="set_password", at=at, subject=person)
    return Login(person=person, session_version=version)


def check_password(password: str, *, name: str, email: str) -> None:
    """Refuse a password that is too short, too long or too easy. Raises Refused."""
    if len(password) < LEAST:
        raise PasswordTooShort(limit=LEAST)
    if len(password) > MOST:
        raise PasswordTooLong(limit=MOST)
    plain = fold(password).replace(" ", "")
    own = {fold(name).replace(" ", ""), fold(email), fold(email).partition("@")[0]}
    if plain in COMMON or len(set(plain)) < 4 or any(plain in {one, one * 2} for one in own):
        raise PasswordGuessable


def store_password(session: Session, tenant: str, person: str, hashed: str, at: datetime) -> int:
    """Store a hash inside the caller's transaction and end the person's sessions; return the new session version."""
    row = _credential(session, tenant, person)
    row.password_hash, row.changed_at = hashed, at
    row.session_version += 1
    return row.session_version


def _credential(session: Session, tenant: str, person: str) -> CredentialRow:
    row = session.get(CredentialRow, {"tenant": tenant, "person": person})
    if row is None:
        raise NotFound
    return row


def _replace_hash(ctx: Context, person: str, stored: str, hashed: str) -> None:
    with ctx.write() as session:
        session.execute(
            update(CredentialRow)
            .where(
                CredentialRow.tenant == ctx.tenant,
                CredentialRow.person == person,
                CredentialRow.password_hash == stored,
            )
            .values(password_hash=hashed)
        )
