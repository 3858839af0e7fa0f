"""Answers that lead on from new steps: as another step with the same form is answered, else made up from the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from forms.checklist import Checklist
from forms.feel import Environment
from forms.sampling import NoSample, fill_checklist, fill_form
from forms.tree import Field, FieldType, Form, keyed
from forms.verdict import engine_fields
from workflows.kernel.clock import STOCKHOLM
from workflows.kernel.workdays import add_workdays
from workflows.models.bundle import Bundle
from workflows.models.scenario import DEFAULT_START, Answers

MOST_QUESTIONS = 12
"""A longer checklist gives only the answers that the model reads."""

_CHOSEN = frozenset({FieldType.RADIO, FieldType.SELECT, FieldType.CHECKBOX})


def usual_answers(bundle: Bundle, steps: Iterable[str], usual: Mapping[str, Answers]) -> dict[str, Answers]:
    """Return the answers of new steps that scenarios shall have at hand; a step that nothing is asked of has none."""
    return {step: said for step in steps if step not in usual and (said := _answers(bundle, step, usual))}


def _answers(bundle: Bundle, step: str, usual: Mapping[str, Answers]) -> Answers:
    task = bundle.executable.tasks[step]
    alike = (
        usual[node] for node, other in bundle.executable.tasks.items() if other.form == task.form and node in usual
    )
    named = bundle.executable.named.get(task.variable, frozenset())
    found = next(alike, None)
    if found is not None:
        return dict(found)
    checklist, form = bundle.checklists.get(task.form or ""), bundle.forms.get(task.form or "")
    if checklist is not None:
        return _checked(checklist, named)
    return dict(_filled(form, named)) if form is not None else {}


def _checked(checklist: Checklist, named: frozenset[str]) -> Answers:
    said = engine_fields(checklist, fill_checklist(checklist, {}))
    return {name: value for name, value in said.items() if name in named or len(said) <= MOST_QUESTIONS}


def _filled(form: Form, named: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield the answers that are chosen among some, and those that the model reads."""
    today = date.fromisoformat(DEFAULT_START)
    env = Environment(now=datetime.combine(today, time(8), STOCKHOLM), workdays=add_workdays)
    try:
        answers: Mapping[str, Any] = fill_form(form, {}, env=env, context={}, given={}, today=today)
    except NoSample as found:
        answers = found.answers
    for node in keyed(form.nodes):
        if not isinstance(node, Field) or answers.get(node.key) in (None, ""):
            continue
        if node.key in named or (node.type in _CHOSEN and (node.options.values or node.type is FieldType.CHECKBOX)):
            yield node.key, answers[node.key]
