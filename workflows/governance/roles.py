"""From a step's role to the principals it waits for. Roles are functions; people hold them between dates."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from workflows.engine import OpenTask
from workflows.flow import Origin, Task
from workflows.governance.outcomes import Mode
from workflows.governance.project import Project
from workflows.kernel.ids import ORGANISATION, Principal, person_principal, role_principal
from workflows.models.model import Model, RoleScope
from workflows.people.roles import CHAIR

OVERSIGHT = frozenset({"project_office", "auditor", "registrar", "archivist"})
"""Organisation roles that read every project (domain model §1.7)."""


def principals_of_role(project: Project, model: Model, role: str, items: Mapping[str, str]) -> tuple[Principal, ...]:
    """Return who acts as `role` in a project, inside the given multi-instance items.

    A person named in the item's row wins; a project role waits for its holder in the project; an organisation role
    for a holder in the project, where one is named, and in the organisation.
    """
    definition = next((known for known in model.roles if known.key == role), None)
    if definition is not None and definition.field is not None:
        for item in reversed(tuple(items.values())):
            person = project.row(item).get(definition.field)
            if person:
                return (person_principal(str(person)),)
    own = role_principal(project.id, role)
    if definition is not None and definition.scope is RoleScope.ORGANISATION:
        return (own, role_principal(ORGANISATION, role))
    return (own,)


def assigner(project: Project, model: Model) -> Callable[[OpenTask], Sequence[Principal]]:
    """Return what flow asks when a step opens tasks."""

    def assign(task: OpenTask) -> Sequence[Principal]:
        role = task.definition.role or model.duties.manager
        return with_chair(principals_of_role(project, model, role, task.items), project, task.definition.form)

    return assign


def principals_of_task(project: Project, model: Model, task: Task) -> tuple[Principal, ...]:
    """Return who an engine task waits for; work items know their own people."""
    if task.origin is Origin.ITEM:
        return ()
    role = task.role or model.duties.manager
    return with_chair(principals_of_role(project, model, role, task.items), project, task.form)


def with_chair(principals: tuple[Principal, ...], project: Project, form: str | None) -> tuple[Principal, ...]:
    """Let the chair, too, record what a meeting decided."""
    return (*principals, role_principal(project.id, CHAIR)) if form == Mode.MEETING else principals


def organisation_roles(principals: Collection[Principal]) -> frozenset[str]:
    """Return the roles in the organisation that somebody with `principals` has.

    A project is read by those whom a step of it waits for, or once waited for, in such a role: the controller who
    confirms its costs, the secretary who records its decisions (domain model §1.7).
    """
    prefix = role_principal(ORGANISATION, "")
    return frozenset(one.removeprefix(prefix) for one in principals if one.startswith(prefix))


def may_read(principals: Sequence[Principal] | frozenset[Principal], project: Project) -> bool:
    """Tell whether a project is somebody's with `principals`: a role in it, a row in it, or oversight."""
    prefix = role_principal(project.id, "")
    if any(principal.startswith(prefix) for principal in principals):
        return True
    if any(role_principal(ORGANISATION, role) in principals for role in OVERSIGHT):
        return True
    named = {
        person_principal(str(value))
        for rows in project.registers.values()
        for row in rows.values()
        for value in row.values()
        if isinstance(value, str)
    }
    return person_principal(project.created_by) in principals or not named.isdisjoint(principals)
