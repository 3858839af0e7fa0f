"""A spread sample of many cases for the quick run; the whole run does them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], *, every: int) -> list[Any]:
    """Return the cases for `parametrize`: each `every`th as it is, those between marked as belonging to the whole run.

    Neighbours are alike (of one feature, or a GET and its POST), so a stride is a fair spread.
    """
    return [case if number % every == 0 else _left_out(case) for number, case in enumerate(cases)]


def _left_out(case: Any) -> Any:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.full)
