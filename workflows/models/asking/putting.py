"""A component's properties as texts of a page, and back: what was not touched keeps its place and its form."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from forms.feel import FeelError, parse
from workflows.models.asking.components import Component
from workflows.models.asking.listed import Unusable, columns_text, options_text, put_columns, put_options
from workflows.models.asking.properties import Kind, Property, properties_of


def read_property(component: Mapping[str, Any], one: Property) -> str:
    """Return a property as its field shows it; flags are "1" or ""."""
    match one.kind:
        case Kind.OPTIONS:
            return options_text(component)
        case Kind.COLUMNS:
            return columns_text(component)
    value = _value(component, _place(component, one))
    match one.kind:
        case Kind.FLAG:
            return "1" if value is True or (value is None and one.name == "add_remove") else ""
        case Kind.MARK:
            return "1" if value == "true" else ""
        case Kind.SWITCH | Kind.EQUATION:
            return _equation_text(value)
    if value is None or isinstance(value, dict | list):
        return ""
    return ("true" if value else "") if isinstance(value, bool) else str(value)


def put_properties(component: Mapping[str, Any], typed: Mapping[str, str]) -> tuple[Component, dict[str, str]]:
    """Return the component as typed, and what is wrong by the name of the property; a wrong one keeps its value.

    Line ends are those of the file; a property that is not among the typed ones stays as it is.
    """
    made: Component = copy.deepcopy(dict(component))
    problems: dict[str, str] = {}
    for one in properties_of(str(component.get("type"))):
        text = typed.get(one.name)
        if text is None:
            continue
        text = text.replace("\r\n", "\n").strip()
        if text == read_property(component, one).strip():
            continue
        try:
            _put(made, one, text)
        except Unusable as wrong:
            problems[one.name] = str(wrong)
    return made, problems


def _put(component: Component, one: Property, text: str) -> None:
    match one.kind:
        case Kind.OPTIONS:
            put_options(component, text)
        case Kind.COLUMNS:
            put_columns(component, text)
        case _:
            _set(component, _place(component, one), _parsed(one, text))


def _parsed(one: Property, text: str) -> Any:
    """Return what the file says for a text; None takes the property out."""
    match one.kind:
        case Kind.FLAG:
            return bool(text) if text or one.name == "add_remove" else None
        case Kind.MARK:
            return "true" if text else None
        case Kind.NUMBER:
            number = _number(text)
            # form-js keeps what is in `properties` as texts
            return str(number) if one.place[0] == "properties" and number is not None else number
        case Kind.EQUATION:
            return f"={_parsable(text)}" if text else None
        case Kind.SWITCH:
            return True if text == "true" else f"={_parsable(text)}" if text and text != "false" else None
    if one.name == "default" and text == "true":
        return True
    return text or None


def _parsable(text: str) -> str:
    source = text.removeprefix("=").strip()
    try:
        parse(source)
    except FeelError as error:
        raise Unusable(f"Uttrycket går inte att läsa: {error}".rstrip(".")) from error
    return source


def _number(text: str) -> int | float | None:
    plain = text.replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError as error:
        raise Unusable("Skriv ett tal") from error
    if not abs(number) < 1e15:
        raise Unusable("Skriv ett mindre tal")
    return int(number) if number.is_integer() else number


def _place(component: Mapping[str, Any], one: Property) -> tuple[str, ...]:
    """Return where a property lies: the label of a date has a name of its own."""
    if one.name == "label" and component.get("type") == "datetime":
        return ("timeLabel",) if component.get("subtype") == "time" else ("dateLabel",)
    if one.name == "source" and component.get("valuesKey") and not component.get("valuesExpression"):
        return ("valuesKey",)
    if one.name == "help" and not _value(component, one.place) and component.get("description"):
        return ("description",)
    return one.place


def _value(component: Mapping[str, Any], place: tuple[str, ...]) -> Any:
    found: Any = component
    for name in place:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _set(component: Component, place: tuple[str, ...], value: Any) -> None:
    *outer, last = place
    holder = component
    for name in outer:
        inner = holder.get(name)
        if not isinstance(inner, dict):
            if value is None:
                return
            inner = holder[name] = {}
        holder = inner
    if value is None:
        holder.pop(last, None)
        if outer and not holder:
            component.pop(outer[0], None)
    else:
        holder[last] = value


def _equation_text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    return value.removeprefix("=") if isinstance(value, str) else ""
