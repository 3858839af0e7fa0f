"""Reads typed values out of a parsed JSON file and refuses, in Swedish, what has the wrong shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

from forms.feel import Expression, FeelError, parse, shown
from forms.strict_json import JsonRefused, read_json
from forms.tree import FormRefused, Label

MAX_BYTES = 400_000
"""One form or checklist; our largest has a tenth of it."""

MAX_VALUES = 40_000
FEEL_NAME = re.compile(r"[^\W\d]\w{0,59}")
FEEL_WORDS = frozenset(
    {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not", "null"}
    | {"true", "false", "function", "between", "instance", "of"}
)
RESERVED = frozenset({"csrf_token", "request_id", "version"})
"""Names that every page of Styr posts itself: a field of that name could never be answered."""


@dataclass(frozen=True, slots=True)
class Source:
    """One JSON object of a file, with the words that point at it in a refusal; `around` is what it is a part of."""

    raw: Mapping[str, Any]
    name: str
    file: str | None = None
    around: str = ""

    def refuse(self, message: str) -> NoReturn:
        """Raise FormRefused with `message` after the element's name, and its key or id to find it by."""
        raise FormRefused(f"{self.name}: {message}", file=self.file, element=self._found_by())

    def _found_by(self) -> str:
        """The key or id of an element of the file; empty for the file itself and what has neither."""
        named = (self.raw.get(key) for key in ("key", "path", "id"))
        own = next((name for name in named if isinstance(name, str) and name), "")
        return (own or self.around) if self.name != (self.file or "Filen") else ""

    def text(self, key: str, default: str = "") -> str:
        """The text under `key`; missing and null give `default`."""
        value = self.raw.get(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.refuse(f"”{key}” ska vara text")
        return value

    def required_text(self, key: str) -> str:
        """The non-empty text under `key`."""
        return self.text(key).strip() or self.refuse(f"”{key}” saknas")

    def flag(self, key: str, default: bool = False) -> bool:
        """The boolean under `key`."""
        value = self.raw.get(key, default)
        if not isinstance(value, bool):
            self.refuse(f"”{key}” ska vara true eller false")
        return value

    def count(self, key: str, *, largest: int = 100_000) -> int | None:
        """A whole number from 0 to `largest`, or None when it is missing."""
        value = self.number(key)
        if value is None:
            return None
        if value != value.to_integral_value() or not 0 <= value <= largest:
            self.refuse(f"”{key}” ska vara ett heltal från 0 till {largest}")
        return int(value)

    def number(self, key: str) -> Decimal | None:
        """The number under `key`, also when it is written as text; None when it is missing."""
        value = self.raw.get(key)
        if value is None or value == "":
            return None
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else None
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite():
            self.refuse(f"”{key}” ska vara ett tal")
        return number

    def feel(self, source: str) -> Expression:
        """`source` as a FEEL expression, with or without form-js's leading "="."""
        try:
            return parse(source.strip().removeprefix("="))
        except FeelError as error:
            self.refuse(f"uttrycket ”{shown(source)}” går inte att läsa: {error}")

    def optional_feel(self, key: str) -> Expression | None:
        """The expression under `key`, or None when it is missing or empty."""
        source = self.text(key).strip()
        return self.feel(source) if source else None

    def switch(self, key: str) -> Expression | bool:
        """A boolean or an expression that gives one (form-js `readonly`, `disabled`)."""
        value = self.raw.get(key, False)
        return self.feel(value) if isinstance(value, str) and value.strip() else self.flag(key)

    def child(self, key: str) -> Source:
        """The object under `key`, empty when it is missing."""
        value = self.raw.get(key) or {}
        if not isinstance(value, dict):
            self.refuse(f"”{key}” ska vara ett objekt")
        return Source(value, self.name, self.file, self._found_by())

    def children(self, key: str, *, called: str) -> Iterator[Source]:
        """The objects in the list under `key`, named `called` and their number."""
        value = self.raw.get(key) or []
        if not isinstance(value, list):
            self.refuse(f"”{key}” ska vara en lista")
        for number, raw in enumerate(value, start=1):
            if not isinstance(raw, dict):
                self.refuse(f"nummer {number} i ”{key}” ska vara ett objekt")
            yield Source(raw, f"{called} {number}", self.file, self._found_by())

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under `key`, empty when it is missing."""
        value = self.raw.get(key) or []
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            self.refuse(f"”{key}” ska vara en lista med texter")
        return tuple(value)

    def label(self, key: str) -> Label:
        """{sv, en} under `key`; a plain text counts as Swedish."""
        value = self.raw.get(key)
        if isinstance(value, str):
            return Label(sv=value)
        words = self.child(key)
        return Label(sv=words.text("sv"), en=words.text("en"))

    def feel_name(self, key: str) -> str:
        """The name under `key`, refused unless FEEL can name it and HTML can carry it."""
        value = self.text(key)
        if value in FEEL_WORDS:
            self.refuse(f"nyckeln ”{value}” är ett ord i uttrycksspråket; välj en annan")
        if not FEEL_NAME.fullmatch(value) or value.startswith("_"):
            self.refuse(f"nyckeln ”{value}” går inte att använda; skriv bokstäver, siffror och understreck")
        if value in RESERVED:
            self.refuse(f"nyckeln ”{value}” används av Styr självt; välj en annan")
        return value

    def named(self, name: str) -> Source:
        """The same object under a better name."""
        return Source(self.raw, name, self.file, self.around)


def load(data: bytes | Mapping[str, Any], *, file: str | None) -> Source:
    """The outermost object of a file. Raises FormRefused for what is too large or not JSON."""
    name = file or "Filen"
    if isinstance(data, Mapping):
        return Source(data, name, file)
    if len(data) > MAX_BYTES:
        raise FormRefused(f"{name}: filen är större än {MAX_BYTES // 1000} kB", file=file)
    try:
        raw = read_json(data, most_values=MAX_VALUES)
    except JsonRefused as error:
        raise FormRefused(f"{name}: filen går inte att läsa som JSON: {error}", file=file) from error
    if not isinstance(raw, dict):
        raise FormRefused(f"{name}: filen ska innehålla ett objekt", file=file)
    return Source(raw, name, file)
