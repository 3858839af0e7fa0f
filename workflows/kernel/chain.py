"""Hash-chained events: what happened, in an order nobody can change unseen (ADR 0009).

Each stream (a project's instance, or a register such as people) is a chain of its own. An event's digest covers
everything in its row and the digest before it; the stream's head is kept beside it, so that a removed tail shows too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary, String, UniqueConstraint, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from workflows.kernel.database import ID, Json, Moment, Table, Tenanted, canonical, table_of

START = "0" * 64
"""The digest before the first event of a stream."""

UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError)
"""What reading a row raises when somebody has put something else into it than what we write."""

_BATCH = 200


class EventRow(Tenanted, Table):
    """One thing that happened. Rows are never changed or removed (a trigger refuses it)."""

    __tablename__ = "styr_event"
    __table_args__ = (UniqueConstraint("tenant", "request_id"),)

    stream: Mapped[str] = mapped_column(ID, primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    verb: Mapped[str] = mapped_column(String(64))
    actor: Mapped[str | None] = mapped_column(ID)
    on_behalf_of: Mapped[str | None] = mapped_column(String(120))
    request_id: Mapped[str | None] = mapped_column(String(64))
    bundle: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[Any] = mapped_column(Json)
    state: Mapped[bytes | None] = mapped_column(LargeBinary)
    previous: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))


class StreamRow(Tenanted, Table):
    """The head of a register's stream: its last number and digest. An instance keeps its own in its row."""

    __tablename__ = "styr_stream"

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    seq: Mapped[int] = mapped_column()
    head: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What a verb wants remembered. `body` is JSON; `state` the instance's blob after it."""

    verb: str
    at: datetime
    body: dict[str, Any]
    actor: str | None = None
    on_behalf_of: str | None = None
    request_id: str | None = None
    bundle: str | None = None
    state: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenLink:
    """The first place where a stream no longer adds up; `problem` is a code: gap, changed, unlinked, head."""

    stream: str
    seq: int
    problem: str


def digest_of(row: EventRow) -> str:
    """Return what the digest of `row` must be."""
    fields = [
        row.tenant, row.stream, row.seq, row.at.astimezone(UTC).isoformat(), row.verb, row.actor, row.on_behalf_of,
        row.request_id, row.bundle, canonical(row.body).decode(), _sha(row.state), row.previous,
    ]  # fmt: skip
    return hashlib.sha256(canonical(fields)).hexdigest()


def link(happening: Happening, *, tenant: str, stream: str, seq: int, head: str) -> EventRow:
    """Return the event that follows number `seq` with digest `head`; the caller adds it and keeps the new head."""
    row = EventRow(
        tenant=tenant,
        stream=stream,
        seq=seq + 1,
        at=happening.at,
        verb=happening.verb,
        actor=happening.actor,
        on_behalf_of=happening.on_behalf_of,
        request_id=happening.request_id,
        bundle=happening.bundle,
        body=happening.body,
        state=happening.state,
        previous=head,
        digest="",
    )
    row.digest = digest_of(row)
    return row


_EVENTS = table_of(EventRow)
_COLUMNS = tuple(column.key for column in _EVENTS.columns)
_ADD = insert(_EVENTS)


def write(session: Session, row: EventRow) -> None:
    """Insert an event at once, past the session's unit of work, which would cost five times as much."""
    session.execute(_ADD, {name: getattr(row, name) for name in _COLUMNS})


def append(session: Session, *, tenant: str, stream: str, happening: Happening) -> EventRow:
    """Add an event at the end of a register's stream (begun if new) and move its head with it."""
    head = session.get(StreamRow, (tenant, stream))
    if head is None:
        head = StreamRow(tenant=tenant, id=stream, seq=0, head=START)
        session.add(head)
    row = link(happening, tenant=tenant, stream=stream, seq=head.seq, head=head.head)
    head.seq, head.head = row.seq, row.digest
    session.add(row)
    return row


def verify_stream(
    session: Session, *, tenant: str, stream: str, head: tuple[int, str] | None = None
) -> BrokenLink | None:
    """Return the first broken link of `stream`, or None when every event and the head add up.

    `head` = (last number, its digest) where the stream's owner keeps it; without it, the register's own row.
    """
    if head is None:
        kept = session.get(StreamRow, (tenant, stream))
        head = (kept.seq, kept.head) if kept else (0, START)
    try:
        return _first_broken(_events(session, tenant, stream, _BATCH), stream, head)
    except UNREADABLE:
        return _first_broken(_events(session, tenant, stream, 1), stream, head)


def _events(session: Session, tenant: str, stream: str, batch: int) -> Iterator[EventRow | None]:
    """Yield a stream's events; None, and an end, for one that cannot be read, where they are read one at a time."""
    query = select(EventRow).where(EventRow.tenant == tenant, EventRow.stream == stream).order_by(EventRow.seq)
    try:
        yield from session.scalars(query.execution_options(yield_per=batch))
    except UNREADABLE:
        if batch > 1:
            raise
        yield None


def _first_broken(events: Iterator[EventRow | None], stream: str, head: tuple[int, str]) -> BrokenLink | None:
    previous, expected = START, 1
    for row in events:
        problem = _problem(row, expected, previous) if row else "changed"
        if row is None or problem:
            return BrokenLink(stream=stream, seq=expected, problem=problem or "changed")
        previous, expected = row.digest, expected + 1
    return None if head == (expected - 1, previous) else BrokenLink(stream=stream, seq=expected, problem="head")


def _problem(row: EventRow, expected: int, previous: str) -> str | None:
    if row.seq != expected:
        return "gap"
    if row.previous != previous:
        return "unlinked"
    try:
        return None if digest_of(row) == row.digest else "changed"
    except UNREADABLE:
        return "changed"


def _sha(blob: bytes | None) -> str | None:
    return None if blob is None else hashlib.sha256(blob).hexdigest()
