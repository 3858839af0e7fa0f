"""The form on one row of the table on authority: what is shown, and what is read from what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.designer.decider_words import SEPARATOR, columns_of
from app.shell.numbers import number
from forms import feel
from forms.swedish import parse_number
from forms.values import clean
from workflows.governance.outcomes import LegalBasis
from workflows.models.deciders import (
    AmountTest,
    Column,
    ColumnKind,
    Decider,
    DeciderTable,
    Gates,
    read_amount,
    write_amount,
    write_gates,
)
from workflows.models.model import Gate

ANY = "-"
AS_NOW, ONLY, ALL = "now", "only", "all"
LAST = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowEntry:
    """What a sent form says of a row, as cells and outputs; `problems` are sentences by field id."""

    gates: str
    tests: Mapping[str, str]
    values: Mapping[str, str]
    note: str
    before: str | None
    problems: Mapping[str, str]


def shown(table: DeciderTable, row: Decider | None, gate: Gate) -> dict[str, str]:
    """Return the form's values for a row, or for a new one for `gate`."""
    values = {"gates": ONLY, "note": "", "who": "", "legal_basis": LegalBasis.INTERNAL.value}
    if row is not None:
        as_now = ONLY if row.gates is not None and row.gates.only(gate.key) else AS_NOW
        values = {"gates": as_now, "note": row.note, "who": f"{row.decider}/{row.mode}", "legal_basis": row.legal_basis}
    values["before"] = _place(table, gate)
    for place, column in enumerate(columns_of(table)):
        values |= _shown_cell(place, column, "" if row is None else row.tests.get(column.key, ""))
    return values


def _place(table: DeciderTable, gate: Gate) -> str:
    """A new row is tried before the first that is for some gates only, else before the last that is for this one."""
    rows = table.for_gate(gate.key)
    named = next((row for row in rows if row.gates is not None and row.gates.keys), rows[-1] if rows else None)
    return named.id if named is not None else LAST


def _shown_cell(place: int, column: Column, cell: str) -> dict[str, str]:
    name = f"c{place}"
    bound = read_amount(cell) if column.kind is ColumnKind.AMOUNT else None
    if bound is not None and bound.to is None:
        return {name: bound.sign, f"{name}_amount": number(bound.amount), f"{name}_feel": ""}
    plain = {"", ANY, "true", "false"} if column.kind is ColumnKind.YES_NO else {"", ANY}
    if cell in plain and column.kind in (ColumnKind.YES_NO, ColumnKind.AMOUNT):
        return {name: "" if cell == ANY else cell, f"{name}_amount": "", f"{name}_feel": ""}
    return {name: "feel", f"{name}_amount": "", f"{name}_feel": cell}


def read_row(table: DeciderTable, sent: Mapping[str, str], *, row: Decider | None, gate: Gate) -> RowEntry:
    """Read what was sent; what can't be said in a table becomes a problem, with what to do."""
    problems: dict[str, str] = {}
    tests: dict[str, str] = {}
    for place, column in enumerate(columns_of(table)):
        cell = _read_cell(f"c{place}", column, sent, problems)
        if cell:
            tests[column.key] = cell
    values = _who(sent, problems)
    before = sent.get("before", LAST)
    if before != LAST and before not in {one.id for one in table.rows}:
        before = LAST
    return RowEntry(
        gates=_gates(sent.get("gates", ""), row, gate),
        tests=tests,
        values=values,
        note=sent.get("note", ""),
        before=None if before == LAST else before,
        problems=problems,
    )


def _gates(chosen: str, row: Decider | None, gate: Gate) -> str:
    if chosen == ALL:
        return ANY
    if chosen == AS_NOW and row is not None:
        return row.raw_gates or ANY
    return write_gates(Gates(keys=frozenset({gate.key})))


def _read_cell(name: str, column: Column, sent: Mapping[str, str], problems: dict[str, str]) -> str:
    """Return the cell of a condition, "" for none."""
    chosen = sent.get(name, "")
    if chosen == "feel":
        return _read_feel(name, sent.get(f"{name}_feel", ""), problems)
    if column.kind is ColumnKind.YES_NO:
        return chosen if chosen in ("true", "false") else ""
    if chosen not in ("<", "<=", ">", ">="):
        return ""
    amount = parse_number(sent.get(f"{name}_amount", ""), unit="kr")
    if amount is None or amount < 0:
        problems[f"{name}_amount"] = gettext("Skriv ett belopp i kronor, till exempel 500 000")
        return ""
    return write_amount(AmountTest(sign=chosen, amount=amount))


def _read_feel(name: str, source: str, problems: dict[str, str]) -> str:
    source = clean(source, lines=False)
    try:
        feel.parse_unary(source)
    except feel.FeelError as error:
        problems[f"{name}_feel"] = gettext("Villkoret går inte att läsa: %(why)s", why=str(error))
        return ""
    return source


def _who(sent: Mapping[str, str], problems: dict[str, str]) -> dict[str, str]:
    decider, _, mode = sent.get("who", "").partition(SEPARATOR)
    if not decider.isidentifier() or not mode.isidentifier():
        problems["who"] = gettext("Välj vem som beslutar")
        return {}
    basis = sent.get("legal_basis", "")
    if basis not in set(LegalBasis) or mode == LegalBasis.BOARD:
        basis = LegalBasis.BOARD if mode == LegalBasis.BOARD else LegalBasis.INTERNAL
    if mode != LegalBasis.BOARD and basis == LegalBasis.BOARD:
        problems["legal_basis"] = gettext("Bara en nämnd kan fatta ett nämndbeslut. Välj ett annat beslutsstöd")
    if mode == "meeting" and basis == LegalBasis.DELEGATED:
        problems["legal_basis"] = gettext("En grupp kan inte besluta på delegation. Välj ett annat beslutsstöd")
    return {"decider": f'"{decider}"', "mode": f'"{mode}"', "legal_basis": f'"{basis}"'}
