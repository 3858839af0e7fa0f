"""Rules on the names that expressions read: nothing defines them, and null takes the default way in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms import feel
from workflows.engine.decisions import Decision
from workflows.engine.diagram import Diagram, Node, NodeKind, at
from workflows.engine.errors import Finding
from workflows.engine.expressions import Names, sites
from workflows.engine.linting.steps import Fields

GATE = frozenset({"key", "round", "last"})
RESULT = frozenset({"outcome", "target", "round"})

Known = dict[str, frozenset[str] | None]
"""Names in scope with their fields; None when any field will do."""


def names(
    diagram: Diagram, decisions: Mapping[str, Decision], fields: Fields | None, facts: frozenset[str] | None
) -> Iterator[Finding]:
    """Every name that an expression reads is a step, a gate, an item or a fact in scope, and has that field."""
    everywhere = in_scope(diagram, decisions, fields, facts)
    for node, read in _read(diagram, decisions):
        known = everywhere[node.id]
        for root, *path in sorted(read):
            if root not in known:
                message = f"Ingenting här heter {root}. Rätta namnet, eller låt ett steg före skriva det."
                yield at(node, "unknown-name", message)
                continue
            allowed = known[root]
            if path and allowed is not None and path[0] not in allowed:
                message = f"{root} har inget fält {path[0]}. Välj ett av {', '.join(sorted(allowed)) or '(inga)'}."
                yield at(node, "unknown-field", message)


def in_scope(
    diagram: Diagram, decisions: Mapping[str, Decision], fields: Fields | None, facts: frozenset[str] | None
) -> Mapping[str, Known]:
    """Return what an expression at each node can name; also of diagrams that cannot be run as they stand."""
    defined = {scope.id: _defined(diagram, decisions, scope.id, fields) for scope in diagram.processes()}
    outside: dict[str, Known] = {}
    return {
        node.id: {**_around(diagram, node, defined, outside), "facts": facts}
        for node in diagram.nodes.values()
        if node.process in defined
    }


def _read(diagram: Diagram, decisions: Mapping[str, Decision]) -> Iterator[tuple[Node, Names]]:
    """Yield what is read at each node: by its own expressions, and by the table a business rule task asks."""
    for site in sites(diagram):
        yield site.node, feel.names(feel.parse(site.source))
    for node in diagram.nodes.values():
        if node.kind is NodeKind.DECISION:
            yield node, decisions[node.styr["decision"]["ref"]].names()


def _defined(diagram: Diagram, decisions: Mapping[str, Decision], process: str, fields: Fields | None) -> Known:
    """Return the variables that the steps of a process write."""
    found: Known = {}
    for node in diagram.nodes.values():
        written = _written(node, decisions, fields) if node.process == process else None
        if written is None:
            continue
        before = found.get(node.variable, frozenset())
        open_ended = before is None or written[0] is None
        found[node.variable] = None if open_ended else (before or frozenset()) | (written[0] or frozenset())
    return found


def _written(
    node: Node, decisions: Mapping[str, Decision], fields: Fields | None
) -> tuple[frozenset[str] | None] | None:
    """Return the fields of what a node writes, in a tuple; None when it writes nothing."""
    item = frozenset() if node.each is None else frozenset({node.each.item})
    if "gate" in node.styr:
        return (RESULT | item,)
    if node.kind is NodeKind.DECISION:
        asked = decisions.get(node.styr.get("decision", {}).get("ref", ""))
        return (frozenset(asked.outputs) or None if asked is not None else None,)
    if node.kind is NodeKind.USER:
        form = node.styr.get("task", {}).get("form")
        declared = fields(form) if fields is not None and form is not None else None
        return (None if declared is None else declared | item,)
    return (item,) if node.each is not None else None


def _around(diagram: Diagram, node: Node, defined: Mapping[str, Known], outside: dict[str, Known]) -> Known:
    """Return what is in scope at a node: its own process, its items, and what every caller of the process sees."""
    found: Known = dict(_outside(diagram, node.process, defined, outside))
    found |= defined[node.process]
    for holder in _holders(diagram, node):
        if holder.each is not None:
            found[holder.each.item] = frozenset()
    return found


def _outside(diagram: Diagram, process: str, defined: Mapping[str, Known], outside: dict[str, Known]) -> Known:
    """Return the names that are there whoever calls a process (at the top: none but the facts).

    `outside` holds what has been found, since many may call the same; of a process that calls itself, nothing more.
    """
    if process in outside:
        return outside[process]
    outside[process] = {}
    seen: list[Known] = []
    for call in diagram.calls_to(process):
        known = {**_outside(diagram, call.process, defined, outside), **defined[call.process]}
        for holder in (call, *_holders(diagram, call)):
            if holder.each is not None:
                known[holder.each.item] = frozenset()
        if "gate" in call.styr:
            known["gate"] = GATE
        seen.append(known)
    common = set.intersection(*(set(known) for known in seen)) if seen else set()
    outside[process] = {name: _either([known[name] for known in seen]) for name in common}
    return outside[process]


def _either(choices: list[frozenset[str] | None]) -> frozenset[str] | None:
    return None if None in choices else frozenset().union(*(choice or frozenset() for choice in choices))


def _holders(diagram: Diagram, node: Node) -> Iterator[Node]:
    """Yield the embedded sub-processes around a node, within its process."""
    owner = diagram.scopes[node.scope].owner
    while owner is not None:
        holder = diagram.nodes[owner]
        yield holder
        owner = diagram.scopes[holder.scope].owner
