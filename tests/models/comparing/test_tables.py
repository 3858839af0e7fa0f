"""What is said when a decision table changes: who decides what, and when."""

from __future__ import annotations

from collections.abc import Mapping

from tests.models.comparing.changing import MODEL, compared, only, sentences, with_text
from workflows.models.comparing import Area, Weight, What, compare
from workflows.models.deciders import add_decider, move_decider, read_deciders

TABLE = "authority.dmn"

_BY_COST = (
    ("facts.total_cost &gt; facts.board_cost_limit", "facts.total_cost"),
    ("Kostnad över nämndens gräns", "Budget"),
    ('<inputEntry id="rule_cost_cost"><text>true', '<inputEntry id="rule_cost_cost"><text>&gt; 10000000'),
)
"""The same table, with the cost itself in a column."""

_RULE = """<rule id="rule_new">
  <inputEntry id="a"><text>"bp2"</text></inputEntry><inputEntry id="b"><text>-</text></inputEntry>
  <inputEntry id="c"><text>&lt; 500000</text></inputEntry><inputEntry id="d"><text>-</text></inputEntry>
  <outputEntry id="e"><text>"sponsor"</text></outputEntry><outputEntry id="f"><text>"single"</text></outputEntry>
  <outputEntry id="g"><text>"internal"</text></outputEntry><outputEntry id="h"><text>[]</text></outputEntry>
</rule>
<rule id="rule_group">"""


def _swapped() -> Mapping[str, bytes]:
    """The model with the table's last two rules in the other order."""
    words = MODEL[TABLE].decode()
    group = words[words.index('<rule id="rule_group">') : words.index('<rule id="rule_small">')]
    return {
        **MODEL,
        TABLE: words.replace(group, "").replace("    </decisionTable>", f"{group}</decisionTable>").encode(),
    }


def test_a_new_rule_says_who_decides_what_and_when() -> None:
    before = with_text(TABLE, *_BY_COST)
    after = with_text(TABLE, *_BY_COST, ('<rule id="rule_group">', _RULE))
    [row] = compare(before, after).changes
    assert row.sentence == "BP2 beslutas nu av beställaren vid budget under 500\u00a0000 kr."
    assert (row.what, row.weight, row.area) == (What.ADDED, Weight.DECIDES, Area.TABLE)


def test_another_decider_is_one_row() -> None:
    row = only(with_text(TABLE, ('"steering_group"', '"sponsor"')))
    assert row.sentence == "Alla beslutspunkter utom BP1 beslutas nu av beställaren när ”Styrgrupp finns” är ja."
    assert row.before == "Alla beslutspunkter utom BP1 beslutas av styrgruppen när ”Styrgrupp finns” är ja"
    assert row.weight is Weight.DECIDES


def test_another_condition_is_one_row() -> None:
    row = only(with_text(TABLE, ('not("bp1")', '"bp2","bp3"')))
    assert row.sentence == "BP2 och BP3 beslutas nu av styrgruppen när ”Styrgrupp finns” är ja."


def test_another_way_to_decide_is_one_row() -> None:
    row = only(with_text(TABLE, ('"meeting"', '"votes"')))
    assert row.sentence == "Alla beslutspunkter utom BP1 beslutas nu genom röster när ”Styrgrupp finns” är ja."
    assert (row.before, row.after) == ("på möte", "genom röster")


def test_rules_are_matched_by_what_they_say() -> None:
    changes = compared(_swapped()).changes
    assert [(row.what, row.weight) for row in changes] == [(What.MOVED, Weight.DECIDES)]
    assert "prövas nu före raden ”Alla beslutspunkter utom BP1 beslutas av styrgruppen" in changes[0].sentence


def test_spaces_in_a_cell_are_no_change() -> None:
    assert sentences(with_text(TABLE, ('not("bp1")', 'not( "bp1" )'))) == []


def test_true_is_not_one() -> None:
    assert len(sentences(with_text(TABLE, ("<text>true</text>", "<text>1</text>")))) >= 1


def test_another_hit_policy_weighs_as_much_as_a_decider() -> None:
    row = only(with_text(TABLE, (' hitPolicy="FIRST"', "")))
    assert row.sentence == "I beslutstabellen Vem beslutar gäller nu: högst en rad får gälla."
    assert row.weight is Weight.DECIDES


def test_a_table_of_another_subject_is_told_by_its_answers() -> None:
    table = MODEL[TABLE].decode().replace('name="decider"', 'name="route"')
    before = {**MODEL, TABLE: table.encode()}
    after = {**MODEL, TABLE: table.replace('"steering_group"', '"sponsor"').encode()}
    [row] = compare(before, after).changes
    assert row.weight is Weight.DUTY
    assert row.sentence.endswith("beslutar är nu Beställare.")


def test_a_new_row_says_which_row_it_is_tried_before() -> None:
    rows = read_deciders(MODEL[TABLE], path=TABLE).rows
    [group] = [row for row in rows if row.decider == "steering_group"]
    tests = {"facts.has_steering_group": "false"}
    values = {"decider": '"sponsor"', "mode": '"single"', "legal_basis": '"internal"'}
    data, _ = add_decider(MODEL[TABLE], gates='"bp2"', tests=tests, values=values, before=group.id)
    row = compared({**MODEL, TABLE: data}).changes[0]
    assert row.sentence == "BP2 beslutas nu av beställaren när ”Styrgrupp finns” är nej."
    assert "Prövas före raden ”Alla beslutspunkter utom BP1 beslutas av styrgruppen" in row.after


def test_a_row_that_passes_only_rows_of_other_gates_has_moved_in_looks_alone() -> None:
    before = with_text(TABLE, ('not("bp1")', '"bp2"'))
    rows = {row.id: row for row in read_deciders(before[TABLE], path=TABLE).rows}
    [first, group] = [row.id for row in rows.values() if row.gates is not None and row.gates.keys]
    after = {**before, TABLE: move_decider(before[TABLE], row_id=group, before=first)}
    [row] = compare(before, after).changes
    assert (row.weight, row.what) == (Weight.LAYOUT, What.MOVED)
    assert row.sentence.endswith("vilket inte ändrar något.")


def test_an_amount_is_said_in_kronor_also_where_only_the_column_says_that_it_is_one() -> None:
    table = MODEL[TABLE].decode()
    table = table.replace("Kostnad över nämndens gräns", "Insats i kronor")
    table = table.replace("facts.total_cost &gt; facts.board_cost_limit", "outlay")
    before = {**MODEL, TABLE: table.encode()}
    after = {**MODEL, TABLE: table.replace("<text>true</text>", "<text>&gt; 900000</text>").encode()}
    told = " ".join(change.sentence for change in compare(before, after).changes).replace("\u00a0", " ")
    assert "insats över 900 000 kr" in told
