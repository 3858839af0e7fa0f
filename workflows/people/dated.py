"""Conditions on rows that hold between two days; what `valid_to` means is said in `tables`."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from workflows.people.tables import DeputyRow, HolderRow, MembershipRow, SeatRow

Dated = type[SeatRow] | type[HolderRow] | type[DeputyRow] | type[MembershipRow]


def valid_on(rows: Dated, day: date) -> ColumnElement[bool]:
    """Return the condition that a row of `rows` is in force on `day`."""
    return and_(rows.valid_from <= day, or_(rows.valid_to.is_(None), rows.valid_to >= day))


def not_over(rows: Dated, day: date) -> ColumnElement[bool]:
    """Return the condition that a row of `rows` is in force on `day` or on a later day."""
    last = rows.valid_to
    return or_(last.is_(None), and_(last >= day, last >= rows.valid_from))
