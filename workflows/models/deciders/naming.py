"""A row in a few words, as a sentence can name it: ”Beställaren, kostnad under 500 000 kr”."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from forms.swedish import format_number, lower_first
from workflows.models.deciders.cells import read_amount
from workflows.models.deciders.table import Column, Decider, DeciderTable

BOARD = "board"
SIGNS: Mapping[str, str] = {"<": "under", "<=": "högst", ">=": "minst", ">": "över"}
IN_KRONOR = " i kronor"
"""How the label of an amount may end; it is not said again where the amount has its unit."""


def row_name(table: DeciderTable, row: Decider, roles: Mapping[str, str]) -> str:
    """Return who decides and when; `roles` are the model's labels by key."""
    who = roles.get(row.decider) or ("Nämnden" if row.decider == BOARD else row.decider)
    said = [f"{who} på möte" if row.mode == "meeting" else who]
    said += [condition_name(column, row.tests[column.key]) for column in table.columns if column.key in row.tests]
    return ", ".join(said)


def condition_name(column: Column, cell: str) -> str:
    """Return one condition of a row: "kostnad under 500 000 kr", "styrgrupp finns: ja"."""
    label = lower_first(column.label)
    if cell in ("true", "false"):
        return f"{label}: {'ja' if cell == 'true' else 'nej'}"
    bound = read_amount(cell)
    if bound is None:
        return f"{label}: {cell}"
    if bound.to is not None:
        return f"{label.removesuffix(IN_KRONOR)} från {_kronor(bound.amount)} till {_kronor(bound.to)}"
    return f"{label.removesuffix(IN_KRONOR)} {SIGNS[bound.sign]} {_kronor(bound.amount)}"


def _kronor(amount: Decimal) -> str:
    return f"{format_number(amount)} kr"
