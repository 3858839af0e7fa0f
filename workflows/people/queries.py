"""What screens show of people, bodies and seats: frozen rows, read in one or two statements each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session

from workflows.kernel.database import table_of
from workflows.kernel.ids import PersonId
from workflows.people.names import fold
from workflows.people.tables import PersonRow

PAGE = 50
"""People on one page of the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as lists and pages show them."""

    id: PersonId
    name: str
    email: str
    title: str
    department: str
    phone: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """One page of the list; `total` counts every hit, `number` begins at 1."""

    people: tuple[Person, ...]
    total: int
    number: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonName:
    """Somebody to choose or to name; `title` is their function in words.

    Behind a principal, `until` is the last day of who only stands in; None: in their own right.
    """

    id: PersonId
    name: str
    title: str
    until: date | None = None


def people_page(
    session: Session, *, tenant: str, search: str = "", inactive: bool = False, number: int = 1
) -> PeoplePage:
    """Return people in Swedish order whose name, address, title or department contains every word of `search`."""
    wanted = _found(tenant, search, inactive)
    total = session.scalar(select(func.count()).select_from(PersonRow).where(wanted)) or 0
    last = max(1, -(-total // PAGE))
    page = min(max(number, 1), last)
    rows = session.scalars(
        select(PersonRow).where(wanted).order_by(PersonRow.sort_key, PersonRow.id).limit(PAGE).offset((page - 1) * PAGE)
    )
    return PeoplePage(people=tuple(_person(row) for row in rows), total=total, number=page)


def every_person(session: Session, *, tenant: str, search: str, inactive: bool) -> tuple[Person, ...]:
    """Return the same people without pages, for the command line."""
    rows = session.scalars(select(PersonRow).where(_found(tenant, search, inactive)).order_by(PersonRow.sort_key))
    return tuple(_person(row) for row in rows)


def find_person(session: Session, *, tenant: str, person: str) -> Person | None:
    """Return one person, active or not."""
    row = session.get(PersonRow, {"tenant": tenant, "id": person})
    return None if row is None else _person(row)


def find_person_by_email(session: Session, *, tenant: str, email: str) -> Person | None:
    """Return who has an address, active or not."""
    row = session.scalars(
        select(PersonRow).where(PersonRow.tenant == tenant, PersonRow.email_key == email.strip().casefold())
    ).one_or_none()
    return None if row is None else _person(row)


_PEOPLE = table_of(PersonRow)
_ACTIVE = (
    select(_PEOPLE.c.id, _PEOPLE.c.name, _PEOPLE.c.title)
    .where(_PEOPLE.c.tenant == bindparam("tenant"), _PEOPLE.c.active)
    .order_by(_PEOPLE.c.sort_key, _PEOPLE.c.id)
)
_NAMES = select(_PEOPLE.c.id, _PEOPLE.c.name).where(
    _PEOPLE.c.tenant == bindparam("tenant"), _PEOPLE.c.id.in_(bindparam("people", expanding=True))
)


def active_people(session: Session, *, tenant: str, on: date) -> tuple[PersonName, ...]:
    """Return every active person in Swedish order, for a list to choose from; `on` is the day of asking."""
    rows = session.execute(_ACTIVE, {"tenant": tenant})
    return tuple(PersonName(id=PersonId(row.id), name=row.name, title=row.title) for row in rows)


def names_of(session: Session, *, tenant: str, people: Collection[str]) -> Mapping[str, str]:
    """Return the names behind ids of people; unknown ids are left out."""
    if not people:
        return {}
    rows = session.execute(_NAMES, {"tenant": tenant, "people": list(people)})
    return {row.id: row.name for row in rows}


def _found(tenant: str, search: str, inactive: bool) -> ColumnElement[bool]:
    words = [PersonRow.search_text.contains(word, autoescape=True) for word in fold(search).split()]
    return and_(PersonRow.tenant == tenant, PersonRow.active.is_(not inactive), *words)


def _person(row: PersonRow) -> Person:
    return Person(
        id=PersonId(row.id),
        name=row.name,
        email=row.email,
        title=row.title,
        department=row.department,
        phone=row.phone,
        active=row.active,
    )
