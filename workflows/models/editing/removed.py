"""What went when a step or a phase was removed: told from the model before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.models.editing.table import Row, RowKind, Table, table_of

_PARTINGS = (RowKind.CHOICE, RowKind.PARALLEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What a model lost, by what people call it, in the order of its table: what lies in something comes after it.

    A gateway that is still drawn, and only has one way left, is not lost. `choices` are gateways that are gone though
    what they lay in is left, `documents` those that no step makes any more; `nodes` the ids of the elements that are
    gone.
    """

    phases: tuple[str, ...]
    steps: tuple[str, ...]
    gates: tuple[str, ...]
    choices: tuple[str, ...]
    documents: tuple[str, ...]
    nodes: frozenset[str]


def removed_between(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Removed:
    """Return what `after` no longer has. Raises BundleRefused for a model that cannot be read as a table."""
    old, new = table_of(before), table_of(after)
    drawn = new.bundle.executable.diagram.nodes
    nodes = old.bundle.executable.diagram.nodes
    lost = frozenset(node for node in nodes if node not in drawn)
    gone = [row for row in _rows(old) if row.node in lost]
    documents = {document.key for document in new.bundle.model.documents}
    phases = {section.key for section in new.phases}
    return Removed(
        phases=tuple(section.title for section in old.phases if section.key not in phases),
        steps=tuple(row.name for row in gone if row.kind not in (RowKind.GATE, *_PARTINGS) and row.name),
        gates=tuple(row.name for row in gone if row.kind is RowKind.GATE),
        choices=tuple(
            row.name for row in gone if row.kind in _PARTINGS and row.name and nodes[row.node].scope not in lost
        ),
        documents=tuple(
            str(document.label["sv"]) for document in old.bundle.model.documents if document.key not in documents
        ),
        nodes=lost,
    )


def _rows(table: Table) -> Iterator[Row]:
    return (row for section in table.sections for row in section.rows)
