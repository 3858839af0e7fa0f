"""Rows on who decides a gate: read for people, changed one at a time, nothing else touched."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from forms.feel import FeelError
from tests.models.deciders.asking import decided
from workflows.models.deciders import (
    AmountTest,
    Column,
    ColumnKind,
    DecidersUnreadable,
    Gates,
    add_decider,
    change_decider,
    deciders_file,
    move_decider,
    read_amount,
    read_deciders,
    read_gates,
    remove_decider,
    write_amount,
    write_gates,
)

SHIPPED = (Path(__file__).parents[3] / "bpmn/harnosand/authority.dmn").read_bytes()
COST = Column(key="facts.total_cost", label="Kostnad", kind=ColumnKind.AMOUNT)
SPONSOR = {"decider": '"sponsor"', "mode": '"single"', "legal_basis": '"internal"'}


def test_a_row_says_its_gates_its_conditions_and_who_decides() -> None:
    table = read_deciders(SHIPPED)
    group = table.row("rule_group")
    assert table.first
    assert [column.kind for column in table.columns] == [ColumnKind.YES_NO] * 3
    assert group.gates == Gates(keys=frozenset({"bp1"}), without=True)
    assert group.tests == {"facts.has_steering_group": "true"}
    assert (group.decider, group.mode, group.legal_basis, group.consult) == (
        "steering_group",
        "meeting",
        "internal",
        "[]",
    )
    assert group.note.startswith("Senare beslutspunkter")


def test_a_gate_is_decided_by_the_rows_that_are_for_it_in_their_order() -> None:
    table = read_deciders(SHIPPED)
    assert [row.id for row in table.for_gate("bp1")] == ["rule_principle", "rule_cost", "rule_first_gate", "rule_small"]
    assert [row.id for row in table.for_gate("bp2")] == ["rule_principle", "rule_cost", "rule_group", "rule_small"]


def test_the_sponsor_decides_one_gate_below_an_amount_and_no_other_gate() -> None:
    changed, _ = add_decider(
        SHIPPED,
        gates='"bp2"',
        tests={"facts.total_cost": "< 500000"},
        values=SPONSOR,
        note="Små projekt.",
        before="rule_group",
        new_columns=[COST],
    )
    facts = {"has_steering_group": True}
    assert decided(changed, "bp2", total_cost=499_999, **facts) == ("sponsor", "single")
    assert decided(changed, "bp2", total_cost=500_000, **facts) == ("steering_group", "meeting")
    assert decided(changed, "bp3", total_cost=1, **facts) == ("steering_group", "meeting")
    assert decided(changed, "bp2", total_cost=1, principle_matter=True, **facts) == ("board", "board")


def test_what_a_change_does_not_mean_stays_as_it_was() -> None:
    commented = SHIPPED.replace(b'<rule id="rule_cost">', b'<!-- nio miljoner --><rule id="rule_cost">')
    changed = change_decider(commented, row_id="rule_small", gates="-", tests={}, values={"mode": '"meeting"'})
    assert changed == commented.replace(
        b'<outputEntry id="rule_small_mode"><text>"single"</text>',
        b'<outputEntry id="rule_small_mode"><text>"meeting"</text>',
    )


def test_saying_the_same_again_changes_no_byte() -> None:
    table = read_deciders(SHIPPED)
    for row in table.rows:
        again = change_decider(SHIPPED, row_id=row.id, gates=row.raw_gates, tests=row.tests, values={}, note=row.note)
        assert again == SHIPPED


def test_a_row_that_is_added_and_removed_leaves_the_table_as_it_was() -> None:
    added, row = add_decider(SHIPPED, gates='"bp2"', tests={}, values=SPONSOR, before="rule_group")
    assert read_deciders(added).row(row).number == 4
    assert _canonical(remove_decider(added, row_id=row)) == _canonical(SHIPPED)
    last, row = add_decider(SHIPPED, gates='"bp2"', tests={}, values=SPONSOR)
    assert read_deciders(last).rows[-1].id == row
    assert _canonical(remove_decider(last, row_id=row)) == _canonical(SHIPPED)


def test_moving_a_row_there_and_back_changes_nothing() -> None:
    moved = move_decider(SHIPPED, row_id="rule_group", before="rule_principle")
    assert [row.id for row in read_deciders(moved).rows][:2] == ["rule_group", "rule_principle"]
    assert move_decider(moved, row_id="rule_group", before="rule_small") == SHIPPED
    last = move_decider(SHIPPED, row_id="rule_group", before=None)
    assert read_deciders(last).rows[-1].id == "rule_group"


def test_every_id_is_still_its_own_after_rows_and_columns_were_added() -> None:
    changed = SHIPPED
    for amount in (1, 2, 3):
        changed, _ = add_decider(
            changed, gates="-", tests={"facts.total_cost": f"< {amount}"}, values=SPONSOR, new_columns=[COST]
        )
    ids = [one.get("id") for one in etree.fromstring(changed).iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert len(read_deciders(changed).columns) == 4


@pytest.mark.parametrize("cell", ["< 12 kr", '"', "import os"])
def test_a_cell_that_is_no_feel_is_refused(cell: str) -> None:
    with pytest.raises(FeelError):
        change_decider(SHIPPED, row_id="rule_cost", gates="-", tests={"facts.principle_matter": cell}, values={})


def test_an_unknown_row_is_a_key_error_and_the_only_row_stays() -> None:
    with pytest.raises(KeyError):
        remove_decider(SHIPPED, row_id="nothing")
    alone = SHIPPED
    for row in read_deciders(SHIPPED).rows[1:]:
        alone = remove_decider(alone, row_id=row.id)
    with pytest.raises(DecidersUnreadable):
        remove_decider(alone, row_id="rule_principle")


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing", b"<a/>", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', SHIPPED.replace(b"gate.key", b"gate.name")],
)
def test_what_is_no_table_on_authority_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(DecidersUnreadable) as refused:
        read_deciders(content)
    assert str(refused.value.facts["reason"])


def test_the_file_is_found_by_what_it_holds() -> None:
    assert deciders_file({"project.bpmn": b"", "a.dmn": b"<a/>", "who.dmn": SHIPPED}) == "who.dmn"
    assert deciders_file({"a.dmn": b"<a/>"}) is None


@pytest.mark.parametrize(
    ("cell", "gates"),
    [
        ("-", Gates(keys=frozenset(), without=True)),
        ("", Gates(keys=frozenset(), without=True)),
        ('"bp1"', Gates(keys=frozenset({"bp1"}))),
        ('"bp1","bp2"', Gates(keys=frozenset({"bp1", "bp2"}))),
        ('not( "bp1", "bp2" )', Gates(keys=frozenset({"bp1", "bp2"}), without=True)),
        ('starts with(?, "bp")', None),
    ],
)
def test_cells_that_name_gates_are_read(cell: str, gates: Gates | None) -> None:
    assert read_gates(cell) == gates


def test_gates_are_written_in_the_order_of_the_model() -> None:
    assert write_gates(Gates(keys=frozenset({"bp2", "bp1"})), ["bp1", "bp2"]) == '"bp1", "bp2"'
    assert write_gates(Gates(keys=frozenset({"bp1"}), without=True)) == 'not("bp1")'
    assert write_gates(Gates(keys=frozenset(), without=True)) == "-"


@pytest.mark.parametrize("cell", ["< 500000", ">= 1.5", "[100..200)"])
def test_an_amount_is_written_as_it_was_read(cell: str) -> None:
    read = read_amount(cell)
    assert read is not None
    assert write_amount(read) == cell


def test_what_is_no_bound_on_an_amount_is_left_to_the_expression() -> None:
    assert read_amount("facts.board_cost_limit") is None
    assert read_amount("< 5") == AmountTest(sign="<", amount=Decimal(5))


def _canonical(content: bytes) -> bytes:
    return etree.tostring(etree.fromstring(content), method="c14n")
