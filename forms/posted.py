"""Between the flat names of an HTML form ("risks-0-risk") and the nested answers of a definition."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from forms.tree import Field, FieldType, Form, Group, Node, Rows, keyed

Posted: TypeAlias = Mapping[str, Sequence[str]]

DEFAULT_IGNORED = frozenset({"csrf_token", "request_id", "version"})
MAX_ROWS = 200
_NUMBER = "0|[1-9][0-9]{0,2}"
"""A row's number, written in one way only: of two names for one row, one would be dropped."""


class UnknownFields(Exception):
    """A post set fields that the definition does not declare; nothing of it is used."""

    def __init__(self, names: Collection[str]) -> None:
        super().__init__(f"Formuläret har inga fält som heter {', '.join(sorted(names)[:10])}")
        self.names = tuple(sorted(names))


def unflatten(form: Form, posted: Posted) -> dict[str, Any]:
    """The posted texts in the shape of the definition; nothing is checked yet.

    An unticked box is False, a row exists when any field of it was posted, and rows are renumbered.
    """
    return _gather(form.nodes, posted, prefix="")


def flatten(form: Form, answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The names and texts that a browser would post for `answers`."""
    return list(_spread(form.nodes, answers, prefix=""))


def unknown(form: Form, posted: Posted, ignore: Collection[str] = DEFAULT_IGNORED) -> set[str]:
    """The posted names that belong to no field of the form."""
    return {name for name in posted if not name.startswith("_") and name not in ignore and not _named(form.nodes, name)}


def field_named(form: Form, name: str) -> Field | None:
    """The field that a posted name belongs to; None for what belongs to no field."""
    return _named(form.nodes, name)


def row_action(posted: Posted) -> tuple[str, str] | None:
    """("add", "risks") or ("remove", "risks-0") when a row button sent the form; None otherwise."""
    for action in ("add", "remove"):
        if values := posted.get(f"_{action}"):
            return action, values[0]
    return None


def apply_row_action(form: Form, posted: Posted) -> dict[str, Any]:
    """What was entered, with the row added or removed that the pressed button names."""
    entered = unflatten(form, posted)
    if pressed := row_action(posted):
        action, path = pressed
        _change_rows(form.nodes, entered, path.split("-"), add=action == "add")
    return entered


def _gather(nodes: tuple[Node, ...], posted: Posted, *, prefix: str) -> dict[str, Any]:
    gathered: dict[str, Any] = {}
    for node in keyed(nodes):
        name = f"{prefix}{node.key}"
        match node:
            case Group():
                gathered[str(node.key)] = _gather(node.nodes, posted, prefix=f"{name}-")
            case Rows():
                gathered[node.key] = [
                    _gather(node.nodes, posted, prefix=f"{name}-{number}-") for number in _row_numbers(name, posted)
                ]
            case Field() if node.type is not FieldType.COMPUTED:
                gathered[node.key] = _posted_value(node, posted.get(name))
            case _:
                pass
    return gathered


def _posted_value(field: Field, texts: Sequence[str] | None) -> Any:
    if field.type is FieldType.CHECKBOX:
        return bool(texts) and texts[-1] not in {"", "false", "0"} if texts else False
    if field.many:
        return [text for text in texts or () if text]
    texts = [text for text in texts or () if text.strip()] or [""]
    return texts[0] if len(texts) == 1 else texts


def _row_numbers(name: str, posted: Posted) -> list[int]:
    row = re.compile(f"{re.escape(name)}-({_NUMBER})-")
    return sorted({int(match[1]) for key in posted if (match := row.match(key))})


def _named(nodes: tuple[Node, ...], name: str) -> Field | None:
    head, dash, rest = name.partition("-")
    node = next((node for node in keyed(nodes) if node.key == head), None)
    match node:
        case Field():
            return node if not dash and node.type is not FieldType.COMPUTED else None
        case Group():
            return _named(node.nodes, rest)
        case Rows():
            number, _, rest = rest.partition("-")
            return _named(node.nodes, rest) if re.fullmatch(_NUMBER, number) else None
        case _:
            return None


def _spread(nodes: tuple[Node, ...], answers: Mapping[str, Any], *, prefix: str) -> Iterator[tuple[str, str]]:
    for node in keyed(nodes):
        name, value = f"{prefix}{node.key}", answers.get(str(node.key))
        match node:
            case Group():
                yield from _spread(node.nodes, value if isinstance(value, Mapping) else {}, prefix=f"{name}-")
            case Rows():
                for number, row in enumerate(value if isinstance(value, list) else ()):
                    yield from _spread(node.nodes, row, prefix=f"{name}-{number}-")
            case Field(type=FieldType.COMPUTED):
                pass
            case Field(type=FieldType.CHECKBOX):
                yield from [(name, "true")] if value is True else []
            case Field():
                texts = value if isinstance(value, list) else [value]
                yield from ((name, str(text)) for text in texts if text not in (None, ""))


def _change_rows(nodes: tuple[Node, ...], entered: dict[str, Any], path: list[str], *, add: bool) -> None:
    """Follow `path` (keys and row numbers) to its list and add or remove there; a path to nowhere changes nothing."""
    node = next((node for node in keyed(nodes) if node.key == path[0]), None)
    if isinstance(node, Group) and len(path) > 1:
        return _change_rows(node.nodes, entered.setdefault(path[0], {}), path[1:], add=add)
    if not isinstance(node, Rows):
        return None
    rows: list[dict[str, Any]] = entered.setdefault(node.key, [])
    number = int(path[1]) if len(path) > 1 and re.fullmatch(r"\d{1,3}", path[1], re.ASCII) else None
    if len(path) > 2 and number is not None and number < len(rows):
        return _change_rows(node.nodes, rows[number], path[2:], add=add)
    if node.fixed:
        return None
    if add and len(path) == 1 and len(rows) < MAX_ROWS:
        rows.append({})
    if not add and len(path) == 2 and number is not None and number < len(rows):
        del rows[number]
    return None
