"""Dated settings of the organisation; the newest that has begun holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ScalarSelect, select

from workflows.governance.tables import SettingRow

BOARD_COST_LIMIT = "board_cost_limit"
"""A project that costs more, in kronor, is decided by a board (domain model §1.4)."""

DEFAULT_BOARD_COST_LIMIT = Decimal(10_000_000)


def setting(*, tenant: str, key: str, on: date) -> ScalarSelect[Any]:
    """Return the value in force on a day as a subquery, so that it comes with the row that needs it."""
    return (
        select(SettingRow.value)
        .where(SettingRow.tenant == tenant, SettingRow.key == key, SettingRow.valid_from <= on)
        .order_by(SettingRow.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )


def kronor(value: Any) -> Decimal:
    """Return a setting's amount, or its default where none is set."""
    return DEFAULT_BOARD_COST_LIMIT if value is None else Decimal(str(value))
