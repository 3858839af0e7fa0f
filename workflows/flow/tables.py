"""Running instances and what waits in them. Inbox and lists read these rows and never load a workflow."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import ID, Json, Moment, Table, Tenanted

_OPEN = text("status = 'open'")


class InstanceRow(Tenanted, Table):
    """One running process. `version` rises with each step; `seq` and `head` are the end of its event chain."""

    __tablename__ = "styr_instance"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "bundle"], ["styr_bundle.tenant", "styr_bundle.digest"]),
        Index("ix_styr_instance_subject", "tenant", "subject"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    subject: Mapped[str] = mapped_column(ID)
    title: Mapped[str] = mapped_column(String(200))
    bundle: Mapped[str] = mapped_column(String(64))
    state: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int] = mapped_column()
    status: Mapped[str] = mapped_column(String(12))
    open_tasks: Mapped[Any] = mapped_column(Json)
    has_timers: Mapped[bool] = mapped_column()
    seq: Mapped[int] = mapped_column()
    head: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(Moment)
    held_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class TaskRow(Tenanted, Table):
    """A step somebody has to do. `origin` is `engine` for a user task, `item` for work kept in a register.

    `next_mark_at` is the earliest of reminder, due and escalation that has not been marked yet.
    """

    __tablename__ = "styr_task"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "instance"], ["styr_instance.tenant", "styr_instance.id"]),
        Index("ix_styr_task_instance", "tenant", "instance", "status"),
        Index("ix_styr_task_mark", "tenant", "next_mark_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_styr_task_closed_by", "tenant", "closed_by", "closed_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    instance: Mapped[str] = mapped_column(ID)
    origin: Mapped[str] = mapped_column(String(8))
    node: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(400))
    items: Mapped[Any] = mapped_column(Json)
    gate: Mapped[str | None] = mapped_column(String(40))
    round: Mapped[int] = mapped_column()
    kind: Mapped[str] = mapped_column(String(16))
    form: Mapped[str | None] = mapped_column(String(60))
    role: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(200))
    search: Mapped[str] = mapped_column(String(420))
    sender: Mapped[str | None] = mapped_column(ID)
    status: Mapped[str] = mapped_column(String(12))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    remind_at: Mapped[datetime | None] = mapped_column(Moment)
    escalate_at: Mapped[datetime | None] = mapped_column(Moment)
    next_mark_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    escalated_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str | None] = mapped_column(ID)
    request_id: Mapped[str | None] = mapped_column(String(64))


class TaskPrincipalRow(Tenanted, Table):
    """Who an open task waits for; rows go when the task closes. The key is the inbox's order."""

    __tablename__ = "styr_task_principal"
    __table_args__ = (
        Index("ix_styr_task_principal_task", "tenant", "task"),
        {"sqlite_with_rowid": False},
    )

    principal: Mapped[str] = mapped_column(String(120), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    task: Mapped[str] = mapped_column(ID, primary_key=True)


class SubmissionRow(Tenanted, Table):
    """The full answers of one completed step. Never changed (a trigger refuses it)."""

    __tablename__ = "styr_submission"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "instance"], ["styr_instance.tenant", "styr_instance.id"]),
        Index("ix_styr_submission_form", "tenant", "instance", "form", "item", "at"),
        Index("ix_styr_submission_task", "tenant", "task"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    instance: Mapped[str] = mapped_column(ID)
    task: Mapped[str] = mapped_column(ID)
    node: Mapped[str] = mapped_column(String(80))
    item: Mapped[str | None] = mapped_column(String(80))
    form: Mapped[str] = mapped_column(String(60))
    bundle: Mapped[str] = mapped_column(String(64))
    answers: Mapped[Any] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(ID)
    on_behalf_of: Mapped[str | None] = mapped_column(String(120))


class DraftRow(Tenanted, Table):
    """What somebody has typed but not handed in; one per task, shared by those it waits for."""

    __tablename__ = "styr_draft"

    task: Mapped[str] = mapped_column(ID, primary_key=True)
    answers: Mapped[Any] = mapped_column(Json)
    version: Mapped[int] = mapped_column()
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[str] = mapped_column(ID)


class TimerRow(Tenanted, Table):
    """A due moment inside a process (the diagram's own timers); rows mirror the state."""

    __tablename__ = "styr_timer"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "instance"], ["styr_instance.tenant", "styr_instance.id"]),
        Index("ix_styr_timer_due", "tenant", "at"),
    )

    instance: Mapped[str] = mapped_column(ID, primary_key=True)
    place: Mapped[str] = mapped_column(String(400), primary_key=True)
    node: Mapped[str] = mapped_column(String(80), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
