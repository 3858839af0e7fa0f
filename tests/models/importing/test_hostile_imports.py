"""Whatever bytes come, an import refuses them with a sentence or makes a draft, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.models.importing.foreign_files import TOOLS, files_of, imported
from workflows.models.importing import ImportRefused, import_model

SECONDS = 2

HOSTILE = {
    "nothing": ("Där finns ingen process", {}),
    "no diagram": ("Där finns ingen process", {"readme.txt": b"hej"}),
    "not XML": ("går inte att läsa som XML", {"a.bpmn": b"<a>"}),
    "not BPMN": ("inte ett BPMN-diagram", {"a.bpmn": b"<a/>"}),
    "doctype": ("DOCTYPE", {"a.bpmn": b'<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}),
    "too large": ("större än 2 MB", {"a.bpmn": b" " * 2_200_000}),
    "deep": ("går inte att läsa som XML", {"a.bpmn": b"<a>" * 5_000}),
    "too many files": ("fler än 200 filer", {f"{number}.form": b"{}" for number in range(201)}),
    "too much in all": ("större än 4 MB", {f"{number}.form": b" " * 1_000_000 for number in range(9)}),
    "no process": (
        "Där finns ingen process",
        {"a.bpmn": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="a"/></definitions>'},
    ),
    "too many steps": (
        "fler än 800 steg",
        {
            "a.bpmn": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="a">'
            + b"".join(b'<task id="t%d"/>' % number for number in range(801))
            + b"</process></definitions>"
        },
    ),
    "sub-processes in sub-processes": (
        "högst 6 nivåer",
        {
            "a.bpmn": b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="a">'
            + b"".join(b'<subProcess id="s%d">' % number for number in range(9))
            + b"</subProcess>" * 9
            + b"</process></definitions>"
        },
    ),
}


@pytest.mark.parametrize(("said", "files"), HOSTILE.values(), ids=[*HOSTILE])
def test_it_is_refused_with_a_sentence(said: str, files: dict[str, bytes]) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_model(files)
    assert said in str(refused.value)


def test_a_file_that_cannot_be_read_does_not_hinder_the_others() -> None:
    made = import_model({**files_of("activiti"), "broken.bpmn": b"<a>", "broken.dmn": b"<a>", "broken.form": b"{"})
    assert made.files.keys() == imported("activiti").files.keys()
    assert {"broken.bpmn", "broken.dmn", "broken.form"} <= {row.file for row in made.rows}


def in_a_row(count: int) -> dict[str, bytes]:
    steps = "".join(f'<task id="t{number}" name="Steg {number}"/>' for number in range(count))
    flows = "".join(f'<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(count - 1))
    space = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    return {"a.bpmn": f'<definitions {space}><process id="a">{steps}{flows}</process></definitions>'.encode()}


def test_a_long_process_is_imported_in_time() -> None:
    began = time.process_time()
    import_model(in_a_row(150))
    assert time.process_time() - began < SECONDS


def test_a_process_that_no_model_can_hold_is_refused_in_time() -> None:
    began = time.process_time()
    with pytest.raises(ImportRefused, match="fler än 200 filer"):
        import_model(in_a_row(300))
    assert time.process_time() - began < SECONDS


@given(
    tool=st.sampled_from(TOOLS),
    which=st.integers(0, 9),
    changes=st.lists(st.tuples(st.integers(0, 100_000), st.binary(min_size=0, max_size=4)), min_size=1, max_size=8),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_files_are_refused_or_imported(tool: str, which: int, changes: list[tuple[int, bytes]]) -> None:
    files = dict(files_of(tool))
    name = sorted(files)[which % len(files)]
    data = bytearray(files[name])
    for at, new in changes:
        data[at % len(data) : at % len(data) + max(1, len(new))] = new
    began = time.process_time()
    try:
        made = import_model({**files, name: bytes(data)})
    except ImportRefused as refused:
        assert str(refused)
    else:
        assert made.rows
    assert time.process_time() - began < SECONDS


WORDS = st.sampled_from(
    [
        *("userTask", "exclusiveGateway", "parallelGateway", "boundaryEvent", "subProcess", "startEvent", "endEvent"),
        *("inclusiveGateway", "eventBasedGateway", "intermediateCatchEvent", "intermediateThrowEvent", "callActivity"),
        *("serviceTask", "scriptTask", "transaction", "adHocSubProcess", "businessRuleTask", "complexGateway"),
    ]
)


@given(
    tool=st.sampled_from(TOOLS),
    swaps=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4),
    ends=st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.full
def test_any_drawing_is_refused_or_imported(
    tool: str, swaps: list[tuple[str, str]], ends: list[tuple[int, int]]
) -> None:
    """Elements turned into others and flows led elsewhere: well-formed, and nothing that anybody would draw."""
    files = dict(files_of(tool))
    [name] = [name for name in files if name.endswith((".bpmn", ".xml"))]
    text = files[name].decode("utf-8")
    for old, new in swaps:
        text = text.replace(f"{old} id", f"{new} id").replace(f"{old}>", f"{new}>")
    parts = text.split('Ref="')
    for first, second in ends:
        here, there = 1 + first % (len(parts) - 1), 1 + second % (len(parts) - 1)
        parts[here] = f'{parts[there].split(chr(34), 1)[0]}"{parts[here].split(chr(34), 1)[1]}'
    began = time.process_time()
    try:
        import_model({**files, name: 'Ref="'.join(parts).encode()})
    except ImportRefused as refused:
        assert str(refused)
    assert time.process_time() - began < SECONDS


def test_a_flow_into_an_event_on_an_edge_is_left_out_with_a_row() -> None:
    text = files_of("camunda7")["purchase.bpmn"].decode()
    into = text.replace('sourceRef="order" targetRef="sum_up"', 'sourceRef="order" targetRef="waited"')
    made = import_model({**files_of("camunda7"), "purchase.bpmn": into.encode()})
    assert any("från Beställ till Två dygn" in row.was for row in made.rows)


def test_an_event_on_its_own_edge_is_left_out_with_a_row() -> None:
    text = files_of("camunda7")["purchase.bpmn"].decode()
    round_about = text.replace('attachedToRef="review"', 'attachedToRef="waited"')
    made = import_model({**files_of("camunda7"), "purchase.bpmn": round_about.encode()})
    assert any(row.element == "waited" and "inte sitter på något" in row.was for row in made.rows)
