"""Short ways to the files of these tests: a folder per tool, and what an import made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from workflows.engine.diagram import Diagram, Node
from workflows.engine.reading import read_diagrams
from workflows.models.importing import Imported, ImportRow, RowSeverity, import_model

HERE = Path(__file__).parent
TOOLS = ("camunda7", "camunda8", "flowable", "activiti", "spiffarena", "drawn")


@cache
def files_of(tool: str) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((HERE / tool).iterdir())}


@cache
def imported(tool: str) -> Imported:
    return import_model(files_of(tool))


@cache
def diagram_of(tool: str) -> Diagram:
    return read_diagrams(imported(tool).files)[0]


def node(tool: str, key: str) -> Node:
    return diagram_of(tool).nodes[key]


def condition(tool: str, source: str, target: str) -> str | None:
    """The condition on the flow between two elements, gateways in which ways meet passed over."""
    flows = diagram_of(tool).nodes[source].outgoing
    return next(flow.condition for flow in flows if flow.target in (target, f"in_{target}"))


def form(tool: str, key: str) -> dict[str, dict[str, Any]]:
    """The components of a form by their key."""
    said = orjson.loads(imported(tool).files[f"forms/{key}.form.json"])
    return {component.get("key", ""): component for component in said["components"]}


def model(tool: str) -> Any:
    return orjson.loads(imported(tool).files["model.json"])


def rows(tool: str, element: str, severity: RowSeverity | None = None) -> Iterator[ImportRow]:
    """The rows about an element."""
    return (row for row in imported(tool).rows if row.element == element and severity in (None, row.severity))


def told(tool: str, element: str) -> str:
    """Everything that the report says of an element."""
    return " ".join(f"{row.was} {row.done}" for row in rows(tool, element))
