"""The demo: what is in it, that it holds together, and that it is loaded once into an empty database only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.cli import main
from app.demo import HalfLoaded, Loaded, load_demo
from app.demo.clock import DemoClock
from app.demo.loading import MARKER
from app.demo.people import CHARACTERS, PASSWORD
from app.demo.printing import account_lines
from app.shell.dates import end_of_week
from tests.app.demo.conftest import PRESENT
from workflows.flow import inbox
from workflows.flow.tables import DraftRow, SubmissionRow, TaskRow
from workflows.governance.gate_room import Stand, gate_room
from workflows.governance.project import ProjectStatus
from workflows.governance.tables import ConditionRow, FileRow, ProjectRow, RecusalRow, SettingRow
from workflows.governance.verify import verify, verify_streams
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.files import open_file
from workflows.kernel.ids import PersonId
from workflows.kernel.workdays import is_workday
from workflows.people import Passwords, PersonDetails, acting, add_person, find_person_by_email, log_in
from workflows.people.tables import DeputyRow


def rows(ctx: Context, table: Any) -> list[Any]:
    with ctx.read() as session:
        found: list[Any] = list(session.scalars(select(table)))
        session.expunge_all()
    return found


def person(ctx: Context, short: str) -> PersonId:
    with ctx.read() as session:
        found = find_person_by_email(session, tenant=ctx.tenant, email=CHARACTERS[short].email)
    assert found is not None
    return found.id


def waiting_for(ctx: Context, short: str) -> list[tuple[str, date | None]]:
    """Return what a person's inbox holds: titles and due days."""
    with ctx.read() as session:
        who = acting(session, tenant=ctx.tenant, person=person(ctx, short), on=local_date(ctx.now()))
        page = inbox(session, tenant=ctx.tenant, principals=tuple(who.principals))
    return [(row.title, local_date(row.due_at) if row.due_at else None) for row in page.rows]


@pytest.mark.full
def test_every_kind_of_project_is_there(there: Context) -> None:
    projects = rows(there, ProjectRow)
    assert {project.status for project in projects} == set(ProjectStatus)
    assert len(projects) >= 12
    assert {project.gate for project in projects if project.status == ProjectStatus.ACTIVE} >= {"bp1", "bp2", "bp4"}
    assert {project.light for project in projects} >= {"green", "yellow", "red"}
    assert len({project.department for project in projects}) == 4


@pytest.mark.full
def test_the_record_of_each_adds_up(there: Context) -> None:
    assert [result.number for result in verify(there) if result.broken] == []
    assert [result.stream for result in verify_streams(there) if result.broken] == []


def test_nobody_wrote_a_filling_word(there: Context) -> None:
    written = [*rows(there, SubmissionRow), *rows(there, DraftRow)]
    texts = [text for row in written for text in _texts(row.answers)]
    assert len(texts) > 1000
    told = ("projektets underlag", "Se projektets dokument", "now+", "today+", "{month}", "@")
    assert [text for text in texts if any(word in text for word in told)] == []


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, str):
        yield value


def test_the_sponsor_has_something_late_something_this_week_and_something_later(there: Context) -> None:
    today = local_date(PRESENT)
    due = [day for _, day in waiting_for(there, "anna") if day]
    assert min(due) < today
    assert any(today <= day <= today + timedelta(days=7) for day in due)
    assert max(due) > today + timedelta(days=7)


@pytest.mark.parametrize(
    "short", [short for short, one in CHARACTERS.items() if one.part and "auditor" not in one.roles]
)
def test_whoever_is_listed_has_something_to_do_and_the_auditor_only_reads(there: Context, short: str) -> None:
    assert waiting_for(there, short)


def test_a_status_report_is_late_and_person_contracts_wait_half_signed(there: Context) -> None:
    tasks = [row for row in rows(there, TaskRow) if row.status == "open"]
    report = next(row for row in tasks if row.node == "status_report")
    assert local_date(report.due_at) < local_date(PRESENT)
    assert {row.node for row in tasks} >= {"contract_member", "contract_revise", "change_by_group", "parked_idea"}
    assert {row.answers.get("title") for row in rows(there, DraftRow)} >= {"Solceller på simhallen"}


def test_a_condition_is_open_and_a_conflict_of_interest_declared(there: Context) -> None:
    assert {row.status for row in rows(there, ConditionRow)} == {"open", "done"}
    assert sorted(row.reason for row in rows(there, RecusalRow)) == [
        "Min bror är delägare i ett av företagen som lämnat anbud.",
        "Min hustru äger en del av trafikbolaget.",
    ]


def test_a_sponsor_with_a_conflict_leaves_the_decision_to_another_holder(there: Context) -> None:
    ctx = replace(there, actor=person(there, "johan"))
    with ctx.read() as session:
        who = acting(session, tenant=ctx.tenant, person=person(there, "johan"), on=local_date(PRESENT))
        (row,) = inbox(session, tenant=ctx.tenant, principals=tuple(who.principals)).rows
    assert gate_room(ctx, task_id=row.task_id).stand is Stand.RECUSED


def test_somebody_on_leave_has_a_deputy_for_some_days(there: Context) -> None:
    assert ("Cykelpool för hemtjänsten", date(2026, 12, 7)) in waiting_for(there, "lena")
    (row,) = rows(there, DeputyRow)
    assert row.valid_from < local_date(PRESENT) < row.valid_to


def test_real_files_are_there_and_stand_as_evidence(there: Context) -> None:
    files = {row.id: row for row in rows(there, FileRow)}
    assert {row.name.rpartition(".")[2] for row in files.values()} == {"pdf", "png", "docx", "odt"}
    for row in files.values():
        with open_file(there.files, row.digest) as kept:
            assert len(kept.read()) == row.size > 300
    shown = [
        evidence["value"]
        for handed in rows(there, SubmissionRow)
        for answer in handed.answers.values()
        if isinstance(answer, dict)
        for evidence in answer.get("evidence", ())
        if evidence["kind"] == "file"
    ]
    assert len(set(shown) & files.keys()) == 3


@pytest.mark.full
@pytest.mark.parametrize("day", [27, 28, 29])
def test_something_is_late_and_something_due_this_week_whatever_the_day(ctx: Context, day: int) -> None:
    """On a Friday, a Saturday and a Sunday, too; a Tuesday is told of above."""
    present = datetime(2026, 11, day, 9, 0, tzinfo=UTC)
    load_demo(replace(ctx, clock=lambda: present))
    today = local_date(present)
    due = [due for _, due in waiting_for(replace(ctx, clock=lambda: present), "anna") if due]
    assert min(due) < today
    assert [one for one in due if today <= one <= end_of_week(today)]


def test_nothing_happened_outside_office_hours_or_later_than_now(there: Context) -> None:
    handed = [row.at for row in rows(there, SubmissionRow)]
    assert max(handed) <= PRESENT
    assert [at for at in handed if not is_workday(local_date(at))] == []


def test_everybody_listed_logs_in_with_the_printed_password(demo: tuple[Context, Loaded]) -> None:
    ctx, loaded = demo
    printed = "\n".join(account_lines(loaded))
    assert loaded.fresh
    assert PASSWORD in printed
    for one in loaded.accounts:
        assert one.email in printed
        log_in(ctx, email=one.email, password=PASSWORD, passwords=Passwords(memory=8, rounds=1))


def test_a_second_start_adds_nothing(demo: tuple[Context, Loaded]) -> None:
    ctx, loaded = demo
    before = len(rows(ctx, ProjectRow))
    again = load_demo(replace(ctx, clock=lambda: PRESENT + timedelta(days=3)))
    assert (again.fresh, again.accounts) == (False, loaded.accounts)
    assert len(rows(ctx, ProjectRow)) == before


def test_other_people_are_left_alone(ctx: Context) -> None:
    add_person(ctx, details=PersonDetails(name="Ulla Verklig", email="ulla@kommunen.se"))
    loaded = load_demo(ctx)
    assert loaded.accounts == ()
    assert account_lines(loaded) == ["Databasen har redan andra personer. Ingen demodata lades till."]
    assert rows(ctx, ProjectRow) == []


def test_a_loading_that_was_interrupted_is_not_gone_on_with(ctx: Context) -> None:
    with ctx.write() as session:
        session.add(SettingRow(tenant=ctx.tenant, key=MARKER, valid_from=local_date(ctx.now()), value="begun"))
    with pytest.raises(HalfLoaded):
        load_demo(ctx)


@pytest.mark.full
@pytest.mark.parametrize("present", [datetime(2027, 1, 3, 2, 0, tzinfo=UTC), datetime(2028, 2, 29, 21, 0, tzinfo=UTC)])
def test_it_can_be_loaded_on_any_day(ctx: Context, present: datetime) -> None:
    load_demo(replace(ctx, clock=lambda: present))
    assert [result.number for result in verify(ctx) if result.broken] == []


def test_the_command_prints_who_can_log_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STYR_DATABASE_URL", raising=False)
    monkeypatch.setattr("app.demo.loading.scripts", tuple)
    assert main(["demo", "--var", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Alla har lösenordet {PASSWORD}"


def test_office_time_passes_on_working_days_and_stops_at_the_present() -> None:
    clock = DemoClock(present=PRESENT, now=PRESENT)
    clock.begin("4")
    assert local_date(clock()) == date(2026, 11, 20)
    clock.work(9 * 60)
    assert local_date(clock()) == date(2026, 11, 23)
    clock.work(60 * 24 * 40)
    assert clock() == PRESENT
    clock.begin("1w")
    assert local_date(clock()) == date(2026, 11, 23)
    assert clock.day("now+3") == date(2026, 11, 26)
    assert clock.day("today-1") == date(2026, 11, 23)
    assert clock.day("i dag") is None
