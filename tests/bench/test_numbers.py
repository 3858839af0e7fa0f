"""Every number of the design is measured, has a target, and is printed as one JSON object."""

from __future__ import annotations

from tests.bench.__main__ import PARTS, chosen
from tests.bench.numbers import NUMBERS

PROMISED = {
    "floor.view_ms",
    "floor.commit_ms",
    "floor.step_ms",
    "floor.imports_s",
    "engine.step_ms",
    "step.sql",
    "step.commits",
    "inbox.sql",
    "http.submit_ms",
    "http.after_ms",
    "http.start_ms",
    "http.clients4_ratio",
    "http.clients4_p95_ratio",
    "http.inbox_100k_ms",
    "state.step_ratio",
    "state.bytes_ratio",
    "state.bytes_max",
    "scenario.per_s",
    "server.cold_start_s",
    "server.rss_mb",
    "page.js_kb",
}
FOUND = dict.fromkeys(NUMBERS, 1.0)


def test_every_promised_number_is_measured() -> None:
    measured = [name for part in PARTS for name in part.names]
    assert set(measured) >= PROMISED
    assert set(measured) == set(NUMBERS)
    assert len(measured) == len(set(measured))


def test_only_floors_and_numbers_beside_the_design_have_no_target() -> None:
    without = {number.name for number in NUMBERS.values() if number.target is None}
    assert without & PROMISED == {name for name in PROMISED if name.startswith("floor.")}


def test_a_line_says_the_value_its_target_and_whether_it_is_met() -> None:
    assert NUMBERS["engine.step_ms"].line(2.5, {}) == {
        "name": "engine.step_ms",
        "value": 2.5,
        "unit": "ms",
        "target": 2,
        "ok": False,
    }
    assert NUMBERS["scenario.per_s"].line(12, {})["ok"] is True
    assert NUMBERS["scenario.per_s"].line(9, {})["ok"] is False


def test_a_target_that_rests_on_floors_uses_the_measured_ones() -> None:
    quick = {"floor.view_ms": 1.0, "floor.commit_ms": 0.2, "floor.step_ms": 0.4}
    assert NUMBERS["http.submit_ms"].line(4.1, quick)["target"] == 4.0
    slow = {name: value * 10 for name, value in quick.items()}
    assert NUMBERS["http.submit_ms"].line(4.1, slow)["target"] == 8


def test_a_name_chooses_what_is_measured_with_it() -> None:
    assert chosen([]) == list(PARTS)
    assert [part.names[0] for part in chosen(["scenario"])] == ["engine.step_ms"]
    assert all(set(NUMBERS[name].line(1.0, FOUND)) == {"name", "value", "unit", "target", "ok"} for name in NUMBERS)
