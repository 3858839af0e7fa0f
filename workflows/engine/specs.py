"""How each element of a diagram runs on SpiffWorkflow's task tree.

Three rules hold for all of them. Nothing is predicted: children are made when a step is complete (SpiffWorkflow
predicts the whole future, 6,143 tasks for five parallel blocks). Tokens carry no data. A task that is alive has no
children, except the instances of a multi-instance; so what is alive is the whole state.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.util.task import TaskState

from forms import feel
from workflows.engine.diagram import Node
from workflows.engine.errors import NoWayOut
from workflows.engine.runs import ProcessSpec, Run, SubRun
from workflows.engine.step import Effect, EffectKind
from workflows.engine.tokens import ALIVE, Token, around, gate, items, visible

if TYPE_CHECKING:
    from workflows.engine.activities import EachSpec
    from workflows.engine.decisions import Decision


class NodeSpec(BpmnTaskSpec):
    """An element that passes the token on at once; start events and plain ends are just this."""

    each: EachSpec | None = None
    """The multi-instance whose instances run by this spec."""

    leaves_frame = True
    """When this is done, what stands beside it in its frame is over (not so for a non-interrupting event)."""

    def __init__(self, process: ProcessSpec, node: Node, suffix: str = "") -> None:
        super().__init__(process, node.id + suffix)
        self.bpmn_id = node.id
        self.bpmn_name = node.name
        self.node = node

    def serialize(self, serializer: object, **_: object) -> None:
        """Refuse: specifications are made from the diagram, and states are written by our codec."""
        raise NotImplementedError

    def test(self) -> None:
        """Do nothing: the diagram was checked as a whole when it was read."""

    def _predict(self, my_task: object, seen: object = None, looked_ahead: object = 0, mask: object = 0) -> None:
        """Predict nothing."""

    def _update_hook(self, token: Token) -> bool | None:
        return True

    def _on_complete_hook(self, token: Token) -> None:
        if self.leaves_frame:
            withdraw(siblings(token))
        following = self.outputs if self.each is None else []
        self._leave_trail(token, following)
        if self.each is not None:
            self.each.collect(token)
        else:
            token._sync_children(following, TaskState.FUTURE)

    def _leave_trail(self, token: Token, following: Iterable[NodeSpec]) -> None:
        """Tell whoever asked where the token goes on."""
        trail = token.workflow.script_engine.trail
        if trail is not None:
            trail.passed(self.node, (spec.node.id for spec in following))


class EndSpec(NodeSpec):
    """An end event. The step tells of it unless it lies in a called process."""

    def _run_hook(self, token: Token) -> bool:
        owner = token.workflow.owner
        while owner is not None and owner.task_spec.node.calls is None:
            owner = owner.workflow.owner
        if owner is None:
            token.workflow.script_engine.ends.append(self.node.id)
        return True


class UserSpec(NodeSpec):
    """A step done by a person; it stays ready until `complete`."""

    def __init__(self, process: ProcessSpec, node: Node, suffix: str = "") -> None:
        super().__init__(process, node, suffix)
        self.manual = True


class EffectSpec(NodeSpec):
    """A service task: tells the application to do something. `freeze` raises the round of the gate around it."""

    def _run_hook(self, token: Token) -> bool:
        kind = EffectKind(self.node.styr["effect"]["kind"])
        standing = gate(token)
        if standing is not None and kind is EffectKind.FREEZE:
            standing["round"] += 1
        effect = Effect(
            kind=kind,
            node=self.node.id,
            place=around(token),
            gate=None if standing is None else standing["key"],
            round=0 if standing is None else standing["round"],
            items=items(token),
            scope=dict(token.workflow.data),
        )
        token.workflow.script_engine.effects.append(effect)
        return True


class DecisionSpec(NodeSpec):
    """A business rule task: what the decision table says goes to this step's variable."""

    def __init__(self, process: ProcessSpec, node: Node, decision: Decision) -> None:
        super().__init__(process, node)
        self.decision = decision

    def _run_hook(self, token: Token) -> bool:
        try:
            result = feel.as_json(self.decision.evaluate(visible(token), token.workflow.script_engine.env))
        except feel.FeelError as error:
            raise NoWayOut(element=self.node.label) from error
        token.workflow.data[self.node.variable] = result
        return True


class FrameSpec(NodeSpec):
    """Stands round an activity with boundary events, so that they know one another as siblings.

    Also the event-based gateway: the first of its events withdraws the others.
    """

    def _leave_trail(self, token: Token, following: Iterable[NodeSpec]) -> None:
        """Follow nothing: its activity is the same element, and its events have yet to happen."""
        super()._leave_trail(token, ())


def siblings(token: Token) -> list[Token]:
    """Return what stands in the same frame as `token`, when it stands in one."""
    return [child for child in token.parent.children if child is not token] if _in_frame(token) else []


def withdraw(tokens: Iterable[Token]) -> None:
    """End what is alive of `tokens`, with everything inside; what came out of finished ones goes on."""
    for token in tokens:
        if not token.has_state(ALIVE):
            continue
        withdraw(token.children)
        token._set_state(TaskState.CANCELLED)
        inner = token.workflow.top_workflow.subprocesses.pop(token.id, None)
        if inner is not None:
            withdraw(list(inner.tasks.values()))


def outermost(run: Run | SubRun) -> list[Token]:
    """Return the tokens of a run that stand by themselves, not in a frame and not as a multi-instance's instance."""
    return [token for token in run.tasks.values() if token.task_spec.each is None and not _in_frame(token)]


def within(token: Token) -> list[Token]:
    """Return what stands in a frame, or the instances of a multi-instance."""
    frame = isinstance(token.task_spec, FrameSpec)
    return [child for child in token.children if frame or child.task_spec.each is not None]


def living(run: Run | SubRun) -> Iterator[Token]:
    """Yield every token that is alive, inner runs included, in the order in which states are written and restored."""
    yield from _living(outermost(run))


def _living(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.has_state(ALIVE):
            yield token
        yield from _living(within(token))
        inner = token.workflow.top_workflow.subprocesses.get(token.id)
        if inner is not None:
            yield from living(inner)


def _in_frame(token: Token) -> bool:
    return token.parent is not None and isinstance(token.parent.task_spec, FrameSpec)
