"""A process model as drawn: processes, elements and flows, frozen, without anything of how it is run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from workflows.engine.errors import Finding, Severity


class NodeKind(StrEnum):
    """The BPMN elements the engine runs; the value is the element's name in the file."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    EFFECT = "serviceTask"
    DECISION = "businessRuleTask"
    CHOICE = "exclusiveGateway"
    PARALLEL = "parallelGateway"
    RACE = "eventBasedGateway"
    CATCH = "intermediateCatchEvent"
    BOUNDARY = "boundaryEvent"
    SUBPROCESS = "subProcess"
    CALL = "callActivity"


ACTIVITIES = frozenset({NodeKind.USER, NodeKind.EFFECT, NodeKind.DECISION, NodeKind.SUBPROCESS, NodeKind.CALL})
"""What a boundary event can be attached to."""


class TriggerKind(StrEnum):
    """What an event waits for or throws."""

    MESSAGE = "message"
    TIMER = "timer"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What an event waits for: a message's name, an error's code (empty = any), or a FEEL moment or duration."""

    kind: TriggerKind
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """Parallel multi-instance: one instance per text key in `collection` (FEEL), until `until` (FEEL) is true."""

    item: str
    collection: str
    until: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sequence flow. `condition` is FEEL; the default flow of its gateway has none."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One element. `scope` is the process or sub-process it lies in, `process` the outermost one.

    `styr` holds the extension elements by local name; `calls` the process id of a call activity; `foreign` what other
    engines would run here, which is never read.
    """

    id: str
    name: str
    kind: NodeKind
    file: str
    scope: str
    process: str
    incoming: tuple[Flow, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    trigger: Trigger | None = None
    each: Each | None = None
    calls: str | None = None
    styr: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    foreign: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What to call this when speaking to people."""
        return self.name or self.id

    @property
    def variable(self) -> str:
        """The variable this step writes: what its `styr:` element calls it (`as`), a gate's key, or its own id."""
        gate = self.styr.get("gate", {}).get("key")
        named = self.styr.get("task", {}).get("as") or self.styr.get("decision", {}).get("as")
        return gate or named or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A process, or the inside of an embedded sub-process (then `owner` is that sub-process). Nodes as in the file."""

    id: str
    name: str
    file: str
    process: str
    owner: str | None
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """All processes of a bundle; ids of nodes and processes are unique in it. `attached`: boundary events by host."""

    scopes: Mapping[str, Scope]
    nodes: Mapping[str, Node]
    attached: Mapping[str, tuple[Node, ...]]

    def boundary(self, node_id: str) -> tuple[Node, ...]:
        """Return the boundary events attached to a node, in the order of the file."""
        return self.attached.get(node_id, ())

    def processes(self) -> Iterator[Scope]:
        """Yield the outermost scopes."""
        return (scope for scope in self.scopes.values() if scope.owner is None)

    def calls_to(self, process: str) -> tuple[Node, ...]:
        """Return the call activities that call `process`."""
        return tuple(node for node in self.nodes.values() if node.calls == process)

    def following(self, node: Node) -> tuple[str, ...]:
        """Return where a token can go from `node`: its flows' targets, and its boundary events."""
        boundary = tuple(event.id for event in self.boundary(node.id))
        return tuple(flow.target for flow in node.outgoing) + boundary


def at(
    element: Node | Scope, rule: str, message: str, *, attribute: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    """Return a finding about `element`, or about one attribute of it."""
    return Finding(
        rule=rule, element=element.id, message=message, file=element.file, attribute=attribute, severity=severity
    )
