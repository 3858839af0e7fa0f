"""Reads the fields of a form-js file: labels, rules, choices, conditions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms.feel import Expression
from forms.source import Source
from forms.tree import Field, FieldType, Label, Layout, Moment, Option, Options, Rules, TextKind

MAX_PATTERN = 200
MAX_OPTIONS = 300
WHOLE_ROW = 16
"""The columns of a row in form-js."""
REPEATED_GROUP = re.compile(r"\([^()]*[+*|][^()]*\)[+*{]")
"""A repeated group that repeats or chooses inside can take exponential time on a long answer."""
MAX_UNBOUNDED = 3


def label_of(source: Source) -> Label:
    """A component's label; a datetime has one of its own name."""
    words = source.text("label") or source.text("dateLabel") or source.text("timeLabel")
    return Label(sv=words.strip(), en=source.child("properties").text("label_en"))


def help_of(source: Source) -> Label:
    """A component's help: Styr's own, or form-js's description."""
    properties = source.child("properties")
    return Label(sv=properties.text("help") or source.text("description"), en=properties.text("help_en"))


def hide_of(source: Source) -> Expression | None:
    """The condition that hides a component."""
    return source.child("conditional").optional_feel("hide")


def layout_of(source: Source) -> Layout:
    """Where a component stands (form-js `layout`)."""
    layout = source.child("layout")
    return Layout(row=layout.text("row"), columns=layout.count("columns", largest=WHOLE_ROW))


def properties_of(source: Source) -> Mapping[str, str]:
    """A component's own map of words."""
    properties = source.child("properties")
    return {key: properties.text(key) for key in properties.raw}


def field_of(source: Source, kind: FieldType, *, key: str) -> Field:
    """A component that carries an answer."""
    label = label_of(source)
    if not label and kind is not FieldType.COMPUTED:
        source.refuse("etikett saknas")
    formula = source.optional_feel("expression") if kind is FieldType.COMPUTED else None
    if kind is FieldType.COMPUTED and formula is None:
        source.refuse("uttrycket saknas")
    return Field(
        key=key,
        type=kind,
        label=label,
        help=help_of(source),
        rules=_rules(source),
        hide=hide_of(source),
        layout=layout_of(source),
        readonly=source.switch("readonly"),
        disabled=source.switch("disabled"),
        options=_options(source, kind),
        moment=_moment(source),
        formula=formula,
        default=_default(source),
        unit=source.child("appearance").text("suffixAdorner"),
        accept=source.text("accept"),
        multiple=source.flag("multiple"),
        lines=source.child("properties").count("lines", largest=40) or 3,
        returns_if=source.child("properties").optional_feel("returns_if"),
        properties=properties_of(source),
    )


def _default(source: Source) -> Any:
    value = source.raw.get("defaultValue")
    if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
        source.refuse("”defaultValue” ska vara ett enkelt värde")
    return value


def _moment(source: Source) -> Moment:
    subtype = source.text("subtype", "date")
    if subtype not in set(Moment):
        source.refuse(f"”subtype” kan inte vara ”{subtype}”")
    return Moment(subtype)


def _rules(source: Source) -> Rules:
    rules, properties = source.child("validate"), source.child("properties")
    kind = rules.text("validationType")
    if kind not in {"", "custom", *TextKind}:
        source.refuse(f"”validationType” kan inte vara ”{kind}”")
    made = Rules(
        required=rules.flag("required"),
        required_if=properties.optional_feel("required_if"),
        minimum=rules.number("min"),
        maximum=rules.number("max"),
        min_length=rules.count("minLength"),
        max_length=rules.count("maxLength"),
        pattern=_pattern(rules),
        pattern_message=rules.text("patternErrorMessage").rstrip("."),
        kind=TextKind(kind) if kind in set(TextKind) else None,
        decimals=source.count("decimalDigits", largest=10),
        increment=source.number("increment"),
        valid_if=properties.optional_feel("valid_if"),
        valid_message=Label(sv=properties.text("valid_message"), en=properties.text("valid_message_en")),
    )
    for low, high in ((made.minimum, made.maximum), (made.min_length, made.max_length)):
        if low is not None and high is not None and low > high:
            source.refuse("det minsta tillåtna är större än det största")
    if made.increment is not None and made.increment <= 0:
        source.refuse("”increment” ska vara större än 0")
    if made.valid_if is not None and not made.valid_message:
        source.refuse("”valid_message” saknas: säg vad som ska göras")
    return made


def _pattern(rules: Source) -> re.Pattern[str] | None:
    """The JavaScript pattern as Python runs it: JavaScript's \\d and \\w are ASCII."""
    source = rules.text("pattern")
    if not source:
        return None
    plain = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", source)
    if len(source) > MAX_PATTERN or REPEATED_GROUP.search(plain) or len(re.findall(r"[+*]", plain)) > MAX_UNBOUNDED:
        rules.refuse(f"mönstret ”{source}” kan ta för lång tid att pröva; gör det enklare")
    try:
        return re.compile(source, re.ASCII)
    except re.error:
        rules.refuse(f"mönstret ”{source}” går inte att läsa; se efter att varje parentes har sin andra hälft")


def _options(source: Source, kind: FieldType) -> Options:
    if kind not in {FieldType.RADIO, FieldType.SELECT, FieldType.CHECKLIST, FieldType.TAGLIST}:
        return Options()
    listed = source.text("valuesExpression") or source.text("valuesKey")
    if listed:
        return Options(source=source.feel(listed))
    english = source.child("properties")
    made: dict[str, Option] = {}
    for option in source.children("values", called=f"{source.name}, alternativ"):
        value = str(option.raw.get("value") or "")
        label = option.text("label") or value
        if not value or value in made:
            option.refuse("värdet saknas eller finns redan")
        made[value] = Option(value=value, label=Label(sv=label, en=english.text(f"option_en.{value}")))
    if not 0 < len(made) <= MAX_OPTIONS:
        source.refuse(f"alternativ saknas eller är fler än {MAX_OPTIONS}")
    return Options(values=tuple(made.values()))
