"""What the files of a draft hold, told from their outermost elements alone: also of diagrams that cannot be run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from workflows.engine.reading import BPMN
from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.models.deciders.table import DMN


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnProcess:
    """A process of a diagram, by id and name."""

    id: str
    name: str
    file: str


def processes_of(files: Mapping[str, bytes]) -> tuple[DrawnProcess, ...]:
    """Return the processes of all diagrams that can be read, in the order of the files."""
    return tuple(
        DrawnProcess(id=process.get("id", ""), name=process.get("name") or process.get("id") or "", file=path)
        for path, root in _roots(files, ".bpmn")
        for process in root.iterchildren(f"{BPMN}process")
    )


def tables_of(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return id and name of the decisions of all tables that can be read."""
    return tuple(
        (decision.get("id", ""), decision.get("name") or decision.get("id") or "")
        for _, root in _roots(files, ".dmn")
        for decision in root.iterchildren(f"{DMN}decision")
    )


def _roots(files: Mapping[str, bytes], suffix: str) -> Iterator[tuple[str, etree._Element]]:
    for path in sorted(path for path in files if path.endswith(suffix)):
        try:
            yield path, read_xml(files[path], path)
        except Unreadable:
            continue
