"""An independent interpreter of the same BPMN files, without SpiffWorkflow and without the engine's reader.

It says what should be open, due, written and told after each step. It keeps tokens as BPMN 2.0 describes them (one per
flow, counted at joins by flow), in live objects, and never stores or restores anything: the engine is compared to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lxml import etree

from forms import feel
from workflows.engine.decisions import Decision, read_decisions
from workflows.kernel.clock import STOCKHOLM

B = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
S = "{urn:styr:bpmn:1}"

Element = etree._Element


class Model:
    """The files, indexed by id."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.elements: dict[str, Element] = {}
        self.outgoing: dict[str, list[Element]] = defaultdict(list)
        self.incoming: dict[str, list[Element]] = defaultdict(list)
        self.boundary: dict[str, list[Element]] = defaultdict(list)
        self.decisions: dict[str, Decision] = {}
        for name in sorted(files):
            if name.endswith(".dmn"):
                self.decisions |= read_decisions(etree.fromstring(files[name]))
            elif name.endswith(".bpmn"):
                self._index(etree.fromstring(files[name]))

    def _index(self, root: Element) -> None:
        for element in root.iter(f"{B}*"):
            if element.get("id"):
                self.elements[element.get("id") or ""] = element
            if element.tag == f"{B}sequenceFlow":
                self.outgoing[element.get("sourceRef") or ""].append(element)
                self.incoming[element.get("targetRef") or ""].append(element)
            if element.tag == f"{B}boundaryEvent":
                self.boundary[element.get("attachedToRef") or ""].append(element)

    def message(self, event: Element) -> str | None:
        """Return the name of the message an event waits for."""
        definition = event.find(f"{B}messageEventDefinition")
        return None if definition is None else self.elements[definition.get("messageRef") or ""].get("name")

    def error(self, event: Element) -> str | None:
        """Return the error code an event throws or catches; empty catches all."""
        definition = event.find(f"{B}errorEventDefinition")
        if definition is None:
            return None
        found = self.elements.get(definition.get("errorRef") or "")
        return "" if found is None else found.get("errorCode") or ""


def styr(element: Element, tag: str) -> dict[str, str]:
    """Return the attributes of one of our extension elements."""
    found = element.find(f"{B}extensionElements/{S}{tag}")
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def kind(element: Element) -> str:
    """Return the local name."""
    return etree.QName(element).localname


def text(element: Element, path: str) -> str | None:
    """Return the FEEL at `path` below an element."""
    found = element.find("/".join(f"{B}{part}" for part in path.split("/")))
    return None if found is None else (found.text or "").strip()


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
class Wait:
    """Something that waits. `path` is the activity's own, or that of the activity an event sits on."""

    path: str
    node: str
    activity: Activity
    event: Element | None = None
    user: bool = False
    message: str | None = None
    due: datetime | None = None

    def happen(self) -> None:
        """Let the event happen."""
        assert self.event is not None
        self.activity.interrupt(self.event)


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


@dataclass(eq=False)
class Activity:
    """An activity that lasts, one instance of it, an event that waits, or the events behind a gateway."""

    scope: Scope
    element: Element
    item: str | None = None
    group: Activity | None = None
    inner: Scope | None = None
    gate: dict[str, Any] | None = None
    timers: dict[str, datetime] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    open: bool = True

    @classmethod
    def begin(cls, scope: Scope, element: Element) -> None:
        """Let a token stand at `element`."""
        activity = cls(scope, element)
        scope.activities.append(activity)
        activity.set_timers()
        if activity.each is None:
            activity.enter()
            return
        if activity.variable in scope.world.named:
            scope.data[activity.variable] = []
        activity.begin_instances()
        if not activity.instances:
            activity.go_on()

    @property
    def id(self) -> str:
        """The element's id."""
        return self.element.get("id") or ""

    @property
    def path(self) -> str:
        """Where this stands, itself included."""
        own = self.id if self.item is None else f"{self.id}[{self.item}]"
        return f"{self.scope.path}/{own}" if self.scope.path else own

    @property
    def each(self) -> Element | None:
        """The multi-instance marker."""
        return self.element.find(f"{B}multiInstanceLoopCharacteristics")

    @property
    def own_item(self) -> dict[str, str]:
        """The item of this very instance."""
        return {} if self.item is None else {styr(self.element, "each")["item"]: self.item}

    @property
    def items(self) -> dict[str, str]:
        """All items in scope."""
        outer = self.scope.owner.items if self.scope.owner is not None else {}
        return {**outer, **self.own_item}

    @property
    def variable(self) -> str:
        """Where the answers or results go."""
        return styr(self.element, "gate").get("key") or styr(self.element, "task").get("as") or self.id

    @property
    def instances(self) -> list[Activity]:
        """The running instances of a multi-instance."""
        return [activity for activity in self.scope.activities if activity.group is self]

    def events(self) -> list[Element]:
        """Return the events that can happen here: on the edge, behind a gateway, or the event itself."""
        model = self.scope.world.model
        if kind(self.element) == "eventBasedGateway":
            return [model.elements[flow.get("targetRef") or ""] for flow in model.outgoing[self.id]]
        if kind(self.element) == "intermediateCatchEvent":
            return [self.element]
        return model.boundary[self.id] if self.group is None else []

    def set_timers(self) -> None:
        """Fix the due moments."""
        for event in self.events():
            source = text(event, "timerEventDefinition/timeDate") or text(event, "timerEventDefinition/timeDuration")
            if source is not None:
                moment = _moment(self.scope.evaluate(source), self.scope.world.env.now)
                if moment is not None:
                    self.timers[event.get("id") or ""] = moment

    def waits(self) -> Iterator[Wait]:
        """Yield what waits: a person here, and the events."""
        if kind(self.element) == "userTask" and (self.each is None or self.item is not None):
            yield Wait(self.path, self.id, self, user=True)
        for event in self.events():
            name = event.get("id") or ""
            catch = kind(event) == "intermediateCatchEvent"
            place = (f"{self.scope.path}/{name}" if self.scope.path else name) if catch else self.path
            message = self.scope.world.model.message(event)
            if name not in self.seen and (message or name in self.timers):
                yield Wait(place, name, self, event=event, message=message, due=self.timers.get(name))

    def enter(self) -> None:
        """Begin what is inside."""
        model = self.scope.world.model
        if kind(self.element) == "subProcess":
            self.inner = Scope(self.scope.world, self.element, self, self.scope.data)
        elif kind(self.element) == "callActivity":
            key = styr(self.element, "gate").get("key")
            if key:
                before = self.scope.data.get(key) or {}
                self.gate = {"key": key, "round": before.get("round", 0), "last": before.get("outcome")}
            self.inner = Scope(self.scope.world, model.elements[self.element.get("calledElement") or ""], self, {})

    def begin_instances(self) -> None:
        """Begin an instance for every key that never had one."""
        assert self.each is not None
        source = styr(self.element, "each").get("collection") or text(self.each, "loopDataInputRef")
        for key in self.scope.evaluate(source or "null") or []:
            if key not in self.seen:
                self.seen.append(key)
                instance = Activity(self.scope, self.element, item=key, group=self)
                self.scope.activities.append(instance)
                instance.enter()

    def finish(self, fields: Mapping[str, Any]) -> None:
        """Be done: write what was given, and let the token go on."""
        named = self.scope.world.named.get(self.variable)
        kept = {name: value for name, value in fields.items() if named and name in named}
        if self.group is not None:
            self.group.collect(self, {**kept, **self.own_item} if named is not None else None)
            return
        if self.gate is not None and self.inner is not None:
            decision = self.inner.data.get("decision") or {}
            result = {"outcome": decision.get("outcome"), "target": decision.get("target")}
            self.scope.data[self.gate["key"]] = {**result, "round": self.gate["round"]}
        elif kind(self.element) == "userTask" and named is not None:
            self.scope.data[self.variable] = kept
        self.go_on()

    def collect(self, instance: Activity, result: dict[str, Any] | None) -> None:
        """Take in an instance's result."""
        assert self.each is not None
        self.scope.activities.remove(instance)
        if result is not None:
            self.scope.data[self.variable] = [*self.scope.data[self.variable], result]
        until = styr(self.element, "each").get("until") or text(self.each, "completionCondition")
        if until and self.scope.evaluate(until) is True:
            for other in self.instances:
                other.kill()
        else:
            self.begin_instances()
        if not self.instances:
            self.go_on()

    def go_on(self) -> None:
        """Send the token on from here."""
        self.scope.activities.remove(self)
        self.scope.leave(self.element)

    def interrupt(self, event: Element) -> None:
        """Let an event happen here; unless it only adds a token, what stood here is over."""
        if event.get("cancelActivity") == "false":
            self.seen.append(event.get("id") or "")
            self.scope.live += 1
        else:
            self.kill()
        self.scope.leave(event)

    def kill(self) -> None:
        """Be over, with everything inside."""
        for instance in self.instances:
            instance.kill()
        if self in self.scope.activities:
            self.scope.activities.remove(self)
        if self.inner is not None:
            self.inner.kill()


def _moment(value: Any, now: datetime) -> datetime | None:
    if isinstance(value, timedelta):
        value = now + value
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time(), STOCKHOLM)
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=STOCKHOLM)).astimezone(UTC)
    return None
