"""What a decision consists of, and what each outcome demands (domain model §1.4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from workflows.governance.outcomes import LegalBasis, Mode, Outcome, Publicity
from workflows.kernel.errors import Text, _l
from workflows.models.model import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCondition:
    """A condition of a conditional approval. `owner` is a person's id."""

    text: str
    owner: str
    due_on: date | None


class Presence(StrEnum):
    """How a member took part in a meeting."""

    IN_PLACE = "in_place"
    REMOTE = "remote"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """One member of the group at the meeting. A recused member takes no part in the case (KL 6:28)."""

    person: str
    presence: Presence
    recused: bool = False
    recusal_reason: str = ""
    reservation: str = ""

    @property
    def decides(self) -> bool:
        """Whether the member takes part in the decision."""
        return self.presence is not Presence.ABSENT and not self.recused


class Way(StrEnum):
    """How a meeting came to its decision."""

    UNANIMOUS = "unanimous"
    VOTE = "vote"
    CASTING_VOTE = "casting_vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A steering group's meeting as its chair or secretary records it. `in_favour` and `against` are votes."""

    held_on: date | None
    place: str
    attendance: tuple[Attendance, ...]
    way: Way | None
    in_favour: int | None
    against: int | None
    minutes: str
    adjusted_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRecord:
    """A board's recorded decision: section (§), meeting, adjustment of the minutes, public notice, end of appeal."""

    body: str
    section: str
    held_on: date | None
    adjusted_on: date | None
    notice_on: date | None
    appeal_ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionInput:
    """A decision as it is entered. Fields that the outcome does not ask for are ignored."""

    outcome: Outcome | None
    motivation: str = ""
    target: str | None = None
    reopen: tuple[str, ...] = ()
    due_on: date | None = None
    conditions: tuple[NewCondition, ...] = ()
    plan_version: int | None = None
    defer_to: date | None = None
    resume_on: date | None = None
    no_conflict: bool = False
    legal_basis: LegalBasis = LegalBasis.INTERNAL
    delegation_point: str = ""
    decided_on: date | None = None
    publicity: Publicity = Publicity.PUBLIC_RECORD
    secrecy: str = ""
    registry_number: str = ""
    meeting: Meeting | None = None
    board: BoardRecord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a decision is judged against."""

    gate: Gate
    mode: Mode
    today: date
    requested_on: date | None
    open_conditions: int
    plan_versions: Collection[int]
    members: Mapping[str, str] = field(default_factory=dict)
    manager: str | None = None


def problems_of(decision: DecisionInput, setting: Setting) -> dict[str, str]:
    """Return what must be entered or changed before the decision can stand: field name → sentence."""
    problems: dict[str, str] = {**_outcome_problems(decision, setting)}
    problems |= _law_problems(decision, setting)
    if setting.mode is Mode.MEETING:
        problems |= _meeting_problems(decision.meeting, setting)
    elif setting.mode is Mode.BOARD:
        problems |= _board_problems(decision.board, setting)
    elif not decision.no_conflict:
        problems["no_conflict"] = _l("Intyga att du inte är jävig, eller anmäl jäv")
    return problems


def _outcome_problems(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    outcome = decision.outcome
    if outcome is None or outcome not in setting.gate.outcomes:
        return {"outcome": _l("Välj ett beslut")}
    problems: dict[str, Text] = {}
    if outcome is Outcome.APPROVE and setting.open_conditions:
        problems["outcome"] = _l("Det finns öppna villkor. Välj Godkänn med villkor, så följer de med")
    if outcome in _MOTIVATED and not decision.motivation.strip():
        problems["motivation"] = _l("Skriv varför. Motiveringen blir en del av beslutet")
    check = _INPUT.get(outcome)
    return problems | (check(decision, setting) if check else {})


def _conditions(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    if not decision.conditions and not setting.open_conditions:
        return {"conditions-0-text": _l("Skriv minst ett villkor")}
    problems: dict[str, Text] = {}
    for number, condition in enumerate(decision.conditions):
        if not condition.text.strip():
            problems[f"conditions-{number}-text"] = _l("Skriv vad villkoret är")
        if not condition.owner:
            problems[f"conditions-{number}-owner"] = _l("Välj vem som ansvarar för villkoret")
        if condition.due_on is None or condition.due_on < setting.today:
            problems[f"conditions-{number}-due_on"] = _l("Skriv när villkoret ska vara klart, i dag eller senare")
    return problems


def _rework(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    problems: dict[str, Text] = {}
    if setting.gate.rework_to and decision.target not in setting.gate.rework_to:
        problems["target"] = _l("Välj vilken fas det går tillbaka till")
    if setting.gate.checklists and not decision.reopen:
        problems["reopen"] = _l("Välj minst en punkt som ska kompletteras")
    if decision.due_on is None or decision.due_on < setting.today:
        problems["due_on"] = _l("Skriv när kompletteringen ska vara klar, i dag eller senare")
    return problems


def _defer(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    if decision.defer_to is None or decision.defer_to <= setting.today:
        return {"defer_to": _l("Skriv vilken dag ärendet tas upp igen, tidigast i morgon")}
    return {}


def _hold(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    if decision.resume_on is None or decision.resume_on <= setting.today:
        return {"resume_on": _l("Skriv när projektet kan återupptas, tidigast i morgon")}
    return {}


def _revised(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    if decision.plan_version not in setting.plan_versions:
        return {"plan_version": _l("Välj vilken version av planen som ska revideras")}
    return {}


_MOTIVATED = frozenset({Outcome.REWORK, Outcome.HOLD, Outcome.REJECT, Outcome.TERMINATE})

_INPUT = {
    Outcome.APPROVE_CONDITIONAL: _conditions,
    Outcome.REWORK: _rework,
    Outcome.DEFER: _defer,
    Outcome.HOLD: _hold,
    Outcome.APPROVE_REVISED: _revised,
}


def _law_problems(decision: DecisionInput, setting: Setting) -> dict[str, Text]:
    """A delegated decision names its point (KL 6:37–40); a board's decision rests on the board."""
    problems: dict[str, Text] = {}
    if setting.mode is Mode.BOARD and decision.legal_basis is not LegalBasis.BOARD:
        problems["legal_basis"] = _l("Ett nämndbeslut har nämnden som beslutsstöd")
    if setting.mode is not Mode.BOARD and decision.legal_basis is LegalBasis.BOARD:
        problems["legal_basis"] = _l("Bara en nämnd kan fatta ett nämndbeslut")
    if setting.mode is Mode.MEETING and decision.legal_basis is LegalBasis.DELEGATED:
        problems["legal_basis"] = _l("En grupp kan inte besluta på delegation. Låt en namngiven delegat besluta")
    if decision.legal_basis is LegalBasis.DELEGATED and not decision.delegation_point.strip():
        problems["delegation_point"] = _l("Skriv punkten i delegationsordningen, till exempel 3.2")
    if decision.decided_on is not None and decision.decided_on > setting.today:
        problems["decided_on"] = _l("Beslutsdagen kan inte ligga i framtiden")
    return problems


def _meeting_problems(meeting: Meeting | None, setting: Setting) -> dict[str, Text]:
    if meeting is None:
        return {"held_on": _l("Skriv vilken dag mötet hölls")}
    problems: dict[str, Text] = {}
    if meeting.held_on is None or meeting.held_on > setting.today:
        problems["held_on"] = _l("Skriv vilken dag mötet hölls, i dag eller tidigare")
    if meeting.way is None:
        problems["way"] = _l("Välj hur beslutet fattades")
    if not meeting.minutes.strip():
        problems["minutes"] = _l("Skriv beslutet som det ska stå i protokollet")
    return problems | _attendance_problems(meeting, setting) | _vote_problems(meeting)


def _attendance_problems(meeting: Meeting, setting: Setting) -> dict[str, Text]:
    """Quorum is more than half of the members; nobody decides a gate they manage."""
    problems: dict[str, Text] = {}
    deciding = [one for one in meeting.attendance if one.decides]
    if len(deciding) * 2 <= len(setting.members):
        problems["attendance"] = _l("Mötet är inte beslutfört: mer än hälften av ledamöterna ska delta i ärendet")
    for one in meeting.attendance:
        if one.person == setting.manager and one.decides:
            problems[f"recused-{one.person}"] = _l("Projektledaren deltar inte i beslut om sitt eget projekt")
        if one.recused and not one.recusal_reason.strip():
            problems[f"recusal_reason-{one.person}"] = _l("Skriv varför ledamoten är jävig")
    return problems


def _vote_problems(meeting: Meeting) -> dict[str, Text]:
    if meeting.way in (None, Way.UNANIMOUS):
        return {}
    deciding = sum(one.decides for one in meeting.attendance)
    if meeting.in_favour is None or meeting.against is None:
        return {"in_favour": _l("Skriv hur många som röstade ja och nej")}
    if meeting.in_favour + meeting.against > deciding:
        return {"in_favour": _l("Rösterna är fler än de som deltog i ärendet")}
    if meeting.way is Way.CASTING_VOTE and meeting.in_favour != meeting.against:
        return {"way": _l("Utslagsröst används bara när rösterna är lika")}
    if meeting.way is Way.VOTE and meeting.in_favour <= meeting.against:
        return {"in_favour": _l("Beslutet ska ha fler röster för än emot")}
    return {}


def _board_problems(board: BoardRecord | None, setting: Setting) -> dict[str, Text]:
    """A board's decision is known by its section and meeting; adjustment and notice follow in that order."""
    if board is None:
        return {"section": _l("Skriv paragrafen, till exempel § 41")}
    problems: dict[str, Text] = {}
    if not board.body.strip():
        problems["body"] = _l("Skriv vilken nämnd som beslutade")
    if not board.section.strip():
        problems["section"] = _l("Skriv paragrafen, till exempel § 41")
    if board.held_on is None or board.held_on > setting.today:
        problems["held_on"] = _l("Skriv vilken dag nämnden sammanträdde, i dag eller tidigare")
    elif board.adjusted_on is not None and board.adjusted_on < board.held_on:
        problems["adjusted_on"] = _l("Justeringen kan inte ligga före sammanträdet")
    if board.notice_on is not None and board.adjusted_on is not None and board.notice_on < board.adjusted_on:
        problems["notice_on"] = _l("Anslaget kan inte ligga före justeringen")
    return problems
