"""A diagram as an ordered list: what a screen reader reads, and what people mean by "then"."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.engine.diagram import Diagram, Flow, Node, NodeKind, Scope, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnFlow:
    """A way out of a step. `target` is the next element; `leads_to` the next that says something (merging gateways
    without a name are passed over), with its name. `condition` is FEEL.
    """

    name: str
    target: str
    leads_to: str
    leads_to_name: str
    condition: str | None
    default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStep:
    """One element with what it contains: `steps` inside an embedded sub-process, `events` on its edge.

    `calls` is the process a call activity calls; `each` the FEEL collection of a multi-instance; `gate` a gate's key;
    `merge` says that it is only a place where ways meet, which a list can leave out.
    """

    node: str
    name: str
    kind: NodeKind
    flows: tuple[DrawnFlow, ...]
    steps: tuple[DrawnStep, ...]
    events: tuple[DrawnStep, ...]
    calls: str | None
    each: str | None
    gate: str | None
    trigger: Trigger | None
    merge: bool


def outline(diagram: Diagram, scope: str) -> tuple[DrawnStep, ...]:
    """Return the elements of a process or sub-process in flow order: each after what leads to it, loops left aside."""
    inside = diagram.scopes[scope]
    nodes = [diagram.nodes[identifier] for identifier in flow_order(diagram, inside)]
    return tuple(_step(diagram, node) for node in nodes if node.kind is not NodeKind.BOUNDARY)


def flow_order(diagram: Diagram, scope: Scope) -> list[str]:
    """Return node ids in reverse postorder from the start; where ways part, ends come first, then the first drawn.

    What nothing leads to comes last, in the order of the file.
    """
    order: list[str] = []
    seen: set[str] = set()
    for root in sorted(scope.nodes, key=lambda node: node.kind is not NodeKind.START):
        order += _from(diagram, root.id, seen)
    return order


def _from(diagram: Diagram, root: str, seen: set[str]) -> list[str]:
    """Return what can be reached from `root` and was not seen, in reverse postorder (a stack, not recursion)."""
    if root in seen:
        return []
    seen.add(root)
    finished: list[str] = []
    stack = [(root, _ahead(diagram, root))]
    while stack:
        node, ahead = stack[-1]
        if not ahead:
            finished.append(node)
            stack.pop()
            continue
        following = ahead.pop()
        if following not in seen:
            seen.add(following)
            stack.append((following, _ahead(diagram, following)))
    return finished[::-1]


def _ahead(diagram: Diagram, node: str) -> list[str]:
    """Return what follows a node; what is visited last (and the list is used from its end) stands nearest to it."""
    following = diagram.following(diagram.nodes[node])
    return sorted(following, key=lambda other: diagram.nodes[other].kind is not NodeKind.END)


def _step(diagram: Diagram, node: Node) -> DrawnStep:
    return DrawnStep(
        node=node.id,
        name=node.name,
        kind=node.kind,
        flows=tuple(_flow(diagram, node, flow) for flow in node.outgoing),
        steps=outline(diagram, node.id) if node.kind is NodeKind.SUBPROCESS else (),
        events=tuple(_step(diagram, event) for event in diagram.boundary(node.id)),
        calls=node.calls,
        each=None if node.each is None else node.each.collection,
        gate=node.styr.get("gate", {}).get("key"),
        trigger=node.trigger,
        merge=is_merge(node),
    )


def _flow(diagram: Diagram, node: Node, flow: Flow) -> DrawnFlow:
    target = leads_to(diagram, flow.target)
    return DrawnFlow(
        name=flow.name,
        target=flow.target,
        leads_to=target.id,
        leads_to_name=target.name,
        condition=flow.condition,
        default=flow.id == node.default or (len(node.outgoing) == 1 and flow.condition is None),
    )


def is_merge(node: Node) -> bool:
    """Tell whether a node is only a place where ways meet: an exclusive gateway with one way out and no name."""
    return node.kind is NodeKind.CHOICE and len(node.outgoing) == 1 and not node.name


def leads_to(diagram: Diagram, identifier: str) -> Node:
    """Return the first element from `identifier` on that is more than a gateway where ways meet."""
    node = diagram.nodes[identifier]
    passed = {node.id}
    while is_merge(node):
        node = diagram.nodes[node.outgoing[0].target]
        if node.id in passed:
            break
        passed.add(node.id)
    return node
