"""What a template prints of a checklist: areas, questions and their widgets."""

from __future__ import annotations

from dataclasses import dataclass

from forms.field_view import FieldView, OptionView


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """One question. `choices` are named `id`; value questions have the one choice that it does not apply."""

    id: str
    question: str
    topic: str
    help: str
    requirement: str
    requirement_words: str
    voluntary: bool
    kind: str
    choices: tuple[OptionView, ...]
    value: FieldView | None
    reason: FieldView
    reason_open: bool
    comment: FieldView
    links: tuple[FieldView, ...]
    note: FieldView
    file: FieldView
    evidence_words: str
    evidence_open: bool
    error: str
    state: str

    @property
    def error_id(self) -> str:
        """The id of the element with the error about the choice."""
        return f"{self.id}-error"

    @property
    def described_by(self) -> str:
        """The value of aria-describedby for the choice."""
        return " ".join([f"{self.id}-help"] * bool(self.help) + [self.error_id] * bool(self.error))


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """The questions of one area with a verdict in words: "2 av 3, en avvikelse"."""

    id: str
    title: str
    items: tuple[ItemView, ...]
    answered: int
    total: int
    deviations: int
    tone: str
    words: str

    @property
    def done(self) -> bool:
        """Whether every question is answered."""
        return self.answered == self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistView:
    """A checklist's page."""

    key: str
    title: str
    areas: tuple[AreaView, ...]
    answered: int
    total: int
    deviations: int
