"""What makes a diagram impossible to run, beyond what reading shows: ways that lead nowhere, words without meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from workflows.engine.decisions import Decision
from workflows.engine.diagram import Diagram, Node, NodeKind, Scope, at
from workflows.engine.errors import Finding
from workflows.engine.expressions import check_expressions
from workflows.engine.step import EffectKind, TaskKind

HOSTS = frozenset({NodeKind.USER, NodeKind.SUBPROCESS, NodeKind.CALL})
"""Activities that last, so that something can happen to them meanwhile."""

GATEWAYS = frozenset({NodeKind.CHOICE, NodeKind.PARALLEL, NodeKind.RACE})

MAX_CALLS = 8
"""Processes that call processes; ours go three deep (project, delivery, gate)."""

ONE_WAY_OUT = frozenset(NodeKind) - GATEWAYS - {NodeKind.END}


def unrunnable(diagram: Diagram, decisions: Mapping[str, Decision], process: str) -> Iterator[Finding]:
    """Yield every reason why the engine cannot run `process`."""
    main = diagram.scopes.get(process)
    if main is None or main.owner is not None:
        message = f"Processen {process} saknas. Rita den, eller ge en process det id:t."
        yield Finding(rule="no-process", element=process, message=message)
    for scope in diagram.scopes.values():
        yield from _broken_scope(scope)
        inside = {node.id for node in scope.nodes}
        for node in scope.nodes:
            for message in _broken_links(diagram, node, inside):
                yield at(node, "broken-link", message)
    for node in diagram.nodes.values():
        yield from _unknown_words(node, decisions)
    yield from check_expressions(diagram)
    yield from _calls(diagram)


def _broken_scope(scope: Scope) -> Iterator[Finding]:
    kinds = Counter(node.kind for node in scope.nodes)
    if kinds[NodeKind.START] != 1 or not kinds[NodeKind.END]:
        yield at(scope, "start-and-end", "En process eller delprocess ska ha exakt en start och minst ett slut.")


def _broken_links(diagram: Diagram, node: Node, inside: set[str]) -> Iterator[str]:
    """Yield sentences about flows, boundary events and calls that lead nowhere."""
    targets = [flow.target for flow in node.outgoing]
    if not inside.issuperset(targets):
        yield "Ett flöde härifrån leder till något som inte finns på samma nivå. Dra om det."
    if node.kind in ONE_WAY_OUT and len(targets) != 1:
        yield "Steget ska ha exakt ett flöde ut. Använd en grind om vägen delar sig."
    if node.kind in GATEWAYS and not targets:
        yield "Grinden har inget flöde ut. Dra ett."
    if node.kind is not NodeKind.CHOICE and len(set(targets)) < len(targets):
        yield "Två flöden går mellan samma två steg. Ta bort det ena."
    if node.kind is NodeKind.END and targets:
        yield "Ett slut får inget flöde ut."
    if node.kind is NodeKind.START and node.incoming:
        yield "En start får inget flöde in."
    if node.kind is NodeKind.CATCH and node.trigger is None:
        yield "En mellanliggande händelse ska vänta på ett meddelande eller en tid."
    called = diagram.scopes.get(node.calls or "")
    if node.kind is NodeKind.CALL and (called is None or called.owner is not None):
        yield f"Steget anropar processen {node.calls or '(ingen)'}, som inte finns i modellen."
    followers = [diagram.nodes[target].kind for target in targets if target in inside]
    if node.kind is NodeKind.RACE and set(followers) - {NodeKind.CATCH}:
        yield "Efter en händelsegrind får bara händelser stå."
    if node.kind is NodeKind.BOUNDARY:
        yield from _broken_boundary(diagram, node, inside)


def _broken_boundary(diagram: Diagram, node: Node, inside: set[str]) -> Iterator[str]:
    host = node.attached_to
    if host not in inside or diagram.nodes[host].kind not in HOSTS:
        yield "Kanthändelsen sitter inte på ett steg som kan bära den. Flytta den."
    if node.trigger is None or node.incoming:
        yield "En kanthändelse ska vänta på något och får inga flöden in."


def _unknown_words(node: Node, decisions: Mapping[str, Decision]) -> Iterator[Finding]:
    """Tell of values of our extension elements that mean nothing to the engine."""
    styr = node.styr
    table = styr.get("decision", {}).get("ref")
    if node.kind is NodeKind.DECISION and table not in decisions:
        yield at(node, "unknown-table", f"Beslutstabellen {table or '(ingen)'} finns inte. Välj en som finns.")
    if node.kind is NodeKind.EFFECT and styr.get("effect", {}).get("kind") not in set(EffectKind):
        yield at(node, "unknown-effect", f"Tjänstesteget ska säga vad det gör: {', '.join(EffectKind)}.")
    if node.kind is NodeKind.USER and styr.get("task", {}).get("kind", TaskKind.RECORD) not in set(TaskKind):
        yield at(node, "unknown-kind", f"Okänd sorts steg. Välj en av {', '.join(TaskKind)}.")
    if "gate" in styr and (node.kind is not NodeKind.CALL or not styr["gate"].get("key")):
        yield at(node, "gate-form", "En beslutspunkt ska stå på en anropsaktivitet och ha en nyckel (key).")


def _calls(diagram: Diagram) -> Iterator[Finding]:
    """Tell of processes that call themselves, directly or through others, and of calls in too many levels."""
    called = {
        scope.id: {node.calls for node in diagram.nodes.values() if node.process == scope.id and node.calls}
        for scope in diagram.processes()
    }
    for scope in diagram.processes():
        level, reached = called[scope.id], set[str]()
        depth = 0
        while level and depth <= len(called):
            depth += 1
            reached |= level
            level = {deeper for process in level for deeper in called.get(process, ())}
        if scope.id in reached:
            yield at(scope, "calls-itself", f"Processen {scope.id} anropar sig själv. Rita en slinga i stället.")
        elif depth > MAX_CALLS:
            yield at(scope, "too-deep", f"Processer får anropa varandra i högst {MAX_CALLS} led. Förenkla.")
