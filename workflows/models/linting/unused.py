"""Advice on forms and checklists that no step shows."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.models.finding import Finding, Severity
from workflows.models.linting.parts import Parts


def check(parts: Parts) -> Iterator[Finding]:
    """Return the forms and checklists that nobody ever gets to answer."""
    assert parts.diagram is not None
    shown = {task.form for task in parts.diagram.tasks.values()} | {parts.model.start_form}
    for key in parts.forms.keys() - shown:
        message = f"Inget steg visar formuläret {parts.called(key)}. Koppla det till ett, eller ta bort."
        yield _unused(f"forms/{key}.form.json", message)
    for key in parts.checklists.keys() - shown:
        message = (
            f"Inget steg visar checklistan {parts.called(key)}, så ingen kan svara. Koppla den till ett, eller ta bort."
        )
        yield _unused(f"forms/{key}.checklist.json", message)


def _unused(file: str, message: str) -> Finding:
    return Finding(rule="form-unused", file=file, message=message, severity=Severity.WARNING)
