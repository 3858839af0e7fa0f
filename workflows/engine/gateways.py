"""How gateways run on SpiffWorkflow's task tree: which way a token goes, and where tokens meet."""

# mypy: allow-untyped-calls

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.mixins.exclusive_gateway import ExclusiveGateway
from SpiffWorkflow.operators import Operator
from SpiffWorkflow.util.task import TaskState

from workflows.engine.errors import NoWayOut
from workflows.engine.specs import NodeSpec
from workflows.engine.tokens import Token


class Condition(Operator):
    """A flow's FEEL condition, then the flow's id. Only `true` is true: null, text and numbers are not."""

    def _matches(self, token: Token) -> bool:
        return token.workflow.script_engine.evaluate(token, self.args[0]) is True


class ChoiceSpec(NodeSpec, ExclusiveGateway):
    """An exclusive gateway: the first flow (in the order of the file) whose condition is true, else the default."""

    def _run_hook(self, token: Token) -> bool:
        matching = ((c, name) for c, name in self.cond_task_specs if c and c._matches(token))
        condition, name = next(matching, (None, self.default_task_spec))
        if name is None:
            raise NoWayOut(element=self.node.label)
        if (trail := token.workflow.script_engine.trail) is not None:
            trail.chose(self.node, condition.args[1] if condition else None)
        token._sync_children([token.workflow.spec.task_specs[name]], TaskState.FUTURE)
        return True

    def _on_complete_hook(self, token: Token) -> None:
        """Keep the one way chosen."""


class ParallelSpec(NodeSpec):
    """A parallel gateway. Tokens are counted by the step they come from; one of each is consumed, extra ones wait.

    (SpiffWorkflow's own looks at finished steps, and fires early in a loop when branches finish in another order.)
    """

    def _update_hook(self, token: Token) -> bool | None:
        token.internal_data["from"] = token.parent.task_spec.name
        waiting = {
            other.internal_data["from"]: other
            for other in reversed(token.workflow.tasks.values())
            if other.task_spec is self and other.state == TaskState.WAITING
        }
        waiting[token.internal_data["from"]] = token
        if waiting.keys() < set(self._inputs):
            token._set_state(TaskState.WAITING)
            return None
        for other in waiting.values():
            if other is not token:
                other._set_state(TaskState.CANCELLED)
        return True
