"""A single field as a page shows it: its kind, its input, its value, its choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from forms.field_view import KeptFile, OptionView
from forms.swedish import format_date, format_number, format_time, parse_date, parse_moment, parse_number
from forms.tree import Field, FieldType, Moment, Option, TextKind
from forms.values import MAX_TEXTAREA, MAX_TEXTFIELD, read_value

MAX_INLINE = 3
MAX_INLINE_LABEL = 14
KINDS = {
    FieldType.CHECKLIST: "checkboxes",
    FieldType.TAGLIST: "tags",
    FieldType.FILEPICKER: "file",
    FieldType.COMPUTED: "computed",
}


def kind_of(node: Field, *, known: bool) -> str:
    """The macro that prints a field; choices that are not `known` become a text field."""
    if node.type is FieldType.DATETIME:
        return node.moment.value
    if node.type in {FieldType.RADIO, FieldType.SELECT} and not known:
        return "textfield"
    return KINDS.get(node.type, node.type.value)


def input_value(node: Field, value: Any, *, today: date, language: str) -> str:
    """What stands in the input: typed text as it was typed, days as the browser wants them."""
    if value is None or isinstance(value, bool | list | Mapping):
        return ""
    if node.type is FieldType.COMPUTED:
        return readable(value, today)
    if node.type is FieldType.NUMBER and isinstance(value, int | float):
        return format_number(value, grouped=node.grouped)
    if node.moment is Moment.DATETIME and (moment := parse_moment(str(value))):
        return moment.isoformat(timespec="minutes")
    if node.type is FieldType.DATETIME:
        return read_value(node, value, options=None, language=language).value or str(value)
    return str(value)


def option_views(
    node: Field, options: Iterable[Option], value: Any, *, name: str, language: str
) -> tuple[OptionView, ...]:
    """The choices of a field, those in `value` chosen."""
    chosen = set(value) if isinstance(value, list) else {value}
    return tuple(
        OptionView(
            id=f"{name}-{number}",
            value=option.value,
            label=option.label.in_language(language),
            help=node.properties.get(f"option_help.{option.value}", ""),
            tone=node.properties.get(f"option_tone.{option.value}", ""),
            chosen=option.value in chosen,
        )
        for number, option in enumerate(options, start=1)
    )


def inline(options: Iterable[OptionView]) -> bool:
    """Whether choices are so few and short that they stand beside one another."""
    labels = [option.label + option.help for option in options]
    return 0 < len(labels) <= MAX_INLINE and all(len(label) <= MAX_INLINE_LABEL for label in labels)


def kept_files(node: Field, value: Any, files: Mapping[str, str]) -> tuple[KeptFile, ...]:
    """The files of a filepicker by the names in `files`."""
    if node.type is not FieldType.FILEPICKER or not isinstance(value, list):
        return ()
    return tuple(KeptFile(value=str(ref), label=files.get(str(ref), str(ref))) for ref in value)


def widget(node: Field) -> dict[str, Any]:
    """How the input looks, how much it takes, and which keyboard a phone shows."""
    match node.type:
        case FieldType.NUMBER:
            whole = node.rules.decimals == 0
            return {"input_mode": "numeric" if whole else "decimal", "width": "short"}
        case FieldType.DATETIME:
            types = {Moment.DATE: "date", Moment.TIME: "time", Moment.DATETIME: "datetime-local"}
            return {"input_type": types[node.moment], "width": "short"}
        case FieldType.TEXTAREA:
            return {"lines": node.lines, "max_length": node.rules.max_length or MAX_TEXTAREA}
        case FieldType.FILEPICKER:
            return {"input_type": "file"}
    looks: dict[str, Any] = {"width": node.properties.get("width", "")}
    if node.type is FieldType.TEXTFIELD:
        looks["max_length"] = node.rules.max_length or MAX_TEXTFIELD
    match node.rules.kind:
        case TextKind.EMAIL:
            looks |= {"input_type": "email", "autocomplete": "email"}
        case TextKind.PHONE:
            looks |= {"input_type": "tel", "autocomplete": "tel"}
    return looks


def readable(value: Any, today: date) -> str:
    """A computed value as people read it: "27 400", "fre 27 nov", "ja"; a text that is an ISO date is a day."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return f"{format_date(value.date(), today)} {format_time(value.time())}"
        case date():
            return format_date(value, today)
        case time():
            return format_time(value)
        case str():
            return format_date(day, today) if (day := _iso_day(value)) else value
        case list() | tuple():
            return ", ".join(readable(entry, today) for entry in value)
        case _:
            number = parse_number(str(value))
            return format_number(number) if number is not None else str(value)


def _iso_day(words: str) -> date | None:
    return parse_date(words) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII) else None
