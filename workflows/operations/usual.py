"""How long steps usually take: reckoned from what was done in the last two years, once a day, and read from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, delete, func, insert, or_, select
from sqlalchemy.orm import Session

from workflows.flow.watching import finished_tasks
from workflows.governance.tables import ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.database import table_of
from workflows.operations.tables import UsualTimeRow

SINCE = timedelta(days=730)
"""How far back steps say what is usual."""

LONG = 0.9
"""The part of all times that a long one is longer than."""

ENOUGH = 5
"""Fewer finished steps than this say nothing of what is usual."""

_TABLE = table_of(UsualTimeRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """How long a step usually takes: half take at most `median`, nine of ten at most `long`; `count` were done."""

    count: int
    median: timedelta
    long: timedelta


Step = tuple[str, str]
"""A model's key, and a step of it as `workflows.flow` names steps."""


def usual_times(session: Session, *, tenant: str) -> Mapping[Step, Usual]:
    """Return what is usual for each step, as it was last reckoned; steps done too seldom are left out."""
    rows = session.execute(select(_TABLE).where(_TABLE.c.tenant == tenant, _TABLE.c.count >= ENOUGH))
    return {
        (row["model"], row["step"]): Usual(
            count=row["count"], median=timedelta(seconds=row["median"]), long=timedelta(seconds=row["long"])
        )
        for row in rows.mappings()
    }


def reckon_usual_times(ctx: Context) -> int:
    """Reckon anew how long each step usually takes; return how many steps that is."""
    with ctx.read() as session:
        found = [dict(row) for row in _reckoned(session, ctx)]
    with ctx.write() as session:
        session.execute(delete(_TABLE).where(_TABLE.c.tenant == ctx.tenant))
        if found:
            session.execute(insert(_TABLE), found)
    return len(found)


def _reckoned(session: Session, ctx: Context) -> Iterator[Mapping[str, Any]]:
    """Yield a row for each step: the database puts the times in order, and of each step two are read."""
    now = ctx.now()
    for row in session.execute(_times(ctx.tenant, ctx)).mappings():
        seconds = {name: row[name] // 1_000_000 for name in ("median", "long")}
        yield {**row, **seconds, "tenant": ctx.tenant, "reckoned_at": now}


def _times(tenant: str, ctx: Context) -> Select[Any]:
    done = finished_tasks(tenant, since=ctx.now() - SINCE).subquery()
    own = (ProjectRow.tenant == tenant) & (ProjectRow.instance == done.c.instance)
    in_step = (ProjectRow.model, done.c.step)
    ordered = (
        select(
            ProjectRow.model,
            done.c.step,
            done.c.took,
            func.row_number().over(partition_by=in_step, order_by=done.c.took).label("place"),
            func.count().over(partition_by=in_step).label("count"),
        )
        .join_from(done, ProjectRow, own)
        .subquery()
    )
    place, count = ordered.c.place, ordered.c.count
    long = or_(place <= count * LONG, place == 1)
    return select(
        ordered.c.model,
        ordered.c.step,
        func.max(count).label("count"),
        func.max(ordered.c.took).filter(place * 2 <= count + 1).label("median"),
        func.max(ordered.c.took).filter(long).label("long"),
    ).group_by(ordered.c.model, ordered.c.step)
