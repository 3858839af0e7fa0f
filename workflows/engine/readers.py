"""Who reads a variable: what must be looked after before the step that writes it goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from forms import feel
from workflows.engine.diagram import NodeKind
from workflows.engine.executable import Executable
from workflows.engine.expressions import sites


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """An element that reads a variable; `words` say which one to people.

    `file` is where it is read: the diagram, or the table that the element asks. `source` is the expression, "" for a
    table.
    """

    node: str
    words: str
    file: str
    source: str = ""


def where_read(executable: Executable, variable: str) -> tuple[Reader, ...]:
    """Return every element that reads a variable in an expression, or in the table it asks."""
    return tuple(_readers(executable, variable))


def _readers(executable: Executable, variable: str) -> Iterator[Reader]:
    for site in sites(executable.diagram):
        if any(name[0] == variable for name in feel.names(feel.parse(site.source))):
            yield Reader(node=site.node.id, words=f"”{site.node.label}”", file=site.node.file, source=site.source)
    for node in executable.diagram.nodes.values():
        table = node.styr.get("decision", {}).get("ref", "") if node.kind is NodeKind.DECISION else ""
        decision = executable.decisions.get(table)
        if decision is not None and any(name[0] == variable for name in decision.names()):
            yield Reader(node=node.id, words=f"beslutstabellen {decision.name or decision.id}", file=decision.file)
