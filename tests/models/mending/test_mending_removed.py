"""Scenarios follow a model from which a gate or an appointment was taken, or whose checklist asks for more."""

from __future__ import annotations

from collections.abc import Mapping

import orjson
import pytest

from tests.models.editing.changing import HARNOSAND
from tests.models.mending.test_mending import base, mended, reds
from workflows.models import read_bundle
from workflows.models.editing.phase_removal import remove_phase
from workflows.models.editing.step_removal import remove_step

Files = Mapping[str, bytes]


@pytest.mark.full
def test_a_phase_with_its_gate_that_is_gone_leaves_green_scenarios_or_says_what_is_left() -> None:
    files = {**HARNOSAND, **remove_phase(HARNOSAND, "planning")}
    gone = {gate.key for gate in base().model.gates} - {gate.key for gate in read_bundle(files).model.gates}
    mending, now = mended(files, base())
    assert [one.path for one in mending.left] == reds(now)
    assert all(one.played.failure is not None for one in mending.left)
    assert gone <= set(mending.gaps.gone)
    assert not any(f"decide: {key}\n".encode() in now[path] for key in gone for path in now if path in mending.changes)


@pytest.mark.full
def test_without_an_appointment_its_rows_go_and_what_the_model_cannot_do_is_told() -> None:
    files = {**HARNOSAND, **remove_step(HARNOSAND, "appoint_manager")}
    mending, now = mended(files, base())
    assert mending.gaps.gone == ("appoint_manager",) and mending.dropped in ((), ("appoint_manager",))
    assert [one.path for one in mending.left] == reds(now)
    assert all(one.played.failure is not None and one.played.failure.differences for one in mending.left)


@pytest.mark.full
def test_a_question_that_is_asked_afterwards_leaves_scenarios_as_they_are() -> None:
    path = next(path for path in HARNOSAND if path.endswith("c2_preparation.checklist.json"))
    checklist = orjson.loads(HARNOSAND[path])
    first = checklist["items"][0]
    checklist["items"].append({**first, "id": "F99", "question": {"sv": "Är allt klart?", "en": "Is all done?"}})
    files = {**HARNOSAND, path: orjson.dumps(checklist)}
    mending, now = mended(files, base())
    assert reds(now) == [] and not mending.changes and not mending.gaps
