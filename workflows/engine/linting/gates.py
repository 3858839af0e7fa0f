"""Rules on gates and on the frame that lets a project be terminated.

A gate's ways out are tried rather than read: the conditions of the gateway after it are evaluated with each outcome
that the gate allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from forms import feel
from workflows.engine.diagram import Diagram, Flow, Node, NodeKind, TriggerKind, at
from workflows.engine.errors import Finding
from workflows.engine.outline import leads_to

OUTCOMES = frozenset(
    {"approve", "approve_conditional", "approve_revised", "rework", "defer", "hold", "reject", "terminate"}
)
STOPS = frozenset({"reject", "terminate"})
TERMINATE = "terminate"
"""The message that ends a project wherever it stands, and the outcome that does the same."""

MAX_OUTCOMES = 20
"""Outcomes of a gate that are tried; eight are known."""

MAX_STEPS = 10_000
"""What trying one gate's conditions for one outcome may cost; they compare a word."""

_NOWHEN = feel.Environment(now=datetime(2026, 1, 1, tzinfo=UTC), workdays=lambda day, _: day)


def outcomes(diagram: Diagram, closing: frozenset[str]) -> Iterator[Finding]:
    """A gate allows approve and rework, and a way to stop unless it is the closing gate."""
    for node in gates_of(diagram):
        allowed = allowed_by(node)
        unknown = sorted(set(allowed) - OUTCOMES)
        if unknown:
            message = f"Okänt utfall: {', '.join(unknown)}. Välj bland {', '.join(sorted(OUTCOMES))}."
            yield at(node, "gate-outcome", message, attribute="outcomes")
        missing = [word for word in ("approve", "rework") if word not in allowed]
        if missing:
            message = f"Beslutspunkten saknar utfallet {' och '.join(missing)}. Lägg till det."
            yield at(node, "gate-outcomes", message, attribute="outcomes")
        if not STOPS & set(allowed) and node.styr["gate"].get("key") not in closing:
            message = "Beslutspunkten kan inte säga stopp. Lägg till reject eller terminate."
            yield at(node, "gate-without-stop", message, attribute="outcomes")
        if node.each is not None:
            message = "Beslutspunkten är flerinstans. Lägg den i en egen process, och anropa den i flera exemplar."
            yield at(node, "gate-each", message)


def keys(diagram: Diagram) -> Iterator[Finding]:
    """Each gate has a key of its own, and nothing else writes its variable."""
    writers: dict[str, list[Node]] = {}
    for node in diagram.nodes.values():
        if "gate" in node.styr or node.kind in (NodeKind.USER, NodeKind.DECISION):
            writers.setdefault(node.variable, []).append(node)
    for gate in gates_of(diagram):
        if len(writers[gate.variable]) > 1:
            message = f"Nyckeln {gate.variable} används av flera steg. Ge beslutspunkten en egen."
            yield at(gate, "gate-key", message, attribute="key")


def ways_out(diagram: Diagram, rework_to: Mapping[str, Sequence[str]]) -> Iterator[Finding]:
    """One exclusive gateway follows a gate, with one named flow per outcome; the default is rework."""
    for node in gates_of(diagram):
        gateway = diagram.nodes[node.outgoing[0].target]
        if gateway.kind is not NodeKind.CHOICE or len(gateway.incoming) != 1 or len(gateway.outgoing) < 2:
            yield at(node, "gate-gateway", "Rita en exklusiv grind direkt efter beslutspunkten, med en väg per utfall.")
            continue
        for flow in gateway.outgoing:
            if not flow.name:
                yield at(gateway, "gate-flow-name", "En väg ut ur grinden saknar namn. Skriv utfallet på den.")
        yield from _outcome_flows(diagram, node, gateway)
        yield from _rework_flows(diagram, node, gateway, rework_to.get(node.styr["gate"].get("key", ""), ()))


def _outcome_flows(diagram: Diagram, node: Node, gateway: Node) -> Iterator[Finding]:
    taken: dict[str, str] = {}
    for outcome in allowed_by(node)[:MAX_OUTCOMES]:
        flow = chosen(node, gateway, outcome, None)
        if flow is None:
            continue
        is_default = flow.id == gateway.default
        if is_default != (outcome == "rework"):
            rule = "terminate-without-flow" if outcome == TERMINATE else "gate-flow"
            wish = "Gör den till förval" if outcome == "rework" else f"Rita en med villkoret för {outcome}"
            yield at(gateway, rule, f"Utfallet {outcome} har ingen egen väg ut. {wish}.")
        elif flow.id in taken:
            message = f"Utfallen {taken[flow.id]} och {outcome} delar väg. Rita en väg för vart och ett."
            yield at(gateway, "gate-flow", message)
        elif outcome == TERMINATE and not _is_error(leads_to(diagram, flow.target)):
            message = "Vägen för terminate ska leda till ett felslut som fångas på delprocessen runt hela projektet."
            yield at(gateway, "terminate-without-flow", message)
        taken[flow.id] = outcome


def _rework_flows(diagram: Diagram, node: Node, gateway: Node, targets: Sequence[str]) -> Iterator[Finding]:
    """Each phase beside the gate that rework may lead to has a flow there; the first of them is the default.

    (The gate of a part delivery stands in a process of its own, where phases cannot be drawn.)
    """
    for number, target in enumerate(targets):
        drawn = diagram.nodes.get(target)
        if drawn is not None and drawn.process != node.process:
            continue
        flow = chosen(node, gateway, "rework", target)
        if flow is None or leads_to(diagram, flow.target).id != target:
            message = f"Komplettering till {target} leder inte dit. Rita en väg med villkoret för den."
            yield at(gateway, "rework-target", message)
        elif not number and flow.id != gateway.default:
            yield at(gateway, "rework-target", f"Komplettering till {target} ska vara grindens förval. Märk den vägen.")


def chosen(node: Node, gateway: Node, outcome: str, target: str | None) -> Flow | None:
    """Return the flow that a gate's result takes, everything else being unknown."""
    context: dict[str, Any] = {node.variable: {"outcome": outcome, "target": target, "round": 1}}
    run = feel.Run(_NOWHEN, [MAX_STEPS])
    for flow in gateway.outgoing:
        if flow.condition is not None and flow.id != gateway.default:
            try:
                if feel.evaluate(flow.condition, context, _NOWHEN, run=run) is True:
                    return flow
            except feel.FeelError:
                continue
    return next((flow for flow in gateway.outgoing if flow.id == gateway.default), None)


def frame(diagram: Diagram, process: str) -> Iterator[Finding]:
    """Exactly one sub-process lies round all phases and listens for `terminate`."""
    listening = [node for node in diagram.nodes.values() if listens(node)]
    hosts = [diagram.nodes[event.attached_to or ""] for event in listening]
    right = [host for host in hosts if host.kind is NodeKind.SUBPROCESS and host.scope == process]
    if len(right) == 1 == len(listening):
        if not listening[0].interrupting:
            yield at(listening[0], "terminate-frame", "Avbryt-händelsen lämnar arbetet öppet. Gör den avbrytande.")
        return
    message = "Modellen ska ha exakt en delprocess runt alla faser, med kanthändelsen terminate. Rita den."
    yield at(diagram.scopes[process], "terminate-frame", message)


def listens(node: Node) -> bool:
    """Tell whether a boundary event ends the project wherever it stands."""
    trigger = node.trigger
    waits = trigger is not None and (trigger.kind, trigger.value) == (TriggerKind.MESSAGE, TERMINATE)
    return waits and node.kind is NodeKind.BOUNDARY


def allowed_by(node: Node) -> tuple[str, ...]:
    """Return the outcomes a gate allows, in the order written."""
    return tuple(dict.fromkeys(node.styr["gate"].get("outcomes", "")[:1000].replace(",", " ").split()))


def _is_error(node: Node) -> bool:
    return node.kind is NodeKind.END and node.trigger is not None


def gates_of(diagram: Diagram) -> Iterator[Node]:
    """Yield the gates drawn."""
    return (node for node in diagram.nodes.values() if "gate" in node.styr)
