"""A project as verbs and pages read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflows.governance.settings import NOTHING_SET, Settings, settings_at, settings_head
from workflows.governance.tables import ProjectNumberRow, ProjectRow
from workflows.kernel.database import columns_for, table_of
from workflows.kernel.errors import NotFound


class ProjectStatus(StrEnum):
    """Where a project's life stands; `terminating` is the short closure after a stop."""

    IDEA = "idea"
    ACTIVE = "active"
    ON_HOLD = "on_hold"
    TERMINATING = "terminating"
    CLOSED = "closed"
    REJECTED = "rejected"
    TERMINATED = "terminated"
    NOT_PROJECT = "not_project"


class SizeClass(StrEnum):
    """Decides whether a steering group is required."""

    SMALL = "small"
    LARGE = "large"


SETTLED, LAST = "_settled", "_last"
"""Marks of a register's row: it is done with; the highest number a row was ever given. No field has such a name."""

Register = Mapping[str, Mapping[str, Any]]
"""Rows by their short key (`m1`, `d2`), as the plan's form gave them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One project. `total_cost` in kronor; `registers` by name (members, deliverables)."""

    id: str
    number: str
    instance: str
    bundle: str
    model: str
    title: str
    summary: str
    department: str
    registry_number: str | None
    status: ProjectStatus
    phase: str | None
    gate: str | None
    size_class: SizeClass
    total_cost: Decimal
    external_funding: bool
    cross_board: bool
    principle_matter: bool
    light: str | None
    records: int
    registers: Mapping[str, Register]
    created_at: datetime
    created_by: str
    closed_at: datetime | None
    resume_on: date | None
    resume_task: str | None
    settings: Settings = NOTHING_SET

    @property
    def record_number(self) -> str:
        """Return what documents and decisions are numbered under: the registry's number, or the project's own."""
        return self.registry_number or self.number

    def numbered(self, count: int) -> str:
        """Return the number of the project's record number `count` (documents and decisions share the series)."""
        return f"{self.record_number}-{count}"

    def row(self, item: str | None) -> Mapping[str, Any]:
        """Return the register row with key `item`, as people gave it; empty when there is none."""
        found = next((rows[item] for rows in self.registers.values() if item in rows), {}) if item else {}
        return {name: value for name, value in found.items() if name not in (SETTLED, LAST)}

    def rows(self, register: str) -> list[dict[str, Any]]:
        """Return the rows of a register as people gave them, in order."""
        return [dict(self.row(item)) for item in self.registers.get(register, {})]


_PROJECTS = table_of(ProjectRow)
_PROJECT = select(*columns_for(_PROJECTS, Project), settings_head().label("settings_head")).where(
    _PROJECTS.c.tenant == bindparam("tenant"), _PROJECTS.c.id == bindparam("project")
)


def load_project(session: Session, *, tenant: str, project_id: str) -> Project:
    """Return a project with the organisation's settings. Raises NotFound."""
    row = session.execute(_PROJECT, {"tenant": tenant, "project": project_id}).first()
    if row is None:
        raise NotFound
    settings = settings_at(session, tenant=tenant, head=row.settings_head)
    return replace(project_of(cast(ProjectRow, row)), settings=settings)


def project_of(row: ProjectRow) -> Project:
    """Freeze a project row."""
    return Project(
        id=row.id,
        number=row.number,
        instance=row.instance,
        bundle=row.bundle,
        model=row.model,
        title=row.title,
        summary=row.summary,
        department=row.department,
        registry_number=row.registry_number,
        status=ProjectStatus(row.status),
        phase=row.phase,
        gate=row.gate,
        size_class=SizeClass(row.size_class),
        total_cost=row.total_cost,
        external_funding=row.external_funding,
        cross_board=row.cross_board,
        principle_matter=row.principle_matter,
        light=row.light,
        records=row.records,
        registers=row.registers,
        created_at=row.created_at,
        created_by=row.created_by,
        closed_at=row.closed_at,
        resume_on=row.resume_on,
        resume_task=row.resume_task,
    )


def next_number(session: Session, *, tenant: str, year: int) -> str:
    """Take the next project number of a year: `P-2026-014`. Numbers are given in the write, so none is given twice."""
    row = session.scalar(
        select(ProjectNumberRow).where(ProjectNumberRow.tenant == tenant, ProjectNumberRow.year == year)
    )
    if row is None:
        row = ProjectNumberRow(tenant=tenant, year=year, last=0)
        session.add(row)
    row.last += 1
    return f"P-{year}-{row.last:03d}"
