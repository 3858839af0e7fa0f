"""No change of meaning goes unsaid: every attribute of every kind of file is altered, removed and swapped."""

from __future__ import annotations

from collections import Counter
from itertools import islice

import pytest

from tests.models.comparing.changing import MODEL
from tests.models.comparing.mutating import mutations
from workflows.models.comparing import What, compare

MEANINGLESS = ("id of BPMN", "id of laneSet", "remove incoming", "remove outgoing")
DEFAULTS = ("allowAddRemove", "remove text", "remove isExecutable")
"""Ids of pictures; flows told twice; and what is the same when it is left out."""

SAMPLE = 4
"""Mutations a file in the quick run."""


def _silent(path: str, step: int, first: int = 0) -> list[str]:
    return [
        said
        for said, write in islice(mutations(path)(MODEL[path]), first, None, step)
        if not any(words in said for words in MEANINGLESS + DEFAULTS)
        and not (said.startswith("remove") and said.endswith("/evidence"))
        and not compare(MODEL, {**MODEL, path: write()}).changes
    ]


def _step(path: str, wanted: int) -> int:
    return max(1, sum(1 for _ in mutations(path)(MODEL[path])) // wanted)


@pytest.mark.parametrize("path", sorted(MODEL))
def test_a_sample_of_changes_to_each_file_is_told(path: str) -> None:
    assert _silent(path, _step(path, SAMPLE), 1) == []


@pytest.mark.full
@pytest.mark.parametrize("path", ["model.json", "authority.dmn", "gate.bpmn", "forms/gate_request.form.json"])
def test_every_change_to_a_file_is_told(path: str) -> None:
    assert _silent(path, 1) == []


@pytest.mark.full
@pytest.mark.parametrize("path", ["model.json", "authority.dmn", "delivery.bpmn", "forms/c5_closure.checklist.json"])
def test_added_and_removed_change_places_with_the_sides(path: str) -> None:
    for said, write in islice(mutations(path)(MODEL[path]), 0, None, _step(path, 60)):
        after = {**MODEL, path: write()}
        there, back = (
            Counter(row.what for row in compare(*sides).changes) for sides in ((MODEL, after), (after, MODEL))
        )
        assert (there[What.ADDED], there[What.REMOVED]) == (back[What.REMOVED], back[What.ADDED]), said
