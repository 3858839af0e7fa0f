"""Identifiers, the calendar, the clock, errors, retries and the in-memory job port."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.kernel.clock import local_date, system_clock
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.errors import AlreadyDone, StyrError, Text, VersionConflict, _l
from workflows.kernel.ids import new_id, person_principal, role_principal
from workflows.kernel.jobs import MemoryJobs
from workflows.kernel.retry import TRIES, retry_on_conflict
from workflows.kernel.workdays import add_workdays, is_workday, workdays_between


def test_identifiers_are_32_hex_characters_and_never_repeat() -> None:
    made = {new_id() for _ in range(5000)}
    assert len(made) == 5000
    assert all(len(one) == 32 and int(one, 16) and one[12] == "7" and one[16] in "89ab" for one in made)


def test_identifiers_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for millisecond in range(1_790_000_000_000, 1_790_000_000_050):
        monkeypatch.setattr("time.time_ns", lambda at=millisecond: at * 1_000_000)
        made.append(new_id())
    assert made == sorted(made)
    assert int(made[0][:12], 16) == 1_790_000_000_000


def test_principals_are_flat_texts() -> None:
    assert person_principal("p1") == "person:p1"
    assert role_principal("organisation", "registrar") == "role:organisation:registrar"


FREE = {
    "nyårsdagen": date(2026, 1, 1),
    "trettondedag jul": date(2026, 1, 6),
    "långfredagen": date(2026, 4, 3),
    "annandag påsk": date(2026, 4, 6),
    "första maj": date(2026, 5, 1),
    "Kristi himmelsfärds dag": date(2026, 5, 14),
    "nationaldagen": date(2025, 6, 6),
    "midsommarafton": date(2026, 6, 19),
    "julafton": date(2026, 12, 24),
    "juldagen": date(2026, 12, 25),
    "annandag jul": date(2025, 12, 26),
    "nyårsafton": date(2026, 12, 31),
    "en lördag": date(2026, 11, 28),
    "en söndag": date(2026, 11, 29),
}


@pytest.mark.parametrize("day", FREE.values(), ids=FREE)
def test_offices_are_closed(day: date) -> None:
    assert not is_workday(day)


@pytest.mark.parametrize(
    "day", [date(2026, 4, 2), date(2026, 6, 18), date(2026, 12, 23), date(2026, 12, 28), date(2026, 5, 15)]
)
def test_offices_are_open_on_the_days_beside(day: date) -> None:
    """Skärtorsdag, the day before Midsummer's Eve, klämdagar: working days by law."""
    assert is_workday(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 11, 28), 0, date(2026, 11, 28)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 30), 1, date(2027, 1, 4)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2027, 3, 25), 1, date(2027, 3, 30)),
        (date(2026, 11, 16), 10, date(2026, 11, 30)),
        (date(2026, 11, 30), -1, date(2026, 11, 27)),
        (date(2026, 6, 22), -2, date(2026, 6, 17)),
    ],
)
def test_deadlines_step_over_what_is_free(start: date, count: int, end: date) -> None:
    assert add_workdays(start, count) == end


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_a_deadline_falls_on_a_working_day_that_many_after(start: date, count: int) -> None:
    end = add_workdays(start, count)
    assert is_workday(end)
    assert workdays_between(start, end) == count


@given(DAYS, DAYS)
def test_counting_backwards_is_the_same_with_a_minus(one: date, other: date) -> None:
    assert workdays_between(one, other) == -workdays_between(other, one)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 22, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 23, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
    ],
)
def test_the_day_is_the_one_on_the_wall_in_sweden(moment: datetime, day: date) -> None:
    assert local_date(moment) == day


def test_the_clock_of_the_machine_is_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta()


def conflicting(times: int) -> list[int]:
    """Run a verb that meets a conflict `times` times; return its tries."""
    tries = list[int]()

    @retry_on_conflict
    def verb(*, start: int) -> str:
        tries.append(start + len(tries))
        if len(tries) <= times:
            raise VersionConflict
        return "done"

    assert verb(start=10) == "done"
    return tries


def test_a_conflict_is_redone_and_then_shown() -> None:
    assert conflicting(0) == [10]
    assert conflicting(TRIES - 1) == [10, 11, 12]
    with pytest.raises(VersionConflict):
        conflicting(TRIES)


def test_any_other_refusal_is_shown_at_once() -> None:
    tries = 0

    @retry_on_conflict
    def verb() -> None:
        nonlocal tries
        tries += 1
        raise AlreadyDone(outcome="d1")

    with pytest.raises(AlreadyDone) as refused:
        verb()
    assert (tries, refused.value.outcome, refused.value.facts) == (1, "d1", {"outcome": "d1"})


def test_an_error_speaks_with_its_facts() -> None:
    class Late(StyrError):
        message = _l("{by} hann före.")

    error = Late(by="Bo Rask")
    assert (str(error), error.facts, error.status) == ("Bo Rask hann före.", {"by": "Bo Rask"}, 400)
    assert isinstance(Late.message, Text)


def test_jobs_in_memory_wait_for_the_commit_and_keep_one_per_key(database: Database) -> None:
    jobs = MemoryJobs()
    with database.write() as session:
        jobs.later(session, "mail.assigned", "t1", "anna", key="k1")
        jobs.later(session, "mail.assigned", "t1", "anna", key="k1")
        assert jobs.jobs == []
    with database.write() as session:
        jobs.later(session, "paper.render", "p1", key="k2", delay=timedelta(hours=1))
    assert [(job.name, job.arguments, job.key) for job in jobs.jobs] == [
        ("mail.assigned", ("t1", "anna"), "k1"),
        ("paper.render", ("p1",), "k2"),
    ]


def test_jobs_in_memory_of_a_refused_verb_are_gone(database: Database) -> None:
    jobs = MemoryJobs()
    with pytest.raises(ZeroDivisionError), database.write() as session:
        jobs.later(session, "mail.assigned", key="k1")
        raise ZeroDivisionError
    with database.write():
        pass
    assert jobs.jobs == []


def test_a_context_reads_its_clock_when_asked(database: Database, tmp_path_factory: pytest.TempPathFactory) -> None:
    moments = iter([datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)])
    ctx = Context(database=database, jobs=MemoryJobs(), files=tmp_path_factory.mktemp("f"), clock=lambda: next(moments))
    assert ctx.now() < ctx.now()
    with ctx.write() as session, ctx.read() as reading:
        assert session is not reading
