"""What to read before answering: the newest version of each document of the project."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.governance.loaded import Held
from workflows.governance.readiness import DocumentVersion, document_versions
from workflows.kernel.context import Context
from workflows.models.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document's newest version, under the name its model gives it; `about` is the item it is for, or ""."""

    label: Label
    about: str
    newest: DocumentVersion


def reading_for(ctx: Context, held: Held) -> tuple[Reading, ...]:
    """Return the documents of a project in the model's order. One per item only where the task is for that item."""
    with ctx.read() as session:
        versions = document_versions(session, tenant=ctx.tenant, project_id=held.project.id)
    newest = {(one.key, one.item): one for one in versions if one.item in {"", held.task.item}}
    return tuple(
        Reading(label=kind.label, about=one.item, newest=one)
        for kind in held.bundle.model.documents
        for (key, _item), one in newest.items()
        if key == kind.key
    )
