"""Other versions of a diagram, as somebody who keeps a model would make them: each of these is one change."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from lxml import etree

from tests.engine.drawing import BPMN, STYR

Files = Mapping[str, bytes]
Trees = dict[str, etree._Element]


@dataclass(frozen=True)
class Pen:
    """Draws in a bundle's diagrams, half of the time near some steps."""

    trees: Trees
    dice: random.Random
    near: Collection[str] = ()

    def all(self, tag: str) -> list[etree._Element]:
        """Return every element of a kind."""
        return [element for tree in self.trees.values() for element in tree.iter(f"{{{BPMN}}}{tag}")]

    def one(self, elements: list[etree._Element]) -> etree._Element | None:
        """Return one of some elements, if there is any."""
        close = [element for element in elements if self.near and self._is_near(element)]
        pool = close if close and self.dice.random() < 0.5 else elements
        return self.dice.choice(pool) if pool else None

    def new(self, word: str) -> str:
        """Return an id that nothing has."""
        return f"{word}_{self.dice.randrange(10**9)}"

    def _is_near(self, element: etree._Element) -> bool:
        beside = {str(other.get("id")) for other in _owner(element)} | {str(element.get("id"))}
        return not beside.isdisjoint(self.near)


Change = Callable[[Pen], None]


def changed(files: Files, dice: random.Random, *changes: Change, near: Collection[str] = ()) -> dict[str, bytes]:
    """Return the files with some changes made in them."""
    trees = {name: etree.fromstring(content) for name, content in files.items() if name.endswith(".bpmn")}
    for change in changes:
        change(Pen(trees, dice, near))
    return {**files, **{name: etree.tostring(tree) for name, tree in trees.items()}}


def add_step(pen: Pen) -> None:
    """Put a step into a flow."""
    if (flow := pen.one(pen.all("sequenceFlow"))) is not None:
        scope, target = _owner(flow), flow.get("targetRef")
        new = _user(scope, pen.new("new"))
        flow.set("targetRef", str(new.get("id")))
        _flow(scope, str(new.get("id")), str(target))


def remove_step(pen: Pen) -> None:
    """Take a step away, and let what led to it lead past it."""
    if (task := pen.one([task for task in pen.all("userTask") if not _attached(task)])) is not None:
        [out] = _out(task)
        for flow in _flows(task):
            if flow.get("targetRef") == task.get("id"):
                flow.set("targetRef", str(out.get("targetRef")))
        _owner(task).remove(out)
        _owner(task).remove(task)


def rename_labels(pen: Pen) -> None:
    """Call everything something else."""
    for tree in pen.trees.values():
        for element in tree.iter("*"):
            if element.get("name") and "essage" not in str(element.tag):
                element.set("name", f"{element.get('name')} (ny)")


def read_more(pen: Pen) -> None:
    """Let a gateway ask for an answer that nobody was asked before."""
    if (condition := pen.one(pen.all("conditionExpression"))) is not None:
        roots = [word for word in str(condition.text).split() if "." in word and not word.startswith(("facts", '"'))]
        root = roots[0].split(".")[0].strip("()") if roots else "facts"
        condition.text = f"{condition.text} or {root}.{'never_asked' if root != 'facts' else 'missing'} = 7"


def add_branch(pen: Pen) -> None:
    """Add a branch between a parallel split and the join after it."""
    gates = pen.all("parallelGateway")
    if (split := pen.one([gate for gate in gates if len(_out(gate)) > 1])) is not None:
        [join, *_] = [gate for gate in gates if _owner(gate) is _owner(split) and len(_out(gate)) == 1]
        new = _user(_owner(split), pen.new("branch"))
        _flow(_owner(split), str(split.get("id")), str(new.get("id")))
        _flow(_owner(split), str(new.get("id")), str(join.get("id")))


def rename_part(pen: Pen) -> None:
    """Give a sub-process another id, everywhere."""
    if (part := pen.one(pen.all("subProcess"))) is not None:
        old = str(part.get("id"))
        for tree in pen.trees.values():
            for element in tree.iter("*"):
                for name in ("id", "sourceRef", "targetRef", "attachedToRef"):
                    if element.get(name) == old:
                        element.set(name, f"{old}_renamed")


def add_timer(pen: Pen) -> None:
    """Let a step remind by a timer on its edge."""
    if (task := pen.one(pen.all("userTask"))) is not None:
        scope, key = _owner(task), pen.new("timer")
        event = etree.SubElement(scope, f"{{{BPMN}}}boundaryEvent", id=key, attachedToRef=str(task.get("id")))
        event.set("cancelActivity", "false")
        timer = etree.SubElement(event, f"{{{BPMN}}}timerEventDefinition")
        etree.SubElement(timer, f"{{{BPMN}}}timeDuration").text = 'duration("P3D")'
        end = etree.SubElement(scope, f"{{{BPMN}}}endEvent", id=f"{key}_end")
        _flow(scope, key, str(end.get("id")))


def drop_timer(pen: Pen) -> None:
    """Take a timer off a step, with the flow that it begins."""
    timed = [event for event in pen.all("boundaryEvent") if event.find(f"{{{BPMN}}}timerEventDefinition") is not None]
    if (event := pen.one(timed)) is not None:
        for flow in _out(event):
            _owner(event).remove(flow)
        _owner(event).remove(event)


CHANGES: tuple[Change, ...] = (
    add_step,
    remove_step,
    rename_labels,
    read_more,
    add_branch,
    rename_part,
    add_timer,
    drop_timer,
)


def _owner(element: etree._Element) -> etree._Element:
    owner = element.getparent()
    assert owner is not None
    return owner if owner.tag in (f"{{{BPMN}}}process", f"{{{BPMN}}}subProcess") else _owner(owner)


def _flows(element: etree._Element) -> list[etree._Element]:
    name = element.get("id")
    flows = _owner(element).findall(f"{{{BPMN}}}sequenceFlow")
    return [flow for flow in flows if name in (flow.get("sourceRef"), flow.get("targetRef"))]


def _out(element: etree._Element) -> list[etree._Element]:
    return [flow for flow in _flows(element) if flow.get("sourceRef") == element.get("id")]


def _attached(task: etree._Element) -> bool:
    events = _owner(task).findall(f"{{{BPMN}}}boundaryEvent")
    return any(event.get("attachedToRef") == task.get("id") for event in events)


def _user(scope: etree._Element, key: str) -> etree._Element:
    task = etree.SubElement(scope, f"{{{BPMN}}}userTask", id=key, name=key)
    extensions = etree.SubElement(task, f"{{{BPMN}}}extensionElements")
    etree.SubElement(extensions, f"{{{STYR}}}task", kind="record", role="project_manager")
    return task


def _flow(scope: etree._Element, source: str, target: str) -> None:
    flow = etree.SubElement(scope, f"{{{BPMN}}}sequenceFlow", id=f"{source}_to_{target}")
    flow.set("sourceRef", source)
    flow.set("targetRef", target)
