"""Members of a file in the order that they stood in before: an editor that sorts them anew has changed nothing."""

from __future__ import annotations

from typing import Any


def in_old_order(new: Any, old: Any) -> Any:
    """Return `new` with the members of its objects in the order of `old`; objects of a list are known by their id."""
    if isinstance(new, dict) and isinstance(old, dict):
        names = [*(name for name in old if name in new), *(name for name in new if name not in old)]
        return {name: in_old_order(new[name], old.get(name)) for name in names}
    if isinstance(new, list) and isinstance(old, list):
        known = {one["id"]: one for one in old if isinstance(one, dict) and isinstance(one.get("id"), str)}
        by_place = [*old, *[None] * len(new)]
        return [in_old_order(one, _named(one, known) if known else by_place[number]) for number, one in enumerate(new)]
    return new


def _named(one: Any, known: dict[str, Any]) -> Any:
    id = one.get("id") if isinstance(one, dict) else None
    return known.get(id) if isinstance(id, str) else None
