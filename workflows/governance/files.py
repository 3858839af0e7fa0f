"""Files of a project: kept by content, seen by those who see the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import Entry, Running, record_entry
from workflows.governance.loaded import Held, Opened, may_open, open_project, require_actor, see_task
from workflows.governance.roles import OVERSIGHT, may_read
from workflows.governance.tables import FileRow
from workflows.governance.tidying import named_or_removed
from workflows.kernel import files
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound, VersionConflict
from workflows.kernel.ids import ORGANISATION, new_id, role_principal
from workflows.kernel.retry import retry_on_conflict
from workflows.people import PROJECT_OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFile:
    """An uploaded file; `task` is the step it was given in, None for one added on the project's page."""

    id: str
    project: str
    task: str | None
    name: str
    digest: str
    size: int
    media_type: str
    uploaded_at: datetime
    uploaded_by: str


@retry_on_conflict
def add_file(
    ctx: Context,
    *,
    project_id: str,
    stream: BinaryIO,
    name: str,
    limit: int,
    task_id: str | None = None,
    accept: str = "",
) -> ProjectFile:
    """Keep a file of a project, or of a step in it that the actor may do; `accept` is what its question takes.

    Raises FileRefused (its kinds say what to do), StorageFull, NotFound, Forbidden (who only reads).
    """
    now, actor = ctx.now(), require_actor(ctx)
    with ctx.read() as session:
        running = _running(session, ctx, project_id, task_id)
    stream.seek(0)
    kept = files.store(ctx.files, stream, name=name, limit=limit, accept=accept)
    row = FileRow(
        tenant=ctx.tenant,
        id=new_id(),
        project=project_id,
        task=task_id,
        name=kept.name,
        digest=kept.digest,
        size=kept.size,
        media_type=kept.media_type,
        uploaded_at=now,
        uploaded_by=actor,
    )
    body = {"file": row.id, "task": task_id} | asdict(kept)
    with named_or_removed(ctx, kept.digest), ctx.write() as session:
        session.add(row)
        session.flush()
        if not files.is_kept(ctx.files, kept.digest):  # another upload of the same bytes failed, and removed them
            raise VersionConflict
        entry = Entry(verb="add_file", at=now, body=body, actor=actor)
        record_entry(session, tenant=ctx.tenant, running=running, entry=entry)
        return file_of(row)


def read_file(ctx: Context, *, file_id: str) -> ProjectFile:
    """Return a file of a project that the actor sees, or of a step that they may do. Raises NotFound."""
    with ctx.read() as session:
        row = session.get(FileRow, (ctx.tenant, file_id))
        if row is None:
            raise NotFound
        if row.task is None:
            open_project(session, ctx, project_id=row.project)
        else:
            see_task(session, ctx, task_id=row.task)
        return file_of(row)


def may_add_files(opened: Opened) -> bool:
    """Tell whether the actor takes part in the project while it lasts; who only oversees it adds nothing."""
    reading = {role_principal(ORGANISATION, role) for role in OVERSIGHT - {PROJECT_OFFICE}}
    return opened.project.closed_at is None and may_read(opened.acting.principals - reading, opened.project)


def _running(session: Session, ctx: Context, project_id: str, task_id: str | None) -> Running:
    """Return the instance that a new file belongs to."""
    if task_id is None:
        opened = open_project(session, ctx, project_id=project_id)
        if not may_add_files(opened):
            raise Forbidden
        return opened.running
    held, mine = see_task(session, ctx, task_id=task_id)
    if held.project.id != project_id:
        raise NotFound
    if not mine:
        raise Forbidden
    return held.waiting.running


def files_of(session: Session, *, tenant: str, project_id: str) -> tuple[ProjectFile, ...]:
    """Return a project's files, newest first."""
    query = select(FileRow).where(FileRow.tenant == tenant, FileRow.project == project_id).order_by(FileRow.id.desc())
    return tuple(file_of(row) for row in session.scalars(query))


def seen_files(session: Session, ctx: Context, *, held: Held) -> Mapping[str, ProjectFile]:
    """Return the files of a task's project that the actor may see, by id, as `read_file` would give each of them.

    Who may not open the project sees those of the steps that are theirs.
    """
    found = files_of(session, tenant=ctx.tenant, project_id=held.project.id)
    if may_open(session, held.acting, held.project, tenant=ctx.tenant):
        return {file.id: file for file in found}
    seen = {held.task.id: True}
    for task in {file.task for file in found if file.task} - seen.keys():
        seen[task] = _sees_task(session, ctx, task)
    return {file.id: file for file in found if file.task and seen[file.task]}


def _sees_task(session: Session, ctx: Context, task_id: str) -> bool:
    try:
        see_task(session, ctx, task_id=task_id)
    except NotFound:
        return False
    return True


def file_names(session: Session, *, tenant: str, project_id: str) -> Mapping[str, str]:
    """Return the names of a project's files by id, for forms that refer to them."""
    return {file.id: file.name for file in files_of(session, tenant=tenant, project_id=project_id)}


def file_of(row: FileRow) -> ProjectFile:
    """Freeze a file row."""
    return ProjectFile(
        id=row.id,
        project=row.project,
        task=row.task,
        name=row.name,
        digest=row.digest,
        size=row.size,
        media_type=row.media_type,
        uploaded_at=row.uploaded_at,
        uploaded_by=row.uploaded_by,
    )
