"""What a post leaves out: the sentence that asks for it, and the fields that the browser had not shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.posted import Posted
from forms.sentences import sentence
from forms.settle import Scope
from forms.swedish import format_number
from forms.tree import Field, FieldType, Group, Node, Rows

CODES = {
    FieldType.NUMBER: "write_number",
    FieldType.CHECKBOX: "tick",
    FieldType.RADIO: "choose",
    FieldType.SELECT: "choose",
    FieldType.CHECKLIST: "choose_some",
    FieldType.TAGLIST: "choose_some",
    FieldType.FILEPICKER: "add_file",
}
"""What to do about a field of each type; the other types are written."""


def missing(field: Field, language: str) -> str:
    """What to do about a required field without an answer; `properties.required_message` says it better."""
    if own := field.properties.get("required_message" if language == "sv" else "required_message_en"):
        return own.rstrip(".")
    if field.type is FieldType.DATETIME:
        return say(field, "write_time" if field.moment == "time" else "write_date", language)
    return say(field, CODES.get(field.type, "write"), language)


def say(node: Field | Rows, code: str, language: str, **words: Any) -> str:
    """The sentence `code` about a field or a list, numbers as people write them."""
    label = node.label.in_language(language) or node.key
    counted = {key: format_number(value) for key, value in words.items()}
    return sentence(code, language, label=label, **counted)


def unseen(nodes: tuple[Node, ...], scope: Scope, posted: Posted) -> Iterator[str]:
    """Visible text inputs outside lists that the browser did not send: it had not shown them."""
    for node in nodes:
        if scope.is_true(node.hide):
            continue
        if isinstance(node, Group) and node.key is None:
            yield from unseen(node.nodes, scope, posted)
        elif isinstance(node, Field) and not scope.locked(node) and _unsent(node, posted):
            yield node.key


def carried(
    nodes: tuple[Node, ...], entered: Mapping[str, Any], posted: Posted, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What was entered, and in text inputs that the browser had not shown what they would have begun with."""
    begun = dict(entered)
    for node in nodes:
        if isinstance(node, Group) and node.key is None:
            begun |= carried(node.nodes, begun, posted, given)
        elif isinstance(node, Field) and node.key in given and _unsent(node, posted):
            begun[node.key] = given[node.key]
    return begun


def _unsent(field: Field, posted: Posted) -> bool:
    """Whether a browser that shows the field would have sent its name, and did not."""
    sometimes = field.many or field.formula is not None or field.type in {FieldType.RADIO, FieldType.CHECKBOX}
    return not sometimes and field.key not in posted
