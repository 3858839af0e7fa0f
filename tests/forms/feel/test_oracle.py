"""Our answers beside those of @bpmn-io/feelin, an independent implementation: see make_oracle.mjs."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from forms.feel import FeelError, evaluate, matches, parse_unary
from tests.forms.feel.asking import ENVIRONMENT, value_of

ORACLE = json.loads(Path(__file__).with_name("oracle.json").read_text())
CONTEXT = ORACLE["context"]
ERROR = "error"

KINDS = "the standard says null for values of different kinds"
UNKNOWN = "the standard lets null through a condition that can't be said"
ROW = "we refuse comparisons in a row, which nobody means"
REFUSED = "we refuse at once what can only be null"
DIFFERENCES: dict[str, tuple[Any, str]] = {
    '1 != "1"': (None, KINDS),
    '"a" < 1': (None, KINDS),
    '1 < "a"': (None, KINDS),
    "true < false": (None, KINDS),
    "[1] = 1": (None, "the standard turns a list of one into its item for functions, not for ="),
    "[items[1]] = items[1]": (None, "the standard turns a list of one into its item for functions, not for ="),
    'date("2026-11-22") < date and time("2026-11-22T10:00:00")': (None, KINDS),
    "null in [1..5]": (None, UNKNOWN),
    "some x in [null, 1] satisfies x > 1": (None, UNKNOWN),
    "every x in [null, 2] satisfies x > 1": (None, UNKNOWN),
    'duration("-P1D")': ({"text": "-P1D"}, "ISO 8601 as XML Schema writes it"),
    '(date("2026-12-01") - date("2026-11-22")).days': (9, "the difference of two dates has days"),
    'abs(duration("-P1D")) = duration("P1D")': (True, "the standard has abs of a duration"),
    'duration("P1D") * 2 = duration("P2D")': (True, "the standard multiplies durations"),
    'sum(duration("P1D"), duration("P2D"))': ({"text": "P3D"}, "durations add up, so they have a sum"),
    'min("a", "b")': ("a", "the standard has min of all that has an order"),
    'duration("P1Y2M3D")': (None, "the standard has no duration of both months and days"),
    "-1 instance of number": (True, "the minus belongs to the literal"),
    "concatenate([1], null)": (None, "null is no list"),
    "remove([1, 2], 5)": (None, "there is no fifth item to remove"),
    "1 < 2 < 3": (ERROR, ROW),
    "1 = 1 = true": (ERROR, ROW),
    "1e3": (ERROR, "the standard has no such number; feelin reads 1"),
    "today(1)": (ERROR, REFUSED),
    "okänd(1)": (ERROR, REFUSED),
    "function(x) x": (ERROR, "functions of one's own are outside the subset"),
}


@pytest.mark.parametrize("row", ORACLE["expressions"], ids=lambda row: row["source"])
def test_an_expression_says_what_the_oracle_says(row: dict[str, Any]) -> None:
    source = row["source"]
    wanted = DIFFERENCES[source][0] if source in DIFFERENCES else row.get("value", ERROR)

    assert said(lambda: evaluate(source, CONTEXT, ENVIRONMENT)) == comparable(wanted)


@pytest.mark.parametrize("row", ORACLE["tests"], ids=lambda row: f"{row['source']} of {row['input']}")
def test_a_cell_of_a_decision_table_says_what_the_oracle_says(row: dict[str, Any]) -> None:
    wanted = row.get("value", ERROR)

    assert said(lambda: matches(parse_unary(row["source"]), row["input"], CONTEXT, ENVIRONMENT)) == wanted


def test_every_listed_difference_is_one() -> None:
    told = {row["source"]: row.get("value", ERROR) for row in ORACLE["expressions"]}

    assert [source for source, (ours, _) in DIFFERENCES.items() if told[source] == ours] == []


def said(ask: Any) -> Any:
    try:
        return plain(ask())
    except FeelError:
        return ERROR


def plain(value: Any) -> Any:
    """A value as the oracle writes it: text for what JSON lacks."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, Decimal) else {"text": value_of("string(x)", x=value)}


def comparable(value: Any) -> Any:
    """JSON with every number as float, so that 1 and true differ and 2 and 2.0 don't."""
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        return {key: comparable(item) for key, item in value.items()}
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value
