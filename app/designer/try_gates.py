"""The decision of a gate in a trial: asked for on the form of a real one, checked by the same rules, and kept whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.decision_said import said_of
from app.designer.draft_pages import show
from app.designer.try_page import Trying, again
from app.designer.try_panel import TrialGate, trial_gate, withdrawal_of
from app.designer.try_turns import seen
from app.designer.try_words import step_words
from app.shell.context import request_context
from app.shell.decision_entered import entered_by, in_page_order, typed_fields
from app.shell.decision_typed import Typed
from workflows.governance.decision import DecisionInput
from workflows.governance.gate_problems import problems_of
from workflows.governance.outcomes import Mode
from workflows.models.trying import OpenStep, decided, move_trial, sent

RECUSAL = ("conflict", "conflict_reason", "decided_by")
"""Whether who decides alone steps aside, why, and who then decides: in a real project two people on two pages."""

OWN = ("seen", "withdraw_reason", *RECUSAL)
LONGEST = 2000


def decide_on_trial(at: Trying, step: OpenStep) -> ResponseReturnValue:
    """Show the form of the decision, or take what was posted: one more row, the request back, or the decision."""
    gate = trial_gate(at.now, step)
    if request.method != "POST":
        return _show(at, step, gate, _untouched(gate), {})
    if "_withdraw" in request.form:
        return _withdraw(at, step, gate)
    typed = _typed(gate)
    if "_add" in request.form:
        return _show(at, step, gate, typed, {})
    written = entered_by(gate.mode, gate.setting.members, typed)
    errors = {**written.errors, **_problems(gate, written.decision), **_recusal_problems(gate)}
    if errors:
        return make_response(_show(at, step, gate, typed, in_page_order(gate.mode, errors)), 422)
    said = {**said_of(written.decision, gate.names), **_stepped_aside(gate)}
    outcome, target = said.pop("outcome"), said.pop("target", "")
    conditions = [one["text"] for one in said.get("conditions", ())]
    turn = decided(at.now, step, outcome=outcome, target=target, conditions=conditions, more=said)
    move_trial(request_context(), draft_id=at.page.draft.id, seen=seen(), turn=turn)
    return again(at.page.draft.id)


def _untouched(gate: TrialGate) -> Typed:
    """Return the form as it is met first: everybody is there on the trial's day, so that only what differs is typed."""
    today = gate.setting.today.isoformat()
    fields = {f"presence-{person}": ["in_place"] for person in gate.setting.members}
    fields |= {"held_on": [today]} if gate.mode is not Mode.SINGLE else {}
    return Typed(fields=fields)


def _typed(gate: TrialGate) -> Typed:
    """Return what was typed. Raises FieldsUnknown for what the form does not have."""
    own = {name for name in request.form if name in OWN or name.startswith("_")}
    posted = {name: request.form.getlist(name) for name in request.form if name not in own}
    return typed_fields(gate.mode, gate.setting.members, posted, more="_add" in request.form).starting(
        "no_conflict", "1"
    )


def _problems(gate: TrialGate, decision: DecisionInput) -> dict[str, str]:
    return {name: gettext(sentence) for name, sentence in problems_of(decision, gate.setting).items()}


def _recusal_problems(gate: TrialGate) -> dict[str, str]:
    """Return what is missing where who decides alone steps aside, or ought to."""
    if gate.mode is not Mode.SINGLE:
        return {}
    if not request.form.get("conflict"):
        manages = gate.who == gate.manager
        sentence = gettext("Projektledaren beslutar inte om sitt eget projekt. Låt någon annan besluta")
        return {"conflict": sentence} if manages else {}
    problems: dict[str, str] = {}
    if not request.form.get("conflict_reason", "").strip():
        problems["conflict_reason"] = gettext("Skriv vad jävet består i")
    if request.form.get("decided_by", "") not in dict(gate.others):
        problems["decided_by"] = gettext("Välj vem som beslutar i stället")
    return problems


def _stepped_aside(gate: TrialGate) -> dict[str, Any]:
    if gate.mode is not Mode.SINGLE or not request.form.get("conflict"):
        return {}
    reason = request.form.get("conflict_reason", "").strip()[:LONGEST]
    return {"recused": {gate.who: reason}, "decided_by": request.form.get("decided_by", "")}


def _withdraw(at: Trying, step: OpenStep, gate: TrialGate) -> ResponseReturnValue:
    """Take the request back, with a reason as a real one is."""
    message = withdrawal_of(at.now, step)
    reason = " ".join(request.form.get("withdraw_reason", "").split())[:LONGEST]
    if message is None:
        return again(at.page.draft.id)
    if not reason:
        errors = {"withdraw_reason": gettext("Skriv varför du återkallar begäran")}
        return make_response(_show(at, step, gate, _untouched(gate), errors), 422)
    turn = sent(message.message, message.place, note=reason)
    move_trial(request_context(), draft_id=at.page.draft.id, seen=seen(), turn=turn)
    return again(at.page.draft.id)


def _show(at: Trying, step: OpenStep, gate: TrialGate, typed: Typed, errors: Mapping[str, str]) -> str:
    return show(
        at.page,
        "try_gate",
        trial=at.trial,
        now=at.now,
        step=step,
        gate=gate,
        panel=gate.panel,
        typed=typed,
        errors=errors,
        asked={name: request.form.get(name, "") for name in (*RECUSAL, "withdraw_reason")},
        may_withdraw=withdrawal_of(at.now, step) is not None,
        over=step_words(at.now, step),
    )
