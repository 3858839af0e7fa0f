"""The administrator's verbs on settings: a value from today or a later day, with a reason. Nothing is ever undone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from workflows.governance.setting_errors import (
    AmountUnusable,
    ChangedMeanwhile,
    DaysUnusable,
    DayTooFar,
    EscalatedTooEarly,
    NothingChanges,
    ReminderTooLate,
)
from workflows.governance.setting_steps import settable_step
from workflows.governance.settings import BOARD_COST_LIMIT, STREAM, Settings, Workdays, load_settings
from workflows.kernel import chain
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import Text, _l
from workflows.kernel.ids import ORGANISATION, RequestId
from workflows.models.deadlines import Periods, Unit, span_of
from workflows.people import ADMINISTER, authorize, names_of
from workflows.people.entries import not_passed, reason_of
from workflows.people.journal import refuse_repeat

MOST_KRONOR = 10_000_000_000
MOST_WORKDAYS = 250
"""A working year."""

FARTHEST = timedelta(days=3653)

_VERB = "set"
_SOMEBODY = _l("Någon")


def set_cost_limit(
    ctx: Context, *, amount: int, valid_from: date, reason: str, version: int, request_id: RequestId | None = None
) -> str:
    """Set what a project may cost before a board decides it, in kronor; return the setting's key.

    `version` is the number of the last change that the actor has seen. Raises Forbidden, AlreadyDone, ChangedMeanwhile
    and what `Refused` gathers.
    """
    if not 0 <= amount <= MOST_KRONOR:
        raise AmountUnusable
    at, why = _checked(ctx, valid_from, reason)
    with ctx.write() as session:
        settings = _begin(session, ctx, BOARD_COST_LIMIT, version, request_id, field="amount")
        if settings.board_cost_limit(valid_from) == amount:
            raise NothingChanges(field="amount")
        _write(session, ctx, BOARD_COST_LIMIT, amount, valid_from, why, at, request_id)
    return BOARD_COST_LIMIT


def set_workdays(
    ctx: Context,
    *,
    model: str,
    step: str,
    workdays: Workdays,
    valid_from: date,
    reason: str,
    version: int,
    request_id: RequestId | None = None,
) -> str:
    """Set after how many working days a step is reminded of, due and escalated; return the setting's key.

    Steps that open from `valid_from` on follow it. Raises NotFound for a step that no model in use has, and what
    `set_cost_limit` raises.
    """
    for name in ("remind", "due", "escalate"):
        days = getattr(workdays, name)
        if days is not None and not 1 <= days <= MOST_WORKDAYS:
            raise DaysUnusable(field=name, most=MOST_WORKDAYS)
    at, why = _checked(ctx, valid_from, reason)
    with ctx.read() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        settable = settable_step(session, tenant=ctx.tenant, model=model, node=step)
    _in_order(workdays, settable.drawn)
    with ctx.write() as session:
        settings = _begin(session, ctx, settable.key, version, request_id, field="due")
        before = settings.in_force(settable.key, valid_from)
        if workdays == (before.workdays if before else Workdays()):
            raise NothingChanges(field="due")
        value = {"remind": workdays.remind, "due": workdays.due, "escalate": workdays.escalate}
        _write(session, ctx, settable.key, value, valid_from, why, at, request_id)
    return settable.key


def _checked(ctx: Context, valid_from: date, reason: str) -> tuple[datetime, str]:
    """Return the moment and the reason. Raises DayPassed, DayTooFar, ReasonMissing, TooLong."""
    at = ctx.now()
    today = local_date(at)
    not_passed(valid_from, today)
    if valid_from > today + FARTHEST:
        raise DayTooFar
    return at, reason_of(reason)


def _begin(
    session: Session, ctx: Context, key: str, version: int, request_id: RequestId | None, *, field: str
) -> Settings:
    """Return the settings as they are, if the actor may change them and has seen the last change of this one."""
    authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
    refuse_repeat(session, ctx, _VERB, request_id, stream=STREAM)
    settings = load_settings(session, tenant=ctx.tenant)
    if settings.version(key) != version:
        by = settings.changes[key][-1].by if key in settings.changes else None
        raise ChangedMeanwhile(field=field, name=_name(session, ctx, by))
    return settings


def _name(session: Session, ctx: Context, person: str | None) -> str | Text:
    return names_of(session, tenant=ctx.tenant, people=[person] if person else []).get(person or "", _SOMEBODY)


def _in_order(workdays: Workdays, drawn: Periods) -> None:
    """Refuse a reminder that is no reminder, and an escalation of what is not late; the model fills the gaps."""
    periods = workdays.periods().before(drawn)
    due = _workdays(periods.due)
    remind, escalate = _workdays(periods.remind), _workdays(periods.escalate)
    if due is not None and remind is not None and remind >= due:
        raise ReminderTooLate(due=due)
    if due is not None and escalate is not None and escalate < due:
        raise EscalatedTooEarly(due=due)


def _workdays(period: str | None) -> int | None:
    """Return a period in working days from the opening; None for any other, which cannot be compared."""
    span = None if period is None else span_of(period)
    return span.count if span is not None and span.unit is Unit.WORKDAYS and not span.back else None


def _write(
    session: Session,
    ctx: Context,
    key: str,
    value: Any,
    valid_from: date,
    reason: str,
    at: datetime,
    request_id: RequestId | None,
) -> None:
    body = {"subject": key, "value": value, "valid_from": valid_from.isoformat(), "reason": reason}
    happening = chain.Happening(verb=_VERB, at=at, body=body, actor=ctx.actor, request_id=request_id)
    chain.append(session, tenant=ctx.tenant, stream=STREAM, happening=happening)
