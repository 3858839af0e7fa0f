"""What a paper says. Every text is plain and ready to read: dates and numbers are already in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

NameAndValue = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Names with their values, each value of any length; an empty one is shown as a dash."""

    rows: tuple[NameAndValue, ...]
    kind: Literal["pairs"] = "pairs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """Running text; a blank line begins a paragraph."""

    text: str
    kind: Literal["text"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of texts under column names; `numeric` are the columns set to the right, counted from 0."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    kind: Literal["table"] = "table"


Block = Pairs | Prose | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands under it; parts have headings one level down."""

    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPaper:
    """A document: plan, directive, checklist, report or contract.

    `kind` is what it is ("Projektplan"), `facts` stand in two columns under the title, `running` at the foot of each
    page, `signatures` are names over lines to sign on, `colophon` ends the paper: version, checksum, origin.
    """

    template: ClassVar[str] = "document.typ"

    title: str
    kind: str
    municipality: str
    registry_number: str
    running: str
    facts: tuple[NameAndValue, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[str, ...] = ()
    colophon: tuple[str, ...] = ()
    language: str = "sv"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWords:
    """The headings of a decision record."""

    decision: str = "Beslut"
    motivation: str = "Motivering"
    conditions: str = "Villkor"
    condition_columns: tuple[str, str, str] = ("Villkor", "Ansvarig", "Klart senast")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPaper:
    """A decision at a gate.

    `gate` is "Beslutspunkt 2", `statement` what was to be decided, `decision` the outcome in words, `wording` the
    decision as it stands in the minutes; a condition is its text, who answers for it, and when it must be met.
    """

    template: ClassVar[str] = "decision.typ"

    title: str
    kind: str
    municipality: str
    registry_number: str
    running: str
    gate: str
    project: str
    statement: str
    decision: str
    wording: str = ""
    motivation: str = ""
    conditions: tuple[tuple[str, str, str], ...] = ()
    facts: tuple[NameAndValue, ...] = ()
    sections: tuple[Section, ...] = ()
    signatures: tuple[str, ...] = ()
    colophon: tuple[str, ...] = ()
    words: DecisionWords = field(default_factory=DecisionWords)
    language: str = "sv"


Paper = DocumentPaper | DecisionPaper
