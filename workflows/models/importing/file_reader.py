"""One BPMN file while it is read, and short ways to what its elements say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lxml import etree

from workflows.models.importing.drawing import Box, Point
from workflows.models.importing.foreign import Hints, read_hints
from workflows.models.importing.naming import Names
from workflows.models.importing.rows import Place, Report


@dataclass(slots=True, kw_only=True)
class FileReader:
    """What a file holds beside its processes; `renamed` maps ids as written to ours."""

    file: str
    report: Report
    names: Names
    root: etree._Element
    renamed: dict[str, str] = field(default_factory=dict)
    boxes: dict[str, Box] = field(default_factory=dict)
    points: dict[str, tuple[Point, ...]] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)
    technical: Counter[str] = field(default_factory=Counter)

    def hints(self, element: etree._Element) -> Hints:
        """Return what other engines would read at an element; its technical settings are counted."""
        found = read_hints(element, self.resources)
        self.technical.update(found.technical)
        return found

    def place(self, element: etree._Element | None = None) -> Place:
        """Where something stands, for a row."""
        if element is None:
            return Place(file=self.file)
        written = element.get("id") or ""
        return Place(file=self.file, element=self.renamed.get(written, ""), name=name_of(element))


def tag_of(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return etree.QName(element).localname


def name_of(element: etree._Element) -> str:
    """Return what an element is called, as one line."""
    return " ".join((element.get("name") or "").split())[:200]


def label_of(element: etree._Element) -> str:
    """Return what to call an element when speaking to people."""
    return name_of(element) or element.get("id") or "(utan namn)"
