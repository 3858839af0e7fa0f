"""What people typed, made usable or refused."""

from __future__ import annotations

import re
from datetime import date, timedelta

from sqlalchemy.orm import Session

from forms.values import clean
from workflows.people.errors import (
    AlreadyOver,
    DayPassed,
    DaysReversed,
    EmailUnusable,
    NameMissing,
    PersonUnusable,
    ReasonMissing,
    TooLong,
)
from workflows.people.tables import PersonRow

DAY = timedelta(days=1)

_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\"]{2,}")


def line(field: str, text: str, limit: int) -> str:
    """Return `text` as one line without needless or invisible characters. Raises TooLong."""
    plain = clean(text, lines=False)
    if len(plain) > limit:
        raise TooLong(field=field, limit=limit)
    return plain


def name_of(text: str) -> str:
    """Return a name. Raises NameMissing, TooLong."""
    name = line("name", text, 200)
    if not name:
        raise NameMissing
    return name


def email_of(text: str) -> str:
    """Return an e-mail address as written. Raises EmailUnusable: it must look like one; only a mail can prove it."""
    email = line("email", text, 254)
    if not _EMAIL.fullmatch(email):
        raise EmailUnusable
    return email


def email_key(email: str) -> str:
    """Return what two spellings of the same address share."""
    return email.strip().casefold()


def reason_of(text: str) -> str:
    """Return why. Raises ReasonMissing, TooLong."""
    reason = line("reason", text, 1000)
    if not reason:
        raise ReasonMissing
    return reason


def not_passed(day: date, today: date) -> None:
    """Refuse a first day before today: it would give authority over what was decided meanwhile."""
    if day < today:
        raise DayPassed


def not_long_passed(last_day: date, today: date) -> None:
    """Refuse a last day before yesterday, from which on somebody would lose authority over what they decided."""
    if last_day < today - DAY:
        raise DayPassed(field="last_day")


def still_on(valid_from: date, valid_to: date | None, day: date, *, field: str) -> None:
    """Refuse to change on `day` what is over then."""
    if valid_to is not None and valid_to < max(day, valid_from):
        raise AlreadyOver(field=field)


def in_order(first: date, last: date | None) -> None:
    """Refuse a last day before the first."""
    if last is not None and last < first:
        raise DaysReversed


def active_person(session: Session, tenant: str, person: str) -> PersonRow:
    """Return somebody who may be given a role. Raises PersonUnusable."""
    row = session.get(PersonRow, {"tenant": tenant, "id": person})
    if row is None or not row.active:
        raise PersonUnusable
    return row
