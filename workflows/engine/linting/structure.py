"""Rules on how the elements of a diagram hang together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from workflows.engine.diagram import Diagram, Node, NodeKind, Scope, TriggerKind, at
from workflows.engine.errors import Finding
from workflows.engine.linting.flat import catches
from workflows.engine.linting.graph import backwards, on_loops, reachable, waits, ways, without
from workflows.engine.outline import is_merge

MAX_IN_PROCESS = 200
MAX_IN_BUNDLE = 300

_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_RESERVED = frozenset({"Start", "End", "Root", "facts", "gate", "item"})


def sizes(diagram: Diagram) -> Iterator[Finding]:
    """A diagram that fits on a wall, and in a head."""
    count = Counter(node.process for node in diagram.nodes.values())
    for scope in diagram.processes():
        if count[scope.id] > MAX_IN_PROCESS:
            message = f"Processen har {count[scope.id]} steg; högst {MAX_IN_PROCESS} får plats. Bryt ut en del av den."
            yield at(scope, "too-many-nodes", message)
    if len(diagram.nodes) > MAX_IN_BUNDLE:
        message = f"Modellen har {len(diagram.nodes)} steg; högst {MAX_IN_BUNDLE} får plats. Förenkla den."
        yield Finding(rule="too-many-nodes", element="", message=message)


def ids(diagram: Diagram) -> Iterator[Finding]:
    """Ids are names in expressions and parts of places; some are taken (by us, or by what SpiffWorkflow writes)."""
    for node in diagram.nodes.values():
        if node.id in _RESERVED or not _NAME.fullmatch(node.id):
            message = f"Id:t {node.id} går inte att använda. Välj ett ledigt, av bokstäver, siffror och _."
            yield at(node, "forbidden-id", message)


def ways_through(diagram: Diagram) -> Iterator[Finding]:
    """Every step can be reached, and leads to an end."""
    for scope in diagram.scopes.values():
        forward = ways(diagram, scope)
        started = reachable(forward, [node.id for node in scope.nodes if node.kind is NodeKind.START])
        ending = reachable(backwards(forward), [node.id for node in scope.nodes if node.kind is NodeKind.END])
        for node in scope.nodes:
            if node.id not in started:
                yield at(
                    node, "unreachable", "Hit leder ingen väg från starten. Dra ett flöde hit, eller ta bort steget."
                )
            elif node.id not in ending:
                yield at(node, "no-way-to-end", "Härifrån når man aldrig ett slut. Dra en väg ut ur slingan.")


def choices(diagram: Diagram) -> Iterator[Finding]:
    """An exclusive gateway always has a way out: every flow but the default has a condition, and one is the default."""
    for node in _of(diagram, NodeKind.CHOICE):
        if len(node.outgoing) == 1:
            if node.outgoing[0].condition is not None:
                yield at(node, "gateway-default", "Grindens enda väg ut har ett villkor. Ta bort villkoret.")
            continue
        default = [flow for flow in node.outgoing if flow.id == node.default]
        if not default:
            yield at(
                node, "gateway-default", "Grinden saknar förval. Märk den väg som gäller när inget villkor är sant."
            )
        if any(flow.condition is not None for flow in default):
            yield at(
                node, "gateway-default", "Förvalets väg har ett villkor. Ta bort det, eller välj ett annat förval."
            )
        if any(flow.condition is None for flow in node.outgoing if flow not in default):
            yield at(node, "gateway-condition", "En väg ut ur grinden saknar villkor. Skriv när den gäller.")


def joins(diagram: Diagram) -> Iterator[Finding]:
    """Parallel branches meet in a sub-process of their own, once."""
    for scope in diagram.scopes.values():
        looped = on_loops(ways(diagram, scope))
        for node in scope.nodes:
            if node.kind is not NodeKind.PARALLEL or len(node.incoming) < 2:
                continue
            if node.id in looped:
                message = "En parallell sammanslagning ligger i en slinga. Lägg grenarna i en egen delprocess."
                yield at(node, "parallel-join-in-loop", message)
            if len(node.outgoing) > 1 or _splits(diagram, node):
                message = "Två parallella block följer direkt på varandra. Lägg vart och ett i en egen delprocess."
                yield at(node, "parallel-blocks-in-row", message)


def _splits(diagram: Diagram, join: Node) -> bool:
    """Tell whether a join's way leads straight to a parallel split."""
    node = diagram.nodes[join.outgoing[0].target]
    passed = {join.id}
    while is_merge(node) and node.id not in passed:
        passed.add(node.id)
        node = diagram.nodes[node.outgoing[0].target]
    return node.kind is NodeKind.PARALLEL and len(node.outgoing) > 1


def merges(diagram: Diagram) -> Iterator[Finding]:
    """Ways meet in an exclusive gateway; drawn into the step itself, the step would run once for each token."""
    allowed = {NodeKind.CHOICE, NodeKind.PARALLEL, NodeKind.END}
    for scope in diagram.scopes.values():
        looped = on_loops(ways(diagram, scope))
        for node in scope.nodes:
            if len(node.incoming) < 2 or node.kind in allowed:
                continue
            if node.id in looped:
                message = "En slinga går tillbaka rakt in i steget. Låt vägarna mötas i en exklusiv grind före det."
                yield at(node, "loop-without-merge", message)
            else:
                message = "Flera flöden går in i steget. Låt dem mötas i en exklusiv (eller parallell) grind före det."
                yield at(node, "uncontrolled-merge", message)


def loops(diagram: Diagram) -> Iterator[Finding]:
    """In every loop somebody is asked, or something is waited for."""
    for scope in diagram.scopes.values():
        resting = {node.id for node in scope.nodes if waits(diagram, node)}
        spinning = on_loops(without(ways(diagram, scope), resting))
        for node in scope.nodes:
            if node.id in spinning and node.kind is NodeKind.CHOICE and len(node.outgoing) > 1:
                message = "I slingan härifrån väntar inget steg på någon. Lägg in ett steg som gör det."
                yield at(node, "loop-without-waiting", message)


def events(diagram: Diagram) -> Iterator[Finding]:
    """Events that the engine would not handle as people expect."""
    for node in _of(diagram, NodeKind.RACE):
        followers = [diagram.nodes[flow.target].trigger for flow in node.outgoing]
        if sum(trigger is not None and trigger.kind is TriggerKind.TIMER for trigger in followers) > 1:
            yield at(
                node, "several-timers", "Efter en händelsegrind får högst en timer stå. Behåll den som kommer först."
            )
        if len(node.outgoing) < 2:
            yield at(node, "lonely-event-gateway", "En händelsegrind ska ha minst två händelser efter sig.")
    for node in _of(diagram, NodeKind.BOUNDARY):
        if not node.interrupting and node.trigger is not None and node.trigger.kind is not TriggerKind.TIMER:
            message = "Bara en timer får lämna steget öppet. Gör kanthändelsen avbrytande."
            yield at(node, "non-interrupting-event", message)


def errors(diagram: Diagram) -> Iterator[Finding]:
    """Every error that is thrown is caught by something around it, in every process that calls."""
    for node in _of(diagram, NodeKind.END):
        if node.trigger is not None and not _caught(diagram, diagram.scopes[node.scope], node.trigger.value):
            message = f"Ingen fångar felet {node.trigger.value}. Sätt en felhändelse på delprocessen runtom."
            yield at(node, "error-uncaught", message)


def _caught(diagram: Diagram, scope: Scope, code: str) -> bool:
    """Tell whether every way out of a scope, through frames and calls, meets an event that catches the error."""
    seen: set[str] = set()
    ahead = [scope]
    while ahead:
        one = ahead.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        owners = diagram.calls_to(one.id) if one.owner is None else (diagram.nodes[one.owner],)
        if not owners:
            return False
        ahead += [
            diagram.scopes[owner.scope]
            for owner in owners
            if not any(catches(event, code) for event in diagram.boundary(owner.id))
        ]
    return True


def _of(diagram: Diagram, kind: NodeKind) -> Iterator[Node]:
    return (node for node in diagram.nodes.values() if node.kind is kind)


RULES = (sizes, ids, ways_through, choices, joins, merges, loops, events, errors)
