"""Patterns match as Python's `re` does, but in time linear in the text."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.feel import FeelError
from forms.feel.evaluation import Run
from forms.feel.pattern_syntax import PatternError
from forms.feel.patterns import compiled_pattern
from tests.forms.feel.asking import ENVIRONMENT, value_of

Part = tuple[str, bool]
"""A pattern and whether it can match nothing: machines disagree on what repeating such a part finds."""

ATOMS = st.sampled_from(["a", "b", "å", ".", "[ab]", "[^a]", "[a-c]", r"\d", r"\w", r"\s", r"\S", r"\."])
ANCHORS = st.sampled_from(["^", "$", r"\b"])
LEAVES = ATOMS.map(lambda text: (text, False)) | ANCHORS.map(lambda text: (text, True))


def combined(inner: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    solid = inner.filter(lambda part: not part[1]).map(lambda part: part[0])
    some = st.sampled_from(["+", "{2}", "{1,2}", "{1,}", "+?", "{1,2}?"])
    none = st.sampled_from(["*", "?", "{0,3}", "*?", "??"])
    return st.one_of(
        st.tuples(inner, inner).map(lambda parts: (parts[0][0] + parts[1][0], parts[0][1] and parts[1][1])),
        st.tuples(inner, inner).map(lambda parts: (f"(?:{parts[0][0]}|{parts[1][0]})", parts[0][1] or parts[1][1])),
        inner.map(lambda part: (f"({part[0]})", part[1])),
        st.tuples(solid, some).map(lambda parts: (f"(?:{parts[0]}){parts[1]}", False)),
        st.tuples(solid, none).map(lambda parts: (f"(?:{parts[0]}){parts[1]}", True)),
    )


PATTERNS = st.recursive(LEAVES, combined, max_leaves=6).map(lambda part: part[0])
TEXTS = st.text(alphabet="aabbcåÅA1_. \n", max_size=8)


def find(pattern: str, text: str, flags: str = "") -> tuple[int, int] | None:
    found = compiled_pattern(pattern, flags).find(text, 0, Run(ENVIRONMENT))
    return None if found is None else (found[0], found[1])


def find_in_python(pattern: str, text: str, flags: int = 0) -> tuple[int, int] | None:
    # Python's $ also stands before a last line feed; that of the standard does not.
    found = re.search(pattern.replace("$", r"\Z"), text, flags)
    return found and found.span()


@settings(max_examples=500, deadline=None)
@given(PATTERNS, TEXTS)
@pytest.mark.full
def test_a_pattern_finds_what_python_finds(pattern: str, text: str) -> None:
    assert find(pattern, text) == find_in_python(pattern, text)


@settings(max_examples=150, deadline=None)
@given(PATTERNS, TEXTS)
def test_the_flag_i_ignores_capitals_as_python_does(pattern: str, text: str) -> None:
    assert find(pattern, text, "i") == find_in_python(pattern, text, re.IGNORECASE)


@settings(max_examples=150, deadline=None)
@given(PATTERNS, TEXTS)
def test_replacing_and_splitting_are_those_of_python(pattern: str, text: str) -> None:
    if re.search(pattern.replace("$", r"\Z"), "") or any(m.end() == m.start() for m in re.finditer(pattern, text)):
        return
    run = Run(ENVIRONMENT)
    ours = compiled_pattern(pattern, "")
    bare = re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern).replace("$", r"\Z")

    assert ours.replace(text, "<$0>", run) == re.sub(bare, r"<\g<0>>", text)
    assert ours.split(text, run) == re.split(bare, text)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r'matches("Åsa", "^\p{Lu}\p{Ll}+$")', True),
        (r'matches("1", "\P{L}")', True),
        (r'matches("a-b", "^[a\-b]+$")', True),
        (r'matches("a-b", "^[ab-]+$")', True),
        (r'matches("]", "[]]")', True),
        (r'matches("7", "[\d]")', True),
        (r'matches("x", "[^\d\s]")', True),
        (r'matches("a' + "\n" + r'b", "a.b")', False),
        (r'matches("", "\B")', True),
        (r'matches("ab", "a\Bb")', True),
        (r'matches("rad", "RAD", "i")', True),
        (r'matches("ab", "a b", "x")', True),
        (r'replace("a.b.c", "\.", "-")', "a-b-c"),
        (r'replace("abc", "(b)(x)?", "[$1$2]")', "a[b]c"),
        (r'replace("10 kr", "(\d+) kr", "$1 \$")', "10 $"),
        (r'replace("abc", "x*", "-")', None),
        (r'split("abc", "")', None),
        (r'split("a1b22c", "[0-9]+")', ["a", "b", "c"]),
        (r"matches(x, p)", None),
    ],
)  # fmt: skip
def test_what_patterns_can_say(source: str, expected: Any) -> None:
    source = source.replace("\n", "\\n")

    assert value_of(source, x="abc", p="(") == expected


def test_the_flags_s_and_m_let_points_and_anchors_see_lines() -> None:
    assert find("a.b", "a\nb", "s") == (0, 3)
    assert find("^b$", "a\nb\nc", "m") == (2, 3)
    assert find("^b$", "a\nb\nc") is None


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"(a)\1", "(?=a)", "(?!a)", "(?<=a)b", "(?P<n>a)", "(?i)a", "a**", "a++", "a{2}{3}", "*a", "+", "(", ")"),
        *("(a", "[a", "[", "[b-a]", "[a[b]]", "{2}", "a\\", r"\q", r"\p{Foo}", r"\pL", "a{3,2}", "(a{50}){50}"),
        *("a{1001}", "a" * 201, "(" * 21 + ")" * 21),
    ],
)  # fmt: skip
def test_a_pattern_outside_the_subset_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError, match=r"\.$"):
        compiled_pattern(pattern, "")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30) | st.text(alphabet=r"()[]{}|*+?\^$.-,19abpdw", max_size=30), TEXTS)
@pytest.mark.full
def test_any_text_is_a_pattern_or_refused(pattern: str, text: str) -> None:
    try:
        compiled_pattern(pattern, "").search(text, Run(ENVIRONMENT))
    except PatternError as refused:
        assert str(refused).endswith(".")


@pytest.mark.parametrize("pattern", ["(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)x", "(a?){30}a{30}b"])
def test_a_pattern_that_hangs_other_machines_is_linear_here(pattern: str) -> None:
    began = time.monotonic()

    for length in (100, 1_000, 100_000):
        try:
            assert find(pattern, "a" * length + "!") is None
        except FeelError as error:
            assert "lång tid" in error.message or "längre" in error.message

    assert time.monotonic() - began < 3
