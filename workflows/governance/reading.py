"""Which projects somebody may open, as a condition of a query: the same rule as `loaded.open_project`."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, and_, exists, false, literal, or_, select, true, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from workflows.flow import open_work
from workflows.governance.roles import OVERSIGHT, organisation_roles
from workflows.governance.tables import ConditionRow, ProjectRow
from workflows.kernel.ids import ORGANISATION, Principal, role_principal


class BytesAt(FunctionElement[int]):
    """Where bytes stand in a column of bytes, counted from 1; 0 = nowhere."""

    name = "styr_bytes_at"
    inherit_cache = True


@compiles(BytesAt)
def _instr(element: BytesAt, compiler: SQLCompiler, **options: Any) -> str:
    return f"instr({compiler.process(element.clauses, **options)})"


@compiles(BytesAt, "postgresql")
def _position(element: BytesAt, compiler: SQLCompiler, **options: Any) -> str:
    column, wanted = element.clauses
    return f"position({compiler.process(wanted, **options)} IN {compiler.process(column, **options)})"


def readable(person: str, principals: Collection[Principal]) -> ColumnElement[bool]:
    """Return the condition that a project may be opened by somebody with these principals."""
    if any(role_principal(ORGANISATION, role) in principals for role in OVERSIGHT):
        return true()
    asked = organisation_roles(principals)
    part = or_(
        takes_part(person, principals),
        answers_for_condition(ProjectRow.tenant, ProjectRow.id, person_principals(person, principals)),
    )
    return or_(part, open_work.asked_roles(ProjectRow.tenant, ProjectRow.instance, asked)) if asked else part


def answers_for_condition(tenant: Any, project: Any, people: Collection[str]) -> ColumnElement[bool]:
    """Return the condition that one of some people answers, or answered, for a condition of a project."""
    own = and_(ConditionRow.tenant == tenant, ConditionRow.project == project)
    return exists(select(ConditionRow.id).where(own, ConditionRow.owner.in_(sorted(people))))


def person_principals(person: str, principals: Collection[Principal]) -> frozenset[str]:
    """Return the ids of a person and of those they act as in person."""
    return frozenset({one.removeprefix("person:") for one in principals if one.startswith("person:")} | {person})


def takes_part(person: str, principals: Collection[Principal]) -> ColumnElement[bool]:
    """Return the condition that a person has a role in a project, stands in a register of it, or began it."""
    scopes = {one.split(":")[1] for one in principals if one.startswith("role:")} - {ORGANISATION}
    named = person_principals(person, principals)
    registers = type_coerce(ProjectRow.registers, LargeBinary)
    return or_(
        ProjectRow.id.in_(scopes) if scopes else false(),
        ProjectRow.created_by.in_(named),
        *(BytesAt(registers, literal(f'"{one}"'.encode(), LargeBinary)) > 0 for one in sorted(named)),
    )
