"""What the organisation sets itself, each value from a day on: the board's cost limit, and the periods of steps.

The stream `settings` is the register (ADR 0011): every change is an event with who, when and why, and no row beside it
could say something else. The stream's head names all of it. It comes with the row that a step reads anyway, and what
was once read under it stays right, in every process; so settings cost a step no statement until somebody changes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, ScalarSelect, bindparam, select
from sqlalchemy.orm import Session

from workflows.engine import TaskDefinition
from workflows.kernel.chain import EventRow, StreamRow
from workflows.kernel.database import table_of
from workflows.models.deadlines import Override, Periods

STREAM = "settings"

BOARD_COST_LIMIT = "board_cost_limit"
"""A project that costs more, in kronor, is decided by a board (domain model §1.4)."""

DEFAULT_BOARD_COST_LIMIT = Decimal(10_000_000)

_KEPT = 16
"""So many states of the settings are remembered; only the newest of each municipality is asked for again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workdays:
    """The periods of a step that the organisation set, in working days; None follows the model."""

    remind: int | None = None
    due: int | None = None
    escalate: int | None = None

    @property
    def is_own(self) -> bool:
        """Whether anything is not the model's."""
        return any(days is not None for days in (self.remind, self.due, self.escalate))

    def periods(self) -> Periods:
        """Return them as a diagram would write them."""
        return Periods(remind=_period(self.remind), due=_period(self.due), escalate=_period(self.escalate))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that somebody set. `seq` counts all changes of settings; `value` is JSON, read by the setting's kind."""

    seq: int
    key: str
    value: Any
    valid_from: date
    reason: str
    at: datetime
    by: str | None

    @property
    def kronor(self) -> Decimal:
        """The value of a limit."""
        return Decimal(str(self.value))

    @property
    def workdays(self) -> Workdays:
        """The value of a step's periods."""
        return Workdays(**self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every change there ever was, by setting, oldest first."""

    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)

    def in_force(self, key: str, on: date) -> Change | None:
        """Return what holds on a day: of what has begun, what began last, and of that what was set last."""
        begun = (one for one in self.changes.get(key, ()) if one.valid_from <= on)
        return max(begun, key=lambda one: (one.valid_from, one.seq), default=None)

    def coming(self, key: str, after: date) -> tuple[Change, ...]:
        """Return what takes over after a day, in order; what was set anew from the same day is left out."""
        by_day = {one.valid_from: one for one in self.changes.get(key, ()) if one.valid_from > after}
        return tuple(by_day[day] for day in sorted(by_day))

    def version(self, key: str) -> int:
        """Return the number of a setting's last change, 0 before the first."""
        changes = self.changes.get(key, ())
        return changes[-1].seq if changes else 0

    def board_cost_limit(self, on: date) -> Decimal:
        """Return the board's cost limit in kronor on a day."""
        change = self.in_force(BOARD_COST_LIMIT, on)
        return DEFAULT_BOARD_COST_LIMIT if change is None else change.kronor

    def override(self, model: str, on: date) -> Override:
        """Return what says of each step of a model which periods the organisation has set for steps that open on a day.

        Version after version of a model keeps its settings: they belong to the step's id.
        """

        def periods(definition: TaskDefinition) -> Periods:
            change = self.in_force(step_key(model, definition.node), on)
            return Periods() if change is None else change.workdays.periods()

        return periods


NOTHING_SET = Settings()


def step_key(model: str, step: str) -> str:
    """Return the key of a step's periods; neither part can hold a colon."""
    return f"step:{model}:{step}"


_STREAMS, _EVENTS = table_of(StreamRow), table_of(EventRow)
_ALL = (
    select(_EVENTS.c.seq, _EVENTS.c.at, _EVENTS.c.actor, _EVENTS.c.body, _EVENTS.c.digest)
    .where(_EVENTS.c.tenant == bindparam("tenant"), _EVENTS.c.stream == STREAM)
    .order_by(_EVENTS.c.seq)
)
_READ: dict[tuple[str, str], Settings] = {}


def settings_head() -> ScalarSelect[Any]:
    """Return the digest that names all settings as a subquery, to come with another row. Its parameter is `tenant`."""
    mine = (_STREAMS.c.tenant == bindparam("tenant"), _STREAMS.c.id == STREAM)
    return select(_STREAMS.c.head).where(*mine).scalar_subquery()


_HEAD = select(settings_head())


def load_settings(session: Session, *, tenant: str) -> Settings:
    """Return all settings."""
    return settings_at(session, tenant=tenant, head=session.scalar(_HEAD, {"tenant": tenant}))


def settings_at(session: Session, *, tenant: str, head: str | None) -> Settings:
    """Return all settings up to the change with digest `head`; the database is asked once per process and change."""
    if head is None:
        return NOTHING_SET
    known = _READ.get((tenant, head))
    if known is None:
        known = _gather(session, tenant, head)
        while len(_READ) >= _KEPT:
            _READ.pop(next(iter(_READ)), None)
        _READ[tenant, head] = known
    return known


def _gather(session: Session, tenant: str, head: str) -> Settings:
    """Read the changes; what another process has written after `head` is left for those who have read that."""
    changes: dict[str, tuple[Change, ...]] = {}
    for row in session.execute(_ALL, {"tenant": tenant}):
        change = _change(row)
        changes[change.key] = (*changes.get(change.key, ()), change)
        if row.digest == head:
            break
    return Settings(changes=changes)


def _change(row: Row[Any]) -> Change:
    body = row.body
    return Change(
        seq=row.seq,
        key=body["subject"],
        value=body["value"],
        valid_from=date.fromisoformat(body["valid_from"]),
        reason=body["reason"],
        at=row.at,
        by=row.actor,
    )


def _period(days: int | None) -> str | None:
    return None if days is None else f"P{days}D"
