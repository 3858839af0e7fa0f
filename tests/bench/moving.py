"""The preview of a move: a thousand running projects at six points, to a version that reads more of their answers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import uuid4

import zstandard
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.bench.installation import Installation
from tests.governance.moving import second_version
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town
from workflows.flow.tables import InstanceRow, SubmissionRow, TaskRow
from workflows.governance.moving import find_move, preview_move, work_move
from workflows.governance.project import load_project
from workflows.governance.tables import ProjectRow
from workflows.kernel.database import Table
from workflows.kernel.ids import new_id
from workflows.models import publish

PROJECTS = 1000
STEPS = ("sponsor_answer", "risk_assessment", "project_directive", "bp1", "contract_provider", "contract_member")
READS, MORE = b'c2_preparation.F03 = "yes"', b'c2_preparation.F03 = "yes" or c2_preparation.F01 = "x"'
"""A condition, and how the other version asks for an answer that no state has kept."""


def preview(place: Installation) -> Iterator[tuple[str, float]]:
    """Yield how long it takes to look at all of them."""
    town = place.town
    files = second_version()
    files = {**files, "project.bpmn": files["project.bpmn"].replace(READS, MORE)}
    fill(place)
    version = publish(town.ctx, files).version
    ctx = town.as_("ture")
    move = preview_move(ctx, model="harnosand", from_version=1, to_version=version)
    began = time.perf_counter()
    work_move(town.ctx, move=move)
    taken = time.perf_counter() - began
    found, _ = find_move(ctx, move=move)
    assert found.total >= PROJECTS
    assert found.busy == 0
    yield "move.preview_1000", taken * PROJECTS / found.total


def fill(place: Installation) -> None:
    """Play a project to each point, and copy each until there are enough."""
    town = place.town
    for number, step in enumerate(STEPS):
        project = town.start("olle", f"Projekt vid {step}").project_id
        player = town.player(project, usual={**usual(town), "c2_preparation": {"F03": "no: Ingen berörs"}})
        if number > STEPS.index("bp1"):
            player.until("bp1")
            player.decide(APPROVE)
        player.until(step)
        copied(town, [project], PROJECTS // len(STEPS), f"K{number}")


def copied(town: Town, projects: Sequence[str], times: int, name: str = "K") -> None:
    """Copy each of some projects so many times, as they stand."""
    with town.ctx.write() as session:
        for number, project in enumerate(projects):
            for copy in range(times):
                _copy(session, town.ctx.tenant, project, f"{name}-{number}-{copy:03d}")


def _copy(session: Session, tenant: str, project_id: str, number: str) -> None:
    """Copy a project with its state, tasks and answers, under ids of its own."""
    project = load_project(session, tenant=tenant, project_id=project_id)
    tasks = _rows(session, TaskRow, instance=project.instance)
    fresh = {project.id: new_id(), project.instance: new_id(), **{task["id"]: uuid4().hex for task in tasks}}
    for table, rows in (
        (InstanceRow, _rows(session, InstanceRow, id=project.instance)),
        (ProjectRow, [{**row, "number": number} for row in _rows(session, ProjectRow, id=project.id)]),
        (TaskRow, tasks),
        (SubmissionRow, [{**row, "id": new_id()} for row in _rows(session, SubmissionRow, instance=project.instance)]),
    ):
        session.execute(insert(table), [_renamed(row, fresh) for row in rows])


def _rows(session: Session, table: type[Table], **having: str) -> list[dict[str, Any]]:
    query = select(table).filter_by(**having)
    names = [column.key for column in table.__table__.columns]
    return [{name: getattr(row, name) for name in names} for row in session.scalars(query)]


def _renamed(row: Mapping[str, Any], fresh: Mapping[str, str]) -> dict[str, Any]:
    """Return a row with the ids that are its own; those of its open tasks stand in its state too."""
    found: dict[str, Any] = {
        name: fresh.get(value, value) if isinstance(value, str) else value for name, value in row.items()
    }
    if "state" in found:
        text: bytes = zstandard.decompress(found["state"])
        for old, new in fresh.items():
            text = text.replace(old.encode(), new.encode())
        found["state"] = zstandard.compress(text, 3)
        found["open_tasks"] = [fresh[task] for task in found["open_tasks"]]
    return found
