"""What was laid by hand stays as people know it; what the import added stands beside it, on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from lxml import etree

from tests.models.importing.foreign_files import diagram_of, files_of, imported
from workflows.models.importing.drawing import Box
from workflows.models.importing.placing import route

DC = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"


def boxes(picture: bytes) -> dict[str, Box]:
    """Where each element is drawn."""
    found: dict[str, Box] = {}
    for shape in etree.fromstring(picture).iter(f"{DI}BPMNShape"):
        bounds = shape.find(DC)
        assert bounds is not None
        sides = {side: float(bounds.get(side) or 0) for side in ("x", "y", "width", "height")}
        found[str(shape.get("bpmnElement"))] = Box(**sides)
    return found


def lines(picture: bytes) -> Iterator[list[tuple[float, float]]]:
    for edge in etree.fromstring(picture).iter(f"{DI}BPMNEdge"):
        yield [(float(point.get("x") or 0), float(point.get("y") or 0)) for point in edge.iter(WAYPOINT)]


BEFORE = boxes(files_of("camunda7")["purchase.bpmn"])
AFTER = boxes(imported("camunda7").files["project.bpmn"])


def test_everything_has_a_place() -> None:
    nodes = diagram_of("camunda7").nodes.values()
    assert {node.id for node in nodes if node.file == "project.bpmn"} <= AFTER.keys()


def test_what_was_drawn_keeps_its_height_and_size_and_its_order() -> None:
    kept = BEFORE.keys() & AFTER.keys()
    assert len(kept) == 14
    for key in kept:
        assert (AFTER[key].y, AFTER[key].width, AFTER[key].height) == (
            (BEFORE[key].y, BEFORE[key].width, BEFORE[key].height)
        )
    for one, other in combinations(kept, 2):
        assert (BEFORE[one].x < BEFORE[other].x) <= (AFTER[one].x < AFTER[other].x)


def test_nothing_stands_on_anything_else() -> None:
    events = {"waited", "withdrawn", "sold_out", "stop"}
    inside = [key for key in AFTER if key not in events | {"work", "inkop_av_utrustning"}]
    for one, other in combinations(inside, 2):
        a, b = AFTER[one], AFTER[other]
        apart = a.x >= b.x + b.width or b.x >= a.x + a.width or a.y >= b.y + b.height or b.y >= a.y + a.height
        assert apart, (one, other)


def test_the_phase_holds_everything_that_was_drawn() -> None:
    phase = AFTER["inkop_av_utrustning"]
    for key in BEFORE.keys() & AFTER.keys():
        box = AFTER[key]
        assert phase.x < box.x and box.x + box.width < phase.x + phase.width
        assert phase.y < box.y and box.y + box.height < phase.y + phase.height


def test_flows_are_level_or_upright() -> None:
    for points in lines(imported("camunda7").files["project.bpmn"]):
        for (x, y), (to_x, to_y) in pairwise(points):
            assert x == to_x or y == to_y


def test_a_flow_back_goes_over_what_lies_between() -> None:
    source, target = Box(x=300, y=0, width=100, height=80), Box(x=0, y=0, width=100, height=80)
    assert min(y for _, y in route(source, target)) < 0
