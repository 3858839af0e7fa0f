"""Events that wait (boundary and intermediate) and errors that are thrown.

SpiffWorkflow's event manager is not used: it gives a message to everyone who waits for its name (two open gates were
both withdrawn), shares one due moment between the timers behind a gateway, and looks for an error's catcher among
the steps beside it before it looks outside.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from SpiffWorkflow.util.task import TaskState

from forms import feel
from workflows.engine.diagram import Node, NodeKind, TriggerKind
from workflows.engine.errors import NoWayOut
from workflows.engine.runs import ProcessSpec, Run
from workflows.engine.specs import EndSpec, NodeSpec, living, siblings, withdraw
from workflows.engine.step import Awaited
from workflows.engine.tokens import Token, around, place
from workflows.kernel.clock import STOCKHOLM


class WaitingSpec(NodeSpec):
    """A boundary or intermediate event. A timer's due moment is fixed when the wait begins and kept in `due`.

    A date means the beginning of that day in Sweden. A boundary timer without a moment (null) never goes off: the
    step it sits on can still be done. An intermediate one would wait for ever, so it is refused.
    """

    def __init__(self, process: ProcessSpec, node: Node) -> None:
        super().__init__(process, node)
        assert node.trigger is not None
        self.trigger = node.trigger
        self.leaves_frame = node.interrupting

    def _update_hook(self, token: Token) -> bool | None:
        if self.trigger.kind is TriggerKind.TIMER and (moment := self._due(token)) is not None:
            token.internal_data["due"] = moment.isoformat()
        token._set_state(TaskState.WAITING)
        return None

    def place_of(self, token: Token) -> str:
        """Return the place of this: the path of the activity it sits on, or the event's own."""
        if self.node.kind is NodeKind.BOUNDARY:
            path = around(token)
            return f"{path}/{self.node.attached_to}" if path else str(self.node.attached_to)
        return place(token)

    def fire(self, token: Token) -> None:
        """Let what was waited for happen. What it interrupts is over at once, before anything else runs."""
        if self.leaves_frame:
            withdraw(siblings(token))
        if (trail := token.workflow.script_engine.trail) is not None:
            trail.happened(self.node, (spec.node for spec in self.inputs))
        token._ready()

    def catches(self, token: Token, code: str) -> bool:
        """Tell whether an error with `code` is what `token` waits for; one without a code catches any."""
        waits = token.state == TaskState.WAITING and self.trigger.kind is TriggerKind.ERROR
        return waits and self.trigger.value in ("", code)

    def _due(self, token: Token) -> datetime | None:
        evaluator = token.workflow.script_engine
        moment = evaluator.evaluate(token, self.trigger.value)
        if moment is None and self.node.kind is NodeKind.BOUNDARY:
            return None
        if isinstance(moment, timedelta | feel.Months):
            moment = feel.evaluate("now() + span", {"span": moment}, evaluator.env)
        if isinstance(moment, date) and not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(), STOCKHOLM)
        if not isinstance(moment, datetime):
            raise NoWayOut(element=self.node.label)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=STOCKHOLM)
        return moment.astimezone(UTC)


class ErrorEndSpec(EndSpec):
    """An error end: what encloses it is searched outwards for a boundary event that catches its code.

    Nobody catches it: the whole instance ends (the linter refuses such a diagram).
    """

    def _run_hook(self, token: Token) -> bool:
        super()._run_hook(token)
        assert self.node.trigger is not None
        owner = token.workflow.owner
        while owner is not None:
            step = owner.parent if owner.task_spec.each is not None else owner
            for event in siblings(step):
                spec = event.task_spec
                if isinstance(spec, WaitingSpec) and spec.catches(event, self.node.trigger.value):
                    spec.fire(event)
                    return True
            owner = step.workflow.owner
        withdraw(list(token.workflow.top_workflow.tasks.values()))
        return True


def waiting(run: Run) -> list[tuple[WaitingSpec, Token]]:
    """Return every event that waits, in the order of the state."""
    return [(token.task_spec, token) for token in living(run) if isinstance(token.task_spec, WaitingSpec)]


def timers(run: Run) -> list[tuple[datetime, WaitingSpec, Token]]:
    """Return every waiting timer with the moment it goes off, the earliest first."""
    found = [
        (datetime.fromisoformat(token.internal_data["due"]), spec, token)
        for spec, token in waiting(run)
        if "due" in token.internal_data
    ]
    return sorted(found, key=lambda timer: timer[0])


def messages(run: Run) -> tuple[Awaited, ...]:
    """Return every message that is waited for."""
    return tuple(
        Awaited(node=spec.node.id, name=spec.node.name, message=spec.trigger.value, place=spec.place_of(token))
        for spec, token in waiting(run)
        if spec.trigger.kind is TriggerKind.MESSAGE
    )
