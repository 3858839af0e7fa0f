"""Whatever another engine would run or read, wherever it stands, is a row: the element, what it was, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from lxml import etree

from tests.models.importing.foreign_files import TOOLS, files_of
from workflows.models.importing import Imported, ImportRow, RowSeverity, import_model
from workflows.models.importing.reading import ELEMENTS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"
HEAD = f'<definitions xmlns="{BPMN[1:-1]}" xmlns:camunda="{CAMUNDA}" xmlns:spiffworkflow="{SPIFF}">'


def listened(files: Mapping[str, bytes]) -> tuple[Mapping[str, bytes], list[str]]:
    """Put a listener of its own at every element and flow that leads somewhere; return the marks of all."""
    made, marks = dict(files), list[str]()
    for path in files:
        if not path.endswith((".bpmn", ".xml")):
            continue
        root = etree.fromstring(files[path])
        for element in _elements(root):
            marks.append(f"org.example.Mark{len(marks)}.")
            holder = element.find(f"{BPMN}extensionElements")
            if holder is None:
                holder = etree.Element(f"{BPMN}extensionElements")
                element.insert(0, holder)
            etree.SubElement(holder, f"{{{CAMUNDA}}}executionListener", {"class": marks[-1], "event": "take"})
        made[path] = etree.tostring(root)
    return made, marks


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    for process in root.iterchildren(f"{BPMN}process"):
        known = {element.get("id") for element in process.iter() if etree.QName(element).localname in ELEMENTS}
        yield from process.iter(*(BPMN + tag for tag in ELEMENTS))
        for flow in process.iter(f"{BPMN}sequenceFlow"):
            if {flow.get("sourceRef"), flow.get("targetRef")} <= known:
                yield flow


def rows_of(done: Imported, words: str) -> list[ImportRow]:
    return [row for row in done.rows if words in row.was]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_listener_at_anything_is_a_row(tool: str) -> None:
    files, marks = listened(files_of(tool))
    done = import_model(files)
    assert len(marks) > 10
    for mark in marks:
        [row] = rows_of(done, mark)
        assert (row.severity, bool(row.element), row.was.startswith("Lyssnaren camunda:")) == (
            RowSeverity.LOST,
            True,
            True,
        )
        assert "kör ingen kod" in row.done
        assert row.advice


def drawn(gateway: str = "exclusiveGateway", on_flow: str = "", beside: str = "") -> Imported:
    """A process in which a gateway leads to one of two steps, with something on the first flow out of it."""
    flows = [("s", "a"), ("a", "g"), ("g", "b"), ("g", "c"), ("b", "e"), ("c", "e")]
    inside = {("g", "b"): on_flow}
    lines = "".join(
        f'<sequenceFlow id="{one}_{two}" sourceRef="{one}" targetRef="{two}">{inside.get((one, two), "")}'
        "</sequenceFlow>"
        for one, two in flows
    )
    steps = "".join(f'<userTask id="{key}" name="Steg {key.upper()}"/>' for key in "abc")
    inner = f'<startEvent id="s"/>{steps}<{gateway} id="g" name="Vilka behövs?"/><endEvent id="e"/>{lines}'
    text = f'{HEAD}{beside}<process id="p" name="Prov" isExecutable="true">{inner}</process></definitions>'
    return import_model({"prov.bpmn": text.encode()})


@pytest.mark.parametrize(("gateway", "kind"), [("inclusiveGateway", "inklusiv"), ("complexGateway", "komplex")])
def test_a_gateway_of_several_ways_is_a_row_that_says_what_to_do(gateway: str, kind: str) -> None:
    [row] = rows_of(drawn(gateway), f"En {kind} grind")
    assert (row.element, row.name, row.severity) == ("g", "Vilka behövs?", RowSeverity.LOST)
    assert "precis en väg tas" in row.done
    assert "parallell grind" in row.advice


@pytest.mark.parametrize(
    ("on_flow", "was"),
    [
        ('<camunda:executionListener class="org.example.Log" event="take"/>', "Lyssnaren camunda:executionListener"),
        ("<spiffworkflow:preScript>days = 3</spiffworkflow:preScript>", "Skriptet spiffworkflow:preScript days = 3"),
    ],
)
def test_what_a_flow_ran_is_a_row_with_the_ends_of_the_flow(on_flow: str, was: str) -> None:
    [row] = rows_of(drawn(on_flow=f"<extensionElements>{on_flow}</extensionElements>"), was)
    assert (row.element, row.name) == ("g_b", "Flödet från Vilka behövs? till Steg B")
    assert "Rita ett steg på flödet" in row.advice


def test_a_condition_in_a_file_of_its_own_is_a_row() -> None:
    done = drawn(on_flow='<conditionExpression language="groovy" camunda:resource="way.groovy"/>')
    assert [row.element for row in rows_of(done, "way.groovy")] == ["g_b"]


def test_what_a_message_carries_is_a_row() -> None:
    held = (
        "<extensionElements><spiffworkflow:messagePayload>{'a': 1}</spiffworkflow:messagePayload></extensionElements>"
    )
    [row] = rows_of(drawn(beside=f'<message id="m" name="Beställning">{held}</message>'), "messagePayload")
    assert row.name == "Beställning"
