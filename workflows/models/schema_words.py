"""What a JSON Schema refuses, said in Swedish: the place in the file, and what is expected there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

import jsonschema
import orjson
from jsonschema import ValidationError

MAX_PROBLEMS = 100
"""Problems of one file that are told; whoever mends these sees the next."""

_TYPES = {
    "string": "text",
    "object": "namn med värden",
    "array": "en lista",
    "integer": "ett heltal",
    "number": "ett tal",
    "boolean": "true eller false",
    "null": "null",
}


def problems(validator: jsonschema.Draft202012Validator, raw: Any) -> Iterator[tuple[str, str]]:
    """Yield each place that does not follow the schema, with a sentence; places are counted from 1."""
    errors: list[ValidationError] = list(islice(validator.iter_errors(raw), MAX_PROBLEMS))
    shapeless = {tuple(error.absolute_path) for error in errors if error.validator == "oneOf"}
    for error in sorted(errors, key=lambda error: [str(part) for part in error.absolute_path]):
        if error.validator == "oneOf" or tuple(error.absolute_path) not in shapeless:
            yield from _told(error)


def _told(error: ValidationError) -> Iterator[tuple[str, str]]:
    """Say an error; where none of several forms fits, what the one that came closest lacks."""
    closest = _closest(error)
    if closest is None:
        yield _place(error), _sentence(error)
        return
    for inner in closest:
        yield from _told(inner)


def _closest(error: ValidationError) -> list[ValidationError] | None:
    """Return what is wrong with the alternative that fits best, when one fits better than the others."""
    branches: dict[Any, list[ValidationError]] = {}
    inside: list[ValidationError] = list(error.context or ())
    for inner in inside:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    deeper = [errors for errors in branches.values() if all(len(inner.path) > 0 for inner in errors)]
    return deeper[0] if len(deeper) == 1 else None


def _place(error: ValidationError) -> str:
    return "/".join(str(part + 1) if isinstance(part, int) else str(part) for part in error.absolute_path)


def _sentence(error: ValidationError) -> str:
    """Return what is expected; `error.validator` is the keyword of the schema that was broken."""
    if "propertyNames" in error.schema_path:
        return _name(error.instance, error.validator_value if error.validator == "enum" else ())
    told = _KEYWORDS.get(str(error.validator))
    return told(error.instance, error.validator_value, error.schema) if told else f"Fel form: {_shown(error.instance)}."


def _name(found: Any, known: Any) -> str:
    return f"{found} hör inte hit." + (f" Här kan stå {', '.join(known)}." if known else "")


def _required(found: Any, wanted: Any, _schema: Any) -> str:
    return f"{' och '.join(name for name in wanted if name not in found)} saknas."


def _unknown(found: Any, _wanted: Any, schema: Any) -> str:
    known = schema.get("properties", {})
    return f"{', '.join(sorted(set(found) - set(known)))} känns inte igen. Här kan stå {', '.join(known)}."


def _type(found: Any, wanted: Any, _schema: Any) -> str:
    names = [wanted] if isinstance(wanted, str) else wanted
    return f"Ska vara {' eller '.join(_TYPES[name] for name in names)}, inte {_shown(found)}."


def _forms(found: Any, wanted: Any, _schema: Any) -> str:
    """Say which of several forms is meant: exactly one of some keys, or simply another form."""
    branches = [branch for branch in wanted if set(branch) == {"required"}]
    if len(branches) == len(wanted):
        return f"Ska ha precis en av {', '.join(name for branch in branches for name in branch['required'])}."
    return f"Fel form: {_shown(found)}."


def _enum(found: Any, wanted: Any, _schema: Any) -> str:
    return f"Ska vara {' eller '.join(map(str, wanted))}, inte {_shown(found)}."


_KEYWORDS: Mapping[str, Callable[[Any, Any, Any], str]] = {
    "required": _required,
    "additionalProperties": _unknown,
    "type": _type,
    "oneOf": _forms,
    "anyOf": _forms,
    "enum": _enum,
    "const": lambda found, wanted, _: f"Ska vara {_shown(wanted)}, inte {_shown(found)}.",
    "minItems": lambda _found, wanted, _: f"Ska ha minst {wanted}.",
    "minProperties": lambda _found, wanted, _: f"Ska ha minst {wanted}.",
    "minLength": lambda *_: "Får inte vara tom.",
    "minimum": lambda _found, wanted, _: f"Ska vara minst {wanted}.",
    "maxItems": lambda _found, wanted, _: f"Får ha högst {wanted}.",
    "uniqueItems": lambda *_: "Samma värde står två gånger.",
}
"""By keyword of the schema: what was found, what the keyword says, and the schema around it."""


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else orjson.dumps(value, default=str).decode()
    return f"”{text[:60]}…”" if len(text) > 60 else f"”{text}”"
