"""Writes decisions as DMN in a few characters, and asks what they decide or why they are refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from lxml import etree

from forms.feel import Environment
from workflows.engine.decisions import Decision, DecisionRefused, read_decisions

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
    """Return a DMN file of decisions, id to logic."""
    written = (f'<decision id="{key}" name="{key}">{logic}</decision>' for key, logic in decisions.items())
    return etree.fromstring(f'<definitions xmlns="{NAMESPACE}" id="d" name="d">{"".join(written)}{more}</definitions>')


def decision(logic: str) -> Decision:
    """Return the only decision of a file."""
    return read_decisions(file({"who": logic}))["who"]


def decide(logic: str, /, **context: Any) -> Any:
    """Return what the logic decides in a context."""
    return decision(logic).evaluate(context, ENVIRONMENT)


def refusals(root: etree._Element) -> list[tuple[str, str]]:
    """Return element and sentence of each thing that is wrong."""
    with pytest.raises(DecisionRefused) as refused:
        read_decisions(root)
    return [(finding.element, finding.message) for finding in refused.value.findings]


def literal(text: str) -> str:
    """A decision's logic as one expression."""
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def requires(*keys: str) -> str:
    """What a decision builds on."""
    return "".join(
        f'<informationRequirement><requiredDecision href="#{key}"/></informationRequirement>' for key in keys
    )
