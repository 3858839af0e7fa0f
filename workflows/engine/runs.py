"""SpiffWorkflow's containers with our variables: a running process owns a scope, an embedded sub-process shares it.

Tokens (`Task.data`) carry nothing. With SpiffWorkflow's own rule, that a token carries the data, the branch that
finishes last overwrites newer answers at a join, and lists are merged as sets (ADR 0004).
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from forms import feel
from workflows.engine.errors import NoWayOut
from workflows.engine.step import Effect
from workflows.engine.tokens import Token, visible
from workflows.engine.trail import Trail


class ProcessSpec(BpmnProcessSpec):
    """A process to run. It begins at its start event and is over when nothing in it is alive; no `Start`, `End` or
    `EndJoin` of SpiffWorkflow's own, which reserve ids and walk the whole tree after every step.
    """

    start: Any

    def __init__(self, name: str) -> None:
        WorkflowSpec.__init__(self, name=name)
        self.data_objects: dict[str, Any] = {}
        self.correlation_keys: dict[str, Any] = {}
        self.bpmn_start_events: list[Any] = []
        self.io_specification = None


class Evaluator:
    """What SpiffWorkflow calls a script engine. It evaluates FEEL and collects effects; it cannot execute anything."""

    def __init__(self, *, facts: Mapping[str, Any], env: feel.Environment, trail: Trail | None = None) -> None:
        self.facts = facts
        self.env = env
        self.trail = trail
        self.effects: list[Effect] = []
        self.ends: list[str] = []

    def evaluate(self, token: Token, expression: str) -> Any:
        """Return what FEEL makes of `expression` where `token` stands. Raises NoWayOut beyond the language's bounds."""
        try:
            return feel.evaluate(feel.parse(expression), visible(token), self.env)
        except feel.FeelError as error:
            raise NoWayOut(element=token.task_spec.node.label) from error

    def execute(self, *_: object, **__: object) -> None:
        """Refuse: no code is reachable from a diagram."""
        raise PermissionError("a diagram cannot execute code")

    call_service = execute


class Run(BpmnWorkflow):
    """The outermost process of an instance."""

    owner: Token | None = None

    def __init__(self, spec: ProcessSpec, specs: Mapping[str, ProcessSpec], evaluator: Evaluator, **how: Any) -> None:
        super().__init__(spec, specs, script_engine=evaluator, **how)

    def begin(self, token: Token, spec_name: str, **how: Any) -> SubRun:
        """Begin the process or sub-process inside `token`."""
        inner = SubRun(self.subprocess_specs[spec_name], token, self, **how)
        self.subprocesses[token.id] = inner
        return inner

    def update_waiting_tasks(self) -> None:
        """Do nothing: whatever waits here is told when something happens to it (SpiffWorkflow walks the tree)."""

    def runs(self) -> list[Run | SubRun]:
        """Return this run and every run inside it, outermost first."""
        return [self, *self.subprocesses.values()]

    def find(self, task_id: UUID) -> Token | None:
        """Return a token of any run in here, by its id."""
        return next((run.tasks[task_id] for run in self.runs() if task_id in run.tasks), None)


class SubRun(BpmnSubWorkflow):
    """A called process (with variables of its own) or an embedded sub-process (its owner's variables)."""

    def __init__(self, spec: ProcessSpec, owner: Token, top: Run, **how: Any) -> None:
        self.owner = owner
        super().__init__(spec, owner.id, top, **how)

    def update_waiting_tasks(self) -> None:
        """Do nothing, as in `Run`."""
