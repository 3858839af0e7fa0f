"""Whatever is sent to the pages that change a model: a refusal in Swedish, never a failure, and nothing is left behind.

That a post without its page's token changes nothing is asked of every address in `test_addresses`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.hostile.conftest import Browser
from tests.hostile.table import TABLE
from tests.hostile.test_addresses import address_of, data_of
from tests.hostile.world import PERSONAS, World
from tests.sampling import sampled

ODD = "\u202e<script>alert(1)</script>\x07" * 40
FIELDS = (
    *("seen", "request_id", "was", "name", "title", "key", "label", "short", "statement", "note", "why", "reason"),
    *("who", "gates", "before", "legal_basis", "c0", "c1", "c2", "c3", "c4", "c4_amount", "c0_feel"),
    *("kind", "form", "role", "due_number", "due_unit", "help", "place", "after", "outcome.approve", "target.rework"),
    *("id", "question", "requirement", "answer", "condition", "options", "columns", "data", "expression", "type"),
    *("days", "target", "message", "start", "number", "model", "from_version", "to_version", "retire", "text", "copy"),
)

GARBAGE: Mapping[str, dict[str, Any]] = {
    "nothing": {"data": {}},
    "odd words in every field": {"data": dict.fromkeys(FIELDS, ODD)},
    "odd words on the right revision": {"data": {**dict.fromkeys(FIELDS, ODD), "seen": "1", "request_id": "one"}},
    "numbers beyond counting": {"data": dict.fromkeys(FIELDS, "9" * 400)},
    "every field a hundred times": {"data": {name: ["x"] * 100 for name in FIELDS}},
    "names that nobody has": {"data": {"__class__": "x", "../../x": "x", "<b>": "x", "x" * 3_000: "x", "": "x"}},
    "bytes that are no text": {
        "data": b"\xff\xfe%zz&&==&a=%ff%00",
        "content_type": "application/x-www-form-urlencoded",
    },
    "a broken upload": {"data": b"--x\r\n\r\n--x", "content_type": "multipart/form-data; boundary=x"},
    "a list without end": {"data": b"[" * 100_000, "content_type": "application/json"},
    "another kind of file": {"data": b"<a/>", "content_type": "text/xml"},
}

REFUSED = {400, 403, 404, 409, 413, 415, 422}
DONE = {200, 302, 303}
"""A preview of anything, a page that leads elsewhere, or what takes any words and needs none: it says what it does."""

POSTS = sorted(endpoint for endpoint, method in TABLE if method == "POST" and endpoint.startswith("designer."))


def test_the_pages_that_change_a_model_are_all_here() -> None:
    assert len(POSTS) > 40
    assert {("designer." + name, "POST") for name in ("import_model", "save_decider", "step_page", "ask")} <= set(TABLE)


@pytest.mark.parametrize("endpoint", sampled(POSTS, every=3))
def test_garbage_is_refused_and_nothing_is_left_behind(world: World, browser: Browser, endpoint: str) -> None:
    case = TABLE[endpoint, "POST"]
    client = browser(PERSONAS[next(iter(case.can))] or "")
    address = address_of(case, world)
    before = world.dump()
    for said, sent in GARBAGE.items():
        answer = client.post(address, **sent)
        assert answer.status_code in REFUSED | DONE, said
        assert "<script>alert" not in answer.text, said
        after = world.dump()
        assert answer.status_code in DONE or after == before, said
        before = after


@pytest.mark.full
@pytest.mark.parametrize("endpoint", sampled(POSTS, every=4))
def test_one_field_of_a_good_post_turned_to_garbage_never_fails(world: World, browser: Browser, endpoint: str) -> None:
    case = TABLE[endpoint, "POST"]
    client = browser(PERSONAS[next(iter(case.can))] or "")
    address, data = address_of(case, world), data_of(case, world)
    before = world.dump()
    for name in data:
        for odd in (ODD, "", "9" * 400, "-1", "\x00"):
            status = client.post(address, data={**data, name: odd}).status_code
            assert status in REFUSED | DONE, (name, odd[:20])
            after = world.dump()
            assert status in DONE or after == before, (name, odd[:20])
            before = after


@pytest.mark.full
@pytest.mark.parametrize("note", [ODD, "\x00", "\ufffe", "\x1b[31m"])
def test_marks_that_no_file_can_hold_are_left_out_of_what_is_written(world: World, browser: Browser, note: str) -> None:
    draft = f"/models/drafts/{world.registers['model_draft']}"
    client = browser(PERSONAS["designer"] or "")
    row = {"seen": "1", "request_id": "odd", "who": "sponsor/single", "gates": "only", "before": "-", "note": note}
    assert client.post(f"{draft}/deciders/bp2/new", data=row).status_code == 303
    name = {"seen": "2", "request_id": "odd-too", "name": f"Planering{note}", "question": "Hur?"}
    assert client.post(f"{draft}/phases/planning", data=name).status_code == 303
    page = client.get(f"{draft}/check")
    assert page.status_code == 200 and "går inte att läsa" not in page.text
