"""The project bank: every idea and project ever, also those that were refused or stopped, with what was learned.

Everybody who is logged in may search it; it shows a summary, and the project itself only to who may open it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from forms.tree import Field, Form
from workflows.flow import fold
from workflows.flow.tables import SubmissionRow
from workflows.governance.loaded import require_actor
from workflows.governance.project import ProjectStatus
from workflows.governance.reading import readable
from workflows.governance.tables import DocumentRow, ProjectRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.models import Bundle, load_bundle
from workflows.people import acting

PAGE = 20
"""Projects on a page of the bank."""

ALIKE = 5
"""So many similar ideas are shown to who has a new one."""

LESSONS, SUMMARY = "lessons", "summary"
"""Fields by which a report is known: a document that asks for lessons is a final report, of whatever model."""

_WORD = 4
"""Letters of a word that is worth looking for in other titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntry:
    """An idea or project as everybody may see it. `report` and `lessons` are "" when there is no open final report."""

    id: str
    number: str
    title: str
    summary: str
    status: ProjectStatus
    department: str
    year: int
    closed_at: datetime | None
    report: str
    lessons: str
    may_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPage:
    """A page of the bank, the newest first; `after` is the last id when there is more."""

    entries: tuple[BankEntry, ...]
    total: int
    after: str | None


def bank_page(ctx: Context, *, search: str = "", after: str | None = None) -> BankPage:
    """Return a page of the bank, of what contains every word of `search`."""
    words = [ProjectRow.search.contains(word, autoescape=True) for word in fold(search).split()]
    hits = and_(ProjectRow.tenant == ctx.tenant, *words)
    with ctx.read() as session:
        rows = _rows(session, ctx, and_(hits, ProjectRow.id < after) if after else hits, limit=PAGE + 1)
        return BankPage(
            entries=_entries(session, ctx, rows[:PAGE]),
            total=session.scalar(select(func.count()).select_from(ProjectRow).where(hits)) or 0,
            after=rows[PAGE - 1].id if len(rows) > PAGE else None,
        )


def similar(ctx: Context, *, title: str) -> tuple[BankEntry, ...]:
    """Return the ideas and projects that share most words with a title, the most alike first."""
    words = {word for word in fold(title).split() if len(word) >= _WORD}
    if not words:
        return ()
    shared = or_(*(ProjectRow.search.contains(word, autoescape=True) for word in sorted(words)))
    with ctx.read() as session:
        rows = _rows(session, ctx, and_(ProjectRow.tenant == ctx.tenant, shared), limit=200)
        alike = sorted(rows, key=lambda row: -sum(word in row.search for word in words))
        return _entries(session, ctx, alike[:ALIKE])


def _rows(session: Session, ctx: Context, hits: Any, *, limit: int) -> Sequence[Any]:
    who = acting(session, tenant=ctx.tenant, person=require_actor(ctx), on=local_date(ctx.now()))
    columns = (
        ProjectRow.id,
        ProjectRow.number,
        ProjectRow.title,
        ProjectRow.summary,
        ProjectRow.search,
        ProjectRow.status,
        ProjectRow.department,
        ProjectRow.created_at,
        ProjectRow.closed_at,
        ProjectRow.bundle,
        readable(who.person, who.principals).label("may_read"),
    )
    return session.execute(select(*columns).where(hits).order_by(ProjectRow.id.desc()).limit(limit)).all()


def _entries(session: Session, ctx: Context, rows: Sequence[Any]) -> tuple[BankEntry, ...]:
    reports = _reports(session, ctx, rows)
    return tuple(
        BankEntry(
            id=row.id,
            number=row.number,
            title=row.title,
            summary=row.summary,
            status=ProjectStatus(row.status),
            department=row.department,
            year=local_date(row.created_at).year,
            closed_at=row.closed_at,
            report=str(reports.get(row.id, {}).get(SUMMARY) or ""),
            lessons=str(reports.get(row.id, {}).get(LESSONS) or ""),
            may_read=bool(row.may_read),
        )
        for row in rows
    )


def _reports(session: Session, ctx: Context, rows: Sequence[Any]) -> Mapping[str, Mapping[str, Any]]:
    """Return the newest final report of each project that has one; what is secret stays out."""
    bundles = {row.bundle: load_bundle(session, tenant=ctx.tenant, digest=row.bundle) for row in rows}
    keys = {key for bundle in bundles.values() for key in report_keys(bundle)}
    if not keys:
        return {}
    found = session.execute(
        select(DocumentRow.project, DocumentRow.secrecy, SubmissionRow.answers)
        .join(
            SubmissionRow, and_(SubmissionRow.tenant == DocumentRow.tenant, SubmissionRow.id == DocumentRow.submission)
        )
        .where(
            DocumentRow.tenant == ctx.tenant,
            DocumentRow.project.in_([row.id for row in rows]),
            DocumentRow.key.in_(keys),
        )
        .order_by(DocumentRow.recorded_on)
    )
    return {row.project: {} if row.secrecy else row.answers for row in found}


def report_keys(bundle: Bundle) -> tuple[str, ...]:
    """Return the documents of a model that are final reports."""
    return tuple(
        kind.key
        for kind in bundle.model.documents
        if kind.form in bundle.forms and _asks_for_lessons(bundle.forms[kind.form])
    )


def _asks_for_lessons(form: Form) -> bool:
    return any(isinstance(node, Field) and node.key == LESSONS for node in form.walk())
