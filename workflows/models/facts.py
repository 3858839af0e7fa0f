"""Which facts of a project expressions may ask about, and what they are where nothing is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEFAULT_FACTS: Mapping[str, Any] = {
    "size_class": "small",
    "has_steering_group": False,
    "total_cost": 0,
    "board_cost_limit": 10_000_000,
    "external_funding": False,
    "cross_board": False,
    "principle_matter": False,
    "missing": 0,
    "light_before": "none",
}
"""Every fact but the registers of the model, which are lists of keys, empty at first."""

ANSWERED = frozenset({"size_class", "total_cost", "external_funding", "cross_board", "principle_matter"})
"""The facts that forms fill (`facts` of `model.json`); the others the application finds out itself."""

SUBJECT = frozenset({"title", "summary", "department", "light"})
"""What forms fill of the project itself (`subject` of `model.json`)."""
