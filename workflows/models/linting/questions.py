"""Forms and checklists read only what a page gives them."""

from __future__ import annotations

from collections.abc import Iterator

from forms.checklist import Checklist
from forms.feel import names
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.finding import Finding
from workflows.models.linting.parts import Parts

PAGE = frozenset({"facts", "project", "actor", "earlier", "item", "people", "bodies", "deliverables", "targets"})
"""What a page gives the expressions of its form, besides the form's own answers and the project's facts."""


def check(parts: Parts) -> Iterator[Finding]:
    """Return the names in forms and checklists that nothing defines."""
    facts = {*DEFAULT_FACTS, *parts.model.registers}
    for key, form in parts.forms.items():
        for name in sorted(form.outside - PAGE - facts):
            yield _unknown(f"forms/{key}.form.json", "", f"Ingenting heter {name}. Rätta namnet i uttrycket.")
    for key, checklist in parts.checklists.items():
        yield from _conditions(parts, f"forms/{key}.checklist.json", checklist, facts)


def _conditions(parts: Parts, file: str, checklist: Checklist, facts: set[str]) -> Iterator[Finding]:
    """A question's condition reads facts (`facts.x`, or `x` alone) and items of any checklist (`item.F03`)."""
    items = {name for known in parts.checklists.values() for name in known.names}
    for item in checklist.items:
        if item.condition is None:
            continue
        for root, *path in sorted(names(item.condition)):
            if root == "item":
                unknown = not path or path[0] not in items
            elif root == "facts":
                unknown = not path or path[0] not in facts
            else:
                unknown = root not in facts
            if unknown:
                said = ".".join((root, *path))
                yield _unknown(file, item.id, f"Ingenting heter {said}. Rätta namnet i villkoret.")


def _unknown(file: str, element: str, message: str) -> Finding:
    return Finding(rule="unknown-name", file=file, element=element, message=message)
