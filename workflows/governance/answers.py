"""Read what was entered in a step: which questions there are, what was known before, and what may be handed in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from forms.checklist import Checklist
from forms.checklist_answers import answer_from, check_checklist, validate_checklist
from forms.feel import Environment
from forms.posted import Posted, UnknownFields
from forms.tree import Field, FieldType, Form, Group, Rows, keyed
from forms.validation import Result, check, validate
from forms.verdict import engine_fields, without_givers
from workflows.engine import TaskKind
from workflows.flow import Latest, latest_submissions
from workflows.governance.about import newest
from workflows.governance.came_back import is_sent_back
from workflows.governance.errors import FieldsUnknown, NotADecision
from workflows.governance.loaded import Held
from workflows.governance.project_answers import field_of
from workflows.governance.readiness import earlier_answers
from workflows.governance.reopened import reopened_items
from workflows.governance.role_fields import Barred, RoleFields, role_fields
from workflows.people import active_people, steering_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What somebody entered: an HTML post, or nested JSON (scenarios, the command line)."""

    posted: Posted | None = None
    answers: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """A step's form or checklist with everything its rendering and checking need.

    `given` are the answers to begin with: the last ones handed in, with what was reopened taken out, over the prefill.
    `latest` is what they were found among; `barred` are the people whom a field may not name.
    """

    form: Form | None
    checklist: Checklist | None
    context: Mapping[str, Any]
    facts: Mapping[str, Any]
    earlier: Mapping[str, Any]
    given: Mapping[str, Any]
    barred: Mapping[str, tuple[Barred, ...]]
    reopened: frozenset[str]
    latest: Latest
    env: Environment


def questions_of(session: Session, *, tenant: str, held: Held, facts: Mapping[str, Any], env: Environment) -> Questions:
    """Gather the questions of a task. Raises NotADecision for steps that have no form of their own."""
    key = held.task.form or ""
    form, checklist = held.bundle.forms.get(key), held.bundle.checklists.get(key)
    if form is None and checklist is None:
        raise NotADecision
    latest = latest_submissions(session, tenant=tenant, instance_id=held.project.instance)
    reopened = reopened_items(session, tenant=tenant, project_id=held.project.id, latest=latest, checklist=key)
    roles = role_fields(session, tenant=tenant, held=held, form=key)
    return Questions(
        form=form,
        checklist=checklist,
        context=context_of(session, tenant=tenant, held=held, facts=facts, latest=latest, forms=(key,)),
        facts=facts,
        earlier=earlier_answers(held.bundle, latest),
        given=given_answers(held, latest, key, reopened, roles=roles, env=env),
        barred=roles.barred,
        reopened=reopened,
        latest=latest,
        env=env,
    )


def read_entered(questions: Questions, entered: Entered, *, draft: bool = False) -> Result:
    """Check what was entered. Raises FieldsUnknown for names the form does not declare."""
    try:
        if questions.checklist is not None:
            return _read_checklist(questions, questions.checklist, entered, draft=draft)
        assert questions.form is not None
        result = _read_form(questions, questions.form, entered, draft=draft)
        return result if draft else _one_role_each(questions, result)
    except UnknownFields as error:
        raise FieldsUnknown(names=", ".join(error.names)[:200]) from error


def _read_checklist(questions: Questions, checklist: Checklist, entered: Entered, *, draft: bool) -> Result:
    env, facts, earlier = questions.env, questions.facts, questions.earlier
    if entered.posted is not None:
        return validate_checklist(checklist, entered.posted, env=env, facts=facts, earlier=earlier, draft=draft)
    return check_checklist(checklist, entered.answers or {}, env=env, facts=facts, earlier=earlier, draft=draft)


def _read_form(questions: Questions, form: Form, entered: Entered, *, draft: bool) -> Result:
    env, context, given = questions.env, questions.context, questions.given
    if entered.posted is not None:
        return validate(form, entered.posted, env=env, context=context, given=given, draft=draft)
    return check(form, entered.answers or {}, env=env, context=context, given=given, draft=draft)


def _one_role_each(questions: Questions, result: Result) -> Result:
    """Refuse to appoint somebody who would decide on what they manage."""
    errors = {
        name: one.sentence
        for name, barred in questions.barred.items()
        for one in barred
        if result.answers.get(name) == one.person
    }
    return replace(result, errors={**errors, **result.errors}) if errors else result


def fields_for_engine(questions: Questions, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what expressions may see of the answers; the engine keeps only what the diagram names."""
    return engine_fields(questions.checklist, answers) if questions.checklist is not None else answers


def file_references(questions: Questions, answers: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of files that answers refer to, as evidence or in a file field."""
    if questions.checklist is not None:
        proofs = [proof for answer in answers.values() for proof in answer.get("evidence", [])]
        return frozenset(proof["value"] for proof in proofs if proof["kind"] == "file")
    assert questions.form is not None
    pickers = {
        node.key for node in questions.form.walk() if isinstance(node, Field) and node.type is FieldType.FILEPICKER
    }
    return frozenset(_texts_under(answers, pickers)) if pickers else frozenset()


def _texts_under(answers: Any, keys: Collection[str]) -> Iterator[str]:
    """Yield the texts that stand under some keys, however deep."""
    if isinstance(answers, Mapping):
        for key, value in answers.items():
            yield from map(str, value or ()) if key in keys else _texts_under(value, keys)
    elif isinstance(answers, list):
        for value in answers:
            yield from _texts_under(value, keys)


def given_answers(
    held: Held, latest: Latest, form: str, reopened: frozenset[str], *, roles: RoleFields, env: Environment
) -> dict[str, Any]:
    """Return the answers a step begins with: its last ones over what is known otherwise, and who has a role now."""
    given = held.row
    for target, source in held.bundle.model.prefill.items():
        where, _, name = target.partition(".")
        if where == form and (value := _earlier_value(held, latest, source)) is not None:
            checklist = held.bundle.checklists.get(form)
            answer = answer_from(checklist.by_id[name], value) if checklist else value
            given |= {name: answer} if answer is not None else {}
    given |= {
        path: getattr(held.project, name)
        for name, source in held.bundle.model.subject.items()
        for where, _, path in (source.partition("."),)
        if where == form and getattr(held.project, name)
    }
    last = latest.get((form, held.task.item))
    if last is not None:
        anew = _anew(held, form, sent_back=is_sent_back(held, latest, env))
        answers = without_givers(last.answers) if form in held.bundle.checklists else last.answers
        given |= {name: value for name, value in answers.items() if name not in anew}
    given |= roles.begin
    given |= {path: rows for name, path in held.bundle.model.register_fields(form) if (rows := held.project.rows(name))}
    return {name: value for name, value in given.items() if name not in reopened}


_MADE_ANEW = (TaskKind.REVIEW, TaskKind.SIGN)
"""Kinds of steps that begin empty each time: a judgement or a signature is never taken over from the last one."""


def _anew(held: Held, form: str, *, sent_back: bool) -> frozenset[str]:
    """Return the names that begin empty: those of a kind that is made anew, and what the form declares fresh.

    `properties.fresh` comes before the kind. What was sent back is mended, so that nothing of it is fresh.
    """
    definition = held.bundle.forms.get(form)
    if definition is None:
        return frozenset()
    by_kind = "true" if held.task.kind in _MADE_ANEW else "false"
    declared = {node.key: _declared(node) for node in keyed(definition.nodes) if node.key}
    fresh = {key for key, said in declared.items() if (said or by_kind) == "true"}
    return frozenset() if sent_back and by_kind == "false" else frozenset(fresh)


def _declared(node: Field | Group | Rows) -> str:
    return "" if isinstance(node, Group) else node.properties.get("fresh", "")


def _earlier_value(held: Held, latest: Latest, source: str) -> Any:
    form, _, path = source.partition(".")
    submission = newest(held, latest, form)
    return field_of(submission.answers, path) if submission else None


_NAMES_PEOPLE = frozenset({"people", "actor", "item"})
"""What a form may read that needs the register of people; it is not asked for otherwise."""


def context_of(
    session: Session, *, tenant: str, held: Held, facts: Mapping[str, Any], latest: Latest, forms: Collection[str]
) -> dict[str, Any]:
    """Return what the expressions and texts of some forms may read."""
    read = frozenset().union(*(held.bundle.forms[key].outside for key in forms if key in held.bundle.forms))
    people = active_people(session, tenant=tenant, on=held.today) if read & _NAMES_PEOPLE else ()
    bodies = steering_groups(session, tenant=tenant) if "bodies" in read else ()
    names = {str(person.id): person.name for person in people}
    actor = held.acting.person
    return {
        **facts,
        "facts": facts,
        "project": {
            "title": held.project.title,
            "number": held.project.number,
            "registry_number": held.project.registry_number,
        },
        "actor": {"id": actor, "name": names.get(actor)},
        "earlier": _earlier_forms(held, latest),
        "item": _named_row(held, names),
        "people": [{"value": person.id, "label": person.name} for person in people],
        "bodies": [{"value": f"body:{body.id}", "label": body.name} for body in bodies],
        "deliverables": [
            {"value": key, "label": str(next(iter(row.values()), key))}
            for key, row in held.project.registers.get("deliverables", {}).items()
        ],
    }


def _earlier_forms(held: Held, latest: Latest) -> dict[str, Any]:
    """Return the newest answers of each form: of this item where it has some, else of the project."""
    whole = {form: submission.answers for (form, item), submission in latest.items() if item is None}
    own = {form: submission.answers for (form, item), submission in latest.items() if item == held.task.item}
    return {**whole, **own}


def _named_row(held: Held, names: Mapping[str, str]) -> dict[str, Any]:
    """Return the item's row with people's names beside their ids: `person` and `person_name`."""
    row = held.row
    named = {f"{key}_name": names[value] for key, value in row.items() if isinstance(value, str) and value in names}
    return {**row, **named}
