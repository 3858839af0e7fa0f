"""What scenarios pass of the diagrams is told, and what none of them does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.telling import HARNOSAND, MODELS, SECOND, bundle_of, files_of, tell, without_scenarios
from workflows.models import BundleRefused, Coverage, cover, known_run, run_scenarios

BEGIN = "title: Prov\nsteps:\n"


def told(*lines: str) -> Coverage:
    return tell(BEGIN + "".join(f"- {line}\n" for line in lines), folder=HARNOSAND).coverage


def test_a_step_is_visited_when_it_opens_and_a_flow_when_it_is_followed() -> None:
    coverage = told("do: idea_sheet")
    assert {"idea_sheet", "c1_relevance"} <= coverage.nodes
    assert "sponsor_answer" not in coverage.nodes
    assert coverage.flows


def test_only_the_way_that_a_decision_takes_is_visited() -> None:
    coverage = told("until: bp1", "{decide: bp1, with: {outcome: approve}}")
    flows = {flow.id: flow for node in bundle_of(HARNOSAND).executable.diagram.nodes.values() for flow in node.outgoing}
    taken = {flows[one].name for one in coverage.flows if flows[one].source == "g_bp1"}
    assert taken == {"Godkänn"}


def test_an_event_on_an_edge_is_visited_when_it_happens() -> None:
    before = told("until: bp1", "do: request")
    assert not [node for node in before.nodes if "withdraw" in node]
    after = told("until: bp1", "do: request", "{send: withdraw, at: work/bp1/decide}")
    assert [node for node in after.nodes if "withdraw" in node]


def test_what_a_called_process_holds_is_counted_once() -> None:
    covered = cover(bundle_of(HARNOSAND).executable, told("until: bp1", "do: request"))
    assert covered.visited_nodes + len(covered.unvisited_nodes) == covered.nodes
    assert {"request", "decide_single"} <= covered.coverage.nodes
    assert not covered.complete


def test_the_unvisited_flow_says_between_what_it_goes() -> None:
    covered = cover(bundle_of(HARNOSAND).executable, told("until: bp1"))
    (declined,) = (flow for flow in covered.unvisited_flows if flow.id == "member_declines")
    assert declined.source is not None and declined.target is not None
    assert (declined.name, declined.target.name) == ("Avböjer", "Inget kontrakt")


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: folder.name)
def test_the_shipped_scenarios_are_green_and_cover_nearly_everything(folder: Path) -> None:
    run = run_scenarios(files_of(folder))
    assert run.green and not run.failed
    assert run.covered.visited_nodes >= 0.9 * run.covered.nodes
    assert run.covered.complete or folder != HARNOSAND
    assert run.seconds < 5


def test_the_same_files_are_run_once() -> None:
    other = {**files_of(SECOND), "scenarios/only_here.yaml": b"title: Tomt\nsteps: []"}
    assert known_run(other) is None
    run = run_scenarios(other)
    assert run_scenarios(dict(other)) is run is known_run(other)


def test_one_broken_scenario_does_not_keep_the_others_from_running() -> None:
    broken = {
        "scenarios/broken.yaml": b"title: [",
        "scenarios/elsewhere.yaml": b"title: A\nprocess: nowhere\nsteps: []",
    }
    run = run_scenarios({**files_of(SECOND), **broken})
    assert [finding.file for finding in run.refused] == ["scenarios/broken.yaml"]
    assert [played.scenario.file for played in run.failed] == ["scenarios/elsewhere.yaml"]
    assert not run.green and len(run.results) == 3


def test_no_scenarios_are_not_green() -> None:
    run = run_scenarios(without_scenarios(files_of(SECOND)))
    assert not run.green and not run.coverage.nodes


def test_a_model_that_cannot_run_is_refused() -> None:
    with pytest.raises(BundleRefused):
        run_scenarios({"model.json": b"{"})
