"""The models that come with Styr, each with its diagrams, `model.json`, forms and checklists."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from tests.bpmn.drawing import BPMN, HARNOSAND, ROOT, SECOND, Drawing, bundle, styr

DEFINITIONS = ROOT / "forms" / "definitions"
FORM_FOLDERS = {HARNOSAND: DEFINITIONS / "harnosand", SECOND: SECOND / "forms"}


@dataclass(frozen=True, slots=True)
class Shipped:
    """One model with everything beside it."""

    drawings: list[Drawing]
    model: dict[str, Any]
    forms: dict[str, Path]

    def named(self, tag: str) -> Iterator[etree._Element]:
        return (element for drawing in self.drawings for element in drawing.root.iter(f"{BPMN}{tag}"))

    def tasks(self) -> Iterator[tuple[str, etree._Element]]:
        """Yield every user task: id and its `styr:task`."""
        for node in self.named("userTask"):
            task = styr(node, "task")
            assert task is not None, node.get("id")
            yield node.get("id", ""), task

    def fields(self, form: str) -> set[str]:
        """Return the keys that answers to a form or checklist have at the top."""
        raw = json.loads(self.forms[form].read_text("utf-8"))
        if "items" in raw:
            return {item["id"] for item in raw["items"]}
        return set(keys(raw["components"]))

    def options(self, form: str, field: str) -> set[str]:
        """Return the answers that a question offers."""
        raw = json.loads(self.forms[form].read_text("utf-8"))
        if "items" in raw:
            return {"yes", "no", "not_applicable"} if field in self.fields(form) else set()
        found = [component for component in _components(raw["components"]) if component.get("key") == field]
        return {option["value"] for component in found for option in component.get("values", [])}


def _components(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what is asked at the top of an answer; groups without a path are looked through."""
    for component in components:
        if component.get("key") or component.get("path"):
            yield component
        elif component["type"] == "group":
            yield from _components(component["components"])


def keys(components: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the keys of what is asked at the top of an answer."""
    return (component.get("key") or component["path"] for component in _components(components))


def load(folder: Path) -> Shipped:
    """Return the model whose diagrams lie in `folder`."""
    paths = [*(DEFINITIONS / "shared").glob("*.json"), *FORM_FOLDERS[folder].glob("*.json")]
    return Shipped(
        drawings=bundle(folder),
        model=json.loads((folder / "model.json").read_text("utf-8")),
        forms={path.name.split(".")[0]: path for path in paths},
    )
