"""The project bank: every idea and project ever, also those that were refused or stopped, with what was learned.

Everybody who is logged in may search it; it shows what is open to all, and the project itself only to who may open it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from workflows.flow import fold
from workflows.governance.bank_texts import TextKind
from workflows.governance.loaded import require_actor
from workflows.governance.project import ProjectStatus
from workflows.governance.reading import readable
from workflows.governance.tables import BankTextRow, ProjectRow
from workflows.kernel.clock import STOCKHOLM, local_date
from workflows.kernel.context import Context
from workflows.models import load_bundle
from workflows.models.model import Label
from workflows.people import acting

PAGE = 20
"""Projects on a page of the bank."""

ALIKE = 5
"""So many similar ideas are shown to who has a new one."""

WORDS = 12
"""Words of a search that are looked for."""

_WORD = 4
"""Letters of a word that is worth looking for in other titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFilter:
    """What is looked for; empty values let everything through. `year` is the one in which the idea came."""

    search: str = ""
    status: ProjectStatus | None = None
    department: str = ""
    model: str = ""
    year: int | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the folded words that a project must hold, each somewhere."""
        return tuple(fold(self.search).split()[:WORDS])


@dataclass(frozen=True, slots=True, kw_only=True)
class BankText:
    """Something said in a project that everybody may read."""

    kind: TextKind
    at: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BankEntry:
    """An idea or project as everybody may see it; `texts` are those that the search found, newest first.

    `lessons` is what the newest open final report tells, "" when there is none.
    """

    id: str
    number: str
    title: str
    summary: str
    status: ProjectStatus
    department: str
    year: int
    closed_at: datetime | None
    lessons: str
    texts: tuple[BankText, ...]
    may_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPage:
    """A page of the bank, the newest first; `after` is the last id when there is more, `total` counts all hits.

    `departments`, `models` and `years` (newest first) are what the bank can be filtered by.
    """

    entries: tuple[BankEntry, ...]
    total: int
    after: str | None
    departments: tuple[str, ...]
    models: Mapping[str, Label]
    years: tuple[int, ...]


def bank_page(ctx: Context, *, wanted: BankFilter = BankFilter(), after: str | None = None) -> BankPage:
    """Return a page of the bank, of what contains every word of the search."""
    hits = _hits(ctx, wanted)
    with ctx.read() as session:
        rows = _rows(session, ctx, and_(hits, ProjectRow.id < after) if after else hits, limit=PAGE + 1)
        known = _known(session, ctx, hits)
        return BankPage(
            entries=_entries(session, ctx, rows[:PAGE], wanted.words),
            total=sum(row.hits for row in known),
            after=rows[PAGE - 1].id if len(rows) > PAGE else None,
            departments=tuple(sorted({row.department for row in known if row.department})),
            models={row.model: load_bundle(session, tenant=ctx.tenant, digest=row.bundle).model.name for row in known},
            years=_years(known, today=local_date(ctx.now())),
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
        return _entries(session, ctx, alike[:ALIKE], ())


def _hits(ctx: Context, wanted: BankFilter) -> ColumnElement[bool]:
    conditions = [ProjectRow.tenant == ctx.tenant, *map(_holds, wanted.words)]
    for name in ("status", "department", "model"):
        if value := getattr(wanted, name):
            conditions.append(getattr(ProjectRow, name) == value)
    if wanted.year is not None:
        conditions += [
            ProjectRow.created_at >= _new_year(wanted.year),
            ProjectRow.created_at < _new_year(wanted.year + 1),
        ]
    return and_(*conditions)


def _holds(word: str) -> ColumnElement[bool]:
    """Return the condition that a project's title, or something said openly in it, contains a word."""
    said = select(BankTextRow.source).where(
        BankTextRow.tenant == ProjectRow.tenant,
        BankTextRow.project == ProjectRow.id,
        BankTextRow.search.contains(word, autoescape=True),
    )
    return or_(ProjectRow.search.contains(word, autoescape=True), exists(said))


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
        readable(who.person, who.principals).label("may_read"),
    )
    return session.execute(select(*columns).where(hits).order_by(ProjectRow.id.desc()).limit(limit)).all()


def _known(session: Session, ctx: Context, hits: ColumnElement[bool]) -> Sequence[Any]:
    """Count the hits in one statement with what there is to filter by."""
    own = (ProjectRow.department, ProjectRow.model, ProjectRow.bundle)
    counted = func.sum(case((hits, 1), else_=0)).label("hits")
    query = select(*own, counted, func.min(ProjectRow.created_at).label("first"))
    return session.execute(query.where(ProjectRow.tenant == ctx.tenant).group_by(*own)).all()


def _years(known: Sequence[Any], *, today: date) -> tuple[int, ...]:
    first = min((local_date(row.first).year for row in known), default=today.year)
    return tuple(range(today.year, first - 1, -1))


def _new_year(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), STOCKHOLM).astimezone(UTC)


def _entries(session: Session, ctx: Context, rows: Sequence[Any], words: Sequence[str]) -> tuple[BankEntry, ...]:
    said = _said(session, ctx, [row.id for row in rows])
    entries = []
    for row in rows:
        own = said.get(row.id, [])
        entries.append(
            BankEntry(
                id=row.id,
                number=row.number,
                title=row.title,
                summary=row.summary,
                status=ProjectStatus(row.status),
                department=row.department,
                year=local_date(row.created_at).year,
                closed_at=row.closed_at,
                lessons=next((one.text for one in own if one.kind is TextKind.REPORT), ""),
                texts=tuple(one for one in own if any(word in fold(one.text) for word in words)),
                may_read=bool(row.may_read),
            )
        )
    return tuple(entries)


def _said(session: Session, ctx: Context, projects: Sequence[str]) -> Mapping[str, list[BankText]]:
    """Return what was said openly in some projects, newest first."""
    if not projects:
        return {}
    found = session.execute(
        select(BankTextRow.project, BankTextRow.kind, BankTextRow.at, BankTextRow.text)
        .where(BankTextRow.tenant == ctx.tenant, BankTextRow.project.in_(projects))
        .order_by(BankTextRow.at.desc(), BankTextRow.source)
    )
    said: dict[str, list[BankText]] = {}
    for row in found:
        said.setdefault(row.project, []).append(BankText(kind=TextKind(row.kind), at=row.at, text=row.text))
    return said
