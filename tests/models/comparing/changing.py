"""Changes to the files of the shipped model, for tests of what is said about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from workflows.models import shipped
from workflows.models.comparing import Change, Comparison, compare

MODEL: Mapping[str, bytes] = shipped("harnosand")
DIRECTIVE = "forms/project_directive.form.json"
PLAN = "forms/project_plan.form.json"
PREPARATION = "forms/c2_preparation.checklist.json"


def with_json(path: str, change: Callable[[Any], object]) -> Mapping[str, bytes]:
    """Return the model with one JSON file changed in place."""
    raw = json.loads(MODEL[path])
    change(raw)
    return {**MODEL, path: json.dumps(raw, ensure_ascii=False).encode()}


def with_text(path: str, *replaced: tuple[str, str]) -> Mapping[str, bytes]:
    """Return the model with texts of one file replaced, each once; a text that is not there is a mistake."""
    words = MODEL[path].decode()
    for old, new in replaced:
        assert old in words, f"{path} has no {old}"
        words = words.replace(old, new, 1)
    return {**MODEL, path: words.encode()}


def compared(after: Mapping[str, bytes]) -> Comparison:
    """Compare the shipped model with what became of it."""
    return compare(MODEL, after)


def sentences(after: Mapping[str, bytes]) -> list[str]:
    """Return what is said of a change, in order."""
    return [change.sentence for change in compared(after).changes]


def only(after: Mapping[str, bytes]) -> Change:
    """Return the one row of a change."""
    [change] = compared(after).changes
    return change
