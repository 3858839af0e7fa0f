"""Simple conditions of three languages are said in FEEL; what says more is not understood, rather than guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import feel
from workflows.models.importing.feel_writing import to_feel
from workflows.models.importing.foreign_expressions import NotUnderstood, read_expression
from workflows.models.importing.times import due_period, timer

SAID = {
    "${approved}": "s.approved = true",
    "${!approved}": "not(s.approved = true)",
    "#{amount >= 10 && amount < 20}": "s.amount >= 10 and s.amount < 20",
    "${a == 'x' || b != \"y\"}": 's.a = "x" or s.b != "y"',
    "${(a or b) and not c}": "(s.a = true or s.b = true) and not(s.c = true)",
    "${amount gt 5 and kind eq 'x'}": 's.amount > 5 and s.kind = "x"',
    "${empty note}": "s.note = null",
    "${not empty note}": "s.note != null",
    "${execution.getVariable('days') > 3}": "s.days > 3",
    "${kind.equals('x')}": 's.kind = "x"',
    "${a + b * 2 > 10.5}": "(s.a + (s.b * 2)) > 10.5",
    "= approved": "s.approved = true",
    '=kind = "x" and amount > -1': 's.kind = "x" and s.amount > -1',
    "not done": "not(s.done = true)",
    "amount == 5 and done is True": "s.amount = 5 and s.done = true",
    "done is not None": "s.done != null",
    "True": "true",
}


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_a_simple_condition_is_said_in_feel(written: str, said: str) -> None:
    assert to_feel(read_expression(written), lambda path: f"s.{path[0]}") == said
    feel.parse(said)


@pytest.mark.parametrize(
    "written",
    [
        *("", "${}", "${bean.call(1)}", "= some x in xs satisfies x > 1", "__import__('os').system('id')"),
        *("len(xs) > 2", "${a ? b : c}", "${a} and ${b}", "a.b()", "x = [1]", "lambda: 1", "'a\\'b' == a"),
        *("(" * 400, "not " * 200 + "a"),
    ],
)
def test_anything_more_is_not_understood(written: str) -> None:
    with pytest.raises(NotUnderstood):
        read_expression(written)


def test_a_variable_that_nothing_writes_makes_no_condition() -> None:
    assert to_feel(read_expression("a > 1"), lambda _: None) is None


@given(st.text(alphabet="ab01.=<>!&|()+-*/'\"${} notadremp", max_size=80))
def test_any_text_is_said_in_feel_or_not_understood(text: str) -> None:
    try:
        said = to_feel(read_expression(text), lambda path: ".".join(("s", *path)))
    except NotUnderstood:
        return
    if said is not None:
        feel.parse(said)


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("P5D", "P5D"),
        ("P14D", "P2W"),
        ("P1M", "P1M"),
        ("PT8H", "PT8H"),
        ("${now().plusDays(10)}", "P10D"),
        ("${dateTime().plusWeeks(2).toDate()}", "P2W"),
        ('=now() + duration("P3D")', "P3D"),
        ("timedelta(days=4)", "P4D"),
        ("P1DT12H", ""),
        ("${dueDate}", ""),
        ("2026-12-24T00:00:00", ""),
        ("P0D", ""),
    ],
)
def test_a_due_day_is_a_period(written: str, period: str) -> None:
    assert due_period(written) == period


@pytest.mark.parametrize(
    ("written", "form", "said"),
    [
        ("PT15M", "timeDuration", 'duration("PT15M")'),
        ('="P7D"', "timeDuration", 'duration("P7D")'),
        ("R3/PT10H", "timeCycle", 'duration("PT10H")'),
        ("2027-02-01", "timeDate", 'date("2027-02-01")'),
        ("2027-02-01T08:00:00Z", "timeDate", 'date and time("2027-02-01T08:00:00Z")'),
        ("${when}", "timeDate", None),
        ("0 0 9 ? * MON", "timeCycle", None),
    ],
)
def test_a_timer_is_feel(written: str, form: str, said: str | None) -> None:
    assert timer(written, form) == said
