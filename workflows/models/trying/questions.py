"""The form or checklist of a step in a trial, with what its rendering and checking need; nobody in it exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import Checklist
from forms.checklist_answers import answer_from, check_checklist, validate_checklist
from forms.feel import Environment
from forms.posted import Posted
from forms.sampling import NoSample, fill_checklist, fill_form, spelt_out
from forms.tree import Field, Form, Rows, keyed
from forms.validation import Result, check, validate
from forms.verdict import engine_fields
from workflows.engine import TaskKind
from workflows.kernel.clock import local_date
from workflows.models.trying.memory import value_at
from workflows.models.trying.open_steps import OpenStep
from workflows.models.trying.readiness import earlier_answers, readiness_of
from workflows.models.trying.standing import TrialStand
from workflows.models.trying.trial import invented, invented_roles

TITLE = "Provprojektet"

_EXTRA = 4
"""People beside those who hold a role, for fields that ask for somebody."""

_MADE_ANEW = (TaskKind.REVIEW, TaskKind.SIGN)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialQuestions:
    """One of `form` and `checklist` is set, or neither for a step without a form. `given` are the answers to begin
    with.
    """

    form: Form | None
    checklist: Checklist | None
    context: Mapping[str, Any]
    facts: Mapping[str, Any]
    earlier: Mapping[str, Any]
    given: Mapping[str, Any]
    env: Environment


def questions_of(now: TrialStand, step: OpenStep) -> TrialQuestions:
    """Gather the questions of an open step."""
    key = step.task.definition.form or ""
    facts = facts_for(now, step)
    return TrialQuestions(
        form=now.bundle.forms.get(key),
        checklist=now.bundle.checklists.get(key),
        context=_context(now, step, facts),
        facts=facts,
        earlier=earlier_answers(now),
        given=_given(now, step, key),
        env=now.env,
    )


def facts_for(now: TrialStand, step: OpenStep) -> dict[str, Any]:
    """Return the facts as the step sees them: who asks for a decision is told what is missing."""
    gates = {gate.key: gate for gate in now.bundle.model.gates}
    if not step.requests or step.task.gate not in gates:
        return dict(now.facts)
    return {**now.facts, "missing": readiness_of(now, gates[step.task.gate], step.item).missing}


def read_answers(questions: TrialQuestions, posted: Posted, *, draft: bool = False) -> Result:
    """Check what was posted, as for real. Raises UnknownFields for names that the form does not declare."""
    env, facts, earlier = questions.env, questions.facts, questions.earlier
    if questions.checklist is not None:
        return validate_checklist(questions.checklist, posted, env=env, facts=facts, earlier=earlier, draft=draft)
    if questions.form is None:
        return Result(answers={}, entered={}, errors={})
    return validate(questions.form, posted, env=env, context=questions.context, given=questions.given, draft=draft)


def sample_answers(questions: TrialQuestions, usual: Mapping[str, Any]) -> Result:
    """Return answers that the form lets through: the usual ones of the step, the rest made up.

    Where none can be made up, `errors` say what a person must answer.
    """
    env, today = questions.env, local_date(questions.env.now)
    if questions.checklist is not None:
        return _sample_checklist(questions, questions.checklist, usual)
    if questions.form is None:
        return Result(answers={}, entered={}, errors={})
    keys = {node.key for node in keyed(questions.form.nodes)}
    chosen = {name: value for name, value in usual.items() if name in keys}
    try:
        answers = fill_form(
            questions.form, chosen, env=env, context=questions.context, given=questions.given, today=today
        )
    except NoSample as found:
        return Result(answers={}, entered=found.answers, errors=found.errors)
    result = check(questions.form, answers, env=env, context=questions.context, given=questions.given)
    return Result(answers=result.answers, entered=result.answers, errors=result.errors)


def fields_of(questions: TrialQuestions, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what expressions may see of the answers."""
    return engine_fields(questions.checklist, answers) if questions.checklist is not None else answers


def _sample_checklist(questions: TrialQuestions, checklist: Checklist, usual: Mapping[str, Any]) -> Result:
    chosen = {name: spelt_out(checklist.by_id[name], said) for name, said in usual.items() if name in checklist.by_id}
    answers = fill_checklist(checklist, {**questions.given, **chosen})
    env, facts, earlier = questions.env, questions.facts, questions.earlier
    result = check_checklist(checklist, answers, env=env, facts=facts, earlier=earlier)
    for name in result.errors:
        item, _, part = name.partition("-")
        if part == "reason":
            answers[item] = {**answers[item], "reason": "Valt i provkörningen."}
    return check_checklist(checklist, answers, env=env, facts=facts, earlier=earlier)


def _context(now: TrialStand, step: OpenStep, facts: Mapping[str, Any]) -> dict[str, Any]:
    row = now.memory.row(step.item)
    people = people_of(now)
    whole = {form: answers for (form, item), answers in now.memory.latest.items() if not item}
    own = {form: answers for (form, item), answers in now.memory.latest.items() if item == step.item}
    named = {f"{key}_name": people[value] for key, value in row.items() if isinstance(value, str) and value in people}
    return {
        **facts,
        "facts": facts,
        "project": {"title": title_of(now), "number": "PROV-1", "registry_number": "PROV 1"},
        "actor": {"id": step.who, "name": step.who},
        "earlier": {**whole, **own},
        "item": {**row, **named},
        "people": [{"value": key, "label": name} for key, name in people.items()],
        "bodies": [{"value": "body:prov", "label": "Styrgruppen Exempel"}],
        "deliverables": [
            {"value": key, "label": str(next(iter(row.values()), key))}
            for key, row in now.memory.rows.get("deliverables", {}).items()
        ],
    }


def people_of(now: TrialStand) -> dict[str, str]:
    """Return everybody whom forms may name, by the value a field keeps."""
    roles = {**invented_roles(now.bundle.model), **now.begun.roles, **now.roles}
    count = len(now.bundle.model.roles)
    names = dict.fromkeys([*roles.values(), *map(invented, range(count, count + _EXTRA))])
    return {name: name for name in names}


def title_of(now: TrialStand) -> str:
    """Return what the project is called: as a form says, else a word for it."""
    form, _, path = now.bundle.model.subject.get("title", "").partition(".")
    said = value_at(now.memory.answers(form, "") or {}, path)
    return str(said) if said else TITLE


def _given(now: TrialStand, step: OpenStep, key: str) -> dict[str, Any]:
    model, memory = now.bundle.model, now.memory
    given = dict(memory.row(step.item))
    for target, source in model.prefill.items():
        form, _, name = target.partition(".")
        where, _, path = source.partition(".")
        value = value_at(memory.answers(where, step.item) or {}, path) if form == key else None
        if value is not None:
            answer = _prefilled(now.bundle.checklists.get(key), name, value)
            given |= {name: answer} if answer is not None else {}
    last = memory.latest.get((key, step.item)) or {}
    anew = _anew(now, step, key)
    back = None if step.task.gate else memory.came_back(key)
    reopened = back.points if back is not None else ()
    given |= {name: value for name, value in last.items() if name not in anew}
    return {name: value for name, value in given.items() if name not in reopened} | _holders(now, key)


def _prefilled(checklist: Checklist | None, name: str, value: Any) -> Any:
    """Return a prefilled answer; a question that a draft no longer has gets none."""
    if checklist is None:
        return value
    return answer_from(checklist.by_id[name], value) if name in checklist.by_id else None


def _anew(now: TrialStand, step: OpenStep, key: str) -> frozenset[str]:
    """Return the fields that begin empty each time, as forms and kinds of steps say."""
    form = now.bundle.forms.get(key)
    if form is None:
        return frozenset()
    usual = "true" if step.task.definition.kind in _MADE_ANEW else "false"
    return frozenset(
        str(node.key)
        for node in keyed(form.nodes)
        if isinstance(node, Field | Rows) and (node.properties.get("fresh") or usual) == "true"
    )


def _holders(now: TrialStand, key: str) -> dict[str, Any]:
    """Return who has a role now, for the fields that appoint or show them."""
    model = now.bundle.model
    found: dict[str, Any] = {}
    for role, sources in [*model.holders.items(), *model.held.items()]:
        for source in sources:
            form, _, path = source.partition(".")
            if form == key and role != model.duties.group and role in now.roles:
                found[path] = now.roles[role]
    return found
