"""What a decision says beside its outcome, as a scenario keeps it: nobody in it exists, and nothing of it steers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.governance.decision import Attendance, BoardRecord, DecisionInput, Meeting, NewCondition, Presence
from workflows.governance.outcomes import LegalBasis, Outcome

Said = Iterator[tuple[str, Any]]


def said_of(decision: DecisionInput, names: Mapping[str, str]) -> dict[str, Any]:
    """Return a decision as a scenario writes it; `names` are those of a group's people by id."""
    return {name: value for name, value in _said(decision, names) if value not in ("", None, [], {})}


def _said(decision: DecisionInput, names: Mapping[str, str]) -> Said:
    yield "outcome", str(decision.outcome or "")
    match decision.outcome:
        case Outcome.REWORK:
            yield from (
                ("target", decision.target),
                ("reopen", list(decision.reopen)),
                ("due_on", _day(decision.due_on)),
            )
        case Outcome.APPROVE_CONDITIONAL:
            yield "conditions", [_condition(one) for one in decision.conditions]
        case Outcome.APPROVE_REVISED:
            yield "plan_version", decision.plan_version
        case Outcome.DEFER:
            yield "defer_to", _day(decision.defer_to)
        case Outcome.HOLD:
            yield "resume_on", _day(decision.resume_on)
        case _:
            pass
    yield "motivation", decision.motivation.strip()
    if decision.meeting is not None:
        yield from _meeting(decision.meeting, names)
    if decision.board is not None:
        yield from _board(decision.board)
    if decision.legal_basis is LegalBasis.DELEGATED:
        yield from (("legal_basis", str(decision.legal_basis)), ("delegation_point", decision.delegation_point.strip()))
    yield "decided_on", _day(decision.decided_on)
    yield from (("secrecy", decision.secrecy.strip()), ("registry_number", decision.registry_number.strip()))


def _condition(condition: NewCondition) -> dict[str, str]:
    whole = {"text": condition.text.strip(), "owner": condition.owner, "due_on": _day(condition.due_on)}
    return {name: value for name, value in whole.items() if value}


def _meeting(meeting: Meeting, names: Mapping[str, str]) -> Said:
    seats = [(names[one.person], one) for one in meeting.attendance]
    yield from (("held_on", _day(meeting.held_on)), ("place", meeting.place))
    yield from attended(seats, names)
    yield "way", str(meeting.way or "")
    yield from (("in_favour", meeting.in_favour), ("against", meeting.against))
    yield from (("minutes", meeting.minutes.strip()), ("adjusted_by", names.get(meeting.adjusted_by, "")))


def attended(seats: list[tuple[str, Attendance]], names: Mapping[str, str]) -> Said:
    """Yield how people took part, by name."""
    yield "present", [name for name, one in seats if one.present]
    yield "remote", [name for name, one in seats if one.present and one.presence is Presence.REMOTE]
    yield "absent", [name for name, one in seats if one.presence is Presence.ABSENT and not one.recused]
    yield "recused", {name: one.recusal_reason for name, one in seats if one.recused}
    yield "substitutes", {name: names.get(one.substitute, one.substitute) for name, one in seats if one.substitute}
    yield "reservations", {name: one.reservation for name, one in seats if one.reservation}


def _board(board: BoardRecord) -> Said:
    yield from (("body", board.body), ("section", board.section), ("held_on", _day(board.held_on)))
    yield from (("adjusted_on", _day(board.adjusted_on)), ("notice_on", _day(board.notice_on)))
    yield from (("appeal_ends_on", _day(board.appeal_ends_on)), ("minutes", board.minutes.strip()))


def _day(day: Any) -> str:
    return day.isoformat() if day is not None else ""
