"""Is a gate of a trial ready? What its checklists, documents and conditions lack, as far as the trial knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import Checklist
from forms.verdict import engine_fields, evaluate
from workflows.models.model import DocumentType, Gate
from workflows.models.trying.memory import Condition, Memory
from workflows.models.trying.standing import TrialStand


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistLeft:
    """A checklist of the gate. `missing` must questions are not satisfied; `known` is False when it was passed by."""

    checklist: Checklist
    missing: int
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLeft:
    """A document of the gate, and whether the trial has made it."""

    type: DocumentType
    made: bool
    known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialReadiness:
    """What a gate lacks. Where steps were passed without their forms, what is not known counts as fulfilled."""

    gate: Gate
    checklists: tuple[ChecklistLeft, ...]
    documents: tuple[DocumentLeft, ...]
    conditions: tuple[Condition, ...]

    @property
    def missing(self) -> int:
        """Return how many things block the gate."""
        documents = sum(one.known and not one.made for one in self.documents)
        return sum(one.missing for one in self.checklists) + documents + len(self.conditions)


def readiness_of(now: TrialStand, gate: Gate, item: str) -> TrialReadiness:
    """Judge a gate as it stands in the trial; `item` for a gate that is held once per item."""
    model = now.bundle.model
    types = {document.key: document for document in model.documents}
    return TrialReadiness(
        gate=gate,
        checklists=tuple(_checklist(now, key) for key in gate.checklists if key in now.bundle.checklists),
        documents=tuple(_document(now.memory, types[key], item) for key in gate.documents if key in types),
        conditions=now.memory.open_conditions,
    )


def earlier_answers(now: TrialStand) -> dict[str, Any]:
    """Return what conditions may read as `item.<id>`: every checklist's newest answers."""
    return dict(_earlier(now))


def _earlier(now: TrialStand) -> Iterator[tuple[str, Any]]:
    for (form, _), answers in now.memory.latest.items():
        if form in now.bundle.checklists:
            yield from engine_fields(now.bundle.checklists[form], answers).items()


def _checklist(now: TrialStand, key: str) -> ChecklistLeft:
    checklist, answers = now.bundle.checklists[key], now.memory.answers(key, "")
    if answers is None and now.memory.skipped:
        return ChecklistLeft(checklist=checklist, missing=0, known=False)
    facts: Mapping[str, Any] = now.facts
    result = evaluate(checklist, answers or {}, facts=facts, env=now.env, earlier=earlier_answers(now))
    return ChecklistLeft(checklist=checklist, missing=result.missing, known=True)


def _document(memory: Memory, kind: DocumentType, item: str) -> DocumentLeft:
    wanted: tuple[str, ...] = ("",)
    if kind.register is not None:
        wanted = (item,) if item else tuple(memory.rows.get(kind.register, ()))
    made = all((kind.form, one) in memory.latest for one in wanted)
    return DocumentLeft(type=kind, made=made, known=not memory.skipped)
