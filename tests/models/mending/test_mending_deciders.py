"""Scenarios follow a model whose gates somebody else decides, and one whose decision step is gone."""

from __future__ import annotations

import pytest

from tests.models.editing.changing import HARNOSAND, errors
from tests.models.mending.test_mending import Files, base, mended, reds
from workflows.models import read_bundle, run_scenarios
from workflows.models.deciders import change_decider, deciders_file, read_deciders
from workflows.models.editing.step_removal import remove_step
from workflows.models.mending import Changed, Decided, deciders_found

SPONSOR = {"decider": '"sponsor"', "mode": '"single"'}


def with_row(row: str, files: Files = HARNOSAND) -> Files:
    """The model where the sponsor decides what a row of the table on authority gave to somebody else."""
    path = deciders_file(files)
    assert path is not None
    found = read_deciders(files[path]).row(row)
    changed = change_decider(files[path], row_id=row, gates=found.raw_gates, tests=found.tests, values=SPONSOR)
    return {**files, path: changed}


@pytest.mark.parametrize("row", ["rule_group", "rule_cost", "rule_principle"])
@pytest.mark.full
def test_scenarios_are_green_again_when_the_sponsor_decides_instead(row: str) -> None:
    files = with_row(row)
    assert reds(files)
    mending, now = mended(files, base())
    assert reds(now) == [] and mending.left == ()
    assert {decided.mode for decided in mending.deciders} == {"single"}


@pytest.mark.full
def test_only_who_decides_is_changed_in_a_row() -> None:
    mending, now = mended(with_row("rule_group"), base())
    text = now["scenarios/steering_group.yaml"].decode()
    assert "- decide: bp2\n  by: Maria Lindqvist\n  mode: single\n  with: {outcome: approve}\n" in text
    changes = [change for one in mending.changed for change in one.rows]
    assert {change.kind for change in changes} == {Changed.CHANGED}


def test_a_check_of_who_decides_gets_the_step_role_and_time_of_the_decider() -> None:
    _, now = mended(with_row("rule_principle"), base())
    text = now["scenarios/board_decides.yaml"].decode()
    assert "- expect: {open: [{node: decide_single, by: sponsor, form: single, due: P10D}]}" in text


def test_the_gates_that_scenarios_stop_at_are_told_with_who_decides_them() -> None:
    files = with_row("rule_group")
    failures = [one.failure for one in run_scenarios(files).failed if one.failure]
    assert Decided(gate="bp2", mode="single") in deciders_found(read_bundle(files), failures)


def test_what_differs_in_more_than_the_decider_is_left_as_it_is() -> None:
    wrong = HARNOSAND["scenarios/board_decides.yaml"].replace(b"due: P30D}]", b"due: P30D}, status_report]")
    files = with_row("rule_principle", {**HARNOSAND, "scenarios/board_decides.yaml": wrong})
    mending, now = mended(files, base())
    assert now["scenarios/board_decides.yaml"] == wrong
    assert "scenarios/board_decides.yaml" in [one.path for one in mending.left]


@pytest.mark.full
def test_a_form_of_deciding_that_is_gone_is_mended_once_the_table_says_who_decides() -> None:
    gone = {**HARNOSAND, **remove_step(HARNOSAND, "decide_board")}
    assert any("authority.dmn" in one for one in errors(gone))
    files = with_row("rule_cost", with_row("rule_principle", gone))
    _, now = mended(files, base())
    assert reds(now) == []


@pytest.mark.full
def test_what_a_removed_decision_led_to_is_left_out_where_the_scenario_holds_then() -> None:
    files = {**HARNOSAND, **remove_step(HARNOSAND, "change_by_sponsor")}
    assert reds(files)
    mending, now = mended(files, base())
    assert reds(now) == [] and mending.gaps.gone == ("change_by_sponsor",)
    assert "- do: status_read\n" in now["scenarios/change_requests.yaml"].decode()


def test_what_a_removed_decision_makes_go_another_way_is_told_and_nothing_is_left_out() -> None:
    mending, now = mended({**HARNOSAND, **remove_step(HARNOSAND, "change_by_group")}, base())
    assert [one.path for one in mending.left] == ["scenarios/change_requests.yaml"]
    assert now["scenarios/change_requests.yaml"].count(b"- do: change_request") == 4
