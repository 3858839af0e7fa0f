"""For whom somebody acted: who had the function that day, by name; else the function itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from workflows.models.model import Label, Model
from workflows.people import ROLE_LABELS, Holding, holdings_in

Holdings = Mapping[str, Sequence[Holding]]
"""By scope, who ever had a role there."""


def holdings_behind(session: Session, *, tenant: str, principals: Iterable[str | None]) -> Holdings:
    """Return what it takes to name those for whom somebody acted; no question is asked where nobody did."""
    scopes = sorted({_scope(one) for one in principals if one})
    return {scope: holdings_in(session, tenant=tenant, scope=scope) for scope in scopes}


def behalf_of(principal: str | None, *, day: date, model: Model, holdings: Holdings) -> Label:
    """Return for whom somebody acted as `principal` on a day, in words; empty when it was in their own right."""
    if not principal:
        return {}
    role = principal.rpartition(":")[2]
    names = [one.name for one in holdings.get(_scope(principal), ()) if one.role == role and one.is_on(day)]
    if len(names) == 1:
        return {"sv": names[0]}
    known = next((one.label for one in model.roles if one.key == role), None)
    return known or {"sv": str(ROLE_LABELS.get(role, role))}


def _scope(principal: str) -> str:
    """Return where a function is held: `role:<scope>:<role>`."""
    return principal.partition(":")[2].rpartition(":")[0]
