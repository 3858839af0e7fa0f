"""The check tells, gate by gate, which rows can never decide, and leaves tables alone in which all can."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from tests.models.editing.changing import PROCUREMENT
from tests.models.telling import HARNOSAND, ROOT, SECOND, files_of
from workflows.models import Finding, check
from workflows.models.deciders import Column, add_decider, move_decider
from workflows.models.deciders.table import ColumnKind
from workflows.models.editing.phases import add_phase
from workflows.models.linting import _check

COST = Column(key="facts.total_cost", label="Kostnad i kronor", kind=ColumnKind.AMOUNT)
SPONSOR = {"decider": '"sponsor"', "mode": '"single"', "legal_basis": '"internal"'}
GROUP = {"decider": '"steering_group"', "mode": '"meeting"', "legal_basis": '"internal"'}


def with_row(
    table: bytes, *, before: str | None, cost: str = "", who: dict[str, str] = SPONSOR, gates: str = '"bp2"'
) -> bytes:
    tests = {COST.key: cost} if cost else {}
    return add_decider(table, gates=gates, tests=tests, values=who, before=before, new_columns=[COST])[0]


def found(table: bytes) -> list[Finding]:
    return list(check({**files_of(HARNOSAND), "authority.dmn": table}))


TABLE = files_of(HARNOSAND)["authority.dmn"]


@pytest.mark.parametrize("folder", [HARNOSAND, ROOT / "bpmn" / "simple", SECOND], ids=lambda folder: folder.name)
def test_no_row_of_a_shipped_model_is_hidden(folder: Path) -> None:
    assert not [one for one in check(files_of(folder)) if one.file.endswith(".dmn")]


def test_a_row_without_condition_hides_those_below_it_at_its_gate() -> None:
    (one,) = found(with_row(TABLE, before="rule_group"))
    assert one.message == (
        "BP2: raden ”Beställare” gäller alltid, så raderna under den används aldrig. "
        "Flytta den under raderna med villkor, eller ge den ett villkor."
    )
    assert (one.rule, one.element, one.attribute) == ("row-shadowed", "rule_1", "bp2")


def test_a_row_for_all_gates_on_top_is_told_once_for_all_of_them() -> None:
    (one,) = found(move_decider(TABLE, row_id="rule_small", before="rule_principle"))
    assert one.message.startswith("BP1, BP2, BP3, BP3.k och BP4: raden ”Beställare” gäller alltid")
    assert one.attribute == "bp1 bp2 bp3 bp3k bp4"


def test_a_row_of_its_own_for_a_gate_before_the_last_row_for_all_is_no_mistake() -> None:
    assert found(with_row(TABLE, before="rule_small")) == []


def test_a_row_that_names_the_decider_of_the_rows_below_is_no_mistake() -> None:
    assert found(with_row(TABLE, before="rule_group", who=GROUP)) == []


def test_a_new_phase_hides_no_row() -> None:
    files = {**files_of(HARNOSAND), **add_phase(files_of(HARNOSAND), "planning", PROCUREMENT)[0]}
    assert [one.rule for one in check(files) if one.file == "authority.dmn"] == []


def test_a_narrower_amount_below_a_wider_one_is_told() -> None:
    narrow = with_row(TABLE, before="rule_group", cost="< 500000")
    assert found(narrow) == []
    (one,) = found(with_row(narrow, before="rule_1", cost="< 1000000", who=GROUP))
    assert one.message.replace("\u00a0", " ") == (
        "BP2: raden ”Beställare, kostnad under 500 000 kr” används aldrig, för raden ”Styrgrupp på möte, kostnad "
        "under 1 000 000 kr” står ovanför och gäller i alla sådana fall. Flytta upp den eller ändra dess villkor."
    )


def test_a_wider_amount_below_a_narrower_one_is_no_mistake() -> None:
    wide = with_row(TABLE, before="rule_group", cost="< 1000000", who=GROUP)
    assert found(with_row(wide, before="rule_1", cost="< 500000")) == []


@pytest.mark.parametrize(
    ("above", "below", "hidden"),
    [
        ("<= 500000", "< 500000", True),
        ("< 500000", "<= 500000", False),
        ("> 500000", ">= 500000", False),
        (">= 500000", "[500000..900000)", True),
        ("[100000..900000)", "[100000..900000]", False),
        ("[100000..900000)", "[200000..300000)", True),
        ("< 900000", "[200000..900000)", True),
    ],
)
def test_amounts_are_compared_with_their_ends(above: str, below: str, hidden: bool) -> None:
    table = with_row(with_row(TABLE, before="rule_group", cost=below), before="rule_1", cost=above, who=GROUP)
    assert bool(found(table)) is hidden


def test_rows_that_together_take_everything_hide_the_rows_below() -> None:
    low = with_row(TABLE, before="rule_group", cost="< 500000")
    (one,) = found(with_row(low, before="rule_group", cost=">= 500000", who=GROUP))
    assert one.message.startswith("BP2: raden ”Styrgrupp på möte, styrgrupp finns: ja” används aldrig, för raderna")


def test_an_amount_that_no_row_answers_for_is_told_in_words() -> None:
    low = with_row(TABLE, before="rule_small", cost="< 500000")
    table = with_row(low, before="rule_small", cost="> 500000", who=GROUP)
    table = table.replace(b'<inputEntry id="rule_small_gate"><text>-', b'<inputEntry id="rule_small_gate"><text>"bp4"')
    told = [one for one in found(table) if one.rule == "no-row" and one.attribute == "bp2"]
    assert len(told) == 1
    assert told[0].message.startswith("Ingen rad gäller för BP2 när ")
    assert "sammanlagd kostnad är 500\u00a0000 kr" in told[0].message


def test_the_check_of_a_whole_model_with_hidden_rows_stays_quick() -> None:
    files = {**files_of(HARNOSAND), "authority.dmn": with_row(TABLE, before="rule_principle")}
    seconds = []
    for _ in range(3):
        began = process_time()
        _check(files)
        seconds.append(process_time() - began)
    assert min(seconds) < 0.6


def test_a_gate_may_have_its_own_row_above_the_general_one_with_the_same_condition() -> None:
    """So a new phase writes them, and whoever changes one gate's decider and no other's."""
    files = files_of(HARNOSAND)
    changes, _ = add_phase(files, "planning", PROCUREMENT)
    after = {path: data for path, data in {**files, **changes}.items() if data is not None}
    assert [one.message for one in check(after) if one.rule == "row-shadowed"] == []
