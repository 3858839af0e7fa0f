"""What a form or a checklist asks for in two versions of a model, and in how much they differ."""

from __future__ import annotations

from collections.abc import Mapping

from forms.tree import keyed
from workflows.governance.asked import form_content
from workflows.kernel.parsed import Parsed
from workflows.models import Bundle

_ASKED: Parsed[frozenset[str]] = Parsed(2000)
"""Keys by version and form: every answer that was ever handed in asks for those of its own."""


def asked_in(bundle: Bundle, form: str | None) -> frozenset[str]:
    """Return the keys of what a form or a checklist asks for."""
    return _ASKED.get((bundle.digest, form), 1, lambda: frozenset(_questions(bundle, form)))


def is_same_form(origin: Bundle, target: Bundle, before: str | None, after: str | None) -> bool:
    """Tell whether two forms are the same to the letter."""
    return form_content(origin, before) == form_content(target, after)


def asked_otherwise(origin: Bundle, target: Bundle, before: str | None, after: str | None) -> str:
    """Return how many questions are new, gone or otherwise, in words; nothing where the forms are the same."""
    if is_same_form(origin, target, before, after):
        return ""
    old, new = _questions(origin, before), _questions(target, after)
    changed = sum(old[key] != new[key] for key in old.keys() & new.keys())
    counts = (
        (len(new.keys() - old.keys()), "ny", "nya"),
        (len(old.keys() - new.keys()), "tas bort", "tas bort"),
        (changed, "ändrad", "ändrade"),
    )
    said = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    return ", ".join(said) or "annan ordning eller ledtext"


def _questions(bundle: Bundle, form: str | None) -> Mapping[str, object]:
    """Return what a form or a checklist asks, by key."""
    key = form or ""
    if key in bundle.checklists:
        return {item.id: item for item in bundle.checklists[key].items}
    if key in bundle.forms:
        return {node.key: node for node in keyed(bundle.forms[key].nodes) if node.key}
    return {}
