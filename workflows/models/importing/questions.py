"""The questions of a form, whatever tool wrote them, and the form-js components that ask them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lxml import etree

from workflows.models.comparing.swedish import quoted
from workflows.models.importing.naming import field_key

MAX_OPTIONS = 100


class QuestionKind(StrEnum):
    """What is answered; the value is the form-js type."""

    TEXT = "textfield"
    AREA = "textarea"
    NUMBER = "number"
    DATE = "datetime"
    YES = "checkbox"
    CHOICE = "radio"
    CHOICES = "checklist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One field: `variable` is what expressions of the other tool call it, `options` are (value, label).

    `left` is what the other tool knew of it and nothing is made of, in words.
    """

    variable: str
    label: str
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = False
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    understood: bool = True
    left: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The field's key in our form."""
        return field_key(self.variable, "field")

    def component(self) -> dict[str, Any]:
        """Return the form-js component."""
        kind = self.kind
        if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) and not self.options:
            kind = QuestionKind.TEXT
        made: dict[str, Any] = {"type": kind.value, "id": f"Field_{self.key}", "key": self.key}
        if kind is QuestionKind.DATE:
            made |= {"subtype": "date", "dateLabel": self.label}
        else:
            made["label"] = self.label
        if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
            made["values"] = [{"value": value, "label": label} for value, label in self.options[:MAX_OPTIONS]]
        if self.required and kind is not QuestionKind.YES:
            made["validate"] = {"required": True}
        if self.help:
            made["properties"] = {"help": self.help}
        return made


_TYPES = {
    "string": QuestionKind.TEXT,
    "text": QuestionKind.TEXT,
    "multi-line-text": QuestionKind.AREA,
    "long": QuestionKind.NUMBER,
    "integer": QuestionKind.NUMBER,
    "int": QuestionKind.NUMBER,
    "double": QuestionKind.NUMBER,
    "decimal": QuestionKind.NUMBER,
    "number": QuestionKind.NUMBER,
    "date": QuestionKind.DATE,
    "boolean": QuestionKind.YES,
    "enum": QuestionKind.CHOICE,
    "radio-buttons": QuestionKind.CHOICE,
    "dropdown": QuestionKind.CHOICE,
}  # fmt: skip


def camunda_question(field: etree._Element) -> Question:
    """Read a `camunda:formField`."""
    rules = {child.get("name") or "": child.get("config") or "" for child in _children(field, "constraint")}
    required = rules.pop("required", None) is not None
    left = [f"regeln {quoted(f'{name} {value}'.strip())}" for name, value in rules.items()]
    left += [f"uppgiften {quoted(child.get('id') or '')}" for child in _children(field, "property")]
    return _question(field, field.get("label"), required, _default(field.get("defaultValue"), *left))


def flowable_question(field: etree._Element) -> Question:
    """Read a `flowable:formProperty` (Activiti's is the same)."""
    shut = [word for part, word in _SHUT.items() if field.get(part) == "false"]
    computed = [f"uttrycket {quoted(said)}"] if (said := field.get("expression")) else []
    left = _default(field.get("default"), *shut, *computed)
    return _question(field, field.get("name"), field.get("required") == "true", left)


_SHUT = {"writable": "att svaret inte får ändras", "readable": "att svaret inte visas"}


def _default(value: object, *left: str) -> tuple[str, ...]:
    return (f"förvalet {quoted(str(value))}", *left) if value not in (None, "") else left


def _question(field: etree._Element, label: str | None, required: bool, left: tuple[str, ...]) -> Question:
    name, kind = field.get("id") or "", field.get("type") or "string"
    options = tuple(
        (value.get("id") or "", value.get("name") or value.get("id") or "")
        for value in _children(field, "value")
        if value.get("id")
    )
    return Question(
        variable=field.get("variable") or name or "field",
        label=(label or name or "Fält").strip(),
        kind=_TYPES.get(kind, QuestionKind.TEXT),
        required=required,
        options=options,
        understood=kind in _TYPES,
        left=left,
    )


def _children(field: etree._Element, local: str) -> Iterator[etree._Element]:
    return (child for child in field.iter() if isinstance(child.tag, str) and etree.QName(child).localname == local)


def schema_questions(schema: Mapping[str, Any]) -> Iterator[Question]:
    """Read a JSON schema (SpiffArena): each property of an object is a question, those of groups as well."""
    properties = schema.get("properties")
    required = schema.get("required")
    for name, said in properties.items() if isinstance(properties, dict) else ():
        if not isinstance(said, dict):
            continue
        if isinstance(said.get("properties"), dict):
            yield from schema_questions(said)
            continue
        options = tuple(_schema_options(said))
        kind = _schema_kind(said, options)
        title, help_text = said.get("title"), said.get("description")
        yield Question(
            variable=str(name),
            label=title if isinstance(title, str) and title.strip() else str(name) or "Fält",
            kind=kind or QuestionKind.TEXT,
            required=isinstance(required, list) and name in required,
            options=options,
            help=help_text if isinstance(help_text, str) else "",
            understood=kind is not None,
            left=_default(said.get("default"), *_schema_rules(said)),
        )


def _schema_rules(said: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a schema demands of an answer beside its kind."""
    rules = ("minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "pattern")
    return (f"regeln {quoted(f'{rule} {said[rule]}')}" for rule in rules if rule in said)


def _schema_kind(said: Mapping[str, Any], options: tuple[tuple[str, str], ...]) -> QuestionKind | None:
    kind = said.get("type", "string")
    if options:
        return QuestionKind.CHOICES if kind == "array" else QuestionKind.CHOICE
    if kind == "string":
        return QuestionKind.DATE if said.get("format") == "date" else QuestionKind.TEXT
    return {"number": QuestionKind.NUMBER, "integer": QuestionKind.NUMBER, "boolean": QuestionKind.YES}.get(str(kind))


def _schema_options(said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the choices of a schema: `enum`, `oneOf` and `anyOf` with constants, or those of an array's items."""
    items = said.get("items")
    if isinstance(items, dict):
        yield from _schema_options(items)
    names = said.get("enumNames")
    for number, value in enumerate(values if isinstance(values := said.get("enum"), list) else []):
        if isinstance(value, str | int | float):
            named = names[number] if isinstance(names, list) and number < len(names) else value
            yield str(value), str(named)
    for word in ("oneOf", "anyOf"):
        for choice in choices if isinstance(choices := said.get(word), list) else []:
            if isinstance(choice, dict) and isinstance(value := choice.get("const"), str | int | float):
                yield str(value), str(choice.get("title") or value)


def question_for(path: tuple[str, ...], values: list[object]) -> Question:
    """Make a question of what a variable is compared with."""
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    label = path[-1].replace("_", " ")
    kind = QuestionKind.TEXT
    options: tuple[tuple[str, str], ...] = ()
    if texts:
        kind = QuestionKind.CHOICE
        options = (*((text, text) for text in texts), ("other", "Annat"))
    elif any(isinstance(value, bool) for value in values):
        kind = QuestionKind.YES
    elif values and all(value is not None for value in values):
        kind = QuestionKind.NUMBER
    return Question(variable=".".join(path), label=(label[:1].upper() + label[1:]), kind=kind, options=options)
