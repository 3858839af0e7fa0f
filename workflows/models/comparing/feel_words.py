"""FEEL as people say it, where it is simple: "budget över 500 000 kr"; else quoted in ”…”."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from forms import feel
from forms.feel import FeelError
from forms.feel import tree as feel_tree
from forms.swedish import lower_first
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import joined, number, quoted
from workflows.models.comparing.vocabulary import Subject

_MEASURES = {">": "över", ">=": "minst", "<": "under", "<=": "högst"}
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "=", "!=": "!="}


class Hard(Exception):
    """The expression is not simple enough to be said."""


def condition_words(source: str, names: Lexicon, *, form: str = "") -> str:
    """A condition as it stands after "när"; `form` is the form or checklist it is written in."""
    return plain_condition(source, names, form=form) or quoted(source.strip().removeprefix("=").strip())


def plain_condition(source: str, names: Lexicon, *, form: str = "") -> str:
    """The same; empty for one that is not simple enough to be said."""
    try:
        return _said(feel.parse(source.strip()).root, names, form)
    except (FeelError, Hard):
        return ""


def test_words(cell: str, subject: Subject) -> str:
    """A cell of a decision table with what it tests, after "vid" or "när": "vid budget över 500 000 kr".

    Empty for a cell that lets every value pass.
    """
    try:
        tests = feel.parse_unary(cell)
    except FeelError:
        return f"när {quoted(subject.label)} är {quoted(cell)}"
    if not tests.tests:
        return ""
    try:
        numeric, words = _tests(tests, subject)
    except Hard:
        return f"när {quoted(subject.label)} är {quoted(cell)}"
    return f"vid {_plain(subject)} {words}" if numeric else f"när {quoted(subject.label)} är {words}"


def literal_words(cell: str, options: dict[str, str] | None = None) -> str:
    """The value that an output of a decision table gives, without its quotes; by its name where `options` has one."""
    try:
        root = feel.parse(cell).root
    except FeelError:
        return cell
    if isinstance(root, feel_tree.Literal):
        return (options or {}).get(str(root.value)) or _value(root.value, Subject(label="", options={}))
    if isinstance(root, feel_tree.ListOf) and all(isinstance(item, feel_tree.Literal) for item in root.items):
        values = [str(item.value) for item in root.items if isinstance(item, feel_tree.Literal)]
        return joined((options or {}).get(value, value) for value in values) or "ingenting"
    return cell


def strings_of(cell: str) -> tuple[str, ...] | None:
    """The texts that a cell lists, without `not`; None when it says something else or lets every value pass."""
    try:
        tests = feel.parse_unary(cell)
    except FeelError:
        return None
    values = [_literal(test.operand) if isinstance(test, feel_tree.Among) else None for test in tests.tests]
    return tuple(values) if values and all(isinstance(value, str) for value in values) else None  # type: ignore[arg-type]  # all are str


def is_negated(cell: str) -> bool:
    """Whether a cell says `not(…)`."""
    try:
        return feel.parse_unary(cell).negated
    except FeelError:
        return False


def _tests(tests: feel.UnaryTests, subject: Subject) -> tuple[bool, str]:
    """Return whether the tests measure a number, and the tests in words."""
    said = [_test(test, subject) for test in tests.tests]
    numeric = all(measured for measured, _ in said)
    words = joined([words for _, words in said], "eller")
    return numeric and not tests.negated, f"annat än {words.removeprefix('precis ')}" if tests.negated else words


def _test(test: feel_tree.Node, subject: Subject) -> tuple[bool, str]:
    if isinstance(test, feel_tree.Against) and test.operator in _MEASURES:
        return True, f"{_MEASURES[test.operator]} {_operand(test.operand, subject)}"
    if isinstance(test, feel_tree.Among) and isinstance(test.operand, feel_tree.RangeOf):
        return True, _range(test.operand, subject)
    if isinstance(test, feel_tree.Among):
        value = _literal(test.operand)
        measured = isinstance(value, Decimal)
        return measured, f"{'precis ' if measured else ''}{_value(value, subject)}"
    raise Hard


def _range(found: feel_tree.RangeOf, subject: Subject) -> str:
    low, high = _operand(found.low, subject), _operand(found.high, subject)
    if found.low_closed and found.high_closed:
        return f"från {low} till {high}"
    return f"{'minst' if found.low_closed else 'över'} {low} och {'högst' if found.high_closed else 'under'} {high}"


def _operand(node: feel_tree.Node, subject: Subject) -> str:
    return _value(_literal(node), subject)


def _literal(node: feel_tree.Node) -> Any:
    match node:
        case feel_tree.Literal(value=value):
            return value
        case feel_tree.Negation(operand=feel_tree.Literal(value=Decimal() as value)):
            return -value
        case feel_tree.Call(function="date", arguments=(feel_tree.Literal(value=str() as day),)):
            return day
    raise Hard


def _value(value: Any, subject: Subject) -> str:
    match value:
        case None:
            return "tomt"
        case bool():
            return "ja" if value else "nej"
        case Decimal():
            return number(value, subject.unit)
        case str():
            return subject.options.get(value) or value
        case datetime() | date():
            return value.isoformat()
    raise Hard


def _plain(subject: Subject) -> str:
    return lower_first(subject.label)


def _said(node: feel_tree.Node, names: Lexicon, form: str, inside: type | None = None) -> str:
    match node:
        case feel_tree.And(parts=parts) | feel_tree.Or(parts=parts):
            if inside is feel_tree.And and isinstance(node, feel_tree.Or):
                raise Hard
            both = "både " if inside is feel_tree.Or and isinstance(node, feel_tree.And) else ""
            word = "och" if isinstance(node, feel_tree.And) else "eller"
            return both + joined([_said(part, names, form, type(node)) for part in parts], word)
        case feel_tree.Comparison(operator=operator, left=left, right=right):
            return _compared(operator, left, right, names, form)
        case feel_tree.Name() | feel_tree.Path():
            return f"{quoted(subject_of(node, names, form).label)} är ja"
        case feel_tree.Call(function="not", arguments=(feel_tree.Name() | feel_tree.Path() as inner,)):
            return f"{quoted(subject_of(inner, names, form).label)} är nej"
    raise Hard


def _compared(operator: str, left: feel_tree.Node, right: feel_tree.Node, names: Lexicon, form: str) -> str:
    if isinstance(left, feel_tree.Literal):
        operator, left, right = _TURNED[operator], right, left
    subject = subject_of(left, names, form)
    if isinstance(right, feel_tree.Name | feel_tree.Path) and operator in _MEASURES:
        return f"{_plain(subject)} är {_MEASURES[operator]} {_plain(subject_of(right, names, form))}"
    value = _literal(right)
    if operator in _MEASURES:
        return f"{_plain(subject)} är {_MEASURES[operator]} {_value(value, subject)}"
    return f"{quoted(subject.label)} är {'inte ' if operator == '!=' else ''}{_value(value, subject)}"


def subject_of(node: feel_tree.Node, names: Lexicon, form: str) -> Subject:
    """Return what a path speaks of. Raises Hard."""
    path = tuple(_path(node))
    if len(path) == 2 and path[1] == "round":
        return Subject(label=f"Omgången vid {names.gate(path[0])}", options={})
    found = names.subject(path, form)
    if found is None:
        raise Hard
    return found


def _path(node: feel_tree.Node) -> list[str]:
    match node:
        case feel_tree.Name(name=name):
            return [name]
        case feel_tree.Path(source=source, field=field):
            return [*_path(source), field]
    raise Hard
