"""The fields of a scenario's row: what is asked, what may be chosen, and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext

Options = tuple[tuple[str, str], ...]
Raw = Mapping[str, Any]

LONGEST = 2000
MOST = 60
"""Entries of one list in a row."""


class AskKind(StrEnum):
    """How a field is shown."""

    SELECT = "select"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    AREA = "area"
    CHECK = "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One field. `value` is as it stands in it; `gone` is a value that can no longer be chosen and is shown all the
    same, so that nothing is lost before somebody has read it.
    """

    name: str
    label: str
    kind: AskKind = AskKind.TEXT
    value: str = ""
    options: Options = ()
    hint: str = ""
    gone: str = ""

    @property
    def shown(self) -> Options:
        """What the select lists."""
        return (
            (*self.options, (self.gone, gettext("Det som står nu finns inte i modellen")))
            if self.gone
            else self.options
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that a row says and that has no field: it stays as it is written unless its box is ticked."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the form. `entries` are the lines of a list; `folded` parts are closed until they say something."""

    key: str
    title: str
    hint: str = ""
    asks: tuple[Ask, ...] = ()
    entries: tuple[tuple[Ask, ...], ...] = ()
    kept: tuple[Kept, ...] = ()
    folded: bool = False
    says: bool = False

    @property
    def every(self) -> tuple[Ask, ...]:
        """All its fields."""
        return (*self.asks, *(ask for entry in self.entries for ask in entry))


def select(name: str, label: str, options: Iterable[tuple[str, str]], value: Any = "", hint: str = "") -> Ask:
    """Return a choice; a value that is not among the options is shown as gone."""
    known, said = tuple(options), "" if value is None else str(value)
    gone = said if said and said not in {key for key, _ in known} else ""
    return Ask(name=name, label=label, kind=AskKind.SELECT, value=said, options=known, hint=hint, gone=gone)


def text(name: str, label: str, value: Any = "", hint: str = "", kind: AskKind = AskKind.TEXT) -> Ask:
    """Return a field that is typed in."""
    return Ask(name=name, label=label, kind=kind, value="" if value is None else str(value), hint=hint)


def tick(name: str, label: str, value: object, hint: str = "") -> Ask:
    """Return a box."""
    return Ask(name=name, label=label, kind=AskKind.CHECK, value="1" if value else "", hint=hint)


def typed_over(parts: Iterable[Part], form: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the parts with what was typed in their fields."""
    return tuple(
        replace(
            part,
            asks=tuple(_typed(ask, form) for ask in part.asks),
            entries=tuple(tuple(_typed(ask, form) for ask in entry) for entry in part.entries),
        )
        for part in parts
    )


def _typed(ask: Ask, form: Mapping[str, str]) -> Ask:
    if ask.kind is AskKind.CHECK:
        return replace(ask, value="1" if form.get(ask.name) else "")
    return replace(ask, value=form.get(ask.name, ask.value)[:LONGEST])


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was posted, and what is wrong with it by field."""

    form: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def words(self, name: str) -> str:
        """Return a text, with single blanks."""
        return " ".join(self.form.get(name, "").split())[:LONGEST]

    def lines(self, name: str) -> str:
        """Return a text of several lines."""
        return self.form.get(name, "").replace("\r\n", "\n").strip()[:LONGEST]

    def ticked(self, name: str) -> bool:
        """Tell whether a box was ticked."""
        return bool(self.form.get(name))

    def drops(self, kept: Iterable[Kept]) -> set[str]:
        """Return the names of what shall not be kept."""
        return {one.name for one in kept if self.ticked(one.name)}

    def choice(self, ask: Ask, wrong: str) -> str:
        """Return a choice; one that is not offered is an error with what to do."""
        value = self.form.get(ask.name, "")
        if value not in {key for key, _ in ask.options}:
            self.errors[ask.name] = wrong
            return ""
        return value

    def number(self, name: str, wrong: str) -> int | float | None:
        """Return a number, with blanks and a comma as people write it; None for an empty field."""
        typed = self.form.get(name, "").replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
        if not typed:
            return None
        try:
            found = float(typed) if len(typed) <= 15 else None
        except ValueError:
            found = None
        if found is None or found != found or found in (float("inf"), float("-inf")):
            self.errors[name] = wrong
            return None
        return int(found) if found == int(found) else found

    def day(self, name: str) -> str:
        """Return a day as a scenario writes it, "" for none."""
        typed = self.form.get(name, "").strip()
        try:
            return date.fromisoformat(typed).isoformat() if typed else ""
        except ValueError:
            self.errors[name] = gettext("Skriv dagen som år, månad och dag, till exempel 2026-09-07")
            return ""


def slots(form: Mapping[str, str], prefix: str, said: int) -> int:
    """Return how many lines a list has: those that were posted, or those said and one more."""
    posted = {part for name in form if name.startswith(f"{prefix}-") and (part := name.split("-")[1]).isdecimal()}
    count = max((int(part) + 1 for part in posted if len(part) < 4), default=0)
    more = 2 if form.get("_show") == prefix else 0
    return min(max(count, said + 1) + more, MOST)
