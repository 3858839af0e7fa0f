"""Steps of another bundle in which work can go on whose own step is gone there, if a person says so."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from workflows.engine.codec import Row
from workflows.engine.diagram import Node, NodeKind
from workflows.engine.executable import Executable
from workflows.engine.moving.renaming import as_often
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

FALL = "-"
"""In place of a step of the target: the work ends. No XML id begins so."""


def replaceable(origin: Executable, target: Executable) -> Mapping[str, tuple[Node, ...]]:
    """Return the steps that the target does not have, by id, each with those that can stand in for it, new ones first.

    They lie in the same part of the diagram and are done as often: once, or for each of the same list.
    """
    nodes = origin.diagram.nodes
    gone = [nodes[step] for step in origin.tasks if step not in target.diagram.nodes]
    return {step.id: tuple(sorted(_like(step, origin, target), key=lambda one: one.id in nodes)) for step in gone}


def can_end(step: Node, origin: Executable) -> bool:
    """Tell whether the work of a step may end with a move: no decision, and nothing whose results others wait for."""
    return step.each is None and origin.tasks[step.id].kind in _LIKE


def alive(rows: Collection[Row]) -> Iterator[str]:
    """Yield the ids of everything that stands anywhere in some rows."""
    for row in rows:
        yield node_of(row)
        yield from alive(row.get("c", ()))
        yield from alive(row.get("r", {}).get("t", ()))


def come(rows: Collection[Row]) -> Iterator[str]:
    """Yield the ids of what is done in branches that wait for others, anywhere in some rows."""
    for row in rows:
        if "m" in row:
            yield row["m"]
        yield from come(row.get("c", ()))
        yield from come(row.get("r", {}).get("t", ()))


def _like(step: Node, origin: Executable, target: Executable) -> Iterator[Node]:
    kinds = _LIKE.get(origin.tasks[step.id].kind, ())
    for node in target.diagram.nodes.values():
        same = node.kind is NodeKind.USER and node.scope == step.scope and as_often(node, step)
        if same and target.tasks[node.id].kind in kinds:
            yield node
