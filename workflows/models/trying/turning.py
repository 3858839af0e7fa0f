"""Makes turns: what somebody does on the page of a trial, as the scenario's steps that say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.models.model import Gate
from workflows.models.trying.facts import facts_after, facts_before, settled
from workflows.models.trying.open_steps import OpenStep
from workflows.models.trying.questions import TrialQuestions, facts_for, fields_of
from workflows.models.trying.standing import TrialStand
from workflows.models.trying.trial import Raw, Turn

GOES_ON = frozenset({"approve", "approve_conditional", "approve_revised"})


def completed(now: TrialStand, step: OpenStep, questions: TrialQuestions, answers: Mapping[str, Any]) -> Turn:
    """Return the turn that hands in a step, with what its answers change in the facts before and after it."""
    model, form = now.bundle.model, step.task.definition.form or ""
    known = form in now.bundle.forms or form in now.bundle.checklists
    seen = facts_for(now, step)
    changed = {name: value for name, value in seen.items() if now.facts.get(name) != value}
    changed |= facts_before(model, now.memory, now.facts, form=form, answers=answers)
    after = facts_after(model, {**now.facts, **changed}, form=form, item=step.item, answers=answers)
    fields = _over_usual(now, step, fields_of(questions, answers))
    done: dict[str, Any] = {"do": step.task.node, **_which(now, step)}
    if fields:
        done["with"] = fields
    return Turn(
        steps=(*_facts(changed), done, *_facts(after)),
        form=form if known else "",
        item=step.item,
        answers=answers,
    )


def decided(
    now: TrialStand,
    step: OpenStep,
    *,
    outcome: str,
    target: str = "",
    conditions: Sequence[str] = (),
    more: Mapping[str, Any] | None = None,
) -> Turn:
    """Return the turn that decides a gate; a gate of an item that lets it through settles its row.

    `more` is what else the decision says (why, until when, who was there): no expression reads it, but the points that
    a rework names are asked anew.
    """
    gate = next((gate for gate in now.bundle.model.gates if gate.key == step.task.gate), None)
    said = {"outcome": outcome, **({"target": target} if target else {}), **(more or {})}
    after = settled(now.bundle.model, now.facts, step.item) if _settles(gate, outcome) else {}
    decide: Raw = {"decide": step.task.gate, **_which(now, step), "with": said}
    return Turn(steps=(decide, *_facts(after)), conditions=tuple(conditions))


def _settles(gate: Gate | None, outcome: str) -> bool:
    return gate is not None and gate.item is not None and outcome in GOES_ON


def waited(period: str) -> Turn:
    """Return the turn that lets time pass: a period, or the day to wait for."""
    return Turn(steps=({"wait": period},))


def sent(message: str, at: str, *, note: str = "") -> Turn:
    """Return the turn that sends a message to a place; `note` says why."""
    return Turn(steps=({"send": message, "at": at, **({"note": note} if note else {})},))


def went_on(until: str) -> Turn:
    """Return the turn that passes every step with its usual answers until a step or gate is open."""
    return Turn(steps=({"until": until},))


def with_facts(facts: Mapping[str, Any]) -> Turn:
    """Return the turn that changes facts."""
    return Turn(steps=tuple(_facts(facts)))


def fulfilled(number: int) -> Turn:
    """Return the turn that fulfils a condition."""
    return Turn(met=number)


def _facts(changed: Mapping[str, Any]) -> list[Raw]:
    return [{"facts": dict(changed)}] if changed else []


def _which(now: TrialStand, step: OpenStep) -> dict[str, str]:
    """Return what tells a step from others of its node: its item, and its place where that is not enough."""
    alike = [other for other in now.open_steps if other.task.node == step.task.node]
    which = {"item": step.item} if step.item else {}
    same = [other for other in alike if not step.item or step.item in other.task.items.values()]
    return {**which, "at": step.task.place} if len(same) > 1 else which


def _over_usual(now: TrialStand, step: OpenStep, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that expressions read and that are not as usual; a usual answer that was not given is null."""
    usual = now.usual.get(step.task.node, {})
    named = now.executable.named.get(step.task.definition.variable, frozenset())
    return {name: fields.get(name) for name in sorted(named) if fields.get(name) != usual.get(name)}
