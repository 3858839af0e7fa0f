"""Conditions as they are written, with what each means: made of names that really are in scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from flask_babel import gettext

from app.designer.scenario_values import quoted
from app.designer.steps_words import OUTCOMES
from app.shell.filters import say
from forms.checklist import AnswerType, Checklist
from forms.tree import Field, FieldType, Form, keyed
from workflows.models import Bundle, BundleRefused, read_bundle

Example = tuple[str, str]
"""An expression in FEEL, and what it means."""

FACTS = "facts"


def facts_examples(prefix: str = "") -> list[Example]:
    """Return conditions on what every project has; `prefix` stands before the names of facts where it is needed."""
    return [
        (f"{prefix}external_funding = true", gettext("projektet har extern finansiering")),
        (f"{prefix}total_cost > 500000", gettext("projektet kostar mer än 500 000 kr")),
    ]


def question_examples(others: Iterable[str]) -> list[Example]:
    """Return conditions that a question may have: on facts, and on one of `others`, the ids of yes and no questions."""
    found = facts_examples()
    for key in islice(others, 1):
        found.append((f'item.{key} = "yes"', gettext("frågan %(id)s är besvarad med ja", id=key)))
    joined = f"{found[0][0]} and {found[1][0]}"
    return [*found, (joined, gettext("båda stämmer; med or i stället för and räcker det att ett av dem gör det"))]


def flow_examples(files: Mapping[str, bytes]) -> dict[str, list[Example]]:
    """Return by name in scope what a flow's condition may say of it; less for a model that cannot be read."""
    found = {FACTS: facts_examples(f"{FACTS}.")}
    try:
        bundle = read_bundle(files)
    except BundleRefused:
        return found
    for gate in bundle.model.gates:
        outcome = next((one for one in gate.outcomes if one in OUTCOMES), None)
        if outcome is not None:
            words = gettext("%(gate)s blev %(outcome)s", gate=say(gate.label), outcome=gettext(OUTCOMES[outcome]))
            found[gate.key] = [(f'{gate.key}.outcome = "{outcome}"', words)]
    for task in bundle.executable.tasks.values():
        if example := next(_answered(bundle, task.form or ""), None):
            field, words = example
            found.setdefault(task.variable, [(f"{task.variable}.{field}", words)])
    return found


def _answered(bundle: Bundle, key: str) -> Iterator[Example]:
    """Yield conditions on the answers of one form or checklist, those on a choice first."""
    form, checklist = bundle.forms.get(key), bundle.checklists.get(key)
    if form is not None:
        yield from _of_form(form)
    if checklist is not None:
        yield from _of_checklist(checklist)


def _of_form(form: Form) -> Iterator[Example]:
    fields = [node for node in keyed(form.nodes) if isinstance(node, Field) and node.label.sv]
    for field in fields:
        for option in field.options.values[:1] if field.type in (FieldType.RADIO, FieldType.SELECT) else ():
            yield f'{field.key} = "{option.value}"', _is(field, quoted(say(option.label)))
    for field in fields:
        if field.type is FieldType.CHECKBOX:
            yield f"{field.key} = true", _is(field, gettext("ikryssat"))
        elif field.type is FieldType.NUMBER:
            yield f"{field.key} > 10", gettext("%(field)s är mer än 10", field=quoted(field.label.sv))


def _of_checklist(checklist: Checklist) -> Iterator[Example]:
    for item in checklist.items:
        if item.answer is AnswerType.YES_NO:
            yield f'{item.id} = "yes"', gettext("frågan %(id)s är besvarad med ja", id=item.id)


def _is(field: Field, value: str) -> str:
    return gettext("%(field)s är %(value)s", field=quoted(field.label.sv), value=value)
