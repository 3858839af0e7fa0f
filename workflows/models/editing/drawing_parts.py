"""What a drawing is made of: flows, and elements that are new or come from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.models.editing.xml_text import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sequence flow. `condition` is FEEL as it is written."""

    id: str
    scope: str
    source: str
    target: str
    name: str = ""
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An element to be added: its own attributes, and the markup inside it (extension elements, event definitions).

    `moved` is an element of the file that comes here with all it holds.
    """

    id: str
    scope: str
    kind: str
    name: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    extensions: str = ""
    help: str = ""
    inside: str = ""
    moved: Element | None = None
