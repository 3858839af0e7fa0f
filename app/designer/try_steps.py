"""A step of a trial: its real form or checklist, checked as for real, or the decision of a gate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from app.designer.blueprint import bp
from app.designer.decision_words import topic_of
from app.designer.draft_pages import show
from app.designer.form_preview import EXAMPLES
from app.designer.guards import designing
from app.designer.try_gates import decide_on_trial
from app.designer.try_page import Trying, again, trying
from app.designer.try_turns import seen
from app.designer.try_words import gate_name, step_words
from app.shell.context import request_context
from app.shell.dates import short_day
from forms.checklist_view import ChecklistView, checklist_view
from forms.field_view import FieldView
from forms.missing import carried
from forms.posted import Posted, UnknownFields, apply_row_action
from forms.telling import in_their_rows
from forms.view import fields_for
from workflows.kernel.clock import local_date
from workflows.kernel.errors import NotFound
from workflows.models.trying import (
    OpenStep,
    TrialQuestions,
    completed,
    move_trial,
    questions_of,
    read_answers,
    sample_answers,
)

CHANGES = frozenset({"_show", "_add", "_remove"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage:
    """A step's form as the template prints it. `sampled` tells that its answers were made up just now."""

    fields: tuple[FieldView, ...]
    checklist: ChecklistView | None
    errors: Mapping[str, str] = field(default_factory=dict)
    sampled: bool = False


@bp.route("/models/drafts/<draft_id>/try/steps/<node>", methods=["GET", "POST"])
@designing
def try_step(draft_id: str, node: str) -> ResponseReturnValue:
    """Show an open step and take its answers; one that is not open any more leads back to the trial."""
    at = trying(draft_id)
    step = at.now.find(node, item=request.args.get("item", ""), at=request.args.get("at", ""))
    if step is None:
        if node not in at.now.executable.tasks:
            raise NotFound
        return again(draft_id)
    if step.decides:
        return decide_on_trial(at, step)
    questions = questions_of(at.now, step)
    if request.method != "POST":
        return _show(at, step, _page(questions, questions.given))
    posted = _posted()
    try:
        return _answer(at, step, questions, posted)
    except UnknownFields as strange:
        raise BadRequest from strange


def _answer(at: Trying, step: OpenStep, questions: TrialQuestions, posted: Posted) -> ResponseReturnValue:
    if "_sample" in posted:
        made_up = sample_answers(questions, at.now.usual.get(step.task.node, {}))
        return _show(at, step, _page(questions, made_up.entered, made_up.errors, sampled=True))
    if CHANGES & set(posted):
        return _show(at, step, _page(questions, _typed(questions, posted)))
    result = read_answers(questions, posted)
    if not result.ok or result.unseen:
        page = _page(questions, result.entered, result.errors)
        return make_response(_show(at, step, page), 422)
    turn = completed(at.now, step, questions, result.answers)
    move_trial(request_context(), draft_id=at.page.draft.id, seen=seen(), turn=turn)
    return again(at.page.draft.id)


def _posted() -> dict[str, list[str]]:
    """Return what was posted by name; of files only their names are kept."""
    posted = {name: request.form.getlist(name) for name in request.form if name != "seen"}
    for name, files in request.files.lists():
        names = [file.filename[-100:] for file in files if file.filename]
        posted[name] = [*posted.get(name, []), *names]
    return posted


def _typed(questions: TrialQuestions, posted: Posted) -> Mapping[str, Any]:
    """Return what was typed, with a row added or removed where a button asked for it."""
    if questions.form is None:
        return read_answers(questions, posted, draft=True).entered
    return carried(questions.form.nodes, apply_row_action(questions.form, posted), posted, questions.given)


def _page(
    questions: TrialQuestions,
    answers: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    *,
    sampled: bool = False,
) -> StepPage:
    told = errors or {}
    if questions.checklist is not None:
        view = checklist_view(
            questions.checklist,
            answers,
            env=questions.env,
            errors=told,
            facts=questions.facts,
            earlier=questions.earlier,
        )
        return StepPage(fields=(), checklist=view, errors=told, sampled=sampled)
    if questions.form is None:
        return StepPage(fields=(), checklist=None, errors=told, sampled=sampled)
    fields = fields_for(
        questions.form,
        answers,
        env=questions.env,
        errors=told,
        context=questions.context,
        given=questions.given,
        examples=EXAMPLES,
    )
    return StepPage(fields=fields, checklist=None, errors=in_their_rows(questions.form, told), sampled=sampled)


def _show(at: Trying, step: OpenStep, shown: StepPage) -> str:
    return show(
        at.page,
        "try_step",
        trial=at.trial,
        now=at.now,
        step=step,
        shown=shown,
        errors=shown.errors,
        over=step_words(at.now, step),
        back=_came_back(at, step),
    )


def _came_back(at: Trying, step: OpenStep) -> tuple[str, str, list[str], str] | None:
    """Return why a decision asks for the step again, its gate, the points that it names, and by when."""
    back = at.now.memory.came_back(step.task.definition.form or "") if not step.task.gate else None
    if back is None:
        return None
    due = short_day(date.fromisoformat(back.due_on), local_date(at.now.now)) if back.due_on else ""
    return back.reason, gate_name(at.now, back.gate), [topic_of(at.now.bundle, point) for point in back.points], due
