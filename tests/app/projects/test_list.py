"""The list of projects: filters, search, pages, the download; and how little it asks the database."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, insert, inspect, select
from sqlalchemy.orm import Session

from app.shell.spreadsheet import BOM, plain_cell
from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, text, texts
from tests.conftest import TestClock
from tests.stories.town import Town, request_id
from workflows.flow.tables import InstanceRow, TaskRow
from workflows.governance.holding import hold_project
from workflows.governance.tables import ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.ids import new_id

TITLES = "//tbody//th//a"
MANY = 2000


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements sent to the database, those that begin and end transactions left out."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def copies(session: Session, tenant: str, project: str, number: int) -> None:
    """Add `number` projects like one that exists, each with its own instance and its open tasks."""
    row = session.get_one(ProjectRow, {"tenant": tenant, "id": project})
    instance = session.get_one(InstanceRow, {"tenant": tenant, "id": row.instance})
    tasks = session.scalars(select(TaskRow).where(TaskRow.tenant == tenant, TaskRow.instance == row.instance)).all()
    values: dict[type, list[dict[str, object]]] = {InstanceRow: [], ProjectRow: [], TaskRow: []}
    for count in range(number):
        own = {"id": new_id(), "instance": new_id()}
        values[InstanceRow].append({**_columns(instance), "id": own["instance"], "subject": own["id"]})
        words = {
            "number": f"P-2025-{count:04}",
            "title": f"Projekt {count}",
            "search": f"p-2025-{count:04} projekt {count}",
        }
        values[ProjectRow].append({**_columns(row), **own, **words, "department": f"Förvaltning {count % 7}"})
        for task in tasks:
            due = task.due_at + timedelta(hours=count) if task.due_at else None
            values[TaskRow].append({**_columns(task), "id": new_id(), "instance": own["instance"], "due_at": due})
    for table, rows in values.items():
        session.execute(insert(table), rows)


def _columns(row: object) -> dict[str, object]:
    return {column.name: getattr(row, column.name) for column in inspect(type(row)).columns}


@pytest.mark.full
def test_a_reader_finds_their_projects_with_phase_and_holders(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("karin").get("/projects").text
    (row,) = texts(page, "//tbody/tr")
    assert row.startswith("Förskolan Tallbacken P-2026-001 Planering")
    assert row.endswith("Skriv projektplanen Karin Lind Anna Berg")
    assert 'aria-label="Planering, nästa är BP2"' in page
    assert "1 pågående. Inget beslut är försenat." in text(page)


def test_strangers_find_nothing_and_are_told_of_the_bank(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("nils").get("/projects").text
    assert texts(page, TITLES) == []
    assert "Inget projekt här" in page
    assert "Sök i projektbanken" in page
    assert texts(log_in("ture").get("/projects").text, TITLES) == ["Förskolan Tallbacken"]


def test_late_decisions_are_counted_in_the_sentence(log_in: LogIn, town: Town, at_gate: str, clock: TestClock) -> None:
    clock.forward(days=30)
    page = log_in("anna").get("/projects").text
    assert "1 beslut är försenat" in text(page)
    assert "is-late" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Förskolan Tallbacken", "Bättre gästhamnar"]),
        ("q=FORSKOLAN", []),
        ("q=förskolan", ["Förskolan Tallbacken"]),
        ("q=P-2026-002", ["Bättre gästhamnar"]),
        ("q=gästhamnar+bättre", ["Bättre gästhamnar"]),
        ("phase=planning", ["Förskolan Tallbacken"]),
        ("department=Samhällsförvaltningen", ["Bättre gästhamnar"]),
        ("whose=mine", ["Förskolan Tallbacken", "Bättre gästhamnar"]),
        ("whose=waiting", ["Bättre gästhamnar"]),
        ("status=on_hold", []),
        ("status=over", []),
        ("status=all&model=harnosand", ["Förskolan Tallbacken", "Bättre gästhamnar"]),
        ("model=another", []),
        ("status=nonsense&whose=nonsense&after=nonsense", ["Förskolan Tallbacken", "Bättre gästhamnar"]),
    ],
)
def test_filters_and_search_narrow_the_list(
    log_in: LogIn, town: Town, planned: str, query: str, found: list[str]
) -> None:
    town.start("olle", "Bättre gästhamnar", department="Samhällsförvaltningen")
    assert texts(log_in("olle").get(f"/projects?{query}").text, TITLES) == found


def test_what_rests_is_shown_apart_with_its_day(log_in: LogIn, town: Town, planned: str, clock: TestClock) -> None:
    day = clock.today + timedelta(days=100)
    hold_project(town.as_("anna"), project_id=planned, resume_on=day, reason="Väntar", request_id=request_id())
    (row,) = texts(log_in("karin").get("/projects?status=on_hold").text, "//tbody/tr")
    assert "Vilande vilar till ons 3 mars 2027" in row


def test_the_download_has_the_same_filters_and_opens_in_a_spreadsheet(log_in: LogIn, town: Town, planned: str) -> None:
    town.start("olle", "=1+2", department="@SUM(A1)")
    answer = log_in("olle").get("/projects.csv?q=1%2B2")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    body = answer.get_data(as_text=True)
    assert body.startswith(BOM)
    head, row = csv.reader(io.StringIO(body.removeprefix(BOM)), delimiter=";")
    assert dict(zip(head, row, strict=True)) | {"Projekt": "'=1+2", "Förvaltning": "'@SUM(A1)"} == dict(
        zip(head, row, strict=True)
    )


def test_the_phase_of_a_project_at_a_gate_is_its_phase(log_in: LogIn, town: Town, at_gate: str) -> None:
    body = log_in("karin").get("/projects.csv").get_data(as_text=True)
    (row,) = csv.DictReader(io.StringIO(body.removeprefix(BOM)), delimiter=";")
    assert row["Fas"] == "Förberedelse"


@pytest.mark.parametrize("text", ["=A1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert plain_cell(text) == f"'{text}"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert plain_cell('Förskolan; "Tallbacken"') == 'Förskolan; "Tallbacken"'


@pytest.mark.full
def test_two_thousand_projects_cost_no_more_statements_than_two(
    log_in: LogIn, town: Town, ctx: Context, planned: str
) -> None:
    client = log_in("ture")
    client.get("/projects")
    with statements(ctx.database.engine) as few:
        client.get("/projects")
    with ctx.write() as session:
        copies(session, ctx.tenant, planned, MANY)
    with statements(ctx.database.engine) as many:
        page = client.get("/projects").text
    assert len(few) == len(many) <= 8
    assert len(texts(page, TITLES)) == 25
    assert "25 av 2001 visas" in text(page)


def test_pages_follow_each_other_without_gap_or_repeat(log_in: LogIn, town: Town, ctx: Context, planned: str) -> None:
    with ctx.write() as session:
        copies(session, ctx.tenant, planned, 60)
    client, address, seen = log_in("ture"), "/projects", []
    while address:
        page = client.get(address).text
        seen += texts(page, "//tbody//th//small")
        onward = attributes(page, "//nav[@aria-label='Sidor']//a", "href")
        address = str(onward[0]) if onward else ""
    assert len(seen) == len(set(seen)) == 61
