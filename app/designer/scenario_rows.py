"""A scenario as rows of a form: what a file says as fields, and what was typed as a file's steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workflows.kernel.errors import Text, _l
from workflows.models.scenario import Verb
from workflows.models.scenario_text import write_value
from workflows.models.strict_yaml import YamlRefused, read_lines

VERBS: Mapping[Verb, Text] = {
    Verb.DO: _l("Gör steget"),
    Verb.UNTIL: _l("Spela fram till"),
    Verb.DECIDE: _l("Besluta"),
    Verb.WAIT: _l("Vänta"),
    Verb.SEND: _l("Skicka meddelandet"),
    Verb.FACTS: _l("Ändra fakta"),
    Verb.CANCEL: _l("Avsluta där det står"),
    Verb.EXPECT: _l("Kontrollera"),
}

MAPPED = frozenset({Verb.FACTS, Verb.EXPECT})
"""Verbs whose subject is a list of names and values; it stands in the field for answers."""

TEXTS = ("item", "at", "by", "mode", "note")
FLAGS = ("every", "refused")
HEAD = ("facts", "roles", "usual", "expect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A step in the form. `origin` is which step of the file it was (from 0), None for a new one."""

    verb: str = Verb.DO
    subject: str = ""
    answers: str = ""
    item: str = ""
    at: str = ""
    by: str = ""
    mode: str = ""
    note: str = ""
    every: bool = False
    refused: bool = False
    origin: int | None = None

    @property
    def has_more(self) -> bool:
        """Tell whether anything beside verb, subject and answers is said."""
        return any(getattr(self, name) for name in (*TEXTS, *FLAGS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A whole scenario in the form; `head` are the lists of names and values round its steps."""

    title: str
    start: str
    process: str
    head: Mapping[str, str]
    rows: tuple[Row, ...]


def sheet_of(raw: Mapping[str, Any], known: Iterable[tuple[str, str]] = ()) -> Sheet:
    """Return what a file says, as fields; steps and gates by what people call them, where that is one thing's name.

    `known` are those of the model, with their names.
    """
    names = {key: name for name, key in keys_by_name(known).items()}
    shown = {key: name for key, name in known if key in names and "," not in name}
    return Sheet(
        title=raw.get("title", ""),
        start=raw.get("start", ""),
        process=raw.get("process", ""),
        head={name: lines_of(raw.get(name) or {}) for name in HEAD},
        rows=tuple(_row(number, step, shown) for number, step in enumerate(raw.get("steps") or ())),
    )


def keys_by_name(known: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the key behind each name; a name that several have stands for none of them."""
    keys: dict[str, set[str]] = {}
    for key, name in known:
        keys.setdefault(name.casefold(), set()).add(key)
    return {name: next(iter(found)) for name, found in keys.items() if name and len(found) == 1}


def _row(number: int, step: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    verb = next((verb for verb in Verb if verb in step), Verb.DO)
    subject = step.get(verb)
    if verb in MAPPED:
        shown, answers = "", subject or {}
    else:
        parts = subject if isinstance(subject, list) else [subject or ""]
        named = verb in (Verb.DO, Verb.UNTIL, Verb.DECIDE)
        shown = ", ".join(names.get(str(part), str(part)) if named else str(part) for part in parts)
        answers = step.get("with") or {}
    row = Row(verb=verb, subject="" if verb is Verb.CANCEL else shown, answers=lines_of(answers), origin=number)
    said = {name: step[name] for name in (*TEXTS, *FLAGS) if name in step}
    return replace(row, **said)


def lines_of(values: Mapping[str, Any]) -> str:
    """Return names and values, one a line, as plain as they can be read again."""
    return "\n".join(f"{name}: {_plain(value)}" for name, value in values.items())


def _plain(value: Any) -> str:
    if isinstance(value, str) and value and "\n" not in value:
        try:
            if read_lines(f"k: {value}") == {"k": value}:
                return value
        except YamlRefused:
            pass
    return write_value(value)


def errors_from(findings: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what a file's schema says (where, sentence) by the field it is about."""
    return dict(_errors(findings))


def _errors(findings: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for where, sentence in findings:
        first, _, rest = where.partition(" ")
        number = rest.partition(" ")[0]
        if first == "steg" and number.isdecimal():
            yield f"row-{int(number) - 1}-subject", sentence
        else:
            name = where.partition("/")[0]
            yield name if name in ("title", "start", "process", *HEAD) else "title", sentence
