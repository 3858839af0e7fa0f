"""What to read before answering: the newest version of each document of the project, and its checklists."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.flow import latest_submissions
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A checklist that was handed in last by the step `task`."""

    label: Label
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Everything there is to read, in the model's order."""

    documents: tuple[Reading, ...]
    checklists: tuple[Answered, ...]


def background_of(ctx: Context, held: Held) -> Background:
    """Return what a project has to read. One document per item only where the task is for that item."""
    lists = {key: one for key, one in held.bundle.checklists.items() if key != held.task.form}
    with ctx.read() as session:
        versions = document_versions(session, tenant=ctx.tenant, project_id=held.project.id)
        latest = latest_submissions(session, tenant=ctx.tenant, instance_id=held.project.instance, forms=tuple(lists))
    newest = {(one.key, one.item): one for one in versions if one.item in {"", held.task.item}}
    return Background(
        documents=tuple(
            Reading(label=kind.label, about=one.item, newest=one)
            for kind in held.bundle.model.documents
            for (key, _item), one in newest.items()
            if key == kind.key
        ),
        checklists=tuple(
            Answered(label={"sv": one.title.sv, "en": one.title.in_language("en")}, task=latest[key, None].task)
            for key, one in lists.items()
            if (key, None) in latest
        ),
    )
