"""Every FEEL expression of a bundle, where it stands, and which names all of them read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms import feel
from workflows.engine.decisions import Decision
from workflows.engine.diagram import Diagram, Node, NodeKind, TriggerKind, at
from workflows.engine.errors import Finding

Names = frozenset[tuple[str, ...]]
"""Root names, each with at most one level of path: `{("bp1", "outcome"), ("facts", "total_cost")}`."""

MAX_SOURCES = 200_000
"""Characters in all expressions drawn; Härnösand's have 2,000."""

ALWAYS_READ: Mapping[str, frozenset[str]] = {"decision": frozenset({"outcome", "target"})}
"""What a called gate returns is read by the engine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One expression, the element it stands at, and as what it stands there."""

    source: str
    node: Node
    attribute: str


def sites(diagram: Diagram) -> Iterator[Site]:
    """Yield every expression drawn: conditions, timers, collections and end conditions."""
    for node in diagram.nodes.values():
        if node.kind is NodeKind.CHOICE:
            for flow in node.outgoing:
                if flow.condition is not None:
                    yield Site(source=flow.condition, node=node, attribute="condition")
        if node.trigger is not None and node.trigger.kind is TriggerKind.TIMER:
            yield Site(source=node.trigger.value, node=node, attribute="timer")
        if node.each is not None:
            yield Site(source=node.each.collection, node=node, attribute="collection")
            if node.each.until is not None:
                yield Site(source=node.each.until, node=node, attribute="until")


def check_expressions(diagram: Diagram) -> Iterator[Finding]:
    """Tell of every expression that is not FEEL as we know it: Python, a typo, an unknown function."""
    drawn = list(sites(diagram))
    if sum(len(site.source) for site in drawn) > MAX_SOURCES:
        message = f"Uttrycken i diagrammen är längre än {MAX_SOURCES} tecken tillsammans. Använd beslutstabeller."
        yield Finding(rule="too-large", element="", message=message)
        return
    for site in drawn:
        try:
            feel.parse(site.source)
        except feel.FeelError as error:
            message = f"Uttrycket ”{feel.shown(site.source)}” går inte att läsa: {error}"
            yield at(site.node, "expression", message, attribute=site.attribute)


def fields_named(diagram: Diagram, decisions: Mapping[str, Decision]) -> Mapping[str, frozenset[str]]:
    """Return which fields of which variables any expression reads: what a step's answers must put into the state.

    Of a variable that is only read as a whole no field is known, and none is kept.
    """
    names: set[tuple[str, ...]] = set()
    for site in sites(diagram):
        names |= feel.names(feel.parse(site.source))
    for decision in decisions.values():
        names |= decision.names()
    named: dict[str, set[str]] = {root: set(fields) for root, fields in ALWAYS_READ.items()}
    for root, *path in names:
        named.setdefault(root, set()).update(path)
    return {root: frozenset(fields) for root, fields in named.items()}
