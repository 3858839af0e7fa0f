"""Files made to be slow to compare: each is told of within seconds, some as text alone."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.comparing.changing import MODEL
from workflows.models.comparing import compare

NAMESPACES = 'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
LONGEST = 5.0
"""Seconds of the processor; alone each takes less than two."""


def _diagram(inside: str) -> bytes:
    return f'<definitions {NAMESPACES}><process id="p">{inside}</process></definitions>'.encode()


def _chain(count: int, name: str) -> str:
    steps = "".join(f'<userTask id="t{n}" name="{name}"/>' for n in range(count))
    return steps + "".join(f'<sequenceFlow id="f{n}" sourceRef="t{n}" targetRef="t{n + 1}"/>' for n in range(count))


def _fan(count: int, prefix: str) -> str:
    flows = (f'<sequenceFlow id="{prefix}{n}" sourceRef="g" targetRef="t{n % 9}"/>' for n in range(count))
    return '<exclusiveGateway id="g"/>' + "".join(flows)


def _gateways(count: int, turn: int) -> str:
    """Unnamed gateways in a row, which lead to one another and round again."""
    gates = "".join(f'<exclusiveGateway id="g{n}"/>' for n in range(count))
    return gates + "".join(
        f'<sequenceFlow id="f{n}" sourceRef="g{n}" targetRef="g{(n * turn + 1) % count}"/>' for n in range(count)
    )


def _rules(count: int, cell: str) -> bytes:
    rule = '<rule><inputEntry><text>"{n}"</text></inputEntry><outputEntry><text>{cell}</text></outputEntry></rule>'
    rules = "".join(rule.format(n=n, cell=cell) for n in range(count))
    table = f'<input id="i"><inputExpression><text>gate.key</text></inputExpression></input><output name="o"/>{rules}'
    return f'<definitions><decision id="d"><decisionTable>{table}</decisionTable></decision></definitions>'.encode()


def _form(count: int, label: str) -> bytes:
    fields = [{"type": "textfield", "key": f"k{n % 50}", "label": f"{label}{n}"} for n in range(count)]
    return json.dumps({"schemaVersion": 19, "components": fields}).encode()


PAIRS: dict[str, tuple[str, bytes, bytes]] = {
    "a long chain": ("project.bpmn", _diagram(_chain(4_900, "a")), _diagram(_chain(4_900, "b"))),
    "a wide gateway": ("project.bpmn", _diagram(_fan(9_000, "a")), _diagram(_fan(9_000, "b"))),
    "a chain taken out": ("project.bpmn", _diagram(_chain(4_900, "a")), _diagram(_chain(2, "a"))),
    "gateways in circles": ("project.bpmn", _diagram(_gateways(4_900, 1)), _diagram(_gateways(4_900, 7))),
    "one id for all": (
        "project.bpmn",
        _diagram('<userTask id="t" name="a"/>' * 9_000),
        _diagram('<userTask id="t" name="b"/>' * 9_000),
    ),
    "far too much drawn": ("project.bpmn", _diagram(_chain(12_000, "a")), _diagram(_chain(12_000, "b"))),
    "many rules": ("authority.dmn", _rules(1_900, "1"), _rules(1_900, "2")),
    "rules of the same words": ("authority.dmn", _rules(190, "1"), _rules(200, "2")),
    "a form of 5,000 fields": ("forms/office_review.form.json", _form(5_000, "a"), _form(5_000, "b")),
    "a list of 200,000": (
        "model.json",
        json.dumps({"gates": [{}] * 200_000}).encode(),
        json.dumps({"gates": [{}] * 200_001}).encode(),
    ),
    "20,000 gates": (
        "model.json",
        json.dumps({"gates": [{"key": "a"}] * 20_000}).encode(),
        json.dumps({"gates": [{"key": "a"}] * 20_001}).encode(),
    ),
    "a long scenario": (
        "scenarios/long.yaml",
        b"title: a\nsteps:\n" + b"- until: a\n" * 9_000,
        b"title: a\nsteps:\n" + b"- until: a\n" * 9_000 + b"- until: b\n",
    ),
    "long texts": ("notes.txt", b"a\nb\n" * 700, b"b\na\na\n" * 480),
}


@pytest.mark.full
@pytest.mark.parametrize("name", PAIRS)
def test_what_is_made_to_be_slow_is_told_of_in_time(name: str) -> None:
    path, before, after = PAIRS[name]
    started = time.process_time()
    changes = compare({**MODEL, path: before}, {**MODEL, path: after}).changes
    assert time.process_time() - started < LONGEST
    assert changes


@settings(max_examples=40, deadline=None)
@given(
    path=st.sampled_from(["project.bpmn", "authority.dmn", "model.json", "forms/office_review.form.json"]),
    cut=st.tuples(st.integers(0, 100), st.integers(0, 100)),
    put=st.binary(max_size=12),
)
@pytest.mark.full
def test_whatever_is_cut_out_of_a_file_is_told_of(path: str, cut: tuple[int, int], put: bytes) -> None:
    data = MODEL[path]
    start, end = (len(data) * part // 100 for part in sorted(cut))
    after = data[:start] + put + data[end:]
    comparison = compare(MODEL, {**MODEL, path: after})
    assert comparison.changes or path in comparison.rewritten or after == data


_keys = st.sampled_from(["key", "id", "label", "components", "items", "values", "gates", "phases", "roles", "prefill"])
_json: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=100, deadline=None)
@given(path=st.sampled_from(["model.json", "forms/a.form.json", "forms/a.checklist.json"]), old=_json, new=_json)
def test_json_of_any_shape_is_compared(path: str, old: object, new: object) -> None:
    before, after = (json.dumps(value).encode() for value in (old, new))
    there = compare({path: before}, {path: after})
    back = compare({path: after}, {path: before})
    assert bool(there.changes) == bool(back.changes)
