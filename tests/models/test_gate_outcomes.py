"""The outcomes of a gate in model.json, set without touching anything else."""

from __future__ import annotations

import difflib

import orjson
import pytest

from workflows.models import read_model, shipped
from workflows.models.gate_outcomes import tell_outcomes

SHIPPED = shipped("harnosand")["model.json"]


@pytest.mark.parametrize("gate", ["bp1", "bp2", "bp3", "bp3k", "bp4"])
def test_one_gate_gets_other_outcomes_and_one_line_changes(gate: str) -> None:
    changed = tell_outcomes(SHIPPED, gate=gate, outcomes=["approve", "rework"])
    assert read_model(changed).gate(gate).outcomes == ("approve", "rework")
    lines = difflib.unified_diff(SHIPPED.decode().splitlines(), changed.decode().splitlines(), n=0, lineterm="")
    assert len([line for line in lines if line.startswith("+") and not line.startswith("+++")]) == 1


def test_a_file_that_is_written_otherwise_keeps_its_meaning() -> None:
    packed = orjson.dumps(orjson.loads(SHIPPED))
    changed = tell_outcomes(packed, gate="bp2", outcomes=["approve", "rework", "reject"])
    assert read_model(changed).gate("bp2").outcomes == ("approve", "rework", "reject")
    assert read_model(changed).gate("bp1") == read_model(SHIPPED).gate("bp1")


def test_saying_the_same_again_changes_nothing() -> None:
    assert tell_outcomes(SHIPPED, gate="bp2", outcomes=read_model(SHIPPED).gate("bp2").outcomes) == SHIPPED


def test_an_unknown_gate_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        tell_outcomes(SHIPPED, gate="bp9", outcomes=["approve"])
