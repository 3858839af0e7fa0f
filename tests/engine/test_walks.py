"""Random walks of the engine beside an independent interpreter. `STYR_WALKS=n` takes n walks a diagram."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.engine.oracle_files import Model
from tests.engine.patterns import PATTERNS
from tests.engine.walking import LARGEST, Walk
from workflows import engine

WALKS = int(os.environ.get("STYR_WALKS", "12"))
STEPS = 200
SHIPPED = Path(__file__).parents[2] / "bpmn"


def shipped() -> Mapping[str, Mapping[str, bytes]]:
    """Return every shipped model's diagrams and tables, with the gate that all of them call."""
    shared = [*(SHIPPED / "shared").glob("*.bpmn")]
    folders = [folder for folder in SHIPPED.iterdir() if (folder / "project.bpmn").exists()]
    return {
        folder.name: {path.name: path.read_bytes() for path in [*shared, *folder.glob("*.bpmn"), *folder.glob("*.dmn")]}
        for folder in folders
    }


def walk_all(files: Mapping[str, bytes], walks: int) -> tuple[int, int]:
    """Walk; return the steps taken and the largest state."""
    executable, model = engine.compile(files), Model(files)
    taken, largest = 0, 0
    for seed in range(walks):
        walk = Walk(executable, model, seed, STEPS)
        taken += walk.run()
        largest = max(largest, walk.largest)
    return taken, largest


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_every_allowed_structure_runs_as_the_standard_says(name: str) -> None:
    taken, largest = walk_all(PATTERNS[name], WALKS)
    assert taken > WALKS
    assert largest < LARGEST


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_model_runs_as_the_standard_says(name: str) -> None:
    taken, largest = walk_all(shipped()[name], WALKS * 3)
    assert taken > WALKS * 20
    assert largest < LARGEST


def test_every_kind_of_element_that_is_let_through_is_walked() -> None:
    walked = {node.kind for files in PATTERNS.values() for node in engine.compile(files).diagram.nodes.values()}
    assert walked == set(engine.NodeKind)
    triggers = {
        (node.kind, node.trigger.kind, node.interrupting)
        for files in PATTERNS.values()
        for node in engine.compile(files).diagram.nodes.values()
        if node.trigger is not None
    }
    kinds, what = engine.NodeKind, engine.TriggerKind
    assert triggers == {
        (kinds.END, what.ERROR, True),
        (kinds.CATCH, what.MESSAGE, True),
        (kinds.CATCH, what.TIMER, True),
        (kinds.BOUNDARY, what.MESSAGE, True),
        (kinds.BOUNDARY, what.ERROR, True),
        (kinds.BOUNDARY, what.TIMER, True),
        (kinds.BOUNDARY, what.TIMER, False),
    }
