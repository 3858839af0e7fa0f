"""Which part of a model a step belongs to: a phase, or what stands beside the phases, like the short closure."""

from __future__ import annotations

from workflows.engine.diagram import Diagram, Node
from workflows.models import Bundle
from workflows.models.model import Label


def place_of(bundle: Bundle, node: str) -> Label:
    """Return the phase round a step, else the name of what it was called from; empty where neither is drawn.

    A process that several call (a gate) belongs to none of them.
    """
    phases = {phase.key: phase.label for phase in bundle.model.phases}
    diagram = bundle.executable.diagram
    part, called = diagram.nodes.get(node), ""
    while part is not None and part.scope not in phases:
        part, called = _around(diagram, part, called)
    if part is not None:
        return phases[part.scope]
    return {"sv": called} if called else {}


def _around(diagram: Diagram, part: Node, called: str) -> tuple[Node | None, str]:
    """Return what a step lies in or is called from, and the name of the outermost call so far."""
    scope = diagram.scopes[part.scope]
    if scope.owner is not None:
        return diagram.nodes[scope.owner], called
    calls = diagram.calls_to(scope.id)
    return (calls[0], calls[0].name) if len(calls) == 1 else (None, called)
