"""A shipped model hangs together: diagrams, `model.json`, forms and checklists name each other's things rightly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.bpmn.drawing import BPMN, HARNOSAND, SECOND, styr
from tests.bpmn.shipped import Shipped, keys, load

DECISION_FORMS = ("single", "meeting", "board")


@pytest.fixture(params=[HARNOSAND, SECOND], ids=lambda folder: str(folder.name))
def shipped(request: pytest.FixtureRequest) -> Shipped:
    return load(request.param)


def test_an_id_is_used_once_in_a_model(shipped: Shipped) -> None:
    ids = Counter(e.get("id") for drawing in shipped.drawings for e in drawing.root.iter() if e.get("id"))
    assert [identifier for identifier, count in ids.items() if count > 1] == []
    assert not {"Start", "End"} & ids.keys()


def test_every_step_says_what_it_is_and_for_whom(shipped: Shipped) -> None:
    roles = {role["key"] for role in shipped.model["roles"]}
    for node, task in shipped.tasks():
        assert task.get("kind") in {"checklist", "document", "decision", "review", "sign", "record"}, node
        assert task.get("role") in roles, node
        assert task.get("form") in shipped.forms, (node, task.get("form"))


def test_a_checklist_step_has_a_checklist_and_no_other_has(shipped: Shipped) -> None:
    for node, task in shipped.tasks():
        checklist = shipped.forms[task.get("form", "")].name.endswith(".checklist.json")
        assert checklist is (task.get("kind") == "checklist"), node


def test_every_form_of_a_model_is_used(shipped: Shipped) -> None:
    used = {task.get("form") for _, task in shipped.tasks()}
    assert shipped.forms.keys() - used == set()


def test_steps_and_ways_have_swedish_names(shipped: Shipped) -> None:
    for tag in ("userTask", "callActivity", "subProcess", "businessRuleTask", "serviceTask"):
        for node in shipped.named(tag):
            assert node.get("name"), node.get("id")
    for gateway in shipped.named("exclusiveGateway"):
        ways = gateway.findall(f"{BPMN}outgoing")
        if len(ways) > 1:
            flows = {flow.get("id"): flow for flow in shipped.named("sequenceFlow")}
            assert all(flows[way.text].get("name") for way in ways), gateway.get("id")
            assert gateway.get("default"), gateway.get("id")


def test_every_label_is_in_both_languages(shipped: Shipped) -> None:
    def labels(value: Any, where: str) -> Iterator[tuple[str, dict[str, str]]]:
        if isinstance(value, dict) and "sv" in value:
            yield where, value
        elif isinstance(value, dict):
            for key, part in value.items():
                yield from labels(part, f"{where}/{key}")
        elif isinstance(value, list):
            for number, part in enumerate(value):
                yield from labels(part, f"{where}/{number}")

    found = list(labels(shipped.model, ""))
    assert found
    assert [where for where, label in found if not (label.get("sv") and label.get("en"))] == []


def test_phases_are_sub_processes_of_the_work(shipped: Shipped) -> None:
    for phase in shipped.model["phases"]:
        found = [node for node in shipped.named("subProcess") if node.get("id") == phase["key"]]
        owner = found[0].getparent() if found else None
        assert owner is not None and owner.get("id") == shipped.model["work"], phase["key"]
        assert phase["box"] in {box["number"] for box in shipped.model["boxes"]}
        assert phase.get("checklist") is None or phase["checklist"] in shipped.forms


def test_each_gate_is_followed_by_one_named_way_per_outcome(shipped: Shipped) -> None:
    flows = {flow.get("id"): flow for flow in shipped.named("sequenceFlow")}
    nodes = {node.get("id"): node for node in shipped.named("*")}
    drawn = {
        gate.get("key"): node for node in shipped.named("callActivity") if (gate := styr(node, "gate")) is not None
    }
    assert drawn.keys() == {gate["key"] for gate in shipped.model["gates"]}
    for gate in shipped.model["gates"]:
        call = drawn[gate["key"]]
        extension = styr(call, "gate")
        assert extension is not None
        assert extension.get("outcomes", "").split() == gate["outcomes"]
        assert call.get("calledElement") == "gate"
        fork = nodes[flows[call.findtext(f"{BPMN}outgoing")].get("targetRef")]
        ways = [flows[way.text] for way in fork.findall(f"{BPMN}outgoing")]
        conditions = [way.findtext(f"{BPMN}conditionExpression") or "" for way in ways]
        default = next(way for way in ways if way.get("id") == fork.get("default"))
        assert default.findtext(f"{BPMN}conditionExpression") is None
        for outcome in gate["outcomes"]:
            drawn_ways = [text for text in conditions if f'{gate["key"]}.outcome = "{outcome}"' in text]
            expected = len(gate["rework_to"]) - 1 if outcome == "rework" else 1
            assert len(drawn_ways) == expected, (gate["key"], outcome)
        for target in gate["rework_to"][1:]:
            assert f'{gate["key"]}.outcome = "rework" and {gate["key"]}.target = "{target}"' in conditions


def test_gates_name_what_exists(shipped: Shipped) -> None:
    documents = {document["key"] for document in shipped.model["documents"]}
    phases = {phase["key"] for phase in shipped.model["phases"]}
    for gate in shipped.model["gates"]:
        assert set(gate["documents"]) <= documents
        assert set(gate["checklists"]) <= shipped.forms.keys()
        assert set(gate["rework_to"]) <= phases
    assert [gate["closing"] for gate in shipped.model["gates"]].count(True) == 1


def test_documents_come_from_steps(shipped: Shipped) -> None:
    used = {task.get("form") for _, task in shipped.tasks()}
    assert {document["form"] for document in shipped.model["documents"]} <= used


def test_ends_that_close_a_project_are_drawn(shipped: Shipped) -> None:
    ends = {node.get("id") for node in shipped.named("endEvent")}
    assert shipped.model["ends"].keys() <= ends


def test_fields_that_the_model_reads_are_asked_for(shipped: Shipped) -> None:
    model = shipped.model
    read = [*model["subject"].values(), *model["registers"].values(), *model["risks"]]
    read += [field for fields in [*model["facts"].values(), *model["holders"].values()] for field in fields]
    read += [*model["prefill"], *model["prefill"].values(), *(row["field"] for row in model["money"])]
    for reference in read:
        form, _, field = reference.partition(".")
        assert field in shipped.fields(form), reference


def test_roles_that_an_item_names_are_fields_of_its_register(shipped: Shipped) -> None:
    rows: set[str] = set()
    for reference in shipped.model["registers"].values():
        form, _, path = reference.partition(".")
        components = json.loads(shipped.forms[form].read_text("utf-8"))["components"]
        rows |= set(_row_keys(components, path))
    assert {role["field"] for role in shipped.model["roles"] if role.get("field")} <= rows


def _row_keys(components: list[dict[str, Any]], path: str) -> Iterator[str]:
    for component in components:
        if component.get("path") == path:
            yield from keys(component["components"])
        elif component["type"] == "group":
            yield from _row_keys(component["components"], path)


def test_ways_ask_for_answers_that_can_be_given(shipped: Shipped) -> None:
    conditions = " ".join(element.text or "" for element in shipped.named("conditionExpression"))
    compared = set(re.findall(r'(\w+)\.(\w+) = "(\w+)"', conditions))
    forms: dict[str, list[str]] = {}
    for node, task in shipped.tasks():
        forms.setdefault(task.get("as") or node, []).append(task.get("form", ""))
    asked = [(variable, field, value) for variable, field, value in compared if variable in forms]
    assert asked
    for variable, field, value in asked:
        assert any(value in shipped.options(form, field) for form in forms[variable]), (variable, field, value)


def test_whoever_decides_a_gate_can_give_each_outcome(shipped: Shipped) -> None:
    for form in DECISION_FORMS:
        assert {"outcome", "target"} <= shipped.fields(form)
