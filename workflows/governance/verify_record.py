"""What `styr verify` reads of a project: its events without their states, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.governance.tables import ProjectRow
from workflows.kernel.chain import UNREADABLE, EventRow
from workflows.kernel.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Something in a record that was changed: `where` names the row, `problem` is a code.

    Codes: gap, unlinked, changed, head (the event chain); state, project, submission, document, pack, decision,
    condition, recusal, file, paper, bundle (rows that events tell of), gone (the project itself).
    """

    where: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event without its state: what the rows are compared with."""

    seq: int
    verb: str
    at: datetime
    actor: str | None
    on_behalf_of: str | None
    bundle: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A project's events and rows. The chain of events holds; the rows are what is in question."""

    session: Session
    ctx: Context
    project: ProjectRow
    events: Sequence[Told]

    def rows(self, table: Any) -> Sequence[Any]:
        """Return the project's rows of a table."""
        query = select(table).where(table.tenant == self.ctx.tenant, table.project == self.project.id)
        return self.session.scalars(query).all()

    def told(self, *verbs: str) -> Iterator[Told]:
        """Yield the events of these verbs, oldest first."""
        return (event for event in self.events if event.verb in verbs)


Rule = Callable[[Record], Iterator[Broken]]
"""Yields the rows of one kind that are not what their event told, and those that are gone."""


def read_record(session: Session, ctx: Context, project: ProjectRow) -> Record:
    """Return what there is to compare."""
    columns = [getattr(EventRow, name) for name in Told.__dataclass_fields__]
    query = select(*columns).where(EventRow.tenant == ctx.tenant, EventRow.stream == project.instance)
    events = tuple(Told(**row._mapping) for row in session.execute(query.order_by(EventRow.seq)))
    return Record(session=session, ctx=ctx, project=project, events=events)


def judged(kind: str, rule: Rule, record: Record) -> Iterator[Broken]:
    """Yield what a rule finds; a row that cannot even be read is not what was written."""
    try:
        yield from rule(record)
    except UNREADABLE:
        yield Broken(where=kind, problem=kind)
