"""Why a step waits once more: who sent it back, when, in which words, and which items they named."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.checklist import Item
from forms.feel import Environment
from forms.returning import reason_to_return
from workflows.flow import Latest, Submission, events_of
from workflows.flow.openers import Opener, openers
from workflows.governance.decision_record import Decision, decision_of
from workflows.governance.loaded import Held
from workflows.governance.outcomes import Outcome
from workflows.governance.tables import DecisionRow
from workflows.models import Bundle, load_bundle
from workflows.models.model import Gate


class Cause(StrEnum):
    """What brought a step back."""

    REVIEW = "review"
    REWORK = "rework"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameBack:
    """A step that somebody sent back. `by` is a person's id, `group` the body that met instead, `round` the next one.

    `items` are the checklist items that a rework named, `due_on` its day, `decision` its id; `gate` is None for a
    review.
    """

    cause: Cause
    by: str | None
    at: datetime
    reason: str
    group: str = ""
    gate: Gate | None = None
    round: int = 0
    items: tuple[Item, ...] = ()
    due_on: date | None = None
    decision: str | None = None


def is_sent_back(held: Held, latest: Latest, env: Environment) -> bool:
    """Tell whether the very answers given last are wanted again: after a review that returns them, or a withdrawal."""
    return _was_withdrawn(held, latest) or reviewed_back(held, latest, env) is not None


def came_back(session: Session, *, tenant: str, held: Held, latest: Latest, env: Environment) -> CameBack | None:
    """Return why a task waits again, None when it does not."""
    last = latest.get((held.task.form or "", held.task.item))
    if last is None:
        return None
    if _was_withdrawn(held, latest):
        return _withdrawn(session, tenant, held)
    review = reviewed_back(held, latest, env)
    return review or _rework(session, tenant, held, last)


def reviewed_back(held: Held, latest: Latest, env: Environment) -> CameBack | None:
    """Return the review that opened a task by sending it back."""
    opener = _opener(held, latest)
    form = held.bundle.forms.get(opener.form) if opener else None
    if opener is None or form is None or (held.task.form or "", held.task.item) not in latest:
        return None
    reason = reason_to_return(form, opener.answers, env=env)
    return None if reason is None else CameBack(cause=Cause.REVIEW, by=opener.actor, at=opener.at, reason=reason)


def returned_by(session: Session, *, tenant: str, tasks: Collection[str], env: Environment) -> Mapping[str, str]:
    """Return who sent back each of some open tasks, by task; nothing of those that came in the ordinary way."""
    found = openers(session, tenant=tenant, tasks=tasks) if tasks else ()
    bundles = {one.bundle: load_bundle(session, tenant=tenant, digest=one.bundle) for one in found}
    return {one.task: one.actor for one in found if _sends_back(bundles[one.bundle], one, env)}


def reopened_in(decision: Decision, bundle: Bundle) -> tuple[Item, ...]:
    """Return the checklist items that a rework decision named, in the order of the checklists."""
    named = frozenset(decision.detail.get("reopen", ()))
    return tuple(item for one in bundle.checklists.values() for item in one.items if item.id in named)


def _sends_back(bundle: Bundle, opener: Opener, env: Environment) -> bool:
    if opener.is_decision:
        return opener.answers.get("outcome") == Outcome.REWORK
    form = bundle.forms.get(opener.form)
    return form is not None and reason_to_return(form, opener.answers, env=env) is not None


def _opener(held: Held, latest: Latest) -> Submission | None:
    """Return the answers whose handing in opened the task; a step and what it opens have one moment."""
    at: Iterable[Submission] = (one for one in latest.values() if one.at == held.task.opened_at)
    return next(iter(at), None)


def _was_withdrawn(held: Held, latest: Latest) -> bool:
    """A request that waits again, and no answers opened it: it was taken back."""
    task = held.task
    asked_before = (task.form or "", task.item) in latest
    return task.gate is not None and asked_before and _opener(held, latest) is None


def _withdrawn(session: Session, tenant: str, held: Held) -> CameBack | None:
    events = events_of(session, tenant=tenant, instance_id=held.project.instance)
    event = next((one for one in events if one.verb == "withdraw" and one.at == held.task.opened_at), None)
    if event is None:
        return None
    return CameBack(
        cause=Cause.WITHDRAWN,
        by=event.actor,
        at=event.at,
        reason=str(event.body.get("reason", "")),
        gate=held.bundle.model.gate(held.task.gate or ""),
        round=int(event.body.get("round", 0)) + 1,
    )


def _rework(session: Session, tenant: str, held: Held, last: Submission) -> CameBack | None:
    """Return the rework decision that asks for the step again: the newest one, made after it was handed in last."""
    query = select(DecisionRow).where(
        DecisionRow.tenant == tenant,
        DecisionRow.project == held.project.id,
        DecisionRow.outcome != Outcome.DEFER,
        DecisionRow.recorded_on > last.at,
        DecisionRow.recorded_on <= held.task.opened_at,
    )
    row = session.scalar(query.order_by(DecisionRow.recorded_on.desc(), DecisionRow.id.desc()).limit(1))
    if row is None or row.outcome != Outcome.REWORK or held.task.gate is not None:
        return None
    decision = decision_of(row)
    day = decision.detail.get("due_on")
    return CameBack(
        cause=Cause.REWORK,
        by=decision.recorded_by,
        at=decision.recorded_on,
        reason=decision.motivation,
        group=str(
            decision.detail.get("meeting", {}).get("group") or decision.detail.get("board", {}).get("body") or ""
        ),
        gate=held.bundle.model.gate(decision.gate) if decision.gate else None,
        round=decision.round + 1,
        items=reopened_in(decision, held.bundle),
        due_on=date.fromisoformat(day) if day else None,
        decision=decision.id,
    )
