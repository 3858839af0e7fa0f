"""The decision of a gate in a trial: any outcome that the gate allows, with where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.draft_pages import show
from app.designer.try_decision import DAYS, WAYS, gathering_of, read_more
from app.designer.try_page import Trying
from app.designer.try_turns import seen
from app.designer.try_words import step_words
from app.shell.context import request_context
from app.shell.filters import say
from workflows.governance.gate_ways import Way, ways_of
from workflows.governance.outcomes import Outcome
from workflows.models.trying import OpenStep, TrialStand, decided, move_trial

MOST_CONDITIONS = 20
LONGEST = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeChoice:
    """An outcome as the page offers it: `then` says where it leads, `targets` where a rework may go."""

    outcome: str
    then: str
    targets: tuple[tuple[str, str], ...]


def decide_on_trial(at: Trying, step: OpenStep) -> ResponseReturnValue:
    """Show the outcomes of a gate, or take the decision that was posted."""
    choices = _choices(at.now, step)
    if request.method != "POST":
        return _show_gate(at, step, choices, {}, {})
    chosen = next((one for one in choices if one.outcome == request.form.get("outcome")), None)
    conditions = [line.strip()[:LONGEST] for line in request.form.get("conditions", "").splitlines() if line.strip()]
    errors = _wrong(chosen, conditions)
    more: dict[str, Any] = {}
    if chosen is not None and chosen.outcome in list(Outcome):
        gathering, present = gathering_of(at.now, step), request.form.getlist("present")
        more, missing = read_more(at.now, gathering, Outcome(chosen.outcome), request.form, present)
        errors |= missing
    if chosen is None or errors:
        return make_response(_show_gate(at, step, choices, request.form, errors), 422)
    turn = decided(
        at.now,
        step,
        outcome=chosen.outcome,
        target=request.form.get("target", "") if chosen.targets else "",
        conditions=conditions[:MOST_CONDITIONS] if chosen.outcome == Outcome.APPROVE_CONDITIONAL else (),
        more=more,
    )
    move_trial(request_context(), draft_id=at.page.draft.id, seen=seen(), turn=turn)
    return redirect(url_for(".try_draft", draft_id=at.page.draft.id), 303)


def _wrong(chosen: OutcomeChoice | None, conditions: list[str]) -> dict[str, str]:
    if chosen is None:
        return {"outcome": gettext("Välj vad beslutet blir")}
    if chosen.targets and request.form.get("target") not in {target for target, _ in chosen.targets}:
        return {"target": gettext("Välj vart det går tillbaka")}
    if chosen.outcome == Outcome.APPROVE_CONDITIONAL and not conditions:
        return {"conditions": gettext("Skriv minst ett villkor")}
    return {}


def _show_gate(
    at: Trying,
    step: OpenStep,
    choices: list[OutcomeChoice],
    typed: Mapping[str, str],
    errors: Mapping[str, str],
) -> str:
    gate = next((gate for gate in at.now.bundle.model.gates if gate.key == step.task.gate), None)
    return show(
        at.page,
        "try_gate",
        trial=at.trial,
        now=at.now,
        step=step,
        gate=gate,
        choices=choices,
        typed=typed,
        errors=errors,
        gathering=gathering_of(at.now, step),
        ways=[("", gettext("Välj")), *((key, gettext(words)) for key, words in WAYS)],
        days={str(outcome): (name, gettext(label)) for outcome, (name, label, _) in DAYS.items()},
        present=request.form.getlist("present") if request.method == "POST" else gathering_of(at.now, step).members,
        over=step_words(at.now, step),
    )


def _choices(now: TrialStand, step: OpenStep) -> list[OutcomeChoice]:
    """Return the outcomes that the gate allows, each with where it leads as the draft is drawn now."""
    gate = next((gate for gate in now.bundle.model.gates if gate.key == step.task.gate), None)
    if gate is None:
        drawn = now.executable.gates[step.task.gate or ""].outcomes
        return [OutcomeChoice(outcome=outcome, then="", targets=()) for outcome in drawn]
    ways = ways_of(now.bundle, gate, now.env)
    return [
        OutcomeChoice(
            outcome=outcome,
            then=_then(next(way for way in ways.values() if way.outcome is outcome)),
            targets=tuple((target, say(way.label)) for (one, target), way in ways.items() if one is outcome and target),
        )
        for outcome in dict.fromkeys(outcome for outcome, _ in ways)
    ]


def _then(way: Way) -> str:
    """Return in one line where an outcome leads."""
    if way.target:
        return gettext("Går tillbaka och kommer igen i en ny omgång.")
    if way.again:
        return gettext("Samma beslutspunkt kommer igen.")
    if way.phase is not None:
        return gettext("Går till %(phase)s.", phase=say(way.phase.label))
    return gettext("Leder till: %(name)s.", name=way.name) if way.name else gettext("Går vidare.")
