"""Scenarios follow a model that was changed: new steps are done, steps that are gone are no longer named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import pytest

from tests.models.editing.changing import HARNOSAND, PROCUREMENT, REVIEW
from tests.models.telling import SECOND
from workflows.models import Bundle, from_folder, read_bundle, run_scenarios, shipped
from workflows.models.editing.phase_removal import remove_phase
from workflows.models.editing.phases import add_phase
from workflows.models.editing.step_removal import remove_step
from workflows.models.editing.steps import Place, add_step
from workflows.models.mending import Changed, Mending, mend_scenarios

Files = Mapping[str, bytes]


@cache
def base() -> Bundle:
    return read_bundle(HARNOSAND)


def with_phase(after: str, files: Files = HARNOSAND) -> Files:
    return {**files, **add_phase(files, after, PROCUREMENT)[0]}


def with_step(after: str) -> Files:
    return {**HARNOSAND, **add_step(HARNOSAND, Place(after=after), REVIEW)[0]}


def mended(files: Files, began: Bundle | None) -> tuple[Mending, Files]:
    mending = mend_scenarios(files, began)
    return mending, {**files, **mending.changes}


def reds(files: Files) -> list[str]:
    return [one.scenario.file for one in run_scenarios(files).failed]


@pytest.mark.full
@pytest.mark.parametrize("after", ["relevance", "preparation", "planning", "execution"])
def test_all_scenarios_are_green_again_after_a_phase_with_a_gate_of_its_own(after: str) -> None:
    files = with_phase(after)
    assert reds(files)
    mending, now = mended(files, base())
    assert reds(now) == []
    assert mending.left == () and mending.gaps.gates == ("bp2b",)


@pytest.mark.full
@pytest.mark.parametrize(
    "after", ["idea_sheet", "c2_preparation", "risk_assessment", "contract_member", "delivery_ready"]
)
def test_all_scenarios_are_green_again_after_a_step(after: str) -> None:
    files = with_step(after)
    assert reds(files)
    _, now = mended(files, base())
    assert reds(now) == []


@pytest.mark.full
@pytest.mark.parametrize("node", ["c3_planning", "c4_execution", "risk_assessment", "closing_words_group"])
def test_all_scenarios_are_green_again_after_a_step_was_removed(node: str) -> None:
    files = {**HARNOSAND, **remove_step(HARNOSAND, node)}
    assert reds(files)
    mending, now = mended(files, base())
    assert reds(now) == [] and mending.gaps.gone == (node,)
    assert not any(node.encode() in data for path, data in now.items() if path.startswith("scenarios/"))


@pytest.mark.full
def test_a_phase_that_comes_and_goes_leaves_the_scenarios_green() -> None:
    files = with_phase("planning")
    _, now = mended(files, base())
    phase = next(
        one.key for one in read_bundle(files).model.phases if one.key not in {p.key for p in base().model.phases}
    )
    _, after = mended({**now, **remove_phase(now, phase)}, base())
    assert reds(after) == []


@pytest.mark.full
def test_without_the_version_before_what_no_scenario_names_is_new() -> None:
    mending, now = mended(with_phase("planning"), None)
    assert reds(now) == []
    assert mending.usual.keys() == {"c_upphandling"}


@pytest.mark.full
def test_what_is_not_changed_stays_as_it_is_written() -> None:
    files = with_phase("planning")
    mending, _ = mended(files, base())
    before = files["scenarios/straight_through.yaml"].decode().splitlines()
    after = mending.changes["scenarios/straight_through.yaml"].decode().splitlines()
    assert [line for line in before if line not in after] == []
    assert [line for line in after if line not in before] == ["- do: c_upphandling", "- decide: bp2b"]
    usual = mending.changes["scenarios/_usual.yaml"].decode()
    assert usual.startswith(files["scenarios/_usual.yaml"].decode())
    assert usual.splitlines()[-1].startswith("c_upphandling: {")


@pytest.mark.full
def test_what_a_check_says_of_the_row_before_it_stays_beside_that_row() -> None:
    mending, _ = mended(with_phase("preparation"), base())
    text = mending.changes["scenarios/straight_through.yaml"].decode()
    there = text.index("- expect: {effects: [freeze bp1, record bp1]}")
    assert there < text.index("- do: c_upphandling") < text.index("- expect: {open: [project_plan]")


def test_a_step_for_each_item_is_done_for_the_item_or_for_all() -> None:
    mending, _ = mended(with_step("delivery_ready"), base())
    rows = {one.path: [row.move for row in one.rows] for one in mending.changed}
    deliveries = [move for move in rows["scenarios/part_deliveries.yaml"] if move is not None]
    assert any(move.every for move in deliveries) and any(move.item == "d2" for move in deliveries)


@pytest.mark.full
def test_a_request_that_is_not_let_through_is_made_with_a_deviation() -> None:
    mending, _ = mended(with_phase("planning"), base())
    text = mending.changes["scenarios/conditional_approval.yaml"].decode()
    assert text.index("c_upphandling") < text.index("with: {with_deviation: true}", text.index("c_upphandling"))


def test_a_green_model_is_left_alone() -> None:
    mending, _ = mended(HARNOSAND, base())
    assert (mending.changes, mending.scenarios, bool(mending.gaps)) == ({}, (), False)


@pytest.mark.full
def test_what_cannot_be_mended_is_told_and_its_rows_are_left() -> None:
    wrong = HARNOSAND["scenarios/deferred.yaml"].replace(b"{outcome: hold}", b"{outcome: reject}")
    files = {**with_phase("planning"), "scenarios/deferred.yaml": wrong}
    mending, now = mended(files, base())
    assert [one.path for one in mending.left] == ["scenarios/deferred.yaml"]
    assert now["scenarios/deferred.yaml"] == wrong
    assert reds(now) == ["scenarios/deferred.yaml"]


@pytest.mark.full
def test_a_scenario_that_cannot_be_read_is_left_alone() -> None:
    files = {**with_phase("planning"), "scenarios/broken.yaml": b"title: ["}
    mending, now = mended(files, base())
    assert "scenarios/broken.yaml" not in mending.changes and reds(now) == []


@pytest.mark.parametrize("name", ["simple", "second"])
def test_other_models_are_mended_too(name: str) -> None:
    files = shipped("simple") if name == "simple" else from_folder(SECOND)
    began = read_bundle(files)
    first = began.model.phases[0].key
    words = replace(PROCUREMENT, gate_short="DP9", name="Prövning")
    changed = {**files, **add_phase(files, first, words)[0]}
    mending, now = mended(changed, began)
    assert reds(now) == [] or [one.path for one in mending.left] == reds(now)
    assert len(reds(now)) < len(reds(changed)) or reds(changed) == []


@pytest.mark.full
def test_changes_of_rows_are_told_with_where_they_stand() -> None:
    mending, _ = mended({**HARNOSAND, **remove_step(HARNOSAND, "c4_execution")}, base())
    straight = next(one for one in mending.changed if one.path == "scenarios/straight_through.yaml")
    assert [(row.kind, row.number) for row in straight.rows] == [(Changed.CHANGED, 18)]
    assert straight.rows[0].move is not None
    assert straight.rows[0].move.subject == ("status_report", "status_read")
