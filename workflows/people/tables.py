"""People, bodies and who holds what, with dates.

Days are Swedish calendar days. `valid_to` is the last day (till och med); NULL there means until further notice.
A row whose `valid_to` lies before its `valid_from` never took effect; it is kept as history.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import (
    CheckConstraint,
    Date,
    Enum,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import ID, Moment, Table, Tenanted
from workflows.people.kinds import BodyKind, LinkKind, QuorumRule, SeatRole

FOREVER = date(9999, 12, 31)
"""The last day of an open membership; there the column is never NULL, so that one comparison is enough."""

PRINCIPAL = String(120)
SCOPE = String(64)
ROLE = String(40)

E = TypeVar("E", bound=StrEnum)


def _words(kind: type[E]) -> Enum:
    return Enum(kind, native_enum=False, length=20, values_callable=lambda members: [m.value for m in members])


def _person(column: str = "person") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant", column], ["styr_person.tenant", "styr_person.id"])


def _body() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant", "body"], ["styr_body.tenant", "styr_body.id"])


class PersonRow(Tenanted, Table):
    """Somebody who may log in. `email_key` is the address in lower case; `sort_key` and `search_text` see names.py."""

    __tablename__ = "styr_person"
    __table_args__ = (
        UniqueConstraint("tenant", "email_key"),
        Index("ix_styr_person_tenant_sort_key", "tenant", "sort_key", "id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(254))
    title: Mapped[str] = mapped_column(String(200))
    department: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str] = mapped_column(String(50))
    active: Mapped[bool] = mapped_column()
    sort_key: Mapped[str] = mapped_column(String(400))
    search_text: Mapped[str] = mapped_column(String(1000))
    added_at: Mapped[datetime] = mapped_column(Moment)


class CredentialRow(Tenanted, Table):
    """How a person proves who they are. Raising `session_version` ends every session begun before."""

    __tablename__ = "styr_credential"
    __table_args__ = (_person(),)

    person: Mapped[str] = mapped_column(ID, primary_key=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_version: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime | None] = mapped_column(Moment)


class PasswordLinkRow(Tenanted, Table):
    """A link to choose a password, good once. The secret in the link is derived from the id and stored nowhere."""

    __tablename__ = "styr_password_link"
    __table_args__ = (_person(), Index("ix_styr_password_link_tenant_person", "tenant", "person"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ID)
    kind: Mapped[LinkKind] = mapped_column(_words(LinkKind))
    made_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class BodyRow(Tenanted, Table):
    """A steering group or a board. `quorum_count` is the fixed number of rule `count`, else NULL."""

    __tablename__ = "styr_body"
    __table_args__ = (
        CheckConstraint("(quorum_rule = 'count') = (quorum_count IS NOT NULL)", name="quorum"),
        Index("ix_styr_body_tenant_sort_key", "tenant", "sort_key", "id"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_key: Mapped[str] = mapped_column(String(400))
    kind: Mapped[BodyKind] = mapped_column(_words(BodyKind))
    quorum_rule: Mapped[QuorumRule] = mapped_column(_words(QuorumRule))
    quorum_count: Mapped[int | None] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(Moment)


class SeatRow(Tenanted, Table):
    """A person's place in a body between two days."""

    __tablename__ = "styr_seat"
    __table_args__ = (
        _person(),
        _body(),
        Index("ix_styr_seat_tenant_body", "tenant", "body"),
        Index("ix_styr_seat_tenant_person", "tenant", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    body: Mapped[str] = mapped_column(ID)
    person: Mapped[str] = mapped_column(ID)
    role: Mapped[SeatRole] = mapped_column(_words(SeatRole))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class HolderRow(Tenanted, Table):
    """A person or a body in a role of a scope (a project's id, or `organisation`) between two days."""

    __tablename__ = "styr_holder"
    __table_args__ = (
        CheckConstraint("(person IS NULL) <> (body IS NULL)", name="one_kind"),
        _person(),
        _body(),
        Index("ix_styr_holder_tenant_scope_role", "tenant", "scope", "role"),
        Index("ix_styr_holder_tenant_person", "tenant", "person"),
        Index("ix_styr_holder_tenant_body", "tenant", "body"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    scope: Mapped[str] = mapped_column(SCOPE)
    role: Mapped[str] = mapped_column(ROLE)
    person: Mapped[str | None] = mapped_column(ID)
    body: Mapped[str | None] = mapped_column(ID)
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(1000))
    replaced_by: Mapped[str | None] = mapped_column(ID)


class DeputyRow(Tenanted, Table):
    """A person who stands in for a role of a scope between two days, and by which right (`legal_source`)."""

    __tablename__ = "styr_deputy"
    __table_args__ = (
        _person(),
        Index("ix_styr_deputy_tenant_scope_role", "tenant", "scope", "role"),
        Index("ix_styr_deputy_tenant_person", "tenant", "person"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    scope: Mapped[str] = mapped_column(SCOPE)
    role: Mapped[str] = mapped_column(ROLE)
    person: Mapped[str] = mapped_column(ID)
    legal_source: Mapped[str] = mapped_column(String(500))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date] = mapped_column(Date)


class MembershipRow(Tenanted, Table):
    """Projection: the principals a person acts as, flat, so that an inbox joins one table whatever the source.

    `via` names the row it comes from (`self`, `holder:…`, `seat:…`, `deputy:…`). `on_behalf_of` is the function a
    deputy stands in for, NULL when the person acts in their own right.
    """

    __tablename__ = "styr_membership"
    __table_args__ = (
        _person(),
        Index("ix_styr_membership_tenant_principal", "tenant", "principal"),
        Index("ix_styr_membership_tenant_scope", "tenant", "scope"),
        {"sqlite_with_rowid": False},
    )

    person: Mapped[str] = mapped_column(ID, primary_key=True)
    principal: Mapped[str] = mapped_column(PRINCIPAL, primary_key=True)
    via: Mapped[str] = mapped_column(String(48), primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, primary_key=True)
    valid_to: Mapped[date] = mapped_column(Date)
    scope: Mapped[str | None] = mapped_column(SCOPE)
    on_behalf_of: Mapped[str | None] = mapped_column(PRINCIPAL)
