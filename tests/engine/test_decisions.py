"""Decision tables: hit policies, inputs and outputs, and the table that comes with Styr."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from lxml import etree

from tests.engine.deciding import decide, decision, table
from workflows.engine.decisions import Decision, DecisionConflict, read_decisions

# Hit policies


def test_unique_gives_the_one_rule_that_holds() -> None:
    logic = table('< 5 | "small"', '>= 5 | "large"')

    assert decide(logic, x=3) == {"out": "small"}
    assert decide(logic, x=5) == {"out": "large"}


def test_unique_refuses_an_overlap_and_names_the_rules() -> None:
    logic = table('< 5 | "a"', '> 7 | "b"', '< 3 | "a"')

    with pytest.raises(DecisionConflict, match="Raderna 1, 3 i beslutstabellen who") as conflict:
        decide(logic, x=1)

    assert conflict.value.rules == ("r1", "r3")


def test_first_gives_the_topmost_rule_that_holds() -> None:
    logic = table('< 5 | "a"', '< 10 | "b"', '- | "c"', policy="FIRST")

    assert [decide(logic, x=x)["out"] for x in (1, 7, 20)] == ["a", "b", "c"]


def test_any_accepts_rules_that_say_the_same() -> None:
    logic = table('< 5 | "a" | 1', '< 10 | "a" | 1.0', outputs="out|n", policy="ANY")

    assert decide(logic, x=1) == {"out": "a", "n": 1}


def test_any_refuses_rules_that_say_different_things() -> None:
    logic = table('< 5 | "a"', '< 10 | "b"', policy="ANY")

    assert decide(logic, x=7) == {"out": "b"}
    with pytest.raises(DecisionConflict) as conflict:
        decide(logic, x=1)
    assert conflict.value.rules == ("r1", "r2")


def test_collect_gives_every_answer_in_the_order_of_the_rules() -> None:
    logic = table('< 5 | "a"', '< 10 | "b"', '> 20 | "c"', outputs="", policy="COLLECT")

    assert decide(logic, x=1) == ["a", "b"]
    assert decide(logic, x=15) == []


def test_collect_of_several_outputs_gives_a_list_of_contexts() -> None:
    logic = table('< 5 | "a" | 1', '< 10 | "b" | 2', outputs="who|n", policy="COLLECT")

    assert decide(logic, x=7) == [{"who": "b", "n": Decimal(2)}]


@pytest.mark.parametrize(
    ("aggregation", "three", "none"),
    [("SUM", 60, None), ("MIN", 10, None), ("MAX", 30, None), ("COUNT", 3, 0)],
)
def test_collect_adds_up(aggregation: str, three: int, none: int | None) -> None:
    rows = ("< 5 | 10", "< 10 | 20", "< 15 | 30")
    logic = table(*rows, outputs="", policy="COLLECT", more=f'aggregation="{aggregation}"')
    named = table(*rows, outputs="points", policy="COLLECT", more=f'aggregation="{aggregation}"')

    assert decide(logic, x=1) == three
    assert decide(logic, x=99) == none
    assert decide(named, x=1) == {"points": three}


def test_no_rule_that_holds_gives_null() -> None:
    for policy in ("UNIQUE", "FIRST", "ANY"):
        assert decide(table('< 5 | "a"', policy=policy), x=9) is None


def test_default_outputs_answer_when_no_rule_holds() -> None:
    logic = table('< 5 | "a"').replace(
        '<output id="o0" name="out"/>',
        '<output id="o0" name="out"><defaultOutputEntry><text>"other"</text></defaultOutputEntry></output>',
    )

    assert decide(logic, x=1) == {"out": "a"}
    assert decide(logic, x=9) == {"out": "other"}


# Inputs and outputs


def test_several_inputs_must_all_hold() -> None:
    logic = table('"bp1" | true | "a"', 'not("bp1") | - | "b"', inputs="gate.key|facts.group")

    assert decide(logic, gate={"key": "bp1"}, facts={"group": True}) == {"out": "a"}
    assert decide(logic, gate={"key": "bp1"}, facts={"group": False}) is None
    assert decide(logic, gate={"key": "bp2"}, facts={}) == {"out": "b"}


def test_a_missing_input_is_null_and_passes_only_what_takes_null() -> None:
    assert decide(table('< 5 | "a"', 'null | "missing"')) == {"out": "missing"}


def test_a_cell_may_speak_of_its_value_and_of_other_variables() -> None:
    logic = table('? > limit and ? < 2 * limit | "a"', '<= limit | "b"')

    assert decide(logic, x=15, limit=10) == {"out": "a"}
    assert decide(logic, x=10, limit=10) == {"out": "b"}


def test_an_empty_cell_lets_everything_pass_and_an_empty_answer_is_null() -> None:
    assert decide(table(" | "), x=1) == {"out": None}


def test_answers_are_feel_over_the_same_variables() -> None:
    assert decide(table('- | x * 2 | ["ö"]', outputs="twice|letters"), x=4) == {"twice": 8, "letters": ["ö"]}


def test_the_only_output_without_a_name_is_the_result_itself() -> None:
    logic = table('- | "a"', outputs="")

    assert decide(logic) == "a"
    assert decision(logic).outputs == ()


def test_output_names_are_known_without_evaluating() -> None:
    assert decision(table('- | "a" | "b"', outputs="decider|mode")).outputs == ("decider", "mode")


def test_names_are_those_of_inputs_cells_and_answers() -> None:
    logic = table("< facts.limit | 1", '? > y | votes[choice = "a"].name', inputs="gate.key")

    assert decision(logic).names() == {
        ("gate", "key"), ("facts", "limit"), ("y",), ("votes",), ("votes", "choice"), ("votes", "name"),
    }  # fmt: skip


def test_a_literal_expression_is_a_decision_too() -> None:
    assert decide("<literalExpression><text>a + b</text></literalExpression>", a=1, b=2) == 3


def test_a_decision_may_know_the_day_and_count_working_days() -> None:
    logic = table("- | today() | workdays(today(), 3)", outputs="from|to")

    assert decide(logic) == {"from": date(2026, 11, 22), "to": date(2026, 11, 22)}


# The shipped table


def bundled(path: str) -> etree._Element:
    return etree.fromstring((files("bpmn") / path).read_bytes())


def shipped() -> Iterable[tuple[str, Decision]]:
    return read_decisions(bundled("harnosand/authority.dmn")).items()


def test_the_shipped_table_is_read_whole() -> None:
    for key, found in shipped():
        assert key == "authority"
        assert {"decider", "mode"} <= set(found.outputs)
        assert {root for root, *_ in found.names()} == {"gate", "facts"}
