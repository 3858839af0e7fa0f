"""Activities with something inside: embedded sub-processes, called processes, and multi-instance."""

# mypy: allow-untyped-calls

from __future__ import annotations

from typing import Any, cast

from SpiffWorkflow.util.task import TaskState

from workflows.engine.diagram import Node
from workflows.engine.errors import NoWayOut
from workflows.engine.runs import ProcessSpec, SubRun
from workflows.engine.specs import NodeSpec, withdraw
from workflows.engine.tokens import ALIVE, Token, Variables

RESULT = "decision"
"""The variable of a called gate that holds its outcome; all deciding tasks write it (`as="decision"`)."""


class SubprocessSpec(NodeSpec):
    """An embedded sub-process: begun when the token comes, ready when nothing inside is alive."""

    def __init__(self, process: ProcessSpec, node: Node, inner: str, suffix: str = "") -> None:
        super().__init__(process, node, suffix)
        self.inner = inner

    def _update_hook(self, token: Token) -> bool | None:
        token._set_state(TaskState.STARTED)
        self.enter(token)
        return None

    def enter(self, token: Token, **how: Any) -> SubRun:
        """Make the run inside `token`; it shares the variables of the scope around it."""
        inner: SubRun = token.workflow.top_workflow.begin(token, self.inner, **how)
        inner.data = token.workflow.data
        return inner

    def returned(self, token: Token, inner: SubRun) -> None:
        """Go on: everything inside is over."""
        token._ready()


class CallSpec(SubprocessSpec):
    """A call activity: the called process has a scope of its own. A gate (`styr:gate`) sees `gate`, gives a result."""

    def _update_hook(self, token: Token) -> bool | None:
        styr = self.node.styr.get("gate")
        if styr is not None:
            before = token.workflow.data.get(styr["key"])
            before = before if isinstance(before, dict) else {}
            standing = {"key": styr["key"], "round": before.get("round", 0), "last": before.get("outcome")}
            token.internal_data["gate"] = standing
        return super()._update_hook(token)

    def enter(self, token: Token, **how: Any) -> SubRun:
        """Make the run of the called process."""
        inner: SubRun = token.workflow.top_workflow.begin(token, self.inner, **how)
        return inner

    def returned(self, token: Token, inner: SubRun) -> None:
        """Take the gate's result: `{outcome, target, round}` goes to the variable named by its key."""
        standing = token.internal_data.get("gate")
        if standing is not None:
            decision = inner.data.get(RESULT)
            decision = decision if isinstance(decision, dict) else {}
            token.workflow.data[standing["key"]] = {
                "outcome": decision.get("outcome"),
                "target": decision.get("target"),
                "round": standing["round"],
            }
        token._ready()


class EachSpec(NodeSpec):
    """Parallel multi-instance: one instance per key of a collection that may grow while it runs.

    The results are a list under the step's variable, replaced each time the step begins, and kept only when an
    expression reads it. The end condition sees all results so far (SpiffWorkflow's sees the last one).
    """

    def __init__(self, process: ProcessSpec, node: Node, instance: NodeSpec, *, kept: bool) -> None:
        super().__init__(process, node)
        assert node.each is not None
        self.loop = node.each
        self.instance = instance
        self.kept = kept
        instance.each = self

    def _update_hook(self, token: Token) -> bool | None:
        token.internal_data["done"] = []
        if self.kept:
            token.workflow.data[self.node.variable] = []
        token._set_state(TaskState.STARTED)
        self.grow(token)
        return None if _alive(token) else True

    def grow(self, token: Token) -> None:
        """Begin an instance for every key of the collection that has none yet. Keys that left it change nothing."""
        known = {child.internal_data["item"] for child in token.children} | set(token.internal_data["done"])
        for key in self._keys(token):
            if key not in known:
                known.add(key)
                child = self.instance_of(token, key)
                self.instance._update(child)

    def instance_of(self, token: Token, key: str) -> Token:
        """Add the instance for `key`, not yet begun."""
        child = cast(Token, token._add_child(self.instance, TaskState.WAITING))
        child.internal_data["item"] = key
        return child

    def collect(self, child: Token) -> None:
        """Take in what an instance gave; the step is done when the end condition holds or no instance is left."""
        token, key = child.parent, child.internal_data["item"]
        token.internal_data["done"].append(key)
        data: Variables = token.workflow.data
        if self.kept:
            result = {**child.internal_data.get("result", {}), self.loop.item: key}
            data[self.node.variable] = [*data[self.node.variable], result]
        if self.loop.until and token.workflow.script_engine.evaluate(token, self.loop.until) is True:
            withdraw(token.children)
        else:
            self.grow(token)
        if not _alive(token):
            token._ready()

    def _keys(self, token: Token) -> list[str]:
        keys = token.workflow.script_engine.evaluate(token, self.loop.collection)
        if keys is None:
            return []
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise NoWayOut(element=self.node.label)
        return keys


def _alive(token: Token) -> bool:
    return any(child.has_state(ALIVE) for child in token.children)
