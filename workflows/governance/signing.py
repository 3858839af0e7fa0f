"""Whether what is handed in at a step is somebody's signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.signing import is_signed
from workflows.engine import TaskKind
from workflows.governance.loaded import Held


def signs(held: Held, answers: Mapping[str, Any]) -> bool:
    """Return whether these answers sign: not every answer to an offer does."""
    form = held.bundle.forms.get(held.task.form or "")
    return form is not None and held.task.kind == TaskKind.SIGN and is_signed(form, answers)
