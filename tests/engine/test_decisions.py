"""Decision tables: hit policies, outputs, decisions that build on others, and what is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from forms.feel import Environment, FeelError
from workflows.engine.decisions import Decision, DecisionConflict, DecisionRefused, read_decisions
from workflows.engine.errors import EngineRefused

ENVIRONMENT = Environment(now=datetime(2026, 11, 22, tzinfo=UTC), workdays=lambda day, count: day)
NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def table(*rows: str, inputs: str = "x", outputs: str = "out", policy: str = "UNIQUE", more: str = "") -> str:
    """A decision table as DMN; cells of a row are parted by |, inputs and outputs too."""
    columns, fields = inputs.split("|"), outputs.split("|")
    parts = [f'<decisionTable id="t" hitPolicy="{policy}" {more}>']
    parts += [
        f'<input id="i{n}"><inputExpression id="ie{n}"><text>{escape(column)}</text></inputExpression></input>'
        for n, column in enumerate(columns)
    ]
    parts += [f'<output id="o{n}" name="{field}"/>' for n, field in enumerate(fields)]
    for number, row in enumerate(rows, 1):
        cells = [escape(cell.strip()) for cell in row.split("|")]
        parts.append(f'<rule id="r{number}">')
        parts += [
            f'<inputEntry id="r{number}i{n}"><text>{c}</text></inputEntry>' for n, c in enumerate(cells[: len(columns)])
        ]
        parts += [
            f'<outputEntry id="r{number}o{n}"><text>{c}</text></outputEntry>'
            for n, c in enumerate(cells[len(columns) :])
        ]
        parts.append("</rule>")
    return "".join([*parts, "</decisionTable>"])


def file(decisions: Mapping[str, str], *, more: str = "") -> etree._Element:
    written = (f'<decision id="{key}" name="{key}">{logic}</decision>' for key, logic in decisions.items())
    return etree.fromstring(f'<definitions xmlns="{NAMESPACE}" id="d" name="d">{"".join(written)}{more}</definitions>')


def decision(logic: str) -> Decision:
    return read_decisions(file({"who": logic}))["who"]


def decide(logic: str, /, **context: Any) -> Any:
    return decision(logic).evaluate(context, ENVIRONMENT)


def refusals(root: etree._Element) -> list[tuple[str, str]]:
    with pytest.raises(DecisionRefused) as refused:
        read_decisions(root)
    return [(finding.element, finding.message) for finding in refused.value.findings]


def literal(text: str) -> str:
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def requires(*keys: str) -> str:
    return "".join(
        f'<informationRequirement><requiredDecision href="#{key}"/></informationRequirement>' for key in keys
    )


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


# Decisions that build on others


def test_a_required_decision_is_evaluated_first_and_read_under_its_id() -> None:
    root = file(
        {
            "authority": requires("size")
            + table('"large" | "board"', '- | "sponsor"', inputs="size.class", policy="FIRST"),
            "size": table('> 100 | "large"', '<= 100 | "small"', inputs="cost", outputs="class"),
        }
    )
    authority = read_decisions(root)["authority"]

    assert authority.evaluate({"cost": 500}, ENVIRONMENT) == {"out": "board"}
    assert authority.evaluate({"cost": 5}, ENVIRONMENT) == {"out": "sponsor"}
    assert authority.names() == {("cost",)}


def test_a_required_decision_hides_a_variable_of_the_same_name() -> None:
    root = file(
        {"a": requires("b", "c") + literal("b + c"), "b": requires("c") + literal("c * 10"), "c": literal("x + 1")}
    )

    assert read_decisions(root)["a"].evaluate({"x": 1, "b": 99, "c": 99}, ENVIRONMENT) == 22


def test_the_same_required_decision_is_evaluated_once() -> None:
    chain = {f"d{n}": requires(*([f"d{n + 1}"] * 2)) + literal(f"d{n + 1} + d{n + 1}") for n in range(60)}
    root = file({**chain, "d60": literal("1")})

    assert read_decisions(root)["d0"].evaluate({}, ENVIRONMENT) == 2**60


@pytest.mark.parametrize(
    "decisions",
    [
        {"a": requires("a") + literal("1")},
        {"a": requires("b") + literal("1"), "b": requires("c") + literal("1"), "c": requires("a") + literal("1")},
    ],
)
def test_decisions_in_a_circle_are_refused(decisions: dict[str, str]) -> None:
    assert any("bygger på" in message for _, message in refusals(file(decisions)))


def test_a_required_decision_that_is_missing_is_refused() -> None:
    assert refusals(file({"a": requires("b") + literal("1")})) == [
        ("a", "Beslutet bygger på ”b”, som inte finns i filen.")
    ]


# What is refused


def test_every_wrong_cell_of_a_file_is_named_with_its_id() -> None:
    logic = table('< | "a"', "1 2 | okänd(1)", '- | "c"', inputs="x +")

    found = refusals(file({"who": logic}))

    assert [element for element, _ in found] == ["ie0", "r1i0", "r2i0", "r2o0"]
    assert all(message.endswith(")") for _, message in found)


@pytest.mark.parametrize("policy", ["PRIORITY", "RULE ORDER", "OUTPUT ORDER", "MOST"])
def test_other_hit_policies_are_refused(policy: str) -> None:
    found = refusals(file({"who": table('- | "a"', policy=policy)}))

    assert found == [("t", f"Träffregeln {policy} stöds inte. Välj en av UNIQUE, FIRST, ANY, COLLECT.")]


@pytest.mark.parametrize(
    ("logic", "element"),
    [
        (table("- | 1", more='aggregation="SUM"'), "t"),
        (table("- | 1 | 2", outputs="a|b", policy="COLLECT", more='aggregation="SUM"'), "t"),
        (table("- | 1", policy="COLLECT", more='aggregation="MEAN"'), "t"),
        (table("- | 1 | 2", outputs="a|"), "o1"),
        (table("- | 1 | 2", outputs="a|a"), "o0"),
        (table("- | 1", outputs="två ord"), "o0"),
        (table("- | 1 | 2"), "r1"),
        (table("- | 1", inputs=""), "i0"),
        ("<context id='c'/>", "c"),
        ("<invocation id='c'/>", "c"),
        ("<relation id='c'/>", "c"),
        ("<knowledgeRequirement id='k'/>" + table("- | 1"), "k"),
        ("", "who"),
        ("<decisionTable id='t'/>", "t"),
        ("<literalExpression id='l' expressionLanguage='python'><text>1</text></literalExpression>", "l"),
    ],
)
def test_what_we_do_not_run_is_refused_where_it_stands(logic: str, element: str) -> None:
    assert element in [found for found, _ in refusals(file({"who": logic}))]


@pytest.mark.parametrize("element", ["businessKnowledgeModel", "decisionService", "import"])
def test_what_a_file_may_not_hold_is_refused(element: str) -> None:
    assert refusals(file({"who": table("- | 1")}, more=f"<{element} id='b'/>"))[0][0] == "b"


def test_what_says_nothing_about_the_decision_is_left_alone() -> None:
    aside = "<inputData id='i'/><knowledgeSource id='k'/><textAnnotation id='n'/><x:y xmlns:x='urn:other' id='y'/>"

    assert set(read_decisions(file({"who": table("- | 1")}, more=aside))) == {"who"}


def test_two_decisions_with_one_id_are_refused() -> None:
    root = file({"who": table("- | 1")}, more=f'<decision id="who">{table("- | 1")}</decision>')

    assert refusals(root)[0][0] == "who"


def test_another_version_of_dmn_is_refused() -> None:
    root = etree.fromstring('<definitions xmlns="http://www.omg.org/spec/DMN/20151101/dmn.xsd" id="d"/>')

    assert refusals(root) == [("d", "Filen är inte en beslutstabell i DMN 1.3.")]


def test_more_than_a_hundred_decisions_are_refused() -> None:
    assert "fler än 100" in refusals(file({f"d{n}": literal("1") for n in range(101)}))[0][1]


def test_a_refusal_is_one_of_the_engines() -> None:
    with pytest.raises(EngineRefused, match="Beslutstabellen kan inte köras"):
        read_decisions(file({"who": ""}))


def test_a_table_as_a_whole_is_bounded() -> None:
    dear = "count(for a in 1..5000 return a) > 0"

    assert decide(table(f"{dear} | 1"), x=1) == {"out": 1}
    with pytest.raises(FeelError, match="för lång tid"):
        decide(table(*[f"{dear} | 1"] * 50), x=1)


# The shipped table


def bundled(path: str) -> etree._Element:
    return etree.fromstring((files("bpmn") / path).read_bytes())


def shipped() -> Iterable[tuple[str, Decision]]:
    return read_decisions(bundled("harnosand/authority.dmn")).items()


def test_the_shipped_table_is_read_whole() -> None:
    for key, decision in shipped():
        assert key == "authority"
        assert {"decider", "mode"} <= set(decision.outputs)
        assert {root for root, *_ in decision.names()} == {"gate", "facts"}
