"""Read models over many projects: what rows of an inbox or a list need to know of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import principals_of_tasks
from workflows.governance.places import place_of
from workflows.governance.tables import ProjectRow
from workflows.kernel.ids import Principal
from workflows.models import Bundle, load_bundle
from workflows.models.model import Label
from workflows.people import PersonName, names_of, people_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a project stands, in its model's words; labels are empty outside a phase or gate.

    `gates` and `statements` are by gate key: what it is called, and what is decided there.
    """

    project: str
    number: str
    title: str
    status: str
    phase: Label
    gate: Label
    gates: Mapping[str, Label]
    statements: Mapping[str, Label]
    bundle: Bundle

    def place(self, node: str, gate: str | None) -> Label:
        """Return where a task belongs: its gate, else the phase of its step, else where the project is."""
        return self.gates.get(gate or "") or place_of(self.bundle, node) or self.phase


def standings(session: Session, *, tenant: str, projects: Iterable[str]) -> Mapping[str, Standing]:
    """Return where each of some projects stands; bundles come from the process' memory."""
    columns = (
        ProjectRow.id,
        ProjectRow.number,
        ProjectRow.title,
        ProjectRow.status,
        ProjectRow.phase,
        ProjectRow.gate,
        ProjectRow.bundle,
    )
    rows = session.execute(select(*columns).where(ProjectRow.tenant == tenant, ProjectRow.id.in_(set(projects))))
    found = {}
    for row in rows:
        bundle = load_bundle(session, tenant=tenant, digest=row.bundle)
        model = bundle.model
        gates = {gate.key: gate.label for gate in model.gates}
        phases = {phase.key: phase.label for phase in model.phases}
        found[row.id] = Standing(
            project=row.id,
            number=row.number,
            title=row.title,
            status=row.status,
            phase=phases.get(row.phase or "", {}),
            gate=gates.get(row.gate or "", {}),
            gates=gates,
            statements={gate.key: gate.statement for gate in model.gates},
            bundle=bundle,
        )
    return found


def item_names(session: Session, *, tenant: str, items: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Return what registers' rows are called: a title, else a person's name; rows without either are left out.

    `items` are pairs of a project's id and a row's key, and so are the keys of what is returned.
    """
    projects = {project for project, _ in items}
    if not projects:
        return {}
    found = session.execute(
        select(ProjectRow.id, ProjectRow.registers).where(ProjectRow.tenant == tenant, ProjectRow.id.in_(projects))
    )
    registers = {row.id: row.registers for row in found}
    rows = {(project, item): _row(registers.get(project, {}), item) for project, item in items}
    people = {
        value for row in rows.values() if not row.get("title") for value in row.values() if isinstance(value, str)
    }
    names = names_of(session, tenant=tenant, people=people) if people else {}
    called = {key: row.get("title") or _person(row, names) for key, row in rows.items()}
    return {key: str(name) for key, name in called.items() if name}


def _row(registers: Mapping[str, Mapping[str, Any]], item: str) -> Mapping[str, Any]:
    return next((rows[item] for rows in registers.values() if item in rows), {})


def _person(row: Mapping[str, Any], names: Mapping[str, str]) -> str | None:
    return next((names[value] for value in row.values() if isinstance(value, str) and value in names), None)


def project_titles(session: Session, *, tenant: str, projects: Collection[str]) -> Mapping[str, str]:
    """Return the titles of some projects."""
    rows = session.execute(
        select(ProjectRow.id, ProjectRow.title).where(ProjectRow.tenant == tenant, ProjectRow.id.in_(projects))
    )
    return {row.id: row.title for row in rows}


def waiting_for(
    session: Session, *, tenant: str, tasks: Collection[str], day: date
) -> Mapping[str, tuple[PersonName, ...]]:
    """Return the people whom each of some open tasks waits for, deputies last; nobody where no one has the role."""
    wanted = principals_of_tasks(session, tenant=tenant, tasks=tasks)
    behind = people_behind(
        session, tenant=tenant, principals={one for principals in wanted.values() for one in principals}, day=day
    )
    return {
        task: tuple({person.id: person for one in principals for person in behind[one]}.values())
        for task, principals in wanted.items()
    }


def followed_instances(
    session: Session, *, tenant: str, person: str, principals: Sequence[Principal]
) -> tuple[str, ...]:
    """Return the instances of projects that a person began or has a role in, whoever the work waits for."""
    scopes = {principal.split(":")[1] for principal in principals if principal.startswith("role:")}
    query = select(ProjectRow.instance).where(
        ProjectRow.tenant == tenant,
        ProjectRow.id.in_(scopes) | (ProjectRow.created_by == person),
        ProjectRow.closed_at.is_(None),
    )
    return tuple(session.scalars(query))
