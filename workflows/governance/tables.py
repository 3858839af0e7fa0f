"""Projects, decision packs, decisions, conditions, documents and files. Decisions and documents never change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKeyConstraint, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import ID, Json, Moment, Table, Tenanted


def _project_key() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant", "project"], ["styr_project.tenant", "styr_project.id"])


class ProjectRow(Tenanted, Table):
    """A project from idea to closure, its facts for gates and tables, and its registers (members, deliverables)."""

    __tablename__ = "styr_project"
    __table_args__ = (
        UniqueConstraint("tenant", "number"),
        ForeignKeyConstraint(["tenant", "instance"], ["styr_instance.tenant", "styr_instance.id"]),
        Index("ix_styr_project_status", "tenant", "status"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    number: Mapped[str] = mapped_column(String(20))
    instance: Mapped[str] = mapped_column(ID)
    bundle: Mapped[str] = mapped_column(String(64))
    model: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)
    department: Mapped[str] = mapped_column(String(120))
    registry_number: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(16))
    phase: Mapped[str | None] = mapped_column(String(40))
    gate: Mapped[str | None] = mapped_column(String(40))
    size_class: Mapped[str] = mapped_column(String(8))
    total_cost: Mapped[Any] = mapped_column(Numeric(16, 2))
    external_funding: Mapped[bool] = mapped_column()
    cross_board: Mapped[bool] = mapped_column()
    principle_matter: Mapped[bool] = mapped_column()
    light: Mapped[str | None] = mapped_column(String(8))
    records: Mapped[int] = mapped_column()
    registers: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str] = mapped_column(ID)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    resume_on: Mapped[date | None] = mapped_column(Date)
    resume_task: Mapped[str | None] = mapped_column(ID)


class ProjectNumberRow(Tenanted, Table):
    """The last project number given in a year."""

    __tablename__ = "styr_project_number"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column()


class PackRow(Tenanted, Table):
    """A decision pack: what the decider decides on, frozen when it was requested. `content` never changes."""

    __tablename__ = "styr_pack"
    __table_args__ = (_project_key(), Index("ix_styr_pack_gate", "tenant", "project", "gate"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    project: Mapped[str] = mapped_column(ID)
    gate: Mapped[str] = mapped_column(String(40))
    item: Mapped[str | None] = mapped_column(String(80))
    round: Mapped[int] = mapped_column()
    status: Mapped[str] = mapped_column(String(12))
    with_deviation: Mapped[bool] = mapped_column()
    authority: Mapped[Any] = mapped_column(Json)
    content: Mapped[Any] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    requested_at: Mapped[datetime] = mapped_column(Moment)
    requested_by: Mapped[str] = mapped_column(ID)


class DecisionRow(Tenanted, Table):
    """An immutable decision at a gate. `detail` holds the outcome's compulsory input, the meeting or the board's §."""

    __tablename__ = "styr_decision"
    __table_args__ = (
        _project_key(),
        Index("ix_styr_decision_project", "tenant", "project", "recorded_on"),
        Index("ix_styr_decision_task", "tenant", "task"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    project: Mapped[str] = mapped_column(ID)
    pack: Mapped[str | None] = mapped_column(ID)
    gate: Mapped[str | None] = mapped_column(String(40))
    item: Mapped[str | None] = mapped_column(String(80))
    round: Mapped[int] = mapped_column()
    task: Mapped[str | None] = mapped_column(ID)
    mode: Mapped[str] = mapped_column(String(12))
    decider: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str] = mapped_column(String(24))
    target: Mapped[str | None] = mapped_column(String(40))
    motivation: Mapped[str] = mapped_column(Text)
    legal_basis: Mapped[str] = mapped_column(String(12))
    delegation_point: Mapped[str | None] = mapped_column(String(120))
    detail: Mapped[Any] = mapped_column(Json)
    registry_number: Mapped[str] = mapped_column(String(80))
    publicity: Mapped[str] = mapped_column(String(20))
    secrecy: Mapped[str | None] = mapped_column(String(200))
    decided_on: Mapped[date] = mapped_column(Date)
    recorded_on: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(ID)
    on_behalf_of: Mapped[str | None] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))


class RecusalRow(Tenanted, Table):
    """A declared conflict of interest: the person takes no part in this round of this gate (KL 6:28, 7:4)."""

    __tablename__ = "styr_recusal"
    __table_args__ = (_project_key(),)

    project: Mapped[str] = mapped_column(ID, primary_key=True)
    task: Mapped[str] = mapped_column(ID, primary_key=True)
    person: Mapped[str] = mapped_column(ID, primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class ConditionRow(Tenanted, Table):
    """A condition of a conditional approval: a work item with owner and due date that the next gate counts."""

    __tablename__ = "styr_condition"
    __table_args__ = (
        _project_key(),
        Index("ix_styr_condition_project", "tenant", "project", "status"),
        Index("ix_styr_condition_task", "tenant", "task"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    project: Mapped[str] = mapped_column(ID)
    decision: Mapped[str] = mapped_column(ID)
    gate: Mapped[str] = mapped_column(String(40))
    number: Mapped[int] = mapped_column()
    text: Mapped[str] = mapped_column(Text)
    owner: Mapped[str] = mapped_column(ID)
    due_on: Mapped[date] = mapped_column(Date)
    status: Mapped[str] = mapped_column(String(12))
    task: Mapped[str] = mapped_column(ID)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by: Mapped[str | None] = mapped_column(ID)
    note: Mapped[str] = mapped_column(Text)


class DocumentRow(Tenanted, Table):
    """One version of a document, made by a completed step. `item` is set where there is one per member or delivery."""

    __tablename__ = "styr_document"
    __table_args__ = (
        _project_key(),
        ForeignKeyConstraint(["tenant", "submission"], ["styr_submission.tenant", "styr_submission.id"]),
    )

    project: Mapped[str] = mapped_column(ID, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    item: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    submission: Mapped[str] = mapped_column(ID)
    digest: Mapped[str] = mapped_column(String(64))
    registry_number: Mapped[str] = mapped_column(String(80))
    legal_basis: Mapped[str] = mapped_column(String(12))
    publicity: Mapped[str] = mapped_column(String(20))
    secrecy: Mapped[str | None] = mapped_column(String(200))
    decided_on: Mapped[date] = mapped_column(Date)
    recorded_on: Mapped[datetime] = mapped_column(Moment)
    recorded_by: Mapped[str] = mapped_column(ID)


class FileRow(Tenanted, Table):
    """An uploaded file of a project; the bytes lie in the file store under `digest`."""

    __tablename__ = "styr_file"
    __table_args__ = (_project_key(), Index("ix_styr_file_project", "tenant", "project"))

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    project: Mapped[str] = mapped_column(ID)
    task: Mapped[str | None] = mapped_column(ID)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column()
    media_type: Mapped[str] = mapped_column(String(120))
    uploaded_at: Mapped[datetime] = mapped_column(Moment)
    uploaded_by: Mapped[str] = mapped_column(ID)


class PaperRow(Tenanted, Table):
    """A rendered PDF of a decision or a document version: `source` names which."""

    __tablename__ = "styr_paper"
    __table_args__ = (_project_key(),)

    project: Mapped[str] = mapped_column(ID, primary_key=True)
    source: Mapped[str] = mapped_column(String(200), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column()
    rendered_at: Mapped[datetime] = mapped_column(Moment)


class SettingRow(Tenanted, Table):
    """A mark of the installation itself, such as which demonstration it holds.

    What the organisation sets is not kept here: the stream `settings` is its register (`settings`).
    """

    __tablename__ = "styr_setting"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    valid_from: Mapped[date] = mapped_column(Date, primary_key=True)
    value: Mapped[Any] = mapped_column(Json)


class BankTextRow(Tenanted, Table):
    """Words of a project that anybody may find in the bank; what is secret has no row.

    `source` is the form, or the id of the decision, that said them: a form handed in again says something else.
    """

    __tablename__ = "styr_bank_text"
    __table_args__ = (_project_key(),)

    project: Mapped[str] = mapped_column(ID, primary_key=True)
    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)
    search: Mapped[str] = mapped_column(Text)


class ModelMoveRow(Tenanted, Table):
    """A move that somebody prepared: from one version to another, with the reason once it was carried out.

    `replaced` says in which steps of the target work goes on whose own step it does not have.
    """

    __tablename__ = "styr_model_move"
    __table_args__ = (
        UniqueConstraint("tenant", "request_id"),
        Index("ix_styr_model_move_model", "tenant", "model", "created_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    model: Mapped[str] = mapped_column(String(40))
    origin: Mapped[str] = mapped_column(String(64))
    target: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str | None] = mapped_column(ID)
    acted_by: Mapped[str | None] = mapped_column(ID)
    request_id: Mapped[str | None] = mapped_column(String(64))
    replaced: Mapped[Any | None] = mapped_column(Json)


class ModelMoveProjectRow(Tenanted, Table):
    """One project of a move: what the preview found (`notes` are sentences), and what became of it (why it is undone).

    `event` is the number of the move in the project's own record, where all of it stands.
    """

    __tablename__ = "styr_model_move_project"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "move"], ["styr_model_move.tenant", "styr_model_move.id"]),
        _project_key(),
        Index("ix_styr_model_move_project_status", "tenant", "move", "status"),
    )

    move: Mapped[str] = mapped_column(ID, primary_key=True)
    project: Mapped[str] = mapped_column(ID, primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    notes: Mapped[Any] = mapped_column(Json)
    event: Mapped[int | None] = mapped_column()
    at: Mapped[datetime | None] = mapped_column(Moment)
