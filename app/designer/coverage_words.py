"""Coverage in words and as marks: what no scenario ever passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from workflows.engine import Executable, NodeKind
from workflows.engine.diagram import Diagram, Node
from workflows.kernel.errors import Text, _l
from workflows.models import Covered, Unvisited

KINDS: Mapping[NodeKind, Text] = {
    NodeKind.START: _l("början"),
    NodeKind.END: _l("slutet"),
    NodeKind.USER: _l("steget"),
    NodeKind.EFFECT: _l("det automatiska steget"),
    NodeKind.DECISION: _l("beslutstabellen"),
    NodeKind.CHOICE: _l("vägskälet"),
    NodeKind.PARALLEL: _l("det samtidiga"),
    NodeKind.RACE: _l("det som väntas på"),
    NodeKind.CATCH: _l("händelsen"),
    NodeKind.BOUNDARY: _l("händelsen"),
    NodeKind.SUBPROCESS: _l("delen"),
    NodeKind.CALL: _l("delprocessen"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something that is left out; `target` is what a scenario can be played on to there: a step, a gate, or "".

    `called` is what the target is called.
    """

    sentence: str
    target: str = ""
    called: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What is left out in one process."""

    process: str
    name: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """A coverage as the page shows it. `processes` are those that can be drawn: id, name, and whether it is shown."""

    covered: Covered
    left: tuple[Left, ...]
    processes: tuple[tuple[str, str, bool], ...]
    drawing: str
    marks: Mapping[str, tuple[str, ...]]
    notes: Mapping[str, str]


def coverage_view(executable: Executable, covered: Covered, process: str) -> CoverageView:
    """Return a coverage in words, with the marks of the process that is wanted (else the outermost)."""
    diagram = executable.diagram
    known = {scope.id: scope for scope in diagram.processes()}
    shown = known[process] if process in known else known[executable.process]
    never = (*covered.unvisited_nodes, *covered.unvisited_flows)
    here = tuple(one.id for one in never if one.process == shown.id)
    passed = tuple(node for node in sorted(covered.coverage.nodes) if diagram.nodes[node].process == shown.id)
    return CoverageView(
        covered=covered,
        left=_left(diagram, never),
        processes=tuple(
            (scope.id, scope.name or gettext("En process utan namn"), scope.id == shown.id) for scope in known.values()
        ),
        drawing=shown.file,
        marks={"is-done": passed, "is-unvisited": here},
        notes=dict.fromkeys(here, gettext("aldrig")),
    )


def _left(diagram: Diagram, never: tuple[Unvisited, ...]) -> tuple[Left, ...]:
    """Return what is left out, a process at a time."""
    names = {one.process: one.process_name for one in never}
    return tuple(
        Left(
            process=key,
            name=name or gettext("En process utan namn"),
            places=tuple(_place(diagram, one) for one in never if one.process == key),
        )
        for key, name in names.items()
    )


def _place(diagram: Diagram, one: Unvisited) -> Place:
    said, node = sentence(diagram, one), one.node
    if node is None:
        return Place(sentence=said)
    gate = node.styr.get("gate", {}).get("key", "")
    target = node.id if node.kind is NodeKind.USER else gate
    return Place(sentence=said, target=target, called=words_of(diagram, node) if target else "")


def sentence(diagram: Diagram, one: Unvisited) -> str:
    """Return an element or a flow in words."""
    if one.node is not None:
        words = words_of(diagram, one.node)
        return words[:1].upper() + words[1:]
    assert one.source is not None and one.target is not None
    way = gettext(
        "från %(source)s till %(target)s", source=words_of(diagram, one.source), target=words_of(diagram, one.target)
    )
    return f"{one.name}: {way}" if one.name else way[:1].upper() + way[1:]


def words_of(diagram: Diagram, node: Node) -> str:
    """Return what an element is called, else what kind of thing it is and beside what it stands."""
    if node.name:
        return node.name
    kind, scope = gettext(KINDS[node.kind]), diagram.scopes[node.scope].name
    if node.kind in (NodeKind.START, NodeKind.END):
        return gettext("%(kind)s av %(part)s", kind=kind, part=scope) if scope else kind
    after = next((name for flow in node.outgoing if (name := diagram.nodes[flow.target].name)), "")
    if after:
        return gettext("%(kind)s före %(name)s", kind=kind, name=after)
    before = next((name for flow in node.incoming if (name := diagram.nodes[flow.source].name)), "")
    if before:
        return gettext("%(kind)s efter %(name)s", kind=kind, name=before)
    return gettext("%(kind)s i %(part)s", kind=kind, part=scope) if scope else kind
