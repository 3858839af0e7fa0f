"""Who may do what: principals of a person on a day, and the one question `authorize` that every verb asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, bindparam, exists, select
from sqlalchemy.orm import Session

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.database import table_of
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, Principal, person_principal, role_principal
from workflows.people.dated import in_force, valid_on
from workflows.people.roles import ADMINISTRATOR
from workflows.people.tables import CredentialRow, HolderRow, MembershipRow, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may use a verb: holders of `roles` in the object's own scope, or of `organisation` roles anywhere."""

    roles: frozenset[str] = frozenset()
    organisation: frozenset[str] = frozenset()

    def principals(self, scope: str) -> frozenset[Principal]:
        """Return the principals that satisfy the rule for an object of `scope`."""
        here = {role_principal(scope, role) for role in self.roles}
        return frozenset(here | {role_principal(ORGANISATION, role) for role in self.organisation})


ADMINISTER = Rule(organisation=frozenset({ADMINISTRATOR}))
"""People, bodies, roles and handing over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who a request comes from, read in one statement."""

    person: PersonId
    name: str
    title: str
    principals: frozenset[Principal]

    @property
    def is_administrator(self) -> bool:
        """Whether the person manages people and roles today."""
        return role_principal(ORGANISATION, ADMINISTRATOR) in self.principals


def principals_select(tenant: str, person: str, day: date) -> Select[str]:
    """Return the SELECT of a person's principals on a day, to join or nest in another room's query."""
    mine = and_(MembershipRow.tenant == tenant, MembershipRow.person == person)
    return select(MembershipRow.principal).where(mine, valid_on(MembershipRow, day)).distinct()


def manned_select(tenant: str, day: date) -> Select[str]:
    """Return the SELECT of every principal that some active person acts as on a day, to nest in another's query."""
    return (
        select(MembershipRow.principal).where(MembershipRow.tenant == tenant, valid_on(MembershipRow, day)).distinct()
    )


def acting_select(tenant: str, principals: Collection[Principal], day: date) -> Select[str]:
    """Return the SELECT of every active person who acts as one of `principals` on a day, to nest in another's query."""
    acts = and_(MembershipRow.tenant == tenant, MembershipRow.principal.in_(sorted(principals)))
    return select(MembershipRow.person).where(acts, valid_on(MembershipRow, day)).distinct()


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """What a person may act as on a day, in their own right and for those they stand in for."""

    person: PersonId
    own: frozenset[Principal]
    standing_in: frozenset[Principal]

    @property
    def principals(self) -> frozenset[Principal]:
        """Everything the person may act as."""
        return self.own | self.standing_in

    def on_behalf_of(self, principal: Principal) -> Principal | None:
        """Return the function stood in for when acting as `principal`; None when it is the person's own."""
        return principal if principal in self.standing_in and principal not in self.own else None


_MEMBERS, _PEOPLE, _CREDENTIALS = table_of(MembershipRow), table_of(PersonRow), table_of(CredentialRow)
_HOLDERS = table_of(HolderRow)


_ACTING = select(_MEMBERS.c.principal, _MEMBERS.c.on_behalf_of).where(
    _MEMBERS.c.tenant == bindparam("tenant"), _MEMBERS.c.person == bindparam("person"), in_force(_MEMBERS)
)


def acting(session: Session, *, tenant: str, person: PersonId, on: date) -> Acting:
    """Return what a person may act as on a Swedish calendar day, in one statement."""
    own: set[Principal] = set()
    standing_in: set[Principal] = set()
    for row in session.execute(_ACTING, {"tenant": tenant, "person": person, "day": on}):
        (standing_in if row.on_behalf_of else own).add(Principal(row.principal))
    return Acting(person=person, own=frozenset(own), standing_in=frozenset(standing_in))


_HELD = select(
    exists().where(
        _HOLDERS.c.tenant == bindparam("tenant"),
        _HOLDERS.c.scope == bindparam("scope"),
        _HOLDERS.c.role == bindparam("role"),
        in_force(_HOLDERS),
    )
)


def is_held(session: Session, *, tenant: str, scope: str, role: str, on: date) -> bool:
    """Tell whether a person or a body holds a role in a scope on a day."""
    return bool(session.scalar(_HELD, {"tenant": tenant, "scope": scope, "role": role, "day": on}))


def principals_of(session: Session, *, tenant: str, person: PersonId, day: date) -> frozenset[Principal]:
    """Return everything a person may act as on `day`, as a deputy too."""
    return acting(session, tenant=tenant, person=person, on=day).principals


def authorize(session: Session, ctx: Context, rule: Rule, *, scope: str, sees: Rule | None = None) -> None:
    """Let the actor use a verb on an object of `scope`, or refuse.

    Raises Forbidden when the actor may see the object (`sees`; by default everybody may know that it exists) and
    NotFound when they may not. The system itself (no actor) may do everything.
    """
    if ctx.actor is None:
        return
    mine = principals_of(session, tenant=ctx.tenant, person=ctx.actor, day=local_date(ctx.now()))
    if mine & rule.principals(scope):
        return
    if sees is not None and not mine & sees.principals(scope):
        raise NotFound
    raise Forbidden


def is_administrator(session: Session, *, tenant: str, person: PersonId, day: date) -> bool:
    """Tell whether a person manages people and roles on `day`, in their own right or as a deputy."""
    return role_principal(ORGANISATION, ADMINISTRATOR) in principals_of(session, tenant=tenant, person=person, day=day)


_ACCOUNT = (
    select(_PEOPLE.c.name, _PEOPLE.c.title, _MEMBERS.c.principal)
    .join_from(
        _PEOPLE, _CREDENTIALS, and_(_CREDENTIALS.c.tenant == _PEOPLE.c.tenant, _CREDENTIALS.c.person == _PEOPLE.c.id)
    )
    .outerjoin(
        _MEMBERS,
        and_(
            _MEMBERS.c.tenant == _PEOPLE.c.tenant,
            _MEMBERS.c.person == _PEOPLE.c.id,
            in_force(_MEMBERS),
        ),
    )
    .where(
        _PEOPLE.c.tenant == bindparam("tenant"),
        _PEOPLE.c.id == bindparam("person"),
        _PEOPLE.c.active,
        _CREDENTIALS.c.session_version == bindparam("session_version"),
    )
)


def find_account(session: Session, *, tenant: str, person: str, session_version: int, day: date) -> Account | None:
    """Return who is logged in, or None when the session was revoked, the person is inactive or unknown."""
    asked = {"tenant": tenant, "person": person, "session_version": session_version, "day": day}
    rows = session.execute(_ACCOUNT, asked).all()
    if not rows:
        return None
    mine = frozenset({Principal(row.principal) for row in rows if row.principal} | {person_principal(person)})
    return Account(person=PersonId(person), name=rows[0].name, title=rows[0].title, principals=mine)
