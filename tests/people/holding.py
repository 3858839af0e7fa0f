"""What tests ask about who has a role."""

from __future__ import annotations

from datetime import date

from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, PersonId, role_principal
from workflows.people import Holding, holdings_in, principals_of


def has_role(ctx: Context, person: PersonId, role: str, day: date, scope: str = ORGANISATION) -> bool:
    """Return whether the person may act in the role on a day."""
    with ctx.read() as session:
        return role_principal(scope, role) in principals_of(session, tenant=ctx.tenant, person=person, day=day)


def history(ctx: Context, scope: str = ORGANISATION) -> list[Holding]:
    """Return who has had the roles of a scope."""
    with ctx.read() as session:
        return list(holdings_in(session, tenant=ctx.tenant, scope=scope))
