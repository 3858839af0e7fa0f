"""The oracle's activities: what lasts, what waits, and what happens to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from tests.engine.oracle_files import B, Element, kind, styr, text
from workflows.kernel.clock import STOCKHOLM

if TYPE_CHECKING:
    from tests.engine.oracle import Scope


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
            self.inner = self.scope.inside(self.element, self, self.scope.data)
        elif kind(self.element) == "callActivity":
            key = styr(self.element, "gate").get("key")
            if key:
                before = self.scope.data.get(key) or {}
                self.gate = {"key": key, "round": before.get("round", 0), "last": before.get("outcome")}
            self.inner = self.scope.inside(model.elements[self.element.get("calledElement") or ""], self, {})

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
