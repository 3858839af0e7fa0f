"""Two people each put a step into one and the same flow: both are done, one after the other, and nothing is asked."""

from __future__ import annotations

from copy import deepcopy

import pytest
from lxml import etree

from tests.models.editing.pictures import faults
from tests.models.merging.changing import BASE, Change, added, after, errors, merged, moved, parts
from workflows.models.merging import MergedDiagram
from workflows.models.merging.parts import BPMN, Parts

SOURCE, FLOW, TARGET = "idea_sheet", "idea_sheet__is_project", "is_project"


def way(data: bytes | None, source: str = SOURCE) -> list[str]:
    """The names of the steps from one on, as long as there is one way; fails where a way parts."""
    diagram, found, here = parts(data), [], source
    while here != TARGET:
        [here] = [target for begins, target in diagram.ends.values() if begins == here]
        found.append(diagram.values(here).get("name", here))
    return found


def in_turn(done: MergedDiagram) -> set[str]:
    """Assert that a merge gave a sound diagram without a question; return what stands between the two steps."""
    assert done.conflicts == ()
    assert errors(done.data) == []
    assert done.data is not None
    assert faults(done.data, labels=False) == faults(BASE, labels=False)
    names = way(done.data)[:-1]
    assert len(set(names)) == len(names)
    return set(names)


def drawn(how: str, key: str, name: str) -> bytes:
    """A step put into the flow by hand: the old flow kept to it, or from it, or drawn anew on both sides."""
    diagram = parts(BASE)
    home, old = diagram[diagram[FLOW].home].node, diagram[FLOW].node
    step = etree.SubElement(home, f"{BPMN}userTask", id=key, name=name)
    step.extend(deepcopy(list(diagram[SOURCE].node.iterchildren(f"{BPMN}extensionElements"))))
    if how == "to":
        old.set("targetRef", key)
    elif how == "from":
        old.set("sourceRef", key)
    else:
        _forget(diagram, FLOW)
    for one, two in ((SOURCE, key), (key, TARGET)):
        if (how, one) not in (("to", SOURCE), ("from", key)):
            etree.SubElement(home, f"{BPMN}sequenceFlow", id=f"{how}_{one}_{two}", sourceRef=one, targetRef=two)
    _tell_ends(diagram)
    return etree.tostring(diagram.root)


def _forget(diagram: Parts, flow: str) -> None:
    for key in (flow, f"BPMNEdge {flow}"):
        _drop(diagram[key].node)


def _tell_ends(diagram: Parts) -> None:
    """Let elements name no flows: a merge names them anew, and nothing of ours reads the names."""
    for node in list(diagram.root.iter(f"{BPMN}incoming", f"{BPMN}outgoing")):
        _drop(node)


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None
    parent.remove(node)


@pytest.mark.full
def test_two_steps_added_in_the_table_stand_after_one_another() -> None:
    mine, theirs = after(added(SOURCE, "Ring kommunen")), after(added(SOURCE, "Läs igenom"))
    assert in_turn(merged(mine, theirs, every="mine")) >= {"Ring kommunen", "Läs igenom"}


@pytest.mark.full
def test_the_order_is_the_same_whoever_merges() -> None:
    one, two = after(added(SOURCE, "Ring kommunen")), after(added(SOURCE, "Läs igenom"))
    assert way(merged(one, two, every="mine").data) == way(merged(two, one, every="mine").data)


@pytest.mark.parametrize("mine", ["to", "from", "anew"])
@pytest.mark.parametrize("theirs", ["to", "from", "anew"])
def test_however_the_two_were_drawn(mine: str, theirs: str) -> None:
    done = merged(drawn(mine, "ring", "Ring"), drawn(theirs, "read_it", "Läs"), every="mine")
    assert in_turn(done) >= {"Ring", "Läs"}


@pytest.mark.full
def test_two_steps_of_one_and_one_of_the_other() -> None:
    mine = after(added(SOURCE, "Ring kommunen"), added(SOURCE, "Ring länet"))
    names = in_turn(merged(mine, after(added(SOURCE, "Läs igenom")), every="mine"))
    assert names >= {"Ring kommunen", "Ring länet", "Läs igenom"}


@pytest.mark.full
def test_a_step_moved_there_and_a_new_one() -> None:
    mine, theirs = after(moved("office_review", SOURCE)), after(added(SOURCE, "Läs igenom"))
    assert in_turn(merged(mine, theirs, every="mine")) >= {"Läs igenom", "Granska projektdirektivet"}


@pytest.mark.full
def test_steps_in_two_flows_from_one_place_stay_where_they_are() -> None:
    change: Change = added("project_directive", "Ring kommunen")
    done = merged(after(change), after(added(SOURCE, "Läs igenom")))
    assert way(done.data)[0] == "Läs igenom"
    assert "Ring kommunen" not in way(done.data)
