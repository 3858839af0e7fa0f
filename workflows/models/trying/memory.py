"""What a project would remember after some turns of a trial: answers, rows of registers, conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workflows.models.model import Model
from workflows.models.trying.trial import Turn

Answers = Mapping[str, Any]
Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition that a decision of the trial set."""

    number: int
    text: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SentBack:
    """A gate's decision that something be completed: why, by when, which points; `forms` were handed in since."""

    gate: str
    reason: str
    due_on: str
    points: tuple[str, ...]
    forms: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """`latest` are the newest answers by form and item ("" for the project's own), `rows` the registers that forms
    filled, `skipped` tells that steps were passed without their forms, so that not everything is known. `sent_back` is
    the newest decision when it was to complete.
    """

    latest: Mapping[tuple[str, str], Answers] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    skipped: bool = False
    sent_back: SentBack | None = None

    def came_back(self, form: str) -> SentBack | None:
        """Return the decision that asks for a form again; None for one that was not handed in before, or is again."""
        back = self.sent_back
        known = any(one == form for one, _ in self.latest)
        return back if back is not None and known and form not in back.forms else None

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        """Return the conditions that are not met yet."""
        return tuple(one for one in self.conditions if one.is_open)

    def answers(self, form: str, item: str) -> Answers | None:
        """Return a form's newest answers: those for the item where there are some, else the project's."""
        own = self.latest.get((form, item))
        return self.latest.get((form, "")) if own is None else own

    def appointed(self, model: Model) -> dict[str, str]:
        """Return who has which role by the answers of forms that appoint somebody; the later form wins."""
        found: dict[str, str] = {}
        for role, sources in model.holders.items():
            for source in sources:
                form, _, path = source.partition(".")
                said = value_at(self.latest.get((form, "")) or {}, path)
                if isinstance(said, str) and said and role != model.duties.group:
                    found[role] = said
        return found

    def row(self, item: str) -> Mapping[str, Any]:
        """Return an item's row, empty when no form has made it."""
        return next((rows[item] for rows in self.rows.values() if item in rows), {})


def memory_of(model: Model, turns: Iterable[Turn]) -> Memory:
    """Return what the turns leave behind."""
    latest: dict[tuple[str, str], Answers] = {}
    rows: dict[str, Rows] = {}
    texts: list[str] = []
    met: set[int] = set()
    skipped = False
    back: SentBack | None = None
    for turn in turns:
        back = _sent_back(turn, back)
        if turn.form:
            latest[turn.form, turn.item] = turn.answers
            rows |= registers_after(model, rows, turn.form, turn.answers)
        texts += turn.conditions
        met |= {turn.met} if turn.met else set()
        skipped = skipped or any("until" in step for step in turn.steps)
    conditions = tuple(
        Condition(number=number, text=text, is_open=number not in met) for number, text in enumerate(texts, 1)
    )
    return Memory(latest=latest, rows=rows, conditions=conditions, skipped=skipped, sent_back=back)


def _sent_back(turn: Turn, before: SentBack | None) -> SentBack | None:
    """Return what waits to be completed after a turn: a later decision takes the place of an earlier one."""
    for step in turn.steps:
        said: Answers = step.get("with") or {}
        if "decide" in step and said.get("outcome") != "defer":
            before = _rework(str(step["decide"]), said) if said.get("outcome") == "rework" else None
    if before is None or not turn.form:
        return before
    return replace(before, forms=before.forms | {turn.form})


def _rework(gate: str, said: Answers) -> SentBack:
    return SentBack(
        gate=gate,
        reason=str(said.get("motivation") or ""),
        due_on=str(said.get("due_on") or ""),
        points=tuple(map(str, said.get("reopen") or ())),
    )


def registers_after(model: Model, rows: Mapping[str, Rows], form: str, answers: Answers) -> dict[str, Rows]:
    """Return the registers that a form fills; a row that was there (the same first field) keeps its key."""
    return {
        name: _merged(name[0], rows.get(name, {}), listed)
        for name, path in model.register_fields(form)
        if isinstance(listed := value_at(answers, path) or [], list)
    }


def _merged(prefix: str, old: Rows, listed: Sequence[Answers]) -> dict[str, Mapping[str, Any]]:
    merged: dict[str, Mapping[str, Any]] = {}
    last = max((int(key[1:]) for key in old), default=0)
    for row in (row for row in listed if isinstance(row, Mapping)):
        first = next(iter(row), "")
        key = next((key for key, known in old.items() if known.get(first) == row.get(first)), None)
        if key is None or key in merged:
            last += 1
            key = f"{prefix}{last}"
        merged[key] = row
    return merged


def value_at(answers: Any, path: str) -> Any:
    """Return the answer at a dotted path of groups, or None."""
    for part in path.split("."):
        answers = answers.get(part) if isinstance(answers, Mapping) else None
    return answers
