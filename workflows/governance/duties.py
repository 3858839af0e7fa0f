"""Who may change a project at any time, and for whom they then act."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.governance.loaded import Opened
from workflows.governance.roles import principals_of_role
from workflows.kernel.errors import Forbidden
from workflows.kernel.ids import ORGANISATION, Principal, role_principal
from workflows.people import PROJECT_OFFICE
from workflows.people.roles import CHAIR, SECRETARY

SPEAKERS = (CHAIR, SECRETARY)
"""Who says what a steering group has decided: its chair, or its secretary. No other member acts for it alone."""


def require_duty(opened: Opened, *duties: str) -> Principal | None:
    """Return for whom the actor uses one of the model's duties (sponsor, group, manager, office); None: in their own
    right.

    A deputy acts for the function they stand in for, a group's chair or secretary for the group. Raises Forbidden.
    """
    ways = [
        behalf or opened.acting.on_behalf_of(principal)
        for principal, behalf in _ways(opened, duties)
        if principal in opened.acting.principals
    ]
    if not ways:
        raise Forbidden
    return None if None in ways else ways[0]


def _ways(opened: Opened, duties: tuple[str, ...]) -> Iterator[tuple[Principal, Principal | None]]:
    """Yield the principals that may, each with the function it speaks for where that is another."""
    project, model = opened.project, opened.bundle.model
    for duty in duties:
        role = getattr(model.duties, duty)
        if duty == "group":
            yield from ((role_principal(project.id, one), role_principal(project.id, role)) for one in SPEAKERS)
        else:
            yield from ((principal, None) for principal in principals_of_role(project, model, role, {}))
    if "office" in duties:
        yield role_principal(ORGANISATION, PROJECT_OFFICE), None
