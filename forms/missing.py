"""What a post leaves out: the sentence that asks for it, and the fields that the browser had not shown."""

from __future__ import annotations

from collections.abc import Iterator
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
        elif isinstance(node, Field) and not (node.many or scope.locked(node)):
            always_sent = node.type not in {FieldType.RADIO, FieldType.CHECKBOX}
            if always_sent and node.key not in posted:
                yield node.key
