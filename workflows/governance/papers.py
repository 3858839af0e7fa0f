"""Rendered papers: what they are called, where they lie, and the job that makes one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.governance.loaded import open_project
from workflows.governance.tables import PaperRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.files import StoredFile

RENDER = "paper.render"
"""The job that renders one paper; its arguments are the project and the source."""

PDF = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a paper is made of: a decision (its id), or a version of a document (key, item, version)."""

    decision: str = ""
    document: str = ""
    item: str = ""
    version: int = 0

    def __str__(self) -> str:
        if self.decision:
            return f"decision/{self.decision}"
        return f"document/{self.document}/{self.item}/{self.version}"

    @classmethod
    def read(cls, text: str) -> Source:
        """Return the source that `text` names. Raises NotFound for anything else."""
        match text.split("/"):
            case ["decision", decision] if decision:
                return cls(decision=decision)
            case ["document", document, item, version] if document and version.isdecimal():
                return cls(document=document, item=item, version=int(version))
            case _:
                raise NotFound


def order_paper(session: Session, ctx: Context, *, project_id: str, source: Source) -> None:
    """Have a paper rendered once the transaction commits, in which what it is made of is recorded."""
    ctx.jobs.later(session, RENDER, project_id, str(source), key=f"{RENDER}:{project_id}:{source}")


def order_again(session: Session, ctx: Context, *, project_id: str, source: Source) -> None:
    """Have a paper rendered that somebody waits for: its job was given up. Within a minute it is one job."""
    minute = f"{ctx.now():%Y%m%d%H%M}"
    ctx.jobs.later(session, RENDER, project_id, str(source), key=f"{RENDER}:{project_id}:{source}:{minute}")


def is_printed(session: Session, *, tenant: str, project_id: str, source: Source) -> bool:
    """Tell whether a paper has been rendered."""
    return session.get(PaperRow, (tenant, project_id, str(source))) is not None


def paper_of(ctx: Context, *, project_id: str, source: Source, name: str) -> StoredFile | None:
    """Return a rendered paper under `name`; when there is none yet, have it rendered and return None.

    Raises NotFound for who may not read the project.
    """
    with ctx.read() as session:
        open_project(session, ctx, project_id=project_id)
        row = session.get(PaperRow, (ctx.tenant, project_id, str(source)))
        if row is not None:
            return StoredFile(digest=row.digest, size=row.size, media_type=PDF, name=name)
    with ctx.write() as session:
        order_again(session, ctx, project_id=project_id, source=source)
    return None


def keep_paper(ctx: Context, project_id: str, source: str, file: StoredFile) -> None:
    """Note where a rendered paper lies; the same job run twice notes it once."""
    with ctx.write() as session:
        session.merge(
            PaperRow(
                tenant=ctx.tenant,
                project=project_id,
                source=str(Source.read(source)),
                digest=file.digest,
                size=file.size,
                rendered_at=ctx.now(),
            )
        )
