"""Where a project stands in its model, part by part."""

from __future__ import annotations

import pytest

from workflows.governance.project import ProjectStatus
from workflows.governance.project_track import PartState, Place, parts_of
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
