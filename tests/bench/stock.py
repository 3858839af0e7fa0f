"""The Härnösand model on stock SpiffWorkflow in memory: what a step costs before anything of ours is added."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from forms import feel
from workflows.governance.facts import environment
from workflows.models import shipped

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
OURS = tuple(BPMN + name for name in ("extensionElements", "multiInstanceLoopCharacteristics"))
PLAIN = tuple(BPMN + name for name in ("serviceTask", "businessRuleTask"))

ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "idea_sheet": {"R07": "yes", "R08": "yes", "R09": "yes", "R10": "yes"},
    "sponsor_answer": {"decision": "go"},
}
STEPS = 3
"""Steps of the first phase; that many samples an instance gives, and later ones would only cost more."""


class Engine:
    """FEEL as stock SpiffWorkflow's script engine."""

    environment = None

    def __init__(self) -> None:
        self.env = environment(datetime.now(UTC))

    def evaluate(self, task: Any, expression: str, external_context: object = None) -> bool:
        """Return what a condition says."""
        return feel.evaluate(feel.parse(expression), {"facts": {}, **task.data}, self.env) is True


class Stock:
    """Instances of the shipped model without our extensions: automatic steps are plain, nothing is repeated."""

    def __init__(self) -> None:
        parser = BpmnParser()
        for name, data in shipped("harnosand").items():
            if name.endswith(".bpmn"):
                parser.add_bpmn_xml(_plain(data), filename=name)
        self.spec = parser.get_spec("project")
        self.others = parser.get_subprocess_specs("project")
        self.workflow: Any = None
        self.left = 0

    def ready(self) -> Any:
        """Return a step that waits; begins another instance when the first phase of the last one is over."""
        if not self.left:
            self.workflow = BpmnWorkflow(self.spec, self.others, script_engine=Engine())
            self.workflow.do_engine_steps()
            self.left = STEPS
        self.left -= 1
        return self.workflow.get_tasks(state=TaskState.READY, manual=True)[0]

    def step(self, task: Any) -> None:
        """Complete a step and run on to the next."""
        name = task.task_spec.bpmn_id
        task.data[name] = dict(ANSWERS.get(name, {}))
        task.run()
        self.workflow.do_engine_steps()


def _plain(data: bytes) -> Any:
    tree = etree.fromstring(data)
    for element in list(tree.iter(*OURS)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in tree.iter(*PLAIN):
        element.tag = BPMN + "task"
    return tree
