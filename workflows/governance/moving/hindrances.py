"""Why a project must stay on its version although its diagram would let it go: what is on record has no word there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.engine import Immovable, Moved, TaskKind
from workflows.governance.project import Project
from workflows.governance.tables import DocumentRow, PackRow
from workflows.governance.write import where
from workflows.models import Bundle
from workflows.models.model import Label


def hindrances_of(
    session: Session, tenant: str, project: Project, origin: Bundle, target: Bundle, found: Moved | Immovable
) -> Iterator[str]:
    """Yield sentences on gates, documents, registers and phases that the project has and the target does not."""
    packs = select(PackRow.gate).where(PackRow.tenant == tenant, PackRow.project == project.id)
    documents = select(DocumentRow.key).where(DocumentRow.tenant == tenant, DocumentRow.project == project.id)
    known = {gate.key: gate.label for gate in origin.model.gates}
    for gate in sorted(_values(session, packs) - {gate.key for gate in target.model.gates}):
        yield f"Projektet har ett beslutsunderlag för {_say(known.get(gate), gate)}, som inte finns i versionen."
    series = {document.key: document.label for document in origin.model.documents}
    for key in sorted(_values(session, documents) - {document.key for document in target.model.documents}):
        yield f"Projektet har dokumentet {_say(series.get(key), key)}, som inte finns i versionen."
    for register in sorted(name for name, rows in project.registers.items() if rows):
        if register not in target.model.registers:
            yield f"Projektet har uppgifter i registret ”{register}”, som inte finns i versionen."
    if isinstance(found, Moved):
        yield from _standing(project, origin, target, found)


def phase_after(project: Project, target: Bundle, moved: Moved) -> str | None:
    """Return the phase that a project is in on the other version: by what is open, by name, or as it was renamed."""
    phase, _ = where(target.model, moved.step)
    known = {one.key for one in target.model.phases}
    before = moved.renamed.get(project.phase or "", project.phase)
    return phase or (before if before in known else None)


def _standing(project: Project, origin: Bundle, target: Bundle, moved: Moved) -> Iterator[str]:
    """Yield what of the place where the project stands has no word in the target, or is decided otherwise there."""
    if project.phase is not None and phase_after(project, target, moved) is None:
        label = next((one.label for one in origin.model.phases if one.key == project.phase), None)
        yield f"Projektet är i fasen {_say(label, project.phase)}, som inte finns i versionen."
    gates = {gate.key for gate in target.model.gates}
    for task in moved.step.open_tasks:
        if task.gate is not None and task.gate not in gates:
            yield f"Projektet är i en beslutspunkt ({task.gate}) som modellen inte beskriver i versionen."
        before = origin.executable.tasks.get(task.node)
        if before is not None and task.definition.kind is TaskKind.DECISION and before.form != task.definition.form:
            yield f"Beslutet i ”{before.name}” är redan begärt, och versionen fattar det på ett annat sätt."


def _values(session: Session, query: Select[str]) -> set[str]:
    return set(session.scalars(query.distinct()))


def _say(label: Label | None, key: str | None) -> str:
    return label.get("sv", str(key)) if label else str(key)
