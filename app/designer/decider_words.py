"""Rows of the table on authority as sentences: who decides, for which gates, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.shell.filters import say
from app.shell.numbers import kronor
from app.shell.text import names as listed
from workflows.kernel.errors import Text, _l
from workflows.models import Model
from workflows.models.deciders import Column, ColumnKind, Decider, DeciderTable, covers, read_amount
from workflows.models.model import Gate

OFFERED: tuple[Column, ...] = tuple(
    Column(key=f"facts.{fact}", label=str(label), kind=kind)
    for fact, label, kind in (
        ("total_cost", "Kostnad", ColumnKind.AMOUNT),
        ("external_funding", "Extern finansiering", ColumnKind.YES_NO),
        ("cross_board", "Berör flera nämnder", ColumnKind.YES_NO),
    )
)
"""Conditions on facts of every project, offered where a table has no such column yet."""

SIGNS: Mapping[str, Text] = {
    "<": _l("under"),
    "<=": _l("högst"),
    ">=": _l("minst"),
    ">": _l("över"),
}
BOARD = "board"
SEPARATOR = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A row as a list shows it. `shared`: it decides other gates too."""

    row: Decider
    who: str
    when: str
    gates: str
    shared: bool


def columns_of(table: DeciderTable) -> tuple[Column, ...]:
    """Return the conditions that a row can have: the table's own, then those that can be added."""
    own = {column.key for column in table.columns}
    return (*table.columns, *(column for column in OFFERED if column.key not in own))


def choices(model: Model, row: Decider | None) -> list[tuple[str, str]]:
    """Return who can decide: those for whom a gate has a way to decide, and whoever the row names now."""
    duties = model.duties
    known = [(f"{duties.sponsor}/single", duties.sponsor), (f"{duties.group}/meeting", duties.group)]
    found = [(key, who(model, *key.split(SEPARATOR))) for key, _ in known]
    found.append((f"{BOARD}/board", gettext("Nämnden")))
    if row is not None and f"{row.decider}/{row.mode}" not in dict(found):
        found.append((f"{row.decider}/{row.mode}", who(model, row.decider, row.mode)))
    return found


def who(model: Model, decider: str, mode: str) -> str:
    """Return "Styrgruppen, på möte" and the like."""
    labels = {role.key: say(role.label) for role in model.roles}
    name = labels.get(decider) or (gettext("Nämnden") if decider == BOARD else decider)
    return gettext("%(who)s, på möte", who=name) if mode == "meeting" else name


def told(table: DeciderTable, model: Model, gate: Gate) -> list[Told]:
    """Return the rows that may decide a gate, in their order."""
    return [
        Told(
            row=row,
            who=who(model, row.decider, row.mode),
            when=conditions(table, row),
            gates=gates_in_words(model, row),
            shared=row.gates is None or not row.gates.only(gate.key),
        )
        for row in _deciding(table, gate.key)
    ]


def _deciding(table: DeciderTable, gate: str) -> list[Decider]:
    """Return the rows of a gate, without the last row for all gates where a row of the gate's own leaves it nothing."""
    rows = list(table.for_gate(gate))
    if not table.first:
        return rows
    return [
        row
        for place, row in enumerate(rows)
        if row.tests
        or row.gates is None
        or row.gates.only(gate)
        or not any(covers(above, row, gate=gate) for above in rows[:place])
    ]


def gates_in_words(model: Model, row: Decider) -> str:
    """Return which gates a row is for: "Beslutspunkt 2", "alla utom Beslutspunkt 1"."""
    if row.gates is None:
        return row.raw_gates
    labels = {gate.key: say(gate.short) for gate in model.gates}
    named = [labels.get(key, key) for key in [*labels, *sorted(row.gates.keys - set(labels))] if key in row.gates.keys]
    if not named:
        return gettext("alla beslutspunkter")
    return gettext("alla utom %(gates)s", gates=listed(named)) if row.gates.without else listed(named)


def conditions(table: DeciderTable, row: Decider) -> str:
    """Return when a row holds, "" for always."""
    parts = [_condition(column, row.tests[column.key]) for column in table.columns if column.key in row.tests]
    return ", ".join(parts)


def _condition(column: Column, cell: str) -> str:
    if cell in ("true", "false"):
        return f"{column.label}: {gettext('ja') if cell == 'true' else gettext('nej')}"
    bound = read_amount(cell)
    if bound is None:
        return f"{column.label}: {cell}"
    if bound.to is not None:
        return f"{column.label}: {kronor(bound.amount)}–{kronor(bound.to)}"
    return f"{column.label}: {gettext(SIGNS[bound.sign])} {kronor(bound.amount)}"
