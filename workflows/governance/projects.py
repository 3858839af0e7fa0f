"""Read models over many projects: what rows of an inbox or a list need to know of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.governance.tables import ProjectRow
from workflows.kernel.ids import Principal
from workflows.models import load_bundle
from workflows.models.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a project stands, in its model's words; labels are empty outside a phase or gate."""

    project: str
    number: str
    title: str
    status: str
    phase: Label
    gate: Label
    gates: Mapping[str, Label]


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
        model = load_bundle(session, tenant=tenant, digest=row.bundle).model
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
        )
    return found


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
