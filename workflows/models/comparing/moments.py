"""When a timer goes off, as people say it."""

from __future__ import annotations

from forms import feel
from forms.feel import FeelError
from forms.feel import tree as feel_tree
from workflows.models.comparing.feel_words import Hard, subject_of
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import calendar_period, quoted


def moment_words(source: str, names: Lexicon) -> str:
    """When a timer goes off: "7 dagar efter datumet i ”Tas upp igen”"; empty where it is not simple enough to say."""
    try:
        return _moment(feel.parse(source.strip()).root, names)
    except (FeelError, Hard):
        return ""


def _moment(node: feel_tree.Node, names: Lexicon) -> str:
    match node:
        case feel_tree.Call(function="date", arguments=(feel_tree.Name() | feel_tree.Path() as read,)):
            return f"datumet i {quoted(subject_of(read, names, '').label)}"
        case feel_tree.Name() | feel_tree.Path():
            return f"datumet i {quoted(subject_of(node, names, '').label)}"
        case feel_tree.Call(function="duration", arguments=(feel_tree.Literal(value=str() as span),)):
            return calendar_period(span)
        case feel_tree.Arithmetic(operator="+" | "-" as operator, left=left, right=right):
            return f"{_moment(right, names)} {'efter' if operator == '+' else 'före'} {_moment(left, names)}"
    raise Hard
