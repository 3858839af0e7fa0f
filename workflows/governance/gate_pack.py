"""A frozen decision pack as it is read: what the decider decides on, trouble first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from forms.tree import Label as FormLabel
from forms.verdict import ItemState
from workflows.governance.packs import Pack
from workflows.models.model import Label

HIGH_RISK, MODERATE_RISK = 15, 6
"""Probability × consequence (1–25) from which a risk is high, and moderate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackItem:
    """A question of a checklist as it was answered. `kind` is yes, no, not_applicable or value; None: no answer.

    `given_by` (a name) and `given_at` say that it was answered after the checklist was handed in.
    """

    id: str
    topic: Label | FormLabel
    question: str
    must: bool
    state: ItemState
    kind: str | None
    value: str | float | date | None
    reason: str
    comment: str
    evidence: tuple[Mapping[str, str], ...]
    given_by: str = ""
    given_at: datetime | None = None

    @property
    def deviates(self) -> bool:
        """Whether the decider has to look at it: it deviates, or a compulsory question stands unanswered."""
        return self.state is ItemState.DEVIATION or (self.must and self.state is ItemState.UNANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackChecklist:
    """A checklist of the pack; `missing` compulsory items were not satisfied."""

    key: str
    title: str
    items: tuple[PackItem, ...]
    missing: int

    @property
    def deviating(self) -> tuple[PackItem, ...]:
        """Return the items that come first."""
        return tuple(item for item in self.items if item.deviates)

    @property
    def afterwards(self) -> int:
        """Return how many questions were answered after the checklist was handed in."""
        return sum(item.given_at is not None for item in self.items)

    @property
    def excepted(self) -> tuple[PackItem, ...]:
        """Return what is said not to apply, which the decider sees too."""
        return tuple(item for item in self.items if item.state is ItemState.NOT_APPLICABLE and not item.deviates)

    @property
    def fulfilled(self) -> tuple[PackItem, ...]:
        """Return the rest: satisfied, or unanswered and only information."""
        return tuple(item for item in self.items if not item.deviates and item.state is not ItemState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackVersion:
    """A locked document version; `of` names the person or delivery that it concerns."""

    of: str
    item: str
    version: int
    registry_number: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDocument:
    """A document that the gate asks for; `missing` names what there is none for ("" for the document itself)."""

    key: str
    label: Label
    versions: tuple[PackVersion, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackCondition:
    """A condition of an earlier decision; `open` when the pack was frozen, `done_since` when it was met after that."""

    number: int
    gate: Label
    text: str
    owner: str
    due_on: date
    open: bool
    done_since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFigure:
    """A figure in kronor; `change` in per cent of the first figure."""

    label: Label
    value: float
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRisk:
    """A risk; `value` is probability × consequence."""

    risk: str
    value: int
    action: str
    owner: str

    @property
    def level(self) -> str:
        """Return high, moderate or low."""
        return "high" if self.value >= HIGH_RISK else "moderate" if self.value >= MODERATE_RISK else "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackView:
    """A pack with names in place of ids. `about` is the delivery that a gate of one item concerns."""

    pack: Pack
    gate: Label
    about: str
    statement: Label
    title: str
    requested_by: str
    proposal: str
    alternatives: tuple[Mapping[str, str], ...]
    deviation_reason: str
    checklists: tuple[PackChecklist, ...]
    documents: tuple[PackDocument, ...]
    conditions: tuple[PackCondition, ...]
    money: tuple[PackFigure, ...]
    risks: tuple[PackRisk, ...]

    @property
    def open_conditions(self) -> tuple[PackCondition, ...]:
        """Return what is still open today, the longest waiting first."""
        still = (condition for condition in self.conditions if condition.open and not condition.done_since)
        return tuple(sorted(still, key=lambda condition: condition.due_on))

    @property
    def missing_documents(self) -> int:
        """Return how many document versions are missing."""
        return sum(len(document.missing) for document in self.documents)

    @property
    def deviations(self) -> int:
        """Return how many items the decider has to look at."""
        return sum(len(checklist.deviating) for checklist in self.checklists)

    @property
    def questions(self) -> int:
        """Return how many items the checklists have."""
        return sum(len(checklist.items) for checklist in self.checklists)
