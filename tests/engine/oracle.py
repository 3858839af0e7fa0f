"""An independent interpreter of the same BPMN files, without SpiffWorkflow and without the engine's reader.

It says what should be open, due, written and told after each step. It keeps tokens as BPMN 2.0 describes them (one per
flow, counted at joins by flow), in live objects, and never stores or restores anything: the engine is compared to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms import feel
from tests.engine.oracle_activity import Activity, Wait
from tests.engine.oracle_files import B, Element, Model, kind, styr, text


@dataclass
class World:
    """A whole instance: what waits, what was told, and the tokens on their way."""

    model: Model
    facts: dict[str, Any]
    env: feel.Environment
    named: Mapping[str, frozenset[str]]
    process: str = "project"
    effects: list[tuple[Any, ...]] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    moving: deque[tuple[Scope, Element]] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.top = Scope(self, self.model.elements[self.process], None, {})
        self.settle()

    def settle(self) -> None:
        """Move every token until all wait."""
        while self.moving:
            scope, flow = self.moving.popleft()
            if scope.alive:
                scope.arrive(flow)

    def waits(self) -> list[Wait]:
        """Return all that waits for a person, a message or a time."""
        return list(self.top.waits())

    def open(self) -> list[str]:
        """Return the paths of what waits for a person."""
        return sorted(wait.path for wait in self.waits() if wait.user)

    def due(self) -> list[tuple[str, str, datetime]]:
        """Return the timers: event, place and moment."""
        return sorted((wait.node, wait.path, wait.due) for wait in self.waits() if wait.due)

    def complete(self, path: str, fields: Mapping[str, Any]) -> None:
        """Do the one step at `path`."""
        self.grow()
        wait = next(wait for wait in self.waits() if wait.user and wait.path == path)
        wait.activity.finish(fields)
        self.settle()

    def send(self, place: str, message: str) -> bool:
        """Give a message; tell whether anything waited for it."""
        self.grow()
        hits = [wait for wait in self.waits() if wait.message == message and wait.path == place]
        if hits:
            hits[0].happen()
            self.settle()
        return bool(hits)

    def tick(self) -> None:
        """Let every timer that is over happen, the earliest first."""
        self.grow()
        while over := [wait for wait in self.waits() if wait.due and wait.due <= self.env.now]:
            min(over, key=lambda wait: wait.due or self.env.now).happen()
            self.settle()

    def grow(self) -> None:
        """Begin instances for new items."""
        for scope in list(self.top.scopes()):
            for activity in list(scope.activities):
                if activity.each is not None and activity.item is None and scope.alive:
                    activity.begin_instances()
        self.settle()


@dataclass(eq=False)
class Scope:
    """A running process or sub-process. `live` counts its tokens; at none it is over."""

    world: World
    element: Element
    owner: Activity | None
    data: dict[str, Any]
    live: int = 0
    alive: bool = True
    activities: list[Activity] = field(default_factory=list)
    arrived: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def __post_init__(self) -> None:
        [start] = self.element.findall(f"{B}startEvent")
        self.live = 1
        self.leave(start)

    @property
    def path(self) -> str:
        """Where this stands."""
        return "" if self.owner is None else self.owner.path

    @property
    def embedded(self) -> bool:
        """Whether every scope outwards is an embedded sub-process, so that its ends are the project's."""
        owner = self.owner
        return owner is None or (kind(owner.element) == "subProcess" and owner.scope.embedded)

    def inside(self, element: Element, owner: Activity, data: dict[str, Any]) -> Scope:
        """Begin a scope within this one."""
        return Scope(self.world, element, owner, data)

    def scopes(self) -> Iterator[Scope]:
        """Yield this and every scope inside."""
        yield self
        for activity in self.activities:
            if activity.inner is not None:
                yield from activity.inner.scopes()

    def waits(self) -> Iterator[Wait]:
        """Yield all that waits in here."""
        for activity in list(self.activities):
            yield from activity.waits()
            if activity.inner is not None:
                yield from activity.inner.waits()

    def context(self, activity: Activity | None = None) -> dict[str, Any]:
        """Return what an expression reads here."""
        found: dict[str, Any]
        if self.owner is None:
            found = {"facts": self.world.facts}
        else:
            found = self.owner.scope.context(self.owner)
            if self.owner.gate is not None:
                found["gate"] = self.owner.gate
        found.update(self.data)
        if activity is not None:
            found.update(activity.own_item)
        return found

    def evaluate(self, source: str, activity: Activity | None = None) -> Any:
        """Evaluate FEEL here."""
        return feel.evaluate(source, self.context(activity), self.world.env)

    def leave(self, element: Element) -> None:
        """Send the token that stood at `element` on along every flow."""
        flows = self.world.model.outgoing[element.get("id") or ""]
        self.live += len(flows) - 1
        self.world.moving.extend((self, flow) for flow in flows)

    def arrive(self, flow: Element) -> None:
        """Take the token from a flow into the element it leads to."""
        element = self.world.model.elements[flow.get("targetRef") or ""]
        match kind(element):
            case "endEvent":
                self.end(element)
            case "exclusiveGateway":
                self.world.moving.append((self, self.choose(element)))
            case "parallelGateway":
                self.join(element, flow)
            case "serviceTask":
                self.tell(element)
                self.leave(element)
            case "businessRuleTask":
                drawn = styr(element, "decision")
                result = self.world.model.decisions[drawn["ref"]].evaluate(self.context(), self.world.env)
                self.data[drawn.get("as") or element.get("id") or ""] = feel.as_json(result)
                self.leave(element)
            case _:
                Activity.begin(self, element)

    def choose(self, element: Element) -> Element:
        """Return the way out of an exclusive gateway."""
        flows = self.world.model.outgoing[element.get("id") or ""]
        for flow in flows:
            source = text(flow, "conditionExpression")
            if source is not None and flow.get("id") != element.get("default") and self.evaluate(source) is True:
                return flow
        return next(flow for flow in flows if flow.get("id") == element.get("default") or len(flows) == 1)

    def join(self, element: Element, flow: Element) -> None:
        """Take one token from each incoming flow when every flow has one."""
        tokens = self.arrived[element.get("id") or ""]
        tokens[flow.get("id") or ""] += 1
        incoming = [flow.get("id") or "" for flow in self.world.model.incoming[element.get("id") or ""]]
        if all(tokens[name] for name in incoming):
            tokens.subtract(incoming)
            self.live -= len(incoming) - 1
            self.leave(element)

    def tell(self, element: Element) -> None:
        """Note an effect."""
        holder = self.owner
        while holder is not None and holder.gate is None:
            holder = holder.scope.owner
        gate = holder.gate if holder is not None else None
        word = styr(element, "effect")["kind"]
        if gate is not None and word == "freeze":
            gate["round"] += 1
        items = self.owner.items if self.owner is not None else {}
        about = (gate["key"], gate["round"]) if gate is not None else (None, 0)
        self.world.effects.append((word, element.get("id"), self.path, *about, items, dict(self.data)))

    def end(self, element: Element) -> None:
        """Take a token off, or throw an error."""
        if self.embedded:
            self.world.ends.append(element.get("id") or "")
        code = self.world.model.error(element)
        if code is not None:
            self.throw(code)
            return
        self.live -= 1
        self.close()

    def throw(self, code: str) -> None:
        """Look outwards for who catches an error; nobody does: everything ends."""
        owner = self.owner
        while owner is not None:
            host = owner.group or owner
            for event in self.world.model.boundary[host.id]:
                if self.world.model.error(event) in ("", code):
                    host.interrupt(event)
                    return
            owner = host.scope.owner
        self.world.top.kill()

    def close(self) -> None:
        """Be over when no token is left."""
        if not self.live and self.alive:
            self.alive = False
            if self.owner is not None:
                self.owner.finish({})

    def kill(self) -> None:
        """End everything in here."""
        self.alive = False
        for activity in list(self.activities):
            activity.kill()
