"""What is done in a trial beside its forms: let time pass, play on, send a message, change facts, take back."""

from __future__ import annotations

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.guards import designing
from app.designer.try_facts import WrongFacts, posted_facts
from app.designer.try_page import again, comes_to, trial_page, trying
from app.shell.context import request_context
from workflows.kernel.clock import STOCKHOLM
from workflows.models.trying import (
    TrialStand,
    Turn,
    cut_trial,
    fulfilled,
    move_trial,
    restart_trial,
    sent,
    undo_trial,
    waited,
    went_on,
    with_facts,
)

MOST_DAYS = 999


@bp.post("/models/drafts/<draft_id>/try/wait")
@designing
def try_wait(draft_id: str) -> ResponseReturnValue:
    """Let working days pass, or time until the next moment at which something is due."""
    at = trying(draft_id)
    turn = _waited(at.now)
    if turn is None and "days" in request.form:
        wrong = {"days": gettext("Skriv hur många arbetsdagar som ska gå, från 1 till %(most)s", most=MOST_DAYS)}
        return make_response(trial_page(draft_id, at, days=request.form["days"][:20], errors=wrong), 422)
    return _move(draft_id, turn)


@bp.post("/models/drafts/<draft_id>/try/forward")
@designing
def try_forward(draft_id: str) -> ResponseReturnValue:
    """Play on with usual answers until a step or gate is open; what does not come so far changes nothing.

    What lies behind is come to by beginning anew, where that was asked for.
    """
    at = trying(draft_id)
    target = request.form.get("target", "")
    known = {*at.now.executable.tasks, *(gate.key for gate in at.now.bundle.model.gates)}
    if target not in known:
        return again(draft_id)
    anew = bool(request.form.get("anew"))
    if not comes_to(at, target, () if anew else at.trial.turns):
        return redirect(url_for(".try_draft", draft_id=draft_id, stuck=target, _anchor="stuck"), 303)
    if not anew:
        return _move(draft_id, went_on(target))
    restart_trial(request_context(), draft_id=draft_id, seen=seen(), turn=went_on(target))
    return again(draft_id)


@bp.post("/models/drafts/<draft_id>/try/send")
@designing
def try_send(draft_id: str) -> ResponseReturnValue:
    """Send a message that is waited for."""
    now = trying(draft_id).now
    wanted = request.form.get("message", "")
    turn = next((sent(one.message, one.place) for one in now.messages if f"{one.message}@{one.place}" == wanted), None)
    return _move(draft_id, turn)


@bp.post("/models/drafts/<draft_id>/try/facts")
@designing
def try_facts(draft_id: str) -> ResponseReturnValue:
    """Change the project's facts from now on."""
    at = trying(draft_id)
    try:
        changed = posted_facts(at.now.bundle.model, at.now.facts)
    except WrongFacts as wrong:
        return make_response(trial_page(draft_id, at, errors=wrong.errors), 422)
    return _move(draft_id, with_facts(changed) if changed else None)


@bp.post("/models/drafts/<draft_id>/try/met")
@designing
def try_met(draft_id: str) -> ResponseReturnValue:
    """Fulfil a condition."""
    now = trying(draft_id).now
    wanted = request.form.get("number", "")
    turn = next((fulfilled(one.number) for one in now.memory.open_conditions if str(one.number) == wanted), None)
    return _move(draft_id, turn)


@bp.post("/models/drafts/<draft_id>/try/undo")
@designing
def try_undo(draft_id: str) -> ResponseReturnValue:
    """Take the last turn back."""
    undo_trial(request_context(), draft_id=draft_id, seen=seen())
    return again(draft_id)


@bp.post("/models/drafts/<draft_id>/try/cut")
@designing
def try_cut(draft_id: str) -> ResponseReturnValue:
    """Take back a turn and all that followed."""
    sent_number = request.form.get("number", "")
    number = int(sent_number) if sent_number.isdecimal() and len(sent_number) < 6 else 1
    cut_trial(request_context(), draft_id=draft_id, seen=seen(), at=number)
    return again(draft_id)


def seen() -> int:
    """Return the version of the trial that a posted form was shown at; 0, which none has, without one."""
    sent_version = request.form.get("seen", "")
    return int(sent_version) if sent_version.isdecimal() and len(sent_version) < 10 else 0


def _waited(now: TrialStand) -> Turn | None:
    """Return the turn that was asked for: so many working days, or until a moment that lies ahead."""
    if "days" in request.form and not request.form.get("until"):
        days = request.form["days"].strip()
        return (
            waited(f"P{int(days)}D") if days.isascii() and days.isdecimal() and 0 < int(days[:4]) <= MOST_DAYS else None
        )
    wanted = request.form.get("until", "")
    moment = next((one.at for one in now.ahead if one.at.isoformat() == wanted), None)
    if moment is None:
        return None
    return waited(f"{moment.astimezone(STOCKHOLM):%Y-%m-%dT%H:%M:%S}")


def _move(draft_id: str, turn: Turn | None) -> ResponseReturnValue:
    if turn is not None:
        move_trial(request_context(), draft_id=draft_id, seen=seen(), turn=turn)
    return again(draft_id)
