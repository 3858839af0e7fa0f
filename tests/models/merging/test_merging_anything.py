"""What holds of any two changes of one diagram."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.models.merging.changing import parts
from workflows.models.merging import MergedDiagram, Side, merge_diagrams
from workflows.models.merging.parts import BPMN, Parts
from workflows.models.shipped import from_folder

FILES = from_folder(Path(__file__).parents[1] / "second")
PATH = "project.bpmn"
BASE = FILES[PATH]
STEPS = [key for key, part in parts(BASE).by_key.items() if part.tag == "userTask"]
FLOWS = list(parts(BASE).ends)

Edit = tuple[str, str, str]
"""What is done, to which element, and a word for it."""

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "role", "move", "remove", "insert", "retarget", "help", "condition"]),
        st.sampled_from(STEPS + FLOWS),
        st.sampled_from(["ett", "två", "tre"]),
    ),
    max_size=4,
)
SIDES = st.sampled_from(list(Side))
FEW = settings(max_examples=25, deadline=None)


def edited(edits: list[Edit], who: str) -> bytes:
    """Return the diagram after some edits; those that do not fit what they are for do nothing."""
    diagram = parts(BASE)
    for what, key, word in edits:
        if key in (now := parts(etree.tostring(diagram.root))):
            diagram = now
            _edit(diagram, what, key, word, who)
    return etree.tostring(_tidied(parts(etree.tostring(diagram.root))))


def _tidied(diagram: Parts) -> etree._Element:
    """Let the diagram be as a modeler leaves it: nothing names what is gone."""
    for node in list(diagram.root.iter(f"{BPMN}incoming", f"{BPMN}outgoing")):
        _drop(node)
    for flow, (source, target) in diagram.ends.items():
        for end, tag in ((source, "outgoing"), (target, "incoming")):
            if source in diagram and target in diagram:
                etree.SubElement(diagram[end].node, BPMN + tag).text = flow
            else:
                _drop(diagram[flow].node)
    known = {node.get("id") for node in diagram.root.iter()}
    for part in diagram.by_key.values():
        if part.pictures and part.pictures not in known:
            _drop(part.node)
        if part.node.get("default", "") not in {"", *known}:
            del part.node.attrib["default"]
    return diagram.root


def _edit(diagram: Parts, what: str, key: str, word: str, who: str) -> None:
    node, is_flow = diagram[key].node, key in diagram.ends
    if what == "rename":
        node.set("name", word)
    elif what == "role" and f"{key} task" in diagram:
        diagram[f"{key} task"].node.set("role", word)
    elif what == "move" and f"BPMNShape {key}" in diagram:
        diagram[f"BPMNShape {key}"].node[0].set("x", str(len(word) * 100))
    elif what == "help" and f"{key} documentation" not in diagram:
        etree.SubElement(node, f"{BPMN}documentation").text = word
    elif what == "condition" and is_flow and f"{key} conditionExpression" not in diagram:
        etree.SubElement(node, f"{BPMN}conditionExpression").text = f"{word} = 1"
    elif what == "remove":
        for one in {key, *diagram.touching({key})} & diagram.by_key.keys():
            _drop(diagram[one].node)
    elif what in ("insert", "retarget") and is_flow:
        home, target = node.getparent(), node.get("targetRef", "")
        if what == "insert" and home is not None and f"new_{who}_{key}" not in diagram:
            etree.SubElement(home, f"{BPMN}userTask", id=f"new_{who}_{key}", name=word)
            ends = {"id": f"on_{who}_{key}", "sourceRef": f"new_{who}_{key}", "targetRef": target}
            etree.SubElement(home, f"{BPMN}sequenceFlow", ends)
            node.set("targetRef", f"new_{who}_{key}")
        elif what == "retarget":
            node.set("targetRef", STEPS[len(word) % len(STEPS)])


def _drop(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def merge(base: bytes, mine: bytes, theirs: bytes, choices: Mapping[str, Side] | None = None) -> MergedDiagram:
    return merge_diagrams(PATH, FILES, base=base, mine=mine, theirs=theirs, choices=choices or {})


def chosen(mine: bytes, theirs: bytes, side: Side) -> bytes:
    """Merge with one answer to everything."""
    conflicts = merge(BASE, mine, theirs).conflicts
    data = merge(BASE, mine, theirs, {one.key: side for one in conflicts}).data
    assert data is not None
    return data


def told(data: bytes | None) -> Mapping[str, Mapping[str, str]]:
    return {key: part.values for key, part in parts(data).by_key.items() if not part.drawn}


@FEW
@given(EDITS)
@pytest.mark.full
def test_with_somebody_who_changed_nothing_the_others_version_comes_out(edits: list[Edit]) -> None:
    changed = edited(edits, "a")
    assert merge(BASE, changed, BASE).data == changed
    assert told(merge(BASE, BASE, changed).data) == told(changed)
    assert merge(BASE, changed, changed).data == changed


@FEW
@given(EDITS, EDITS)
@pytest.mark.full
def test_what_is_asked_is_the_same_whoever_asks(ours: list[Edit], others: list[Edit]) -> None:
    one, two = edited(ours, "a"), edited(others, "b")
    here, there = merge(BASE, one, two), merge(BASE, two, one)
    assert {row.key for row in here.conflicts} == {row.key for row in there.conflicts}
    if here.data is not None:
        assert told(here.data) == told(there.data)


@FEW
@given(EDITS, EDITS, SIDES)
@pytest.mark.full
def test_every_choice_gives_a_diagram_that_hangs_together(ours: list[Edit], others: list[Edit], side: Side) -> None:
    one, two = edited(ours, "a"), edited(others, "b")
    data = chosen(one, two, side)
    assert told(data) == told(chosen(two, one, side.other))
    diagram = parts(data)
    for source, target in diagram.ends.values():
        assert {source, target} <= diagram.by_key.keys()
    for part in diagram.by_key.values():
        assert not part.pictures or part.pictures in diagram
    said = diagram.root.iter(f"{BPMN}incoming", f"{BPMN}outgoing")
    named = {(owner.get("id"), node.tag, node.text) for node in said if (owner := node.getparent()) is not None}
    flows = diagram.ends.items()
    wanted = {(target, f"{BPMN}incoming", flow) for flow, (_, target) in flows}
    assert named == wanted | {(source, f"{BPMN}outgoing", flow) for flow, (source, _) in flows}


@FEW
@given(EDITS, EDITS)
@pytest.mark.full
def test_nothing_is_lost_that_only_one_of_them_did(ours: list[Edit], others: list[Edit]) -> None:
    one, two = edited(ours, "a"), edited(others, "b")
    merged = merge(BASE, one, two)
    if merged.data is None:
        return
    base, mine, theirs, both = (told(data) for data in (BASE, one, two, merged.data))
    for key in base.keys() | mine.keys() | theirs.keys():
        before, here, there = base.get(key), mine.get(key), theirs.get(key)
        if here == before:
            assert in_turn(both.get(key), there, mine.keys() - base.keys()) == there, key
        elif there == before:
            assert in_turn(both.get(key), here, theirs.keys() - base.keys()) == here, key


def in_turn(
    values: Mapping[str, str] | None, said: Mapping[str, str] | None, new: Collection[str]
) -> Mapping[str, str] | None:
    """What is said of a part, a flow's end taken back that leads to what the other put into the same flow."""
    if values is None or said is None:
        return values
    return {
        name: said.get(name, "") if name in ("sourceRef", "targetRef") and value in new else value
        for name, value in values.items()
    }
