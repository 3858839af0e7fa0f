"""Nobody can change what happened unseen: every altered column and every missing row is named."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from workflows.kernel.chain import BrokenLink, EventRow, Happening, StreamRow, append, link, verify_stream
from workflows.kernel.database import Database

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def happening(number: int, **more: Any) -> Happening:
    return Happening(
        verb="complete",
        at=AT + timedelta(minutes=number),
        body={"task": f"t{number}", "who": {"b": 1, "a": "åäö"}},
        actor="anna",
        on_behalf_of="role:p1:chair",
        request_id=f"r{number}",
        bundle="f" * 64,
        state=b"state %d" % number,
        **more,
    )


def verify(database: Database, stream: str = "s1") -> BrokenLink | None:
    with database.read() as session:
        return verify_stream(session, tenant="main", stream=stream)


@pytest.fixture
def chained(database: Database) -> Iterator[Database]:
    """Five events in one stream, written in five transactions."""
    for number in range(1, 6):
        with database.write() as session:
            append(session, tenant="main", stream="s1", happening=happening(number))
    yield database


def test_a_chain_that_nobody_touched_holds(chained: Database) -> None:
    assert verify(chained) is None


def test_a_stream_without_events_holds(database: Database) -> None:
    assert verify(database, "empty") is None


def test_numbers_follow_each_other_from_one(chained: Database) -> None:
    with chained.read() as session:
        rows = session.scalars(select(EventRow).order_by(EventRow.seq)).all()
        assert [row.seq for row in rows] == [1, 2, 3, 4, 5]
        assert [row.previous for row in rows[1:]] == [row.digest for row in rows[:-1]]


CHANGES = {
    "at": AT,
    "verb": "decide",
    "actor": "bo",
    "on_behalf_of": None,
    "request_id": "r0",
    "bundle": "e" * 64,
    "body": {"task": "t3", "who": {"a": "åäö", "b": 2}},
    "state": b"another state",
    "digest": "0" * 64,
}


@pytest.mark.parametrize("column", CHANGES)
def test_a_changed_column_is_named_where_it_stands(chained: Database, column: str) -> None:
    with chained.write() as session:
        session.execute(update(EventRow).where(EventRow.seq == 3).values({column: CHANGES[column]}))
    assert verify(chained) == BrokenLink(stream="s1", seq=3, problem="changed")


def test_a_changed_link_is_named(chained: Database) -> None:
    with chained.write() as session:
        session.execute(update(EventRow).where(EventRow.seq == 3).values(previous="0" * 64))
    assert verify(chained) == BrokenLink(stream="s1", seq=3, problem="unlinked")


def test_every_column_is_under_the_digest() -> None:
    keys = {"tenant", "stream", "seq", "previous"}
    assert keys | set(CHANGES) == set(EventRow.__table__.columns.keys())


@pytest.mark.parametrize(("removed", "named"), [(1, 1), (3, 3), (4, 4)])
def test_a_removed_row_leaves_a_gap_that_is_named(chained: Database, removed: int, named: int) -> None:
    with chained.write() as session:
        session.execute(delete(EventRow).where(EventRow.seq == removed))
    assert verify(chained) == BrokenLink(stream="s1", seq=named, problem="gap")


def test_a_removed_tail_shows_against_the_head(chained: Database) -> None:
    with chained.write() as session:
        session.execute(delete(EventRow).where(EventRow.seq >= 4))
    assert verify(chained) == BrokenLink(stream="s1", seq=4, problem="head")


def test_removing_every_event_shows_against_the_head(chained: Database) -> None:
    with chained.write() as session:
        session.execute(delete(EventRow))
    assert verify(chained) == BrokenLink(stream="s1", seq=1, problem="head")


def test_a_renumbered_chain_with_a_row_taken_out_shows(chained: Database) -> None:
    with chained.write() as session:
        session.execute(delete(EventRow).where(EventRow.seq == 3))
        session.execute(update(EventRow).where(EventRow.seq == 4).values(seq=3))
        session.execute(update(EventRow).where(EventRow.seq == 5).values(seq=4))
    assert verify(chained) == BrokenLink(stream="s1", seq=3, problem="unlinked")


def test_an_event_moved_from_another_stream_shows(chained: Database) -> None:
    with chained.write() as session:
        append(session, tenant="main", stream="s2", happening=Happening(verb="start", at=AT, body={}))
        session.execute(delete(EventRow).where(EventRow.stream == "s1"))
        session.execute(update(EventRow).where(EventRow.stream == "s2").values(stream="s1"))
    assert verify(chained) == BrokenLink(stream="s1", seq=1, problem="changed")


def test_the_first_of_several_breaks_is_named(chained: Database) -> None:
    with chained.write() as session:
        session.execute(update(EventRow).where(EventRow.seq.in_([2, 4])).values(verb="decide"))
    assert verify(chained) == BrokenLink(stream="s1", seq=2, problem="changed")


def test_streams_do_not_disturb_one_another(chained: Database) -> None:
    with chained.write() as session:
        for stream in ("s2", "s3"):
            append(session, tenant="main", stream=stream, happening=Happening(verb="start", at=AT, body={}))
        append(session, tenant="main", stream="s2", happening=Happening(verb="stop", at=AT, body={}))
        session.execute(update(EventRow).where(EventRow.stream == "s3").values(verb="x"))
    assert (verify(chained), verify(chained, "s2")) == (None, None)
    assert verify(chained, "s3") == BrokenLink(stream="s3", seq=1, problem="changed")


def test_a_time_of_another_zone_still_adds_up_when_read_back(database: Database) -> None:
    summer = timezone(timedelta(hours=2))
    with database.write() as session:
        moment = datetime(2026, 7, 1, 14, 0, 0, 123_456, tzinfo=summer)
        append(session, tenant="main", stream="s1", happening=Happening(verb="start", at=moment, body={"n": 0.1}))
    assert verify(database) is None


def test_a_refused_verb_leaves_neither_event_nor_head(chained: Database) -> None:
    with pytest.raises(ZeroDivisionError), chained.write() as session:
        append(session, tenant="main", stream="s1", happening=happening(6))
        session.flush()
        raise ZeroDivisionError
    assert verify(chained) is None
    with chained.read() as session:
        assert session.get(StreamRow, {"tenant": "main", "id": "s1"}).seq == 5  # type: ignore[union-attr]  # it is there


def test_an_owner_that_keeps_its_own_head_is_checked_against_it(database: Database) -> None:
    with database.write() as session:
        row = link(happening(1), tenant="main", stream="i1", seq=0, head="0" * 64)
        session.add(row)
        head = row.digest
    with database.read() as session:
        assert verify_stream(session, tenant="main", stream="i1", head=(1, head)) is None
        for wrong in ((2, head), (1, "0" * 64)):
            broken = verify_stream(session, tenant="main", stream="i1", head=wrong)
            assert broken == BrokenLink(stream="i1", seq=2, problem="head")


def test_a_thousand_events_are_checked_in_a_breath(database: Database) -> None:
    with database.write() as session:
        for number in range(1000):
            append(session, tenant="main", stream="s1", happening=Happening(verb="v", at=AT, body={"n": number}))
    assert verify(database) is None
