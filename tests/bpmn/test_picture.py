"""The diagrams can be read: everything is drawn, nothing lies on top of anything, words are where they belong."""

from __future__ import annotations

from itertools import combinations, pairwise
from pathlib import Path

import pytest

from tests.bpmn.drawing import BPMN, CONTAINERS, HARNOSAND, SHIPPED, Drawing, read

SMALL_CROSSING = 3.0
"""Pixels by which a label's generous box may reach into its neighbour."""


@pytest.fixture(params=SHIPPED, ids=lambda path: f"{path.parent.name}/{path.name}")
def drawing(request: pytest.FixtureRequest) -> Drawing:
    path: Path = request.param
    return read(path)


def test_a_diagram_is_plain_xml(drawing: Drawing) -> None:
    assert drawing.root.tag == f"{BPMN}definitions"
    assert b"<!DOCTYPE" not in drawing.path.read_bytes()


def test_every_step_and_every_flow_is_drawn(drawing: Drawing) -> None:
    assert {node.get("id") for node in drawing.nodes()} <= drawing.shapes.keys()
    assert {flow.get("id") for flow in drawing.flows()} == drawing.lines.keys()


def test_every_step_has_a_way_in_and_a_way_out(drawing: Drawing) -> None:
    sources = {flow.get("sourceRef") for flow in drawing.flows()}
    targets = {flow.get("targetRef") for flow in drawing.flows()}
    for node in drawing.nodes():
        if not node.tag.endswith(("startEvent", "boundaryEvent")):
            assert node.get("id") in targets, node.get("id")
        if not node.tag.endswith("endEvent"):
            assert node.get("id") in sources, node.get("id")


def test_flows_begin_and_end_at_their_steps(drawing: Drawing) -> None:
    for flow in drawing.flows():
        points = drawing.lines[flow.get("id", "")]
        assert drawing.shapes[flow.get("sourceRef", "")].touches(points[0]), flow.get("id")
        assert drawing.shapes[flow.get("targetRef", "")].touches(points[-1]), flow.get("id")


def test_flows_are_drawn_at_right_angles_and_never_along_each_other(drawing: Drawing) -> None:
    segments = drawing.segments()
    assert all(segment.straight for segment in segments)
    for one, other in combinations(segments, 2):
        if one.flow != other.flow:
            assert not one.lies_on(other), (one, other)


def test_steps_lie_inside_their_sub_process_and_beside_each_other(drawing: Drawing) -> None:
    nodes = [node for node in drawing.nodes() if not node.tag.endswith("boundaryEvent")]
    for node in nodes:
        owner = node.getparent()
        if owner is not None and owner.tag == f"{BPMN}subProcess":
            assert drawing.shapes[owner.get("id", "")].holds(drawing.shapes[node.get("id", "")]), node.get("id")
    for one, other in combinations(nodes, 2):
        if one.getparent() is other.getparent():
            apart = not drawing.shapes[one.get("id", "")].meets(drawing.shapes[other.get("id", "")])
            assert apart, (one.get("id"), other.get("id"))


def test_no_flow_runs_through_a_step(drawing: Drawing) -> None:
    solid = {
        node.get("id", ""): drawing.shapes[node.get("id", "")].grown(-2)
        for node in drawing.nodes()
        if node.tag not in CONTAINERS and not node.tag.endswith("boundaryEvent")
    }
    ends = {flow.get("id"): {flow.get("sourceRef"), flow.get("targetRef")} for flow in drawing.flows()}
    for segment in drawing.segments():
        through = [
            key for key, box in solid.items() if key not in ends[segment.flow] and segment.box.grown(0.1).meets(box)
        ]
        assert not through, (segment, through)


def test_words_do_not_cover_steps_flows_or_each_other(drawing: Drawing) -> None:
    steps = {
        node.get("id", ""): drawing.shapes[node.get("id", "")]
        for node in drawing.nodes()
        if node.tag not in CONTAINERS and not node.tag.endswith("Gateway")
    }
    labels = {key: box.grown(-SMALL_CROSSING) for key, box in drawing.labels.items()}
    for (one, box), (other, second) in combinations(labels.items(), 2):
        assert not box.meets(second), (one, other)
    for key, box in labels.items():
        assert not [step for step, shape in steps.items() if box.meets(shape)], key
        covered = [segment for segment in drawing.segments() if segment.box.grown(0.1).meets(box)]
        assert not covered, (key, covered)


def test_what_has_a_name_outside_its_shape_has_a_place_for_it(drawing: Drawing) -> None:
    outside = [node for node in drawing.nodes() if node.tag.endswith(("Event", "Gateway"))]
    for element in [*outside, *drawing.flows()]:
        if element.get("name"):
            assert element.get("id") in drawing.labels, element.get("id")


def test_each_phase_is_a_row_under_the_one_before() -> None:
    drawing = read(HARNOSAND / "project.bpmn")
    phases = ["relevance", "preparation", "planning", "execution", "closure"]
    rows = [drawing.shapes[phase] for phase in phases]
    assert all(above.y + above.height < below.y for above, below in pairwise(rows))
    assert len({(row.x, row.width) for row in rows}) == 1


def test_the_pool_has_lanes_that_hold_their_steps() -> None:
    drawing = read(HARNOSAND / "project.bpmn")
    pool = drawing.shapes["project_pool"]
    lanes = list(drawing.root.iter(f"{BPMN}lane"))
    assert len(lanes) > 1
    for lane in lanes:
        band = drawing.shapes[lane.get("id", "")]
        assert pool.holds(band)
        for reference in lane.iter(f"{BPMN}flowNodeRef"):
            if not drawing.by_id[reference.text or ""].tag.endswith("boundaryEvent"):
                assert band.holds(drawing.shapes[reference.text or ""]), reference.text
