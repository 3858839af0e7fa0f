"""A branch goes with its last step, and a block that no longer parts anything goes with its last but one branch."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.models.editing.changing import HARNOSAND, Files, errors, order_of
from tests.models.editing.pictures import HEAD, faults, see
from workflows.models import read_bundle
from workflows.models.editing.drawing import Drawing
from workflows.models.editing.drawing_text import finished
from workflows.models.editing.empty_branches import close_branch
from workflows.models.editing.removed import removed_between
from workflows.models.editing.step_removal import remove_step
from workflows.models.editing.steps import Place, move_step

BRANCHES = ("risk_assessment", "cost_benefit", "organisation", "resource_needs")


def flows_between(files: Files, source: str, target: str) -> list[str]:
    node = read_bundle(files).executable.diagram.nodes[source]
    return [flow.id for flow in node.outgoing if flow.target == target]


def without(*steps: str) -> Files:
    files: Mapping[str, bytes] = HARNOSAND
    for step in steps:
        files = {**files, **remove_step(files, step)}
    return files


def test_a_parallel_branch_goes_with_its_only_step() -> None:
    files = without("resource_needs")
    assert flows_between(files, "groundwork_split", "groundwork_join") == []
    nodes = read_bundle(files).executable.diagram.nodes
    assert [flow.target for flow in nodes["groundwork_split"].outgoing] == list(BRANCHES[:3])
    assert len(nodes["groundwork_join"].incoming) == 3
    assert errors(files) == []


def test_what_people_laid_around_a_lost_branch_stays_where_it_was() -> None:
    before, after = see(HARNOSAND["project.bpmn"]), see(without("resource_needs")["project.bpmn"])
    assert after.boxes == {key: box for key, box in before.boxes.items() if key != "resource_needs"}
    assert after.lines.items() <= before.lines.items()


def test_split_and_join_go_with_the_last_but_one_branch() -> None:
    files = without(*BRANCHES[1:])
    assert order_of(files, "groundwork") == ["groundwork_start", "risk_assessment", "groundwork_end"]
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []
    before, after = see(HARNOSAND["project.bpmn"]), see(files["project.bpmn"])
    assert {key for key, box in after.boxes.items() if before.boxes[key] != box} == set()


def test_a_step_that_moves_out_of_a_branch_takes_it_along() -> None:
    files = {**HARNOSAND, **move_step(HARNOSAND, "resource_needs", Place(after="risk_assessment"))}
    assert flows_between(files, "groundwork_split", "groundwork_join") == []
    assert flows_between(files, "risk_assessment", "resource_needs") != []
    assert errors(files) == []


def test_a_choice_between_one_way_and_the_same_way_goes() -> None:
    files = without("appoint_manager")
    assert order_of(files, "preparation")[:2] == ["preparation_start", "groundwork"]
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []


def test_a_meeting_that_other_ways_lead_to_stays_when_a_choice_before_it_goes() -> None:
    files = without("funding_review")
    nodes = read_bundle(files).executable.diagram.nodes
    assert "externally_funded" not in nodes
    assert {flow.source for flow in nodes["in_directive"].incoming} == {"groundwork", "reviewed"}
    assert errors(files) == []


def test_a_choice_that_went_is_told_and_is_no_step() -> None:
    gone = removed_between(HARNOSAND, without("funding_review"))
    assert gone.steps == ("Granska ansökan om stöd",)
    assert gone.choices == ("Söks externa pengar?",)


def drawn(*flows: str, kinds: Mapping[str, str]) -> Drawing:
    """A process of the elements in `kinds`; a flow is "source target", and a third word its condition."""
    body = "".join(f'<bpmn:{kind} id="{key}" />\n' for key, kind in kinds.items())
    for number, flow in enumerate(flows):
        source, target, *asked = flow.split()
        inside = f"<bpmn:conditionExpression>{asked[0]}</bpmn:conditionExpression>" if asked else ""
        ends = f'id="f{number}" sourceRef="{source}" targetRef="{target}"'
        body += f"<bpmn:sequenceFlow {ends}>{inside}</bpmn:sequenceFlow>\n"
    return Drawing(f'{HEAD}<bpmn:process id="p">\n{body}</bpmn:process>\n</bpmn:definitions>\n'.encode(), "p.bpmn")


def ways(drawing: Drawing) -> set[tuple[str, str]]:
    return {(line.source, line.target) for line in drawing.lines.values()}


WAITING = {"s": "startEvent", "fork": "parallelGateway", "split": "parallelGateway", "join": "parallelGateway"}
ASKING = {"s": "startEvent", "split": "exclusiveGateway", "join": "exclusiveGateway"}
TASKS = {"a": "userTask", "b": "userTask", "c": "userTask"}


def test_a_join_that_waits_for_the_split_by_this_flow_only_keeps_it() -> None:
    drawing = drawn("s fork", "fork a", "a split", "split join", "split b", "fork c", "c join", kinds=WAITING | TASKS)
    before = ways(drawing)
    close_branch(drawing, drawing.lines["f3"])
    assert ways(drawing) == before


@pytest.mark.parametrize("empty", ["f1", "f2", "f3"])
def test_a_choice_with_more_ways_keeps_those_that_lead_to_the_same_place(empty: str) -> None:
    flows = ("s split", "split join x", "split a y", "split join", "a join", "join b")
    drawing = drawn(*flows, kinds=ASKING | TASKS)
    before = ways(drawing)
    close_branch(drawing, drawing.lines[empty])
    assert ways(drawing) == before and len(drawing.lines) == len(flows)


def test_a_block_within_a_branch_takes_the_branch_along() -> None:
    inner = {"q": "exclusiveGateway", "r": "exclusiveGateway"}
    flows = ("s split", "split q", "q r x", "q r", "r join", "split a", "a join", "split b", "b join", "join c")
    drawing = drawn(*flows, kinds=WAITING | inner | TASKS)
    close_branch(drawing, drawing.lines["f2"])
    assert ways(drawing) == {
        ("s", "split"),
        ("split", "a"),
        ("split", "b"),
        ("a", "join"),
        ("b", "join"),
        ("join", "c"),
    }
    assert b'id="q"' not in finished(drawing) and b'id="r"' not in finished(drawing)
