"""Why a form sends an earlier step back, in the words of whoever filled it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.feel import Environment
from forms.settle import root_scope
from forms.tree import Field, Form, keyed


def reason_to_return(form: Form, answers: Mapping[str, Any], *, env: Environment) -> str | None:
    """Return the answer that explains a return, "" where it is empty; None when these answers send nothing back."""
    scope = root_scope(answers, context={}, env=env)
    for node in keyed(form.nodes):
        if isinstance(node, Field) and scope.is_true(node.returns_if):
            return str(answers.get(node.key) or "")
    return None
