"""Which rows of a register are done with: a contract in force, a delivery approved.

A settled row leaves the facts, so that a phase that is entered again by rework asks only for what is left or new. The
mark lies in the row itself and goes when the plan changes the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.governance.project import SETTLED, Register
from workflows.models.model import DocumentType, Model

Registers = Mapping[str, Register]


def settle(registers: Registers, item: str | None) -> dict[str, Register]:
    """Return the registers with the row of `item` settled."""
    return {
        name: {key: {**row, SETTLED: True} if key == item else row for key, row in rows.items()}
        for name, rows in registers.items()
    }


def unsettled(rows: Register) -> list[str]:
    """Return the keys of the rows that are not done with."""
    return [key for key, row in rows.items() if SETTLED not in row]


def is_settled_by(model: Model, document: DocumentType | None) -> bool:
    """Tell whether making this document settles its row: no gate of the row's own follows."""
    if document is None or document.register is None:
        return False
    return not any(gate.item is not None and document.key in gate.documents for gate in model.gates)


def kept(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row as the plan has it now, settled if it was and nothing in it changed."""
    unchanged = SETTLED in old and all(old.get(name) == value for name, value in new.items())
    return {**new, SETTLED: True} if unchanged else dict(new)
