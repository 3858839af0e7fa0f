"""Whether answers are a signature: a form tells by its fields of `signature`, which have a value once it is signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.tree import Field, Form, keyed


def is_signature(field: Field) -> bool:
    """Whether a field is the line that a signature leaves: a name, a day. It stands nowhere before that."""
    return field.properties.get("signature") == "true"


def is_signed(form: Form, answers: Mapping[str, Any]) -> bool:
    """Whether answers sign the form. A form without such lines says nothing else than that it was handed in: yes."""
    lines = [node.key for node in keyed(form.nodes) if isinstance(node, Field) and is_signature(node)]
    return not lines or any(answers.get(key) for key in lines)
