"""The four top-level names are the product's own: a distribution called `workflows` exists, and others may follow."""

from __future__ import annotations

import importlib.util
from importlib.metadata import distributions, packages_distributions
from pathlib import Path

import pytest

from tests.meta.sources import PRODUCT, ROOT


@pytest.mark.parametrize("name", PRODUCT)
def test_no_other_distribution_ships(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"styr"}
    assert [d.name for d in distributions() if d.name.lower() == name] == []


@pytest.mark.parametrize("name", PRODUCT)
def test_the_name_stands_for_this_checkout(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin) == ROOT / name / "__init__.py"
