"""Parts of forms as other tools write them: what a form is called, and components of form-js made readable here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from forms.definition import REFUSED
from workflows.models.importing.naming import field_key

_PREFIXES = ("camunda-forms:bpmn:", "camunda-forms:deployment:", "embedded:app:", "embedded:deployment:", "app:")
_ENDINGS = (".form", ".json", ".html", ".jsf", ".schema")
_WRAPPERS = frozenset({"group", "dynamiclist"})


def reference_of(key: str) -> str:
    """Return what a form is called, without how and where it is kept."""
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    name = PurePosixPath(key.replace("\\", "/")).name
    for ending in _ENDINGS:
        name = name.removesuffix(ending)
    return name.removesuffix("-schema")


def cleaned(component: Any, variables: dict[str, str], seen: set[str]) -> dict[str, Any] | None:
    """Return a form-js component with a key and label that we read; None for what is none of ours."""
    if not isinstance(component, dict) or component.get("type") in {None, *REFUSED}:
        return None
    made = {name: value for name, value in component.items() if name not in ("conditional", "properties")}
    for part in ("key", "path"):
        if isinstance(written := component.get(part), str) and written:
            key, number = field_key(written, "field"), 1
            while key in seen:
                number += 1
                key = f"{field_key(written, 'field')}_{number}"
            seen.add(key)
            variables.setdefault(written, key)
            made[part] = key
    if "key" in made and not any(_text(made.get(part)) for part in ("label", "dateLabel", "timeLabel")):
        made["label"] = str(made["key"])
    if made["type"] in _WRAPPERS and isinstance(inside := component.get("components"), list):
        scope = seen if made["type"] == "group" and not made.get("path") else set()
        names = variables if scope is seen else {}
        made["components"] = list(_kept(inside, names, scope))
    hide = component.get("conditional")
    if isinstance(hide, dict) and _text(hide.get("hide")):
        made["conditional"] = {"hide": hide["hide"]}
    return made


def dropped(component: Any) -> Iterator[str]:
    """Yield the kinds of what `cleaned` leaves out: the component itself, or parts inside it."""
    kind = component.get("type") if isinstance(component, dict) else None
    if kind in {None, *REFUSED}:
        yield str(kind or "okänd")
    elif kind in _WRAPPERS and isinstance(inside := component.get("components"), list):
        for part in inside:
            yield from dropped(part)


def _kept(components: Iterable[Any], variables: dict[str, str], seen: set[str]) -> Iterator[dict[str, Any]]:
    for component in components:
        if (made := cleaned(component, variables, seen)) is not None:
            yield made


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
