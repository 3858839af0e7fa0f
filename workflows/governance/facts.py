"""What expressions may ask about a project: one mapping, made anew for each step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.feel import Environment
from workflows.governance.project import Project, SizeClass
from workflows.governance.project_answers import Changes
from workflows.governance.settings import Settings
from workflows.governance.settled import unsettled
from workflows.kernel.workdays import add_workdays
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.model import Model
from workflows.people.access import is_held


def environment(now: datetime) -> Environment:
    """Return what FEEL knows of the world: the moment and the working days."""
    return Environment(now=now, workdays=add_workdays)


def facts_of(
    session: Session, *, tenant: str, project: Project, model: Model, on: date, missing: int = 0
) -> dict[str, Any]:
    """Return the facts of a project on a day. `missing` = number of things that block the gate in question."""
    return {
        **own_facts(project),
        "has_steering_group": has_steering_group(session, tenant=tenant, project=project, model=model, on=on),
        "board_cost_limit": int(project.settings.board_cost_limit(on)),
        "missing": missing,
        "light_before": project.light or DEFAULT_FACTS["light_before"],
    }


def own_facts(project: Project) -> dict[str, Any]:
    """Return what the project itself knows; of its registers, the rows that are not done with."""
    return {
        "size_class": str(project.size_class),
        "total_cost": float(project.total_cost),
        "external_funding": project.external_funding,
        "cross_board": project.cross_board,
        "principle_matter": project.principle_matter,
        **{name: unsettled(rows) for name, rows in project.registers.items()},
    }


def facts_after(facts: Mapping[str, Any], project: Project, changes: Changes, model: Model) -> dict[str, Any]:
    """Return the facts with what an answer changes: the step that it completes already sees them.

    `light_before` stays what the report before this one said.
    """
    known = {name: value for name, value in changes.values.items() if hasattr(project, name)}
    grouped = facts["has_steering_group"] or model.duties.group in changes.holders
    return {**facts, **own_facts(replace(project, **known)), "has_steering_group": grouped}


def first_facts(settings: Settings, *, on: date, registers: Mapping[str, str]) -> dict[str, Any]:
    """Return the facts of a project that does not exist yet."""
    return {
        "size_class": str(SizeClass.SMALL),
        "total_cost": 0,
        "external_funding": False,
        "cross_board": False,
        "principle_matter": False,
        "has_steering_group": False,
        "board_cost_limit": int(settings.board_cost_limit(on)),
        "missing": 0,
        "light_before": DEFAULT_FACTS["light_before"],
        **{name: [] for name in registers},
    }


def has_steering_group(session: Session, *, tenant: str, project: Project, model: Model, on: date) -> bool:
    """Tell whether somebody holds the group's role in the project."""
    return is_held(session, tenant=tenant, scope=project.id, role=model.duties.group, on=on)
