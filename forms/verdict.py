"""Judges a checklist's answers: what is satisfied, what deviates, and what still blocks the gate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Checklist, Item, Requirement
from forms.feel import Environment
from forms.feel import evaluate as evaluate_feel
from forms.tree import Label


class ItemState(StrEnum):
    """How a question stands."""

    SATISFIED = "satisfied"
    DEVIATION = "deviation"
    UNANSWERED = "unanswered"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One question with the requirement that holds for this project; `answer` as it is stored."""

    item: Item
    requirement: Requirement
    state: ItemState
    answer: Mapping[str, Any] | None

    @property
    def asked(self) -> bool:
        """Whether the project is to answer: information is voluntary, and so is what a condition leaves out."""
        return self.requirement is not Requirement.INFO

    @property
    def satisfied(self) -> bool:
        """Whether nothing more is asked: satisfied, or not applicable with a reason."""
        return self.state in {ItemState.SATISFIED, ItemState.NOT_APPLICABLE}

    @property
    def listed(self) -> bool:
        """Whether the decision pack shows it by itself: deviations, and what is said not to apply."""
        return self.state in {ItemState.DEVIATION, ItemState.NOT_APPLICABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """By whom (a person's id) and when an answer was given that came after its checklist was handed in."""

    by: str
    at: datetime


def given_afterwards(answer: Mapping[str, Any] | None) -> Given | None:
    """Who gave an answer afterwards, as it is stored under `afterwards`; None for one handed in with its checklist."""
    said = (answer or {}).get("afterwards")
    return Given(by=str(said["by"]), at=datetime.fromisoformat(said["at"])) if said else None


def without_givers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """A checklist's answers to begin anew with: who hands them in gives them all."""
    return {
        key: {part: said for part, said in answer.items() if part != "afterwards"}
        if given_afterwards(answer)
        else answer
        for key, answer in answers.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaCount:
    """How far one area has come; voluntary questions are not counted."""

    area: Label
    answered: int
    total: int
    deviations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistResult:
    """How a checklist stands.

    missing: must items not satisfied. deviations: must and warn items that deviate. warnings: warn items not satisfied.
    answered, total: of the items that ask for an answer; what is information only may be left empty.
    """

    items: tuple[ItemResult, ...]
    missing: int
    deviations: int
    warnings: int
    answered: int
    total: int
    areas: tuple[AreaCount, ...]


def evaluate(
    checklist: Checklist,
    answers: Mapping[str, Any],
    *,
    facts: Mapping[str, Any],
    env: Environment,
    earlier: Mapping[str, Any] | None = None,
) -> ChecklistResult:
    """How the checklist stands. `earlier` = item id to answer of other checklists, as `engine_fields` gives them."""
    required = requirements(checklist, answers, facts=facts, env=env, earlier=earlier)
    items = tuple(judge(item, required[item.id], _stored(answers, item)) for item in checklist.items)
    return ChecklistResult(
        items=items,
        missing=sum(not i.satisfied for i in items if i.requirement is Requirement.MUST),
        deviations=sum(i.state is ItemState.DEVIATION for i in items),
        warnings=sum(not i.satisfied for i in items if i.requirement is Requirement.WARN),
        answered=sum(i.asked and i.state is not ItemState.UNANSWERED for i in items),
        total=sum(i.asked for i in items),
        areas=tuple(_counts(checklist.areas, items)),
    )


def requirements(
    checklist: Checklist,
    answers: Mapping[str, Any],
    *,
    facts: Mapping[str, Any],
    env: Environment,
    earlier: Mapping[str, Any] | None = None,
) -> Mapping[str, Requirement]:
    """Each item's requirement in this project: where a condition is not true, the item is information only."""
    context = {**facts, "item": {**(earlier or {}), **engine_fields(checklist, answers)}}
    return {
        item.id: item.requirement
        if item.condition is None or evaluate_feel(item.condition, context, env) is True
        else Requirement.INFO
        for item in checklist.items
    }


def engine_fields(checklist: Checklist, answers: Mapping[str, Any]) -> dict[str, Any]:
    """What expressions see of the answers: "yes", "no", "not_applicable", or the value itself."""
    seen: dict[str, Any] = {}
    for item in checklist.items:
        if answer := _stored(answers, item):
            kind = answer.get("answer")
            seen[item.id] = answer.get("value") if kind == AnswerKind.VALUE else kind
    return seen


def judge(item: Item, requirement: Requirement, answer: Mapping[str, Any] | None) -> ItemResult:
    """One item's state. Information deviates from nothing: any answer to it is satisfied."""
    return ItemResult(item=item, requirement=requirement, state=_state(item, requirement, answer), answer=answer)


def _state(item: Item, requirement: Requirement, answer: Mapping[str, Any] | None) -> ItemState:
    kind = (answer or {}).get("answer")
    if answer is None or kind not in tuple(AnswerKind):
        return ItemState.UNANSWERED
    if kind == AnswerKind.NOT_APPLICABLE:
        explained = answer.get("reason") or requirement is not Requirement.MUST
        return ItemState.NOT_APPLICABLE if explained else ItemState.DEVIATION
    if kind == AnswerKind.VALUE and answer.get("value") in (None, ""):
        return ItemState.UNANSWERED
    if item.answer is AnswerType.REF and kind == AnswerKind.YES and not answer.get("evidence"):
        return ItemState.UNANSWERED
    if kind in item.satisfied_by or requirement is Requirement.INFO:
        return ItemState.SATISFIED
    return ItemState.DEVIATION


def _stored(answers: Mapping[str, Any], item: Item) -> Mapping[str, Any] | None:
    answer = answers.get(item.id)
    return answer if isinstance(answer, Mapping) and answer else None


def _counts(areas: Iterable[Label], items: tuple[ItemResult, ...]) -> Iterable[AreaCount]:
    total = Counter(i.item.area for i in items if i.asked)
    answered = Counter(i.item.area for i in items if i.asked and i.state is not ItemState.UNANSWERED)
    deviations = Counter(i.item.area for i in items if i.state is ItemState.DEVIATION)
    for area in areas:
        yield AreaCount(area=area, answered=answered[area], total=total[area], deviations=deviations[area])
