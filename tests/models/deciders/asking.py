"""Asks a table on authority as the engine does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from lxml import etree

from forms.feel import Environment
from workflows.engine.decisions import read_decisions
from workflows.models.facts import DEFAULT_FACTS


def _same_day(day: date, _: int) -> date:
    return day


def decided(content: bytes, gate: str, **facts: Any) -> tuple[str, str]:
    """Return who decides a gate, and in which mode."""
    environment = Environment(now=datetime(2026, 1, 1, tzinfo=UTC), workdays=_same_day)
    context = {"gate": {"key": gate, "round": 1, "last": None}, "facts": {**DEFAULT_FACTS, **facts}}
    answer = read_decisions(etree.fromstring(content))["authority"].evaluate(context, environment)
    return answer["decider"], answer["mode"]
