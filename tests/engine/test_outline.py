"""The diagram as an ordered list."""

from __future__ import annotations

from tests.engine.patterns import PATTERNS
from tests.engine.samples import one_gate
from workflows import engine
from workflows.engine import DrawnStep


def named(steps: tuple[DrawnStep, ...]) -> list[str]:
    return [step.node for step in steps]


def test_steps_come_in_flow_order_with_ends_next_to_what_leads_to_them() -> None:
    steps = engine.compile(one_gate()).steps()
    assert named(steps) == ["s", "work", "finished", "in_stop", "stop", "stopped_early"]
    work = steps[1]
    assert named(work.steps) == ["w0", "in_prep", "prep", "in_bp1", "bp1", "g_bp1", "done", "rejected", "stopped"]
    assert named(work.events) == ["on_terminate", "on_terminated"]
    assert named(work.steps[2].steps) == ["p0", "idea", "p9"]


def test_a_gateway_tells_each_way_out_and_where_it_really_leads() -> None:
    work = engine.compile(one_gate()).steps()[1]
    gateway = next(step for step in work.steps if step.node == "g_bp1")
    assert [(flow.target, flow.default) for flow in gateway.flows][-2:] == [("in_bp1", False), ("in_prep", True)]
    assert gateway.flows[0].condition == 'bp1.outcome = "approve"'
    assert next(step for step in work.steps if step.node == "bp1").gate == "bp1"


def test_places_where_ways_meet_are_marked_and_passed_over() -> None:
    files = one_gate()
    files["project.bpmn"] = files["project.bpmn"].replace(b'name="in_prep"', b'name=""')
    work = engine.compile(files).steps()[1]
    assert next(step for step in work.steps if step.node == "in_prep").merge
    assert work.steps[0].flows[0].leads_to == "prep"


def test_other_processes_are_listed_by_name() -> None:
    executable = engine.compile(PATTERNS["deliveries"])
    deliveries = next(step for step in executable.steps() if step.node == "deliveries")
    assert (deliveries.calls, deliveries.each) == ("delivery", "facts.deliverables")
    assert named(executable.steps("delivery"))[:3] == ["d0", "in_work", "accept"]


def test_every_element_is_listed_once() -> None:
    def count(steps: tuple[DrawnStep, ...]) -> int:
        return sum(1 + count(step.steps) + count(step.events) for step in steps)

    for files in PATTERNS.values():
        executable = engine.compile(files)
        listed = sum(count(executable.steps(process.id)) for process in executable.diagram.processes())
        assert listed == len(executable.diagram.nodes)
