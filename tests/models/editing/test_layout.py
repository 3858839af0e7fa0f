"""A process without a picture gets one that a person would accept."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings

from tests.models.editing.pictures import faults, processes, row_of, see, within
from workflows.engine import Unreadable
from workflows.models import shipped
from workflows.models.editing import layout_folding
from workflows.models.editing.layout import lay_out

DIAGRAMS = sorted(path for path in shipped("harnosand") if path.endswith(".bpmn"))
_PICTURE = re.compile(rb"\n *<bpmndi:BPMNDiagram.*</bpmndi:BPMNDiagram>", re.DOTALL)


def stripped(path: str) -> bytes:
    """A shipped diagram without its picture."""
    return _PICTURE.sub(b"", shipped("harnosand")[path])


@settings(deadline=None, max_examples=150)
@given(processes())
@pytest.mark.full
def test_any_process_is_drawn_without_a_fault(process: bytes) -> None:
    assert faults(lay_out(process)) == []


@pytest.mark.parametrize("path", DIAGRAMS)
def test_a_shipped_diagram_is_drawn_without_a_fault(path: str) -> None:
    drawn = lay_out(stripped(path))
    assert faults(drawn) == []
    assert see(drawn).boxes.keys() == see(shipped("harnosand")[path]).boxes.keys()
    assert see(drawn).lines.keys() == see(shipped("harnosand")[path]).lines.keys()


@pytest.mark.parametrize("path", DIAGRAMS)
def test_the_process_itself_keeps_every_byte(path: str) -> None:
    assert _PICTURE.sub(b"", lay_out(shipped("harnosand")[path])) == stripped(path)


def test_steps_lie_in_the_lane_they_belong_to() -> None:
    seen = see(lay_out(stripped("project.bpmn")))
    for lane, step in (("lane_idea", "idea_raised"), ("lane_project", "work"), ("lane_stop", "short_closure_call")):
        assert within(seen.boxes[lane], seen.boxes[step])
        assert within(seen.boxes["project_pool"], seen.boxes[lane])


def test_the_same_file_gives_the_same_picture() -> None:
    assert lay_out(stripped("project.bpmn")) == lay_out(stripped("project.bpmn"))
    assert lay_out(lay_out(stripped("gate.bpmn"))) == lay_out(stripped("gate.bpmn"))


def test_the_main_way_lies_straight() -> None:
    seen = see(lay_out(stripped("gate.bpmn")))
    middles = {(seen.boxes[key][1] + seen.boxes[key][3]) / 2 for key in ("gate_start", "request", "decide", "gate_end")}
    assert len(middles) == 1


def test_time_runs_from_left_to_right_but_for_ways_back() -> None:
    seen = see(lay_out(stripped("person_contract.bpmn")))
    backwards = [key for key, points in seen.lines.items() if points[-1][0] < points[0][0]]
    assert len(backwards) <= 2


def test_a_long_process_is_folded_into_rows() -> None:
    seen = see(lay_out(stripped("project.bpmn")))
    assert seen.boxes["project_pool"][2] - seen.boxes["project_pool"][0] < 4000


@settings(deadline=None, max_examples=40)
@given(processes())
@pytest.mark.full
def test_any_process_is_folded_without_a_fault(process: bytes) -> None:
    with pytest.MonkeyPatch.context() as narrow:
        narrow.setattr(layout_folding, "WIDE", 900.0)
        narrow.setattr(layout_folding, "ROW", 700.0)
        assert faults(lay_out(process), labels=False) == []


def test_three_hundred_steps_take_less_than_a_second() -> None:
    process = row_of(300)
    begun = process_time()
    drawn = lay_out(process)
    assert process_time() - begun < 1
    assert faults(drawn) == []


def test_a_picture_without_gaps_is_kept_when_only_gaps_are_filled() -> None:
    for path in DIAGRAMS:
        assert lay_out(shipped("harnosand")[path], only_missing=True) == shipped("harnosand")[path]


def test_another_encoding_is_read() -> None:
    process = row_of(3).decode().replace("UTF-8", "ISO-8859-1").replace("Steg", "Åtgärd").encode("latin-1")
    drawn = lay_out(process)
    assert "Åtgärd 1" in drawn.decode()
    assert faults(drawn) == []


@pytest.mark.parametrize("hostile", [b"", b"not xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<a>" * 300])
def test_what_is_not_read_is_refused(hostile: bytes) -> None:
    with pytest.raises(Unreadable):
        lay_out(hostile)


def test_a_file_without_a_process_is_left_alone() -> None:
    nothing = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"></definitions>'
    assert lay_out(nothing) == nothing


def test_a_flow_that_leads_into_a_boundary_event_is_drawn_to_its_host() -> None:
    wrong = b"""<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="x">
  <bpmn:process id="p">
    <bpmn:startEvent id="s"/><bpmn:userTask id="t"/><bpmn:boundaryEvent id="b" attachedToRef="t"/>
    <bpmn:endEvent id="e"/>
    <bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="t"/><bpmn:sequenceFlow id="f2" sourceRef="t" targetRef="b"/>
    <bpmn:sequenceFlow id="f3" sourceRef="b" targetRef="e"/>
  </bpmn:process>
</bpmn:definitions>"""
    drawn = lay_out(wrong)
    assert all(f'bpmnElement="{name}"'.encode() in drawn for name in ("s", "t", "b", "e", "f1", "f2", "f3"))
