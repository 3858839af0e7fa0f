"""What was read of a file is kept by its content, within a bound on size."""

from __future__ import annotations

import pytest

from workflows.kernel.parsed import Parsed, fingerprint


def test_the_same_content_is_read_once() -> None:
    kept: Parsed[int] = Parsed(100)
    made: list[int] = []

    def make() -> int:
        made.append(1)
        return len(made)

    assert [kept.get(fingerprint(b"a"), 1, make) for _ in range(3)] == [1, 1, 1]
    assert kept.get(fingerprint(b"b"), 1, make) == 2


def test_what_was_asked_for_longest_ago_goes_when_there_is_too_much() -> None:
    kept: Parsed[str] = Parsed(100)
    for name in "abc":
        kept.get(name, 40, lambda: "first")
    assert kept.get("c", 40, lambda: "again") == "first"
    assert kept.get("a", 40, lambda: "again") == "again"


def test_one_that_is_larger_than_the_bound_is_kept_alone() -> None:
    kept: Parsed[str] = Parsed(10)
    kept.get("a", 50, lambda: "a")
    assert kept.get("a", 50, lambda: "again") == "a"
    kept.get("b", 50, lambda: "b")
    assert kept.get("a", 50, lambda: "again") == "again"


def test_a_reading_that_fails_is_not_kept() -> None:
    kept: Parsed[int] = Parsed(10)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", 1, lambda: 1 // 0)
    assert kept.get("a", 1, lambda: 5) == 5
    kept.clear()
    assert kept.get("a", 1, lambda: 6) == 6
