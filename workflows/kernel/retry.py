"""Redo a verb whose read was overtaken by another write."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from workflows.kernel.errors import VersionConflict

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
"""Read, step and write this often before the conflict is shown to the user."""


def retry_on_conflict(verb: Callable[P, R]) -> Callable[P, R]:
    """Run `verb` again when it raises VersionConflict; verbs are pure up to their write, so this is safe."""

    @functools.wraps(verb)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return verb(*args, **kwargs)
            except VersionConflict:
                continue
        return verb(*args, **kwargs)

    return again
