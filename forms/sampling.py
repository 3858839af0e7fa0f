"""Plausible answers for any form or checklist: what trials, demo data, stories and measurements hand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Checklist, Item
from forms.feel import Environment
from forms.tree import Field, FieldType, Form, Group, Moment, Node, Rows
from forms.validation import check

_FILE = "prov.pdf"
"""Stands for a file that a form demands."""

_TRIES = 4
"""An answer may open questions; after so many rounds every visible one has an answer."""


class NoSample(ValueError):
    """A form refuses a chosen answer, or still asks for one: `answers` is as far as it came, `errors` says why."""

    def __init__(self, form: Form, answers: Mapping[str, Any], errors: Mapping[str, str]) -> None:
        self.answers = dict(answers)
        self.errors = dict(errors)
        super().__init__(f"{form.key}: {self.errors}")


def fill_form(
    form: Form,
    chosen: Mapping[str, Any],
    *,
    env: Environment,
    context: Mapping[str, Any],
    given: Mapping[str, Any],
    today: date,
) -> dict[str, Any]:
    """Return `chosen` over `given` with every compulsory question that they leave open answered. Raises NoSample."""
    answers = {**_declared(form, given), **chosen}
    errors: Mapping[str, str] = {}
    for _ in range(_TRIES):
        result = check(form, answers, env=env, context=context, given=given)
        errors = result.errors
        if not errors:
            return dict(result.answers)
        for name in errors:
            if _at(chosen, name.split("-")) not in (None, ""):
                raise NoSample(form, answers, {name: errors[name]})
            _put(form.nodes, answers, name.split("-"), context, today)
    raise NoSample(form, answers, errors)


def fill_checklist(checklist: Checklist, chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return `chosen` with every other question answered so that it is satisfied, with evidence."""
    answers = {item.id: _satisfied(item) for item in checklist.items}
    for name, said in chosen.items():
        if name in answers:
            answer = spelt_out(checklist.by_id[name], said)
            answers[name] = {**_evidence(checklist.by_id[name], answer), **answer}
    return answers


_SHORT = {"yes": AnswerKind.YES, "no": AnswerKind.NO, "na": AnswerKind.NOT_APPLICABLE}


def spelt_out(item: Item, said: Any) -> dict[str, Any]:
    """Return an answer in full; short ones are "yes", "no: why", "na: why", "file: id", or the value or evidence."""
    if isinstance(said, Mapping):
        return dict(said)
    if not item.answer.chosen:
        return {"answer": str(AnswerKind.VALUE), "value": said}
    kind, _, words = str(said).partition(": ")
    if kind == "file":
        return {"answer": str(AnswerKind.YES), "evidence": [{"kind": "file", "value": words}]}
    if kind in _SHORT:
        answer = _SHORT[kind]
        why = "comment" if answer is AnswerKind.YES and answer in item.satisfied_by else "reason"
        return {"answer": str(answer), **({why: words} if words else {})}
    if item.answer is AnswerType.REF:
        return {"answer": str(AnswerKind.YES), "evidence": [{"kind": "note", "value": said}]}
    return {"answer": str(AnswerKind.YES), "comment": said}


def _at(answers: Any, path: list[str]) -> Any:
    """Return the answer at a path of keys and row numbers; None where there is none."""
    for part in path:
        if isinstance(answers, list):
            answers = answers[int(part)] if part.isdigit() and int(part) < len(answers) else None
        else:
            answers = answers.get(part) if isinstance(answers, Mapping) else None
    return answers


def _declared(form: Form, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the given answers that the form itself asks for."""
    keys = {node.key for node in _keyed(form.nodes)}
    return {name: value for name, value in given.items() if name in keys}


def _keyed(nodes: tuple[Node, ...]) -> Iterator[Field | Group | Rows]:
    for node in nodes:
        if isinstance(node, Group) and node.key is None:
            yield from _keyed(node.nodes)
        elif isinstance(node, Field | Group | Rows):
            yield node


def _put(
    nodes: tuple[Node, ...], answers: dict[str, Any], path: list[str], context: Mapping[str, Any], today: date
) -> None:
    """Answer the question at `path` (keys and row numbers)."""
    for node in _keyed(nodes):
        if node.key != path[0]:
            continue
        if isinstance(node, Field):
            answers[node.key] = _value(node, context, today)
        elif isinstance(node, Group):
            _put(node.nodes, answers.setdefault(str(node.key), {}), path[1:], context, today)
        elif len(path) == 1:
            answers[node.key] = [_row(node, context, today)]
        else:
            _put(node.nodes, answers[node.key][int(path[1])], path[2:], context, today)


def _row(rows: Rows, context: Mapping[str, Any], today: date) -> dict[str, Any]:
    return {
        node.key: _value(node, context, today)
        for node in _keyed(rows.nodes)
        if isinstance(node, Field) and node.rules.required
    }


def _value(field: Field, context: Mapping[str, Any], today: date) -> Any:
    match field.type:
        case FieldType.NUMBER:
            return float(field.rules.minimum or 0) or 40
        case FieldType.DATETIME:
            return _moment(field.moment, today + timedelta(days=60))
        case FieldType.CHECKBOX:
            return True
        case FieldType.RADIO | FieldType.SELECT:
            return _choice(field, context)
        case FieldType.CHECKLIST | FieldType.TAGLIST:
            return [_choice(field, context)]
        case FieldType.FILEPICKER:
            return [_FILE]
        case _:
            words = f"{field.label.sv}: beskrivet i projektets underlag."
            return words[: field.rules.max_length or 400]


def _moment(kind: Moment, day: date) -> str:
    return {Moment.DATE: day.isoformat(), Moment.TIME: "13:00"}.get(kind, f"{day.isoformat()}T13:00")


def _choice(field: Field, context: Mapping[str, Any]) -> str:
    if field.options.values:
        return field.options.values[0].value
    source = context.get(field.options.source.source) if field.options.source else None
    return str(source[0]["value"]) if source else ""


def _satisfied(item: Item) -> dict[str, Any]:
    kinds = sorted(item.satisfied_by - {AnswerKind.VALUE}, reverse=True)
    if item.answer.chosen:
        kind = kinds[0] if kinds else AnswerKind.YES
        reason = {} if kind == AnswerKind.YES else {"reason": "Bedömt tillsammans med berörda."}
        return {"answer": str(kind), **reason, **_evidence(item, {"answer": kind})}
    value: Any = {AnswerType.NUMBER: 100, AnswerType.DATE: "2026-12-15"}.get(item.answer)
    return {"answer": "value", "value": value or "Beskrivet i projektets underlag."}


def _evidence(item: Item, answer: Mapping[str, Any]) -> dict[str, Any]:
    if item.answer is not AnswerType.REF or answer.get("answer") != AnswerKind.YES:
        return {}
    return {"evidence": [{"kind": "note", "value": "Se projektets dokument"}]}
