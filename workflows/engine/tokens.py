"""Where a token stands and what it sees. A token is SpiffWorkflow's `Task`, typed as we use it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

if TYPE_CHECKING:
    from uuid import UUID

    from workflows.engine.runs import Run, SubRun
    from workflows.engine.specs import NodeSpec

    class Token(Task):
        """What SpiffWorkflow leaves open: which containers and specifications are ours."""

        id: UUID
        workflow: Run | SubRun
        task_spec: NodeSpec
        internal_data: dict[str, Any]
        parent: Token
        children: list[Token]  # type: ignore[assignment]  # lists are invariant, and only ours are in it

else:
    Token = Task

Variables = dict[str, Any]

ALIVE = TaskState.NOT_FINISHED_MASK
"""The states in which something can still happen to a token."""


def visible(token: Token) -> Variables:
    """Return everything an expression at `token` may read.

    The task's own item wins over its scope's variables, those over the gate it stands in, those over outer scopes,
    and all of them over `facts`.
    """
    layers: list[Variables] = [_item(token), token.workflow.data]
    owner = token.workflow.owner
    while owner is not None:
        if "gate" in owner.internal_data:
            layers.append({"gate": owner.internal_data["gate"]})
        layers += [_item(owner), owner.workflow.data]
        owner = owner.workflow.owner
    context: Variables = {"facts": token.workflow.script_engine.facts}
    for layer in reversed(layers):
        context.update(layer)
    return context


def items(token: Token) -> dict[str, str]:
    """Return the multi-instance items in scope at `token`, outermost first."""
    found: dict[str, str] = {}
    for step in reversed(list(chain(token))):
        found.update(_item(step))
    return found


def gate(token: Token) -> Variables | None:
    """Return the innermost gate that `token` stands in: its key, round and last outcome."""
    return next((step.internal_data["gate"] for step in chain(token) if "gate" in step.internal_data), None)


def chain(token: Token) -> Iterator[Token]:
    """Yield `token` and the activities around it, innermost first."""
    step: Token | None = token
    while step is not None:
        yield step
        step = step.workflow.owner


def place(token: Token) -> str:
    """Return the path of `token` itself: enclosing activities outermost first, multi-instance items in brackets."""
    return "/".join(reversed([_segment(step) for step in chain(token)]))


def around(token: Token) -> str:
    """Return the path of the activity that `token` stands in; empty at the top."""
    return "" if token.workflow.owner is None else place(token.workflow.owner)


def _segment(token: Token) -> str:
    item = token.internal_data.get("item")
    identifier: str = token.task_spec.node.id
    return identifier if item is None else f"{identifier}[{item}]"


def _item(token: Token) -> Variables:
    item = token.internal_data.get("item")
    each = token.task_spec.node.each
    return {} if item is None or each is None else {each.item: item}
