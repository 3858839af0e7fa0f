"""Dated settings of the organisation; the newest that has begun holds."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Date, ScalarSelect, bindparam, select

from workflows.governance.tables import SettingRow
from workflows.kernel.database import table_of

BOARD_COST_LIMIT = "board_cost_limit"
"""A project that costs more, in kronor, is decided by a board (domain model §1.4)."""

DEFAULT_BOARD_COST_LIMIT = Decimal(10_000_000)


_SETTINGS = table_of(SettingRow)


def setting(key: str) -> ScalarSelect[Any]:
    """Return the value in force as a subquery, so that it comes with the row that needs it.

    Its parameters are `tenant` and the day `on`.
    """
    return (
        select(_SETTINGS.c.value)
        .where(
            _SETTINGS.c.tenant == bindparam("tenant"),
            _SETTINGS.c.key == key,
            _SETTINGS.c.valid_from <= bindparam("on", type_=Date),
        )
        .order_by(_SETTINGS.c.valid_from.desc())
        .limit(1)
        .scalar_subquery()
    )


def kronor(value: Any) -> Decimal:
    """Return a setting's amount, or its default where none is set."""
    return DEFAULT_BOARD_COST_LIMIT if value is None else Decimal(str(value))
