"""Answers that are given to a step after it was done."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from forms import feel
from workflows.engine.codec import dump, load
from workflows.engine.executable import Executable
from workflows.engine.runs import Evaluator

_NO_TIME = feel.Environment(now=datetime.fromtimestamp(0, UTC), workdays=lambda day, _: day)
"""Nothing is evaluated here."""


def amend(executable: Executable, state: bytes, node: str, fields: Mapping[str, Any]) -> bytes:
    """Return the state as if a finished step of the outermost process had been answered so; nothing goes on by it."""
    variable = executable.diagram.nodes[node].variable
    if variable not in executable.named:
        return state
    evaluator = Evaluator(facts={}, env=_NO_TIME)
    run = load(state, executable.digest, executable.specs, executable.process, evaluator)
    run.data[variable] = {name: value for name, value in fields.items() if name in executable.named[variable]}
    return dump(run, executable.digest)
