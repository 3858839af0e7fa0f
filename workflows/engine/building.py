"""Turns a diagram into SpiffWorkflow specifications. One set serves every instance; nothing changes them later."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Mapping

from workflows.engine.activities import CallSpec, EachSpec, SubprocessSpec
from workflows.engine.decisions import Decision
from workflows.engine.diagram import Diagram, Node, NodeKind, Scope
from workflows.engine.events import ErrorEndSpec, WaitingSpec
from workflows.engine.gateways import ChoiceSpec, Condition, ParallelSpec
from workflows.engine.runs import ProcessSpec
from workflows.engine.specs import DecisionSpec, EffectSpec, EndSpec, FrameSpec, NodeSpec, UserSpec

INSTANCE = "[]"
FRAME = "|"
"""Ends of the names of specs that are not drawn; no XML id can contain them."""

_PLAIN: Mapping[NodeKind, type[NodeSpec]] = {
    NodeKind.START: NodeSpec,
    NodeKind.EFFECT: EffectSpec,
    NodeKind.CHOICE: ChoiceSpec,
    NodeKind.PARALLEL: ParallelSpec,
    NodeKind.RACE: FrameSpec,
    NodeKind.CATCH: WaitingSpec,
    NodeKind.BOUNDARY: WaitingSpec,
}


def build(
    diagram: Diagram, decisions: Mapping[str, Decision], named: Mapping[str, frozenset[str]]
) -> Mapping[str, ProcessSpec]:
    """Return a specification for every process and sub-process, by its id."""
    return {scope.id: _build_scope(diagram, scope, decisions, named) for scope in diagram.scopes.values()}


def _build_scope(
    diagram: Diagram, scope: Scope, decisions: Mapping[str, Decision], named: Mapping[str, frozenset[str]]
) -> ProcessSpec:
    process = ProcessSpec(scope.id)
    specs = {node.id: _build_node(process, node, decisions, kept=node.variable in named) for node in scope.nodes}
    entries = dict(specs)
    for node in scope.nodes:
        boundary = diagram.boundary(node.id)
        if boundary:
            frame = FrameSpec(process, node, FRAME)
            for event in boundary:
                frame.connect(specs[event.id])
            frame.connect(specs[node.id])
            entries[node.id] = frame
    for node in scope.nodes:
        _connect(specs[node.id], node, entries)
        if node.kind is NodeKind.START:
            process.start = specs[node.id]
    return process


def _build_node(process: ProcessSpec, node: Node, decisions: Mapping[str, Decision], *, kept: bool) -> NodeSpec:
    suffix = INSTANCE if node.each is not None else ""
    spec: NodeSpec
    match node.kind:
        case NodeKind.USER:
            spec = UserSpec(process, node, suffix)
        case NodeKind.CALL:
            spec = CallSpec(process, node, node.calls or "", suffix)
        case NodeKind.SUBPROCESS:
            spec = SubprocessSpec(process, node, node.id, suffix)
        case NodeKind.DECISION:
            spec = DecisionSpec(process, node, decisions[node.styr["decision"]["ref"]])
        case NodeKind.END:
            spec = ErrorEndSpec(process, node) if node.trigger is not None else EndSpec(process, node)
        case _:
            spec = _PLAIN[node.kind](process, node)
    return spec if node.each is None else EachSpec(process, node, spec, kept=kept)


def _connect(spec: NodeSpec, node: Node, entries: Mapping[str, NodeSpec]) -> None:
    """Draw the flows out of a node. A gateway with one bare flow takes it; else only its default needs no condition."""
    for flow in node.outgoing:
        bare = len(node.outgoing) == 1 and flow.condition is None
        if isinstance(spec, ChoiceSpec) and not bare and flow.id != node.default:
            spec.connect_if(Condition(flow.condition or "false", flow.id), entries[flow.target])
        else:
            spec.connect(entries[flow.target])
