"""Where a project stands in its model, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import cast

import pytest

from workflows.governance.decision_record import Decision
from workflows.governance.outcomes import Outcome
from workflows.governance.project import Project, ProjectStatus
from workflows.governance.project_track import PartState, Place, dated_parts, parts_of
from workflows.models import read_model, shipped

MODEL = read_model(shipped("harnosand")["model.json"])


def states(status: ProjectStatus, phase: str | None, gate: str | None = None, *, late: bool = False) -> str:
    """Return the states of the eight parts by their first letters: done, now, Late, stopped, - for later."""
    letters = {
        PartState.DONE: "d",
        PartState.NOW: "n",
        PartState.LATE: "L",
        PartState.STOPPED: "s",
        PartState.LATER: "-",
    }
    return "".join(
        letters[part.state] for part in parts_of(MODEL, Place(status=status, phase=phase, gate=gate, late=late))
    )


@pytest.mark.parametrize(
    ("status", "phase", "gate", "expected"),
    [
        (ProjectStatus.IDEA, "relevance", None, "n-------"),
        (ProjectStatus.ACTIVE, "preparation", None, "n-------"),
        (ProjectStatus.ACTIVE, "preparation", "bp1", "dn------"),
        (ProjectStatus.ACTIVE, "planning", None, "ddn-----"),
        (ProjectStatus.ACTIVE, "execution", None, "ddddn---"),
        (ProjectStatus.ACTIVE, "execution", "bp3k", "ddddn---"),
        (ProjectStatus.ACTIVE, "closure", "bp4", "dddddddn"),
        (ProjectStatus.ON_HOLD, "planning", None, "dds-----"),
        (ProjectStatus.TERMINATING, "planning", None, "dds-----"),
        (ProjectStatus.TERMINATED, "planning", None, "ddd-----"),
        (ProjectStatus.REJECTED, "preparation", "bp1", "dd------"),
        (ProjectStatus.NOT_PROJECT, "relevance", None, "d-------"),
        (ProjectStatus.CLOSED, "closure", None, "dddddddd"),
    ],
)
def test_parts_are_done_now_or_later(status: ProjectStatus, phase: str, gate: str | None, expected: str) -> None:
    assert states(status, phase, gate) == expected


def test_only_a_gate_can_be_late() -> None:
    assert states(ProjectStatus.ACTIVE, "preparation", "bp1", late=True) == "dL------"
    assert states(ProjectStatus.ACTIVE, "planning", late=True) == "ddn-----"


def test_a_box_of_two_phases_is_called_by_the_one_the_project_is_in() -> None:
    names = [
        parts_of(MODEL, Place(status=ProjectStatus.ACTIVE, phase=phase, gate=None))[0].label["sv"]
        for phase in ("relevance", "preparation", "planning")
    ]
    assert names == ["Relevans", "Förberedelse", "Förberedelse"]


def decided(gate: str) -> Decision:
    return cast(Decision, SimpleNamespace(gate=gate, item=None, outcome=Outcome.APPROVE, decided_on=date(2026, 3, 2)))


WHOLE = ["1", "bp1", "2", "bp2", "3", "bp3", "4", "bp4"]


@pytest.mark.parametrize(("gates", "expected"), [(("bp1", "bp2"), WHOLE), (("bp1",), [*WHOLE[:2], *WHOLE[4:]])])
def test_a_gate_that_came_after_the_project_had_been_there_is_left_out(
    gates: Sequence[str], expected: list[str]
) -> None:
    began = datetime(2026, 1, 7, tzinfo=UTC)
    project = SimpleNamespace(
        status=ProjectStatus.ACTIVE, phase="execution", gate=None, closed_at=None, created_at=began
    )
    parts = dated_parts(
        MODEL, cast(Project, project), decisions=[decided(gate) for gate in gates], packs=(), due_at=None, late=False
    )
    assert [part.key for part in parts] == expected
