"""What the oracle can't tell about reading and evaluating: names, exact numbers, filters, JSON in and out."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from forms.feel import Months, as_json
from tests.forms.feel.asking import value_of

# Reading


def test_an_expression_may_begin_with_an_equals_sign_as_forms_write_it() -> None:
    assert value_of("=budget > 5", budget=6) is True


def test_names_compare_in_composed_form() -> None:
    assert value_of("a\u030atga\u0308rd", **{"åtgärd": 1}) == 1


def test_words_that_functions_use_are_names_too() -> None:
    assert value_of("date + time.of + list", date=1, time={"of": 2}, list=3) == 6


def test_blanks_and_lines_may_stand_in_the_names_of_functions() -> None:
    assert value_of('string\n  length ("abc")') == 3


def test_keywords_are_fields_after_a_point() -> None:
    assert value_of("x.in + x.for", x={"in": 1, "for": 2}) == 3


def test_a_range_may_end_with_a_turned_bracket_or_with_an_item_of_a_list() -> None:
    assert value_of("5 in [1..5[") is False
    assert value_of("5 in [1..xs[1]]", xs=[5]) is True
    assert value_of("5 in [1..5[ or true") is True
    assert value_of("(5 in [1..5[)") is False
    assert value_of("[1..5[") == value_of("[1..5)")


def test_time_offset_and_start_included_are_fields_of_two_words() -> None:
    assert value_of('@"10:00:00+01:00".time offset') == timedelta(hours=1)
    assert value_of('@"2026-07-01T10:00:00@Europe/Stockholm".timezone') == "Europe/Stockholm"
    assert value_of("(1..5].start included") is False
    assert value_of("(1..5].end included") is True


def test_instance_of_knows_every_kind_and_nothing_is_none_of_them() -> None:
    kinds: dict[str, Any] = {
        "number": 1,
        "string": "a",
        "boolean": True,
        "date": date(2026, 11, 22),
        "time": time(10),
        "date and time": datetime(2026, 11, 22),
        "days and time duration": timedelta(1),
        "years and months duration": Months(count=1),
        "list": [],
        "context": {},
    }
    for name in kinds:
        assert [kind for kind, value in kinds.items() if value_of(f"x instance of {name}", x=value)] == [name]
        assert value_of("x instance of Any", x=kinds[name]) is True
    assert value_of("null instance of Any") is False


# Evaluating


def test_numbers_are_exact() -> None:
    assert value_of("0.1 + 0.2 = 0.3") is True
    assert value_of("a + b = c", a=0.1, b=0.2, c=0.3) is True
    assert value_of("1 / 3 * 3") == Decimal("0." + "9" * 34)
    assert value_of('@"P1D" / 3') == timedelta(hours=8)
    assert value_of('@"P1Y" / 3') == Months(count=4)


def test_34_digits_are_kept_by_every_operation() -> None:
    digits = "1234567890123456789012345678901234"
    for source in (
        "-x",
        "x + 0",
        "abs(-x)",
        "x * 1",
        "x / 1",
        "decimal(x, 0)",
        "max(x, 1)",
        "sum(x, 0)",
        "-(0 - x) * -1",
    ):
        assert abs(int(value_of(source, x=Decimal(digits)))) == int(digits)


def test_a_number_that_is_not_finite_is_nothing() -> None:
    assert value_of("[a, b, c]", a=float("nan"), b=float("inf"), c=Decimal("NaN")) == [None, None, None]


@pytest.mark.parametrize("left", [True, False, None, 1])
@pytest.mark.parametrize("right", [True, False, None, "a"])
def test_and_or_and_not_are_three_valued(left: Any, right: Any) -> None:
    truths = [value if isinstance(value, bool) else None for value in (left, right)]
    conjunction = False if False in truths else None if None in truths else True
    disjunction = True if True in truths else None if None in truths else False

    assert value_of("a and b", a=left, b=right) is conjunction
    assert value_of("a or b", a=left, b=right) is disjunction
    assert value_of("not(a)", a=left) is (None if truths[0] is None else not left)


def test_loops_are_null_over_what_is_no_list() -> None:
    for source in ("for x in y return x", "some x in y satisfies true", "for x in xs, y in x return y"):
        assert value_of(source, y=5, xs=[1]) is None


def test_a_filter_takes_a_single_value_as_a_list_of_one() -> None:
    assert value_of("x[item > 1]", x=5) == [5]
    assert value_of("x[1]", x=5) == 5


def test_a_filter_by_a_truth_value_of_the_items_keeps_those_that_are_true() -> None:
    rows = [{"ok": True, "n": 1}, {"ok": False, "n": 2}, {"n": 3}]

    assert value_of("rows[ok].n", rows=rows) == [1]


def test_a_place_may_come_from_a_variable() -> None:
    assert value_of("xs[i]", xs=[7, 8, 9], i=2) == 8
    assert value_of("xs[i + 1]", xs=[7, 8, 9], i=2) == 9
    assert value_of("xs[i]", xs=[], i=2) is None
    assert value_of("xs[1.5]", xs=[7, 8]) is None


def test_the_fields_of_an_item_hide_variables_and_item_itself_can_be_hidden() -> None:
    assert value_of("rows[n = 1].name", rows=[{"n": 1, "name": "a"}], n=2, name="b") == ["a"]
    assert value_of('rows[item = "x"].n', rows=[{"item": "x", "n": 1}]) == [1]


def test_functions_take_a_list_of_one_for_its_item_and_an_item_for_a_list_of_one() -> None:
    assert value_of('contains(["foobar"], "of")') is False
    assert value_of('contains(people[id = 1].name, "Å")', people=[{"id": 1, "name": "Åsa"}]) is True
    assert value_of("sum(5)") == 5


def test_what_may_be_left_out_can_be_left_out_by_name() -> None:
    assert value_of('number(from: "1,5", decimal separator: ",")') == Decimal("1.5")
    assert value_of('string join(delimiter: "-", list: ["a", "b"])') == "a-b"


def test_sort_orders_one_kind_of_value_and_is_null_for_several() -> None:
    assert value_of('sort(["b", "a", "å"])') == ["a", "b", "å"]
    assert value_of("sort([3, 1, 2])") == [1, 2, 3]
    assert value_of('sort([1, "a"])') is None


def test_missing_values_have_functions() -> None:
    assert value_of("is defined(x)") is False
    assert value_of("is defined(x)", x=0) is True
    assert value_of("get or else(x, 5)") == 5
    assert value_of("is empty([])") is True


# JSON


def test_values_become_json() -> None:
    value = value_of('{whole: 2.0, part: 2.5, day: @"2026-11-22", length: @"P1Y", ends: [1..5), none: [null, true]}')

    assert as_json(value) == {
        "whole": 2, "part": 2.5, "day": "2026-11-22", "length": "P1Y", "ends": "[1..5)", "none": [None, True],
    }  # fmt: skip
    assert as_json(value_of("10 ** 400")) is None
    assert as_json(value_of("now()")) == "2026-11-23T00:30:00+01:00"


def test_json_goes_in_and_out_unchanged() -> None:
    value = {"a": [1, 2.5, "å", None, True, {"b": []}]}

    assert as_json(value_of("x", x=value)) == value
