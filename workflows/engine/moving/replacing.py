"""Steps of another bundle in which work can go on whose own step is gone there, if a person says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from workflows.engine.codec import Row
from workflows.engine.diagram import Node, NodeKind
from workflows.engine.executable import Executable
from workflows.engine.moving.ways import node_of
from workflows.engine.step import TaskKind

_LIKE: Mapping[TaskKind, Collection[TaskKind]] = {
    **dict.fromkeys(
        (TaskKind.CHECKLIST, TaskKind.DOCUMENT, TaskKind.RECORD),
        (TaskKind.CHECKLIST, TaskKind.DOCUMENT, TaskKind.RECORD),
    ),
    TaskKind.REVIEW: (TaskKind.REVIEW,),
    TaskKind.SIGN: (TaskKind.SIGN,),
}
"""What kinds of step can stand in for one another: a decision for none, since it is requested of somebody."""


def replaceable(origin: Executable, target: Executable) -> Mapping[str, tuple[Node, ...]]:
    """Return the steps that the target does not have, by id, each with those that can stand in for it, new ones first.

    They lie in the same part of the diagram and are done once: results of repeated steps have no place in another.
    """
    nodes = origin.diagram.nodes
    gone = [nodes[step] for step in origin.tasks if step not in target.diagram.nodes]
    return {step.id: tuple(sorted(_like(step, origin, target), key=lambda one: one.id in nodes)) for step in gone}


def alive(rows: Collection[Row]) -> Iterator[str]:
    """Yield the ids of everything that stands anywhere in some rows."""
    for row in rows:
        yield node_of(row)
        yield from alive(row.get("c", ()))
        yield from alive(row.get("r", {}).get("t", ()))


def _like(step: Node, origin: Executable, target: Executable) -> Iterator[Node]:
    kinds = _LIKE.get(origin.tasks[step.id].kind, ()) if step.each is None else ()
    for node in target.diagram.nodes.values():
        same = node.kind is NodeKind.USER and node.scope == step.scope and node.each is None
        if same and target.tasks[node.id].kind in kinds:
            yield node
