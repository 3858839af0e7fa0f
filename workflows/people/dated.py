"""Conditions on rows that hold between two days; what `valid_to` means is said in `tables`."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Date, Table, and_, bindparam, or_

from workflows.people.tables import DeputyRow, HolderRow, MembershipRow, SeatRow

Dated = type[SeatRow] | type[HolderRow] | type[DeputyRow] | type[MembershipRow]


def valid_on(rows: Dated, day: date) -> ColumnElement[bool]:
    """Return the condition that a row of `rows` is in force on `day`."""
    return and_(rows.valid_from <= day, or_(rows.valid_to.is_(None), rows.valid_to >= day))


def in_force(table: Table) -> ColumnElement[bool]:
    """Return the same for the rows of a table on the day that the parameter `day` names."""
    return and_(
        table.c.valid_from <= bindparam("day", type_=Date),
        or_(table.c.valid_to.is_(None), table.c.valid_to >= bindparam("day", type_=Date)),
    )


def not_over(rows: Dated, day: date) -> ColumnElement[bool]:
    """Return the condition that a row of `rows` is in force on `day` or on a later day."""
    last = rows.valid_to
    return or_(last.is_(None), and_(last >= day, last >= rows.valid_from))
