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
    """A flow's FEEL condition. Only `true` is true: null, text and numbers are not."""

    def _matches(self, token: Token) -> bool:
        return token.workflow.script_engine.evaluate(token, self.args[0]) is True


class ChoiceSpec(NodeSpec, ExclusiveGateway):
    """An exclusive gateway: the first flow (in the order of the file) whose condition is true, else the default."""

    def _run_hook(self, token: Token) -> bool:
        matching = (name for condition, name in self.cond_task_specs if condition and condition._matches(token))
        name = next(matching, self.default_task_spec)
        if name is None:
            raise NoWayOut(element=self.node.label)
        chosen = token.workflow.spec.task_specs[name]
        self._leave_trail(token, (chosen,))
        token._sync_children([chosen], TaskState.FUTURE)
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
