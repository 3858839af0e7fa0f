"""A move takes a project past a new phase: the preview says so, and so does its diagram afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.governance.moving import at, everything, seen
from tests.governance.phase_more import prepared
from tests.stories.town import Town, build_town
from workflows.governance.diagram_page import ListedStep, StepState, diagram_page
from workflows.governance.project_list import Wanted, project_list
from workflows.governance.project_page import project_page
from workflows.kernel.context import Context

PASSED = (
    "Hoppas över vid flytten: fasen ”Upphandling” och beslutspunkten BP2b. De är nya och ligger före projektets plats."
)


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def listed(steps: tuple[ListedStep, ...]) -> Iterator[ListedStep]:
    """Yield the steps of a diagram's list, those inside others too."""
    for step in steps:
        yield step
        yield from listed(step.steps)


@pytest.mark.full
def test_the_preview_says_what_is_passed_over_and_what_is_to_come(town: Town) -> None:
    at(town, "Bakom", "deliverable_acceptance")
    at(town, "Framför", "project_plan")
    rows = seen(town, prepared(town))[1]
    assert any(note.startswith(PASSED) for note in rows["Bakom"].notes)
    assert not any("tillbaka till Upphandling" in note for note in rows["Bakom"].notes)
    assert not any("Hoppas över" in note for note in rows["Framför"].notes)
    assert any(note.startswith("Nytt längre fram:") for note in rows["Framför"].notes)


@pytest.mark.full
def test_the_diagram_says_that_the_move_passed_it_over(town: Town) -> None:
    behind, before = at(town, "Bakom", "deliverable_acceptance"), at(town, "Framför", "project_plan")
    everything(town, prepared(town))
    page = diagram_page(town.as_("ture"), project_id=behind)
    phase = next(one for one in page.opened.bundle.model.phases if one.label["sv"] == "Upphandling")
    assert set(page.marks["is-passed"]) == {phase.key, "bp2b"}
    assert {"relevance", "preparation", "planning", "bp1", "bp2"} <= set(page.marks["is-done"])
    assert diagram_page(town.as_("ture"), project_id=before).marks["is-passed"] == ()
    assert {one.node for one in listed(page.steps) if one.state is StepState.PASSED} == {phase.key, "bp2b"}


@pytest.mark.full
def test_the_strip_the_list_and_the_diagram_tell_the_same(town: Town) -> None:
    behind = at(town, "Bakom", "deliverable_acceptance")
    everything(town, prepared(town))
    strip = [part.key for part in project_page(town.as_("ture"), project_id=behind).parts]
    [line] = [one for one in project_list(town.as_("ture"), wanted=Wanted()).lines if one.id == behind]
    assert [part.key for part in line.parts] == strip
    assert "bp2b" not in strip
    marks = diagram_page(town.as_("ture"), project_id=behind).marks
    assert "bp2b" not in marks["is-done"]


def test_a_project_that_was_never_moved_has_passed_nothing_over(town: Town) -> None:
    behind = at(town, "Bakom", "deliverable_acceptance")
    assert diagram_page(town.as_("ture"), project_id=behind).marks["is-passed"] == ()
