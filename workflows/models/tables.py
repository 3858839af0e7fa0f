"""Published bundles, stored once per digest and never changed; and model drafts, of which every change is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import ID, Moment, Table, Tenanted


class BundleRow(Tenanted, Table):
    """One published version of a model. `content` is zstd over JSON {path: text}.

    `note` says what is new in it; a version that is retired takes no new projects.
    """

    __tablename__ = "styr_bundle"
    __table_args__ = (UniqueConstraint("tenant", "model", "version"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()
    content: Mapped[bytes] = mapped_column(LargeBinary)
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str | None] = mapped_column(ID)
    note: Mapped[str | None] = mapped_column(String(2000))
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    retired_by: Mapped[str | None] = mapped_column(ID)


class ModelDraftRow(Tenanted, Table):
    """A model that is being changed. `revision` counts its changes; `base` is the version it began on.

    `asked_at` and `asked_by` are set while it waits for somebody else to publish it, with `note`; `returned` is what
    that somebody wrote when it was sent back.
    """

    __tablename__ = "styr_model_draft"
    __table_args__ = (Index("ix_styr_model_draft_model", "tenant", "model", "status"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    model: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    base: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(12))
    revision: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str | None] = mapped_column(ID)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str | None] = mapped_column(ID)
    note: Mapped[str] = mapped_column(String(2000))
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    asked_by: Mapped[str | None] = mapped_column(ID)
    returned: Mapped[str] = mapped_column(String(2000))
    published: Mapped[str | None] = mapped_column(String(64))
    request_id: Mapped[str | None] = mapped_column(String(64))


class ModelDraftFileRow(Tenanted, Table):
    """One file as one change of a draft left it; None is a removed file. The newest revision of a path holds.

    `undoes` is the revision that this one took back, `what` says in words what was done.
    """

    __tablename__ = "styr_model_draft_file"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "draft"], ["styr_model_draft.tenant", "styr_model_draft.id"]),
        Index("ix_styr_model_draft_file_revision", "tenant", "draft", "revision"),
    )

    draft: Mapped[str] = mapped_column(ID, primary_key=True)
    path: Mapped[str] = mapped_column(String(200), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    what: Mapped[str] = mapped_column(String(300))
    undoes: Mapped[int | None] = mapped_column()
    at: Mapped[datetime] = mapped_column(Moment)
    by: Mapped[str | None] = mapped_column(ID)
    request_id: Mapped[str | None] = mapped_column(String(64))


class TrialRow(Tenanted, Table):
    """A person's trial of a draft. `content` is zstd over JSON: what it began with, and its turns."""

    __tablename__ = "styr_model_trial"
    __table_args__ = (
        UniqueConstraint("tenant", "draft", "person"),
        ForeignKeyConstraint(["tenant", "draft"], ["styr_model_draft.tenant", "styr_model_draft.id"]),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    draft: Mapped[str] = mapped_column(ID)
    person: Mapped[str] = mapped_column(ID)
    version: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ModelImportRow(Tenanted, Table):
    """What an import made of files, and its report. `files` is there until a draft has been made of it (`draft`)."""

    __tablename__ = "styr_model_import"
    __table_args__ = (Index("ix_styr_model_import_draft", "tenant", "draft"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(40))
    report: Mapped[bytes] = mapped_column(LargeBinary)
    files: Mapped[bytes | None] = mapped_column(LargeBinary)
    draft: Mapped[str | None] = mapped_column(ID)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str | None] = mapped_column(ID)
