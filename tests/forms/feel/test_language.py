"""What the oracle can't tell: refusals, Swedish time, working days, JSON in and out, the tests of cells."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from forms.feel import FeelError, Months, as_json, parse, parse_unary
from tests.forms.feel.asking import passes, value_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")

# Refusals


@pytest.mark.parametrize(
    ("source", "position", "sentence"),
    [
        ("", 0, "Här väntades ett värde, men uttrycket tar slut."),
        ("1 +", 3, "Här väntades ett värde, men uttrycket tar slut."),
        ("a b", 2, "Här väntades slutet, men det står ”b”."),
        ("(1", 2, "Här väntades ”)”, men uttrycket tar slut."),
        ("[1, 2", 5, "Här väntades ”]”, men uttrycket tar slut."),
        ("if a then b", 11, "Här väntades ”else”, men uttrycket tar slut."),
        ("for 1 in x return 2", 4, "Här väntades ett namn, men det står ”1”."),
        ("a.", 2, "Efter punkten väntades ett namn, men uttrycket tar slut."),
        ("{a: 1, a: 2}", 7, "Nyckeln ”a” står två gånger."),
        ("{1: 2}", 1, "Här väntades en nyckel, men det står ”1”."),
        ('"abc', 0, "Texten saknar avslutande citattecken."),
        ("a § b", 2, "Tecknet ”§” går inte att använda här."),
        ("a == b", 3, "Här väntades ett värde, men det står ”=”."),
        ("a && b", 2, "Tecknet ”&” går inte att använda här."),
        ("1 < x < 5", 6, "Jämförelser kan inte stå i rad: skriv and mellan dem, eller parenteser."),
        ("1 + eval(2)", 4, "Funktionen ”eval” finns inte."),
        ("a.b(1)", 3, "Här väntades slutet, men det står ”(”."),
        ("substring(1)", 0, "Så här skrivs funktionen: substring(string, start position, length?)."),
        ("abs(x: 1)", 0, "Så här skrivs funktionen: abs(n)."),
        ("date(1, 2)", 0, "Så här skrivs funktionen: date(from) eller date(year, month, day)."),
        ("substring(string: a, 2)", 21, "Här väntades ett namn och ett kolon, men det står ”2”."),
        ("function(x) x", 0, "Egna funktioner går inte att skriva, bara anropa inbyggda."),
        ("? > 1", 0, "Tecknet ”?” betyder något bara i en beslutstabell."),
        ('@"i morgon"', 0, "”i morgon” är varken datum, tid eller varaktighet, som 2026-12-01 eller P10D."),
        ('@"2026-11-31"', 0, "”2026-11-31” är varken datum, tid eller varaktighet, som 2026-12-01 eller P10D."),
        ("1 + matches(x, \"(a\")", 4, "Mönstret saknar en slutparentes."),
        ('replace(x, "a(?=b)", "")', 0, "Mönstret använder en grupp som inte stöds: skriv ( ) eller (?: )."),
        ('matches(x, "a", "q")', 0, "Ett mönster tar flaggorna s, m, i och x."),
        ('"\\ud800"', 0, "Texten har ett ofullständigt tecken efter \\u."),
        ("x[1..", 3, "Här väntades ”]”, men det står ”..”."),
        ("[1..2", 5, "Här väntades intervallets slut, men uttrycket tar slut."),
    ],
)  # fmt: skip
def test_what_is_outside_the_grammar_is_refused_with_a_sentence_and_a_place(
    source: str, position: int, sentence: str
) -> None:
    with pytest.raises(FeelError) as refused:
        parse(source)

    assert (refused.value.position, refused.value.message) == (position, sentence)
    assert str(refused.value) == f"{sentence} (tecken {position + 1})"


def test_an_unknown_type_is_refused_with_those_that_exist() -> None:
    with pytest.raises(FeelError, match=r"Typen finns inte\. Välj en av: number, string"):
        parse("x instance of money")
    with pytest.raises(FeelError, match="Typen finns inte"):
        parse("x instance of list<number>")
    with pytest.raises(FeelError, match="Typen finns inte"):
        parse('x instance of "number"')


@pytest.mark.parametrize("cell", ["<", "1,", "1 2", "not(", "not(1", "- 1,", "1 < 2 < 3", "?? > 1", "not()"])
def test_a_cell_outside_the_grammar_is_refused(cell: str) -> None:
    with pytest.raises(FeelError):
        parse_unary(cell)


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


# Time


def test_today_and_now_are_swedish() -> None:
    assert value_of("today()") == date(2026, 11, 23)
    assert value_of("string(now())") == "2026-11-23T00:30:00@Europe/Stockholm"


def test_a_date_and_time_without_a_zone_is_swedish_where_it_meets_one_with_a_zone() -> None:
    assert value_of('@"2026-11-22T11:00:00" = @"2026-11-22T10:00:00Z"') is True
    assert value_of('@"2026-07-22T12:00:00" = @"2026-07-22T10:00:00Z"') is True
    assert value_of('@"2026-11-22T11:00:00" - @"2026-11-22T10:00:00Z"') == timedelta()
    assert value_of('now() > @"2026-11-23T00:29:00"') is True


def test_two_times_compare_only_when_both_or_neither_has_an_offset() -> None:
    assert value_of('@"10:00:00" < @"11:00:00"') is True
    assert value_of('@"10:00:00Z" = @"11:00:00+01:00"') is True
    assert value_of('@"10:00:00Z" < @"11:00:00"') is None
    assert value_of('@"10:00:00Z" - @"11:00:00"') is None


def test_a_day_counts_on_the_time_line_over_a_change_to_summer_time() -> None:
    assert value_of('@"2026-03-28T12:00:00@Europe/Stockholm" + @"P1D"') == datetime(
        2026, 3, 29, 13, 0, tzinfo=STOCKHOLM
    )
    assert value_of('@"2026-03-28T12:00:00" + @"P1D"') == datetime(2026, 3, 29, 12, 0)


def test_other_zones_and_half_dates_are_nothing() -> None:
    for text in ("2026-11-22T10:00:00@Mars/Base", "2026-11-22T25:00", "20261122", "2026-W47-7", "2026-11", ""):
        assert value_of("date and time(x)", x=text) is None
    assert value_of("date and time(x)", x="2026-11-22T10:30") == datetime(2026, 11, 22, 10, 30)
    assert value_of("time(x)", x="10:00:00+25:00") is None
    assert value_of("date(x)", x="2026-11-22T10:00:00") is None


def test_durations_read_and_write_alike() -> None:
    for text in ("P1D", "-P1DT2H3M4S", "PT0.5S", "P1Y2M", "-P11M", "PT0S", "P0M"):
        assert value_of("string(duration(x))", x=text) == text
    for text in ("P", "PT", "P1DT", "P1Y1D", "P1.5D", "1D", "P-1D"):
        assert value_of("duration(x)", x=text) is None


def test_dates_and_times_with_a_zone_read_and_write_alike() -> None:
    texts = ("2026-11-22T10:00:00", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00.25+05:30")
    for text in (*texts, "2026-11-22T10:00:00-01:00", "2026-11-22T10:00:00@Europe/Stockholm"):
        assert value_of("string(date and time(x))", x=text) == text


def test_parts_of_dates_and_times_can_be_put_together() -> None:
    assert value_of('date and time(date("2026-11-22"), time("10:30:00Z"))') == datetime(
        2026, 11, 22, 10, 30, tzinfo=UTC
    )
    assert value_of('time(10, 30, 15.5, duration("PT1H"))') == time(10, 30, 15, 500000, timezone(timedelta(hours=1)))
    assert value_of("time(now())") == time(0, 30, tzinfo=STOCKHOLM)
    assert value_of('date and time(date("2026-11-22"))') == datetime(2026, 11, 22)


def test_working_days_count_from_the_swedish_date() -> None:
    assert value_of("workdays(now(), 1)") == date(2026, 11, 24)
    assert value_of('workdays(date("2026-11-20"), 1)') == date(2026, 11, 23)
    assert value_of('workdays(date("2026-11-23"), -1)') == date(2026, 11, 20)
    assert value_of("workdays(today(), 1.5)") is None
    assert value_of('workdays("2026-11-20", 1)') is None


def test_a_date_beside_a_date_and_time_counts_from_its_midnight() -> None:
    assert value_of('date and time("2026-11-22T10:00:00") - date("2026-11-22")') == timedelta(hours=10)


# Cells


@pytest.mark.parametrize("cell", ["", "-", " - "])
@pytest.mark.parametrize("value", [None, 1, "a", True, [1], {}])
def test_an_empty_cell_and_a_dash_let_everything_pass(cell: str, value: Any) -> None:
    assert passes(cell, value)


def test_a_cell_that_is_a_condition_decides_by_itself() -> None:
    assert passes("facts.large", True, facts={"large": True})
    assert not passes("facts.large", 5, facts={"large": True})
    assert passes("facts.cost > 5", "anything", facts={"cost": 6})
    assert passes("if ? > 5 then true else false", 6)
    assert passes("some x in [1, 2] satisfies x = ?", 2)


def test_not_round_a_part_of_a_cell_is_the_function() -> None:
    assert passes("not(? > 3) and ? > 1", 2)
    assert not passes("not(? > 3) and ? > 1", 4)
    assert passes('not(contains(?, "x"))', "banan")


def test_a_negated_cell_does_not_pass_what_can_not_be_said() -> None:
    assert not passes("not(< 5)", "text")
    assert passes('not("bp1")', None)


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
