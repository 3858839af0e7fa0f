"""What a DMN file may not hold: every fault is named with its element, and a table as a whole is bounded."""

from __future__ import annotations

import pytest
from lxml import etree

from forms.feel import FeelError
from tests.engine.deciding import decide, file, literal, refusals, table
from workflows.engine.decisions import read_decisions
from workflows.engine.errors import EngineRefused


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
