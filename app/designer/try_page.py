"""The try tab: where a trial stands, as a list and as marks on the diagram, and what can be done next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.scenario_values import ENDINGS
from app.designer.try_fact_names import named
from app.designer.try_facts import PREFIX, as_typed, fact_fields
from app.designer.try_hold import rests_until
from app.designer.try_log import log_of
from app.designer.try_marks import drawing_of, marks_of, notes_of
from app.designer.try_targets import targets_of
from app.designer.try_times import moments_of
from app.designer.try_words import (
    Words,
    day_words,
    failure_words,
    gate_name,
    item_name,
    role_name,
    target_name,
)
from app.shell.context import request_context
from workflows.engine import EngineRefused
from workflows.models import BundleRefused
from workflows.models.trying import (
    OpenStep,
    Trial,
    TrialReadiness,
    TrialStand,
    Turn,
    find_trial,
    readiness_of,
    stand_of,
    went_on,
)

TAB = "try"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """A trial with where it stands, on its draft's page."""

    page: DraftPage
    trial: Trial
    now: TrialStand


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """An open step as the list shows it."""

    address: str
    kind: str
    name: str
    who: str
    place: str
    due: str
    late: bool


class NoTrial(Exception):
    """There is nothing to show: no trial has begun, or the draft cannot be run (`findings` say why)."""

    def __init__(self, page: DraftPage, findings: tuple[str, ...] = ()) -> None:
        self.page = page
        self.findings = findings
        super().__init__()


def trying(draft_id: str) -> Trying:
    """Return the actor's trial of a draft as it stands. Raises NotFound and NoTrial."""
    page = draft_page(draft_id, TAB)
    trial = find_trial(request_context(), draft_id=draft_id)
    if trial is None:
        raise NoTrial(page)
    try:
        now = stand_of(page.draft.files, trial.begun, trial.turns)
    except BundleRefused as error:
        raise NoTrial(page, tuple(finding.sentence for finding in error.findings)) from error
    except EngineRefused as error:
        raise NoTrial(page, tuple(map(str, error.findings))) from error
    return Trying(page=page, trial=trial, now=now)


@bp.errorhandler(NoTrial)
def nothing_to_try(error: NoTrial) -> ResponseReturnValue:
    """Say why the draft cannot run; without a trial lead to where one begins."""
    if error.findings:
        return show(error.page, "try_unreadable", findings=error.findings, begun=True)
    return redirect(url_for(".begin", draft_id=error.page.draft.id))


@bp.get("/models/drafts/<draft_id>/try")
@designing
def try_draft(draft_id: str) -> ResponseReturnValue:
    """Show where the trial stands and what can be done."""
    return trial_page(draft_id, trying(draft_id))


def again(draft_id: str) -> ResponseReturnValue:
    """Lead back to the trial after a post, to the sentence that says where it stands now."""
    return redirect(url_for(".try_draft", draft_id=draft_id, _anchor="now"), 303)


def trial_page(draft_id: str, at: Trying, *, days: str = "10", errors: Mapping[str, str] | None = None) -> str:
    """Return the page of a trial; with what was typed as working days or facts, and what is wrong with it."""
    now, stuck = at.now, request.args.get("stuck", "")[:80]
    fields = named(fact_fields(now.bundle.model, now.facts), now.bundle)
    wrong_facts = any(name.startswith(PREFIX) for name in errors or {})
    return show(
        at.page,
        "try",
        days=days,
        errors=errors or {},
        trial=at.trial,
        now=now,
        words=Words(now),
        rows=[_row(draft_id, now, step) for step in now.open_steps],
        why=failure_words(now, now.broken.failure) if now.broken else (),
        ended_as=gettext(ENDINGS[now.ending]) if now.ending else "",
        log=log_of(now),
        facts=as_typed(fields) if wrong_facts else fields,
        wrong_facts=wrong_facts,
        targets=targets_of(at.page.draft.files, now),
        moments=moments_of(now),
        stuck=target_name(now, stuck) if stuck else "",
        stuck_at=stuck if stuck and at.trial.turns and comes_to(at, stuck, ()) else "",
        rests=rests_until(now),
        readiness=list(_readiness(now)),
        marks=marks_of(now),
        notes=notes_of(now),
        drawing=drawing_of(now),
    )


def comes_to(at: Trying, target: str, turns: tuple[Turn, ...]) -> bool:
    """Tell whether usual answers lead from where some turns ended to a step or gate."""
    return stand_of(at.page.draft.files, at.trial.begun, (*turns, went_on(target))).broken is None


def step_address(draft_id: str, step: OpenStep) -> str:
    """Return the address of an open step's page."""
    return url_for(
        ".try_step", draft_id=draft_id, node=step.task.node, item=step.item or None, at=step.task.place or None
    )


def _row(draft_id: str, now: TrialStand, step: OpenStep) -> OpenRow:
    item = item_name(now, step.item) if step.item else ""
    gate = gate_name(now, step.task.gate) if step.task.gate else ""
    return OpenRow(
        address=step_address(draft_id, step),
        kind="gate" if step.decides else "doc" if step.task.definition.kind in ("document", "review") else "list",
        name=step.task.definition.name,
        who=f"{role_name(now, step.role)}: {step.who}" if step.who else role_name(now, step.role),
        place=" · ".join(part for part in (gate, item) if part),
        due=day_words(now, step.due_at) if step.due_at else "",
        late=step.due_at is not None and step.due_at < now.now,
    )


def _readiness(now: TrialStand) -> Iterable[TrialReadiness]:
    gates = {gate.key: gate for gate in now.bundle.model.gates}
    for step in now.open_steps:
        if step.requests and step.task.gate in gates:
            yield readiness_of(now, gates[step.task.gate], step.item)
