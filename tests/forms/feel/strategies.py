"""What Hypothesis tries: any text, any expression that may parse, any value and context."""

from __future__ import annotations

import string
from datetime import UTC

from hypothesis import strategies as st

from forms.feel.functions import FUNCTIONS

NAMES = ["a", "b", "å", "item", "?", "partial", "facts"]
KEYWORDS = "and or if then else in between some every satisfies for return true false null instance of function"
SIGNS = "+ - * / ** = != < <= > >= ( ) [ ] { } , . .. :"
SAMPLES = '1 2.5 .5 "a" "P1D" "2026-11-22" @"P1M" @"2026-11-22" @"10:00:00Z" -1 100000 date number list Any'
WORDS = st.sampled_from([*NAMES, *FUNCTIONS, *KEYWORDS.split(), *SIGNS.split(), *SAMPLES.split()])
TOKEN_SOUP = st.lists(WORDS, max_size=25).map(" ".join)
ANY_TEXT = st.text(max_size=60) | st.text(alphabet=string.printable + "åäö”", max_size=200) | TOKEN_SOUP

PLAIN = '1 -2 0 0.5 99999999999999999999 "" "a" "å-1" "2026-11-22" "P1D" "1" true false null [] {} [1..5] (a..b)'
READ = "a b å facts.x missing missing.x item"
MOMENTS = (
    '@"2026-11-22" @"9999-12-31" @"0001-01-01" @"10:00:00" @"10:00:00+01:00" @"P999999D" @"P1Y" @"-PT1S" '
    '@"2026-11-22T10:00:00" @"9999-12-31T23:59:59Z" @"0001-01-01T00:00:00@Europe/Stockholm"'
)
LITERALS = st.sampled_from([*PLAIN.split(), *READ.split(), *MOMENTS.split()])


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Expressions made of smaller ones."""
    operators = st.sampled_from(["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in"])
    called = st.tuples(st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=4))
    fields = st.sampled_from(["a", "year", "days", "start", "time offset", "months", "x"])
    return st.one_of(
        st.tuples(inner, operators, inner).map(lambda parts: f"({parts[0]} {parts[1]} {parts[2]})"),
        called.map(lambda call: f"{call[0]}({', '.join(call[1])})"),
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]"),
        inner.map(lambda item: f"{{a: {item}, b: a}}"),
        inner.map(lambda item: f"-({item})"),
        st.tuples(inner, inner).map(lambda parts: f"({parts[0]})[{parts[1]}]"),
        st.tuples(inner, fields).map(lambda parts: f"({parts[0]}).{parts[1]}"),
        st.tuples(inner, inner, inner).map(lambda parts: f"if {parts[0]} then {parts[1]} else ({parts[2]})"),
        st.tuples(inner, inner).map(lambda parts: f"for i in ({parts[0]}) return ({parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"(some i in ({parts[0]}) satisfies ({parts[1]}))"),
        st.tuples(inner, inner, inner).map(lambda parts: f"({parts[0]} between {parts[1]} and {parts[2]})"),
        inner.map(lambda item: f"({item} instance of number)"),
    )


EXPRESSIONS = st.recursive(LITERALS, combined, max_leaves=10)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.decimals()
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
    | st.timedeltas()
)

KEYS = st.sampled_from([*NAMES, "x"])
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner), max_leaves=8)
CONTEXTS = st.dictionaries(st.sampled_from(NAMES), VALUES)
