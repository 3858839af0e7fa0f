"""A second version of the shipped model, and projects that stand at many points of the first."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from tests.engine.drawing import BPMN, STYR
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, met
from tests.stories.town import Town, request_id
from workflows.governance.moving import ModelMove, ProjectMove, find_move, move_projects, preview_move, work_move
from workflows.governance.outcomes import Outcome
from workflows.kernel.context import Context
from workflows.models import publish, shipped

GONE = "union_consultation"
"""The step that the second version does not have."""

MODEL = "harnosand"

NEW = "lessons"
"""The step that only the second version has; it comes first in the closure."""

OTHER = "union_talks"
"""The step that is gone, drawn anew as another."""

_FORM = b"""{"schemaVersion": 19, "type": "default", "id": "lessons", "components": [
{"type": "textarea", "id": "lessons_text", "key": "lessons_text", "label": "Vad har projektet l\xc3\xa4rt sig?",
 "validate": {"required": true}}]}"""


def second_version() -> Mapping[str, bytes]:
    """Return the model with a step less, a step more, another role, another question and another decider."""
    files = dict(shipped("harnosand"))
    tree = etree.fromstring(files["project.bpmn"])
    _without(tree, GONE)
    _before(tree, "final_report", NEW)
    _drawn(tree, "risk_assessment").set("role", "controller")
    _drawn(tree, "books_closed").set("due", "P15D")
    files["project.bpmn"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    del files["scenarios/steering_group.yaml"]
    files["forms/lessons.form.json"] = _FORM
    directive = "forms/project_directive.form.json"
    files[directive] = files[directive].replace(b"Syfte", b"Syfte och bakgrund", 1)
    group = files["authority.dmn"].index(b'id="rule_group_decider"')
    table = files["authority.dmn"]
    files["authority.dmn"] = table[:group] + table[group:].replace(b'"steering_group"', b'"sponsor"', 1).replace(
        b'"meeting"', b'"single"', 1
    )
    return files


def drawn_anew() -> Mapping[str, bytes]:
    """Return the shipped model with one step drawn anew under another id and name."""
    files = dict(shipped("harnosand"))
    tree = etree.fromstring(files["project.bpmn"])
    for element in tree.iter():
        for name, value in element.attrib.items():
            if value == GONE and not (element.tag == f"{{{STYR}}}task" and name == "form"):
                element.set(name, OTHER)
        if element.text and element.text.strip() == GONE:
            element.text = OTHER
    step = tree.find(f".//{{{BPMN}}}userTask[@id='{OTHER}']")
    assert step is not None
    step.set("name", "Förhandla med facken")
    files["project.bpmn"] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
    files = {path: data for path, data in files.items() if not path.startswith("scenarios/")}
    return {**files, "scenarios/first.yaml": shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]}


def publish_second(ctx: Context) -> int:
    """Publish the second version; return its number."""
    return publish(ctx, second_version()).version


def at(town: Town, title: str, step: str) -> str:
    """Start a project and play it to a step."""
    project = town.start("olle", title).project_id
    union = {"F03": "yes" if step == GONE else "no: Ingen berörs"}
    player = town.player(project, usual={**usual(town), "c2_preparation": union})
    for gate in ("bp1", "bp2"):
        if step in ("sponsor_answer", "project_directive", "risk_assessment", "bp1"):
            break
        player.until(gate)
        player.decide(APPROVE if gate == "bp1" else met(town, Outcome.APPROVE))
        if gate == "bp1" and step in ("bp2", "contract_member", "project_plan", GONE):
            break
    player.until(step)
    return project


def previewed(town: Town) -> tuple[ModelMove, dict[str, ProjectMove]]:
    """Prepare a move to the second version, let the job look at everything, and return what it found."""
    second = publish_second(town.ctx)
    ctx = town.as_("ture")
    move = preview_move(ctx, model=MODEL, from_version=1, to_version=second)
    work_move(town.ctx, move=move)
    return seen(town, move)


def seen(town: Town, move: str) -> tuple[ModelMove, dict[str, ProjectMove]]:
    found, rows = find_move(town.as_("ture"), move=move)
    return found, {row.title: row for row in rows}


def everything(town: Town, move: str) -> None:
    """Move all that can be moved."""
    _, rows = find_move(town.as_("ture"), move=move)
    chosen = [row.project for row in rows]
    move_projects(town.as_("ture"), move=move, projects=chosen, reason="Nya modellen", request_id=request_id())
    work_move(town.ctx, move=move)


def _step(tree: etree._Element, key: str) -> etree._Element:
    found = tree.find(f".//{{{BPMN}}}userTask[@id='{key}']")
    assert found is not None
    return found


def _drawn(tree: etree._Element, key: str) -> etree._Element:
    found = _step(tree, key).find(f".//{{{STYR}}}task")
    assert found is not None
    return found


def _without(tree: etree._Element, key: str) -> None:
    """Take a step and the flow out of it away; what led to it leads past it."""
    step = _step(tree, key)
    scope = step.getparent()
    assert scope is not None
    [out] = scope.findall(f"{{{BPMN}}}sequenceFlow[@sourceRef='{key}']")
    for flow in scope.findall(f"{{{BPMN}}}sequenceFlow[@targetRef='{key}']"):
        flow.set("targetRef", str(out.get("targetRef")))
    scope.remove(out)
    scope.remove(step)
    for element in list(tree.iter()):
        if element.get("bpmnElement") in (key, out.get("id")) and element.getparent() is not None:
            element.getparent().remove(element)  # type: ignore[union-attr]  # it has a parent, as the line above says


def _before(tree: etree._Element, key: str, new: str) -> None:
    """Put a step in front of another."""
    scope = _step(tree, key).getparent()
    assert scope is not None
    for flow in scope.findall(f"{{{BPMN}}}sequenceFlow[@targetRef='{key}']"):
        flow.set("targetRef", new)
    step = etree.SubElement(scope, f"{{{BPMN}}}userTask", id=new, name="Ta vara på lärdomar")
    extensions = etree.SubElement(step, f"{{{BPMN}}}extensionElements")
    etree.SubElement(extensions, f"{{{STYR}}}task", kind="record", form=new, role="project_manager")
    etree.SubElement(scope, f"{{{BPMN}}}sequenceFlow", id=f"flow_{new}", sourceRef=new, targetRef=key)


def moved_step(diagram: bytes, *, before: str) -> bytes:
    """Return the diagram of the second version with its new step in front of another."""
    tree = etree.fromstring(diagram)
    _without(tree, NEW)
    _before(tree, before, NEW)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
