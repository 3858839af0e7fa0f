"""From the posted fields of a decision to what the verb takes; what was typed is kept as it was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import lazy_gettext

from app.shell.decision_typed import CONDITION, MOST_ROWS, ROWS, Typed, conditions_in
from workflows.governance.decision import Attendance, BoardRecord, DecisionInput, Meeting, NewCondition, Presence, Way
from workflows.governance.errors import FieldsUnknown
from workflows.governance.outcomes import LegalBasis, Mode, Outcome

BESIDE = frozenset({"csrf_token", "request_id", "version", "_add", "_draft", "_review"})
"""Fields of the page that are no part of a decision."""

COMMON = (
    "outcome", "conditions", "plan_version", "target", "reopen", "due_on", "defer_to", "resume_on", "motivation",
    "legal_basis", "delegation_point", "decided_on", "secrecy", "registry_number", "no_conflict",
)  # fmt: skip
GATHERED: Mapping[Mode, tuple[str, ...]] = {
    Mode.SINGLE: (),
    Mode.MEETING: (
        "held_on", "place", "attendance", "presence", "recusal_reason", "substitute", "reservation",
        "way", "in_favour", "against", "minutes", "adjusted_by",
    ),
    Mode.BOARD: ("body", "section", "held_on", "adjusted_on", "notice_on", "appeal_ends_on", "minutes"),
}  # fmt: skip
"""Fields of each mode in the order of its page; the outcome with what belongs to it comes before `way`."""

DAYS = ("due_on", "defer_to", "resume_on", "decided_on", "held_on", "adjusted_on", "notice_on", "appeal_ends_on")
SEAT = ("presence", "recusal_reason", "substitute", "reservation")


APPEAL = timedelta(weeks=3)
"""An appeal comes in within three weeks of the public notice (KL 13:5)."""

RECUSED = "recused"
"""The choice of a seat that says the member takes no part in the case."""

NO_BASIS = lazy_gettext("Välj beslutsstöd")
NO_DAY = lazy_gettext("Skriv en dag som finns, till exempel 2026-11-27")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was typed, what it means, and the sentences about what means nothing."""

    typed: Typed
    decision: DecisionInput
    errors: Mapping[str, str]


def typed_fields(
    mode: Mode,
    members: Collection[str],
    posted: Mapping[str, Sequence[str]],
    *,
    more: bool = False,
    beside: Collection[str] = (),
) -> Typed:
    """Return what was typed; `more` asks for one more row, `beside` names what else the page has.

    Raises FieldsUnknown for what it does not have.
    """
    known = {*COMMON, *GATHERED[mode], *(f"{part}-{person}" for part in SEAT for person in members), *beside}
    strangers = [name for name in posted if name not in known | BESIDE and not CONDITION.fullmatch(name)]
    if strangers:
        raise FieldsUnknown(names=", ".join(sorted(strangers))[:200])
    fields = {name: list(values) for name, values in posted.items() if name in known}
    written = conditions_in(posted)
    for number, row in enumerate(written):
        fields |= {f"conditions-{number}-{part}": [text] for part, text in row.items()}
    return Typed(fields=fields, rows=min(max(ROWS, len(written)) + more, MOST_ROWS))


def entered_by(mode: Mode, members: Collection[str], typed: Typed) -> Entered:
    """Return the decision that was typed; `members` have a seat where a group decides."""
    wrong = {name: str(NO_DAY) for name in DAYS if typed.one(name).strip() and typed.day(name) is None}
    if typed.one("legal_basis") and typed.chosen(LegalBasis, "legal_basis") is None:
        wrong["legal_basis"] = str(NO_BASIS)
    return Entered(typed=typed, decision=_decision(mode, members, typed), errors=wrong)


def in_page_order(mode: Mode, errors: Mapping[str, str]) -> dict[str, str]:
    """Return errors in the order in which the page asks."""
    gathered, rest = GATHERED[mode], COMMON.index("motivation")
    cut = gathered.index("way") if "way" in gathered else len(gathered)
    order = [*gathered[:cut], *COMMON[:rest], *gathered[cut:], *COMMON[rest:]]
    place = {name: number for number, name in enumerate(order)}
    return dict(sorted(errors.items(), key=lambda error: place.get(error[0].partition("-")[0], len(order))))


def _decision(mode: Mode, members: Collection[str], typed: Typed) -> DecisionInput:
    board = _board(typed) if mode is Mode.BOARD else None
    basis = LegalBasis.BOARD if board else typed.chosen(LegalBasis, "legal_basis") or LegalBasis.INTERNAL
    return DecisionInput(
        outcome=typed.chosen(Outcome, "outcome"),
        motivation=typed.one("motivation"),
        target=typed.one("target") or None,
        reopen=tuple(dict.fromkeys(typed.every("reopen"))),
        due_on=typed.day("due_on"),
        conditions=tuple(_condition(typed, number) for number in range(len(conditions_in(typed.fields)))),
        plan_version=typed.number("plan_version"),
        defer_to=typed.day("defer_to"),
        resume_on=typed.day("resume_on"),
        no_conflict=typed.one("no_conflict") == "1",
        legal_basis=basis,
        delegation_point=typed.one("delegation_point") if basis is LegalBasis.DELEGATED else "",
        decided_on=typed.day("decided_on"),
        secrecy=typed.one("secrecy"),
        registry_number=typed.one("registry_number"),
        meeting=_meeting(members, typed) if mode is Mode.MEETING else None,
        board=board,
    )


def _condition(typed: Typed, number: int) -> NewCondition:
    where = f"conditions-{number}"
    return NewCondition(
        text=typed.one(f"{where}-text"), owner=typed.one(f"{where}-owner"), due_on=typed.day(f"{where}-due_on")
    )


def _meeting(members: Collection[str], typed: Typed) -> Meeting:
    return Meeting(
        held_on=typed.day("held_on"),
        place=typed.one("place").strip()[:200],
        attendance=tuple(_attendance(typed, person) for person in members),
        way=typed.chosen(Way, "way"),
        in_favour=typed.number("in_favour"),
        against=typed.number("against"),
        minutes=typed.one("minutes"),
        adjusted_by=typed.one("adjusted_by"),
    )


def _attendance(typed: Typed, person: str) -> Attendance:
    """Return how a member took part; a seat of which nothing is said was empty."""
    return Attendance(
        person=person,
        presence=typed.chosen(Presence, f"presence-{person}") or Presence.ABSENT,
        recused=typed.one(f"presence-{person}") == RECUSED,
        recusal_reason=typed.one(f"recusal_reason-{person}").strip()[:500],
        reservation=typed.one(f"reservation-{person}").strip()[:2000],
        substitute=typed.one(f"substitute-{person}"),
    )


def _board(typed: Typed) -> BoardRecord:
    notice_on = typed.day("notice_on")
    ends_on = typed.day("appeal_ends_on")
    if ends_on is None and notice_on is not None and not typed.one("appeal_ends_on").strip():
        ends_on = notice_on + APPEAL
    return BoardRecord(
        body=typed.one("body").strip()[:200],
        section=typed.one("section").strip()[:40],
        held_on=typed.day("held_on"),
        adjusted_on=typed.day("adjusted_on"),
        notice_on=notice_on,
        appeal_ends_on=ends_on,
        minutes=typed.one("minutes"),
    )
