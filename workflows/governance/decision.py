"""What a decision consists of, as it is entered (domain model §1.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.governance.outcomes import LegalBasis, Outcome, Publicity


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
    """One member of the group at the meeting. A recused member takes no part in the case (KL 6:28).

    `substitute` is who served in the member's place, the member being absent or recused; `reservation` the dissent of
    whoever took part.
    """

    person: str
    presence: Presence
    recused: bool = False
    recusal_reason: str = ""
    reservation: str = ""
    substitute: str = ""

    @property
    def present(self) -> bool:
        """Whether the member themselves takes part in the decision."""
        return self.presence is not Presence.ABSENT and not self.recused

    @property
    def decides(self) -> str | None:
        """Return who takes part in the decision on this seat: the member, else the substitute, else nobody."""
        return self.person if self.present else self.substitute or None


class Way(StrEnum):
    """How a meeting came to its decision."""

    UNANIMOUS = "unanimous"
    VOTE = "vote"
    CASTING_VOTE = "casting_vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A steering group's meeting as its chair or secretary records it.

    `in_favour` and `against` are votes; `minutes` is the decision as it stands there; `adjusted_by` who verifies it.
    """

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
    """A board's recorded decision: section (§), meeting, adjustment of the minutes, public notice, end of appeal.

    `minutes` is the decision as it stands there, "" where nobody copied it.
    """

    body: str
    section: str
    held_on: date | None
    adjusted_on: date | None
    notice_on: date | None
    appeal_ends_on: date | None
    minutes: str = ""


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
