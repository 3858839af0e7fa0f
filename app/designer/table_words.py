"""A decision table in words: its rules for whoever reads it, and how its values are written for whoever changes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape

from flask_babel import gettext

from app.designer.decider_words import BOARD
from app.designer.diagram_words import MODES
from app.designer.try_facts import CHOICES
from app.shell.filters import say
from workflows.models import Model
from workflows.models.comparing import TableInWords, tables_in_words
from workflows.models.comparing.table_words import LEGAL
from workflows.models.deciders import deciders_file

_CELL = re.compile(r">([^<>]{1,400})<")
_TEXT = re.compile(r'"([^"]{1,80})"')


def rules_of(files: Mapping[str, bytes], path: str) -> tuple[TableInWords, ...]:
    """Return the tables of a file, a sentence for each rule."""
    return tuple(table for table in tables_in_words(files) if table.file == path)


def written_values(model: Model | None, files: Mapping[str, bytes], path: str) -> list[tuple[str, str]]:
    """Return how values are written in a table and what each means, those that the table has or may well have."""
    return [*_signs(model), *((f'"{key}"', words) for key, words in _named(model, files, path))]


def _signs(model: Model | None) -> Iterator[tuple[str, str]]:
    yield "-", gettext("spelar ingen roll")
    yield "true", gettext("ja")
    yield "false", gettext("nej")
    yield "> 500000", gettext("mer än 500 000; siffror skrivs utan mellanrum")
    if model is not None and model.gates:
        gate = model.gates[0]
        yield f'not("{gate.key}")', gettext("alla utom %(gate)s", gate=say(gate.label))


def _named(model: Model | None, files: Mapping[str, bytes], path: str) -> Iterator[tuple[str, str]]:
    """Yield the texts that mean something: gates, roles and ways to decide where the table says who decides."""
    if model is None:
        return
    gates = {gate.key: say(gate.label) for gate in model.gates}
    roles = {role.key: say(role.label) for role in model.roles}
    chosen = {key: gettext(words) for options in (*CHOICES.values(), MODES.items()) for key, words in options}
    known = {**chosen, **LEGAL, **gates, **roles, BOARD: gettext("nämnden")}
    cells = _CELL.findall(files[path].decode("utf-8", "replace"))
    stands = [text for cell in cells for text in _TEXT.findall(unescape(cell))]
    more = [*gates, model.duties.sponsor, model.duties.group] if path == deciders_file(files) else []
    yield from ((key, known[key]) for key in dict.fromkeys([*stands, *more]) if key in known)
