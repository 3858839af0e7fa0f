"""A model's files open for a change: diagrams, `model.json` and whatever else it takes; only what changed comes out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workflows.models.bundle import read_definitions
from workflows.models.editing import json_text
from workflows.models.editing.drawing import STYR, Drawing
from workflows.models.editing.drawing_text import finished
from workflows.models.editing.errors import StepGone
from workflows.models.editing.xml_text import Element
from workflows.models.model import Model

MODEL = "model.json"
_ID = re.compile(rb"""\bid\s*=\s*["']([^"']+)["']""")


class Work:
    """Files and the changes made to them so far. `model` is what `model.json` said at the beginning.

    Raises BundleRefused when the model's own facts cannot be read, StepGone for elements that no diagram has.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.model: Model = read_definitions(files).model
        self.told = files[MODEL].decode()
        self.drawings: dict[str, Drawing] = {}
        self.others: dict[str, bytes] = {}

    def drawing(self, node: str) -> Drawing:
        """Return the diagram that an element is drawn in."""
        for path in sorted(path for path in self.files if path.endswith(".bpmn")):
            if node.encode() in self.files[path] or path in self.drawings:
                drawing = self.open(path)
                if node in drawing.document.by_id or node in drawing.parts:
                    return drawing
        raise StepGone

    def open(self, path: str) -> Drawing:
        """Return the diagram of a file, the same each time."""
        if path not in self.drawings:
            self.drawings[path] = Drawing(self.files[path], path)
        return self.drawings[path]

    def element(self, node: str) -> Element:
        """Return an element of a diagram."""
        try:
            return self.drawing(node).element(node)
        except KeyError as gone:
            raise StepGone from gone

    def taken(self) -> set[str]:
        """Return every id of every diagram and table, and the keys of gates and phases."""
        names = {match.decode() for path in self.files for match in _ids(path, self.files[path])}
        return names | {gate.key for gate in self.model.gates} | {phase.key for phase in self.model.phases}

    def value(self, *path: str | int) -> Any:
        """Return what `model.json` says at a path by now."""
        return json_text.value_at(self.told, path)

    def put(self, path: Sequence[str | int], value: Any) -> None:
        """Put a value into `model.json`."""
        self.told = json_text.put(self.told, path, value)

    def insert(self, path: Sequence[str | int], index: int, value: Any) -> None:
        """Add an entry to a list of `model.json`."""
        self.told = json_text.insert(self.told, path, index, value)

    def drop(self, path: Sequence[str | int]) -> None:
        """Take something out of `model.json`."""
        self.told = json_text.drop(self.told, path)

    def place(self, kind: str, key: str) -> int:
        """Return where a phase, gate or document stands in its list; StepGone when it is not there."""
        for number, entry in enumerate(self.value(kind)):
            if entry["key"] == key:
                return number
        raise StepGone

    def changes(self) -> Mapping[str, bytes]:
        """Return the files that are not as they were."""
        made = {path: finished(drawing) for path, drawing in self.drawings.items()}
        made |= {MODEL: self.told.encode(), **self.others}
        return {path: data for path, data in made.items() if self.files.get(path) != data}


def _ids(path: str, data: bytes) -> list[bytes]:
    return _ID.findall(data) if path.endswith((".bpmn", ".dmn")) else []


def styr_of(element: Element, tag: str) -> Mapping[str, str]:
    """Return the attributes of one of our extension elements; nothing when the element has none."""
    extensions = element.find("extensionElements")
    for child in extensions.children if extensions is not None else ():
        if child.tag == f"{{{STYR}}}{tag}":
            return child.attributes
    return {}
