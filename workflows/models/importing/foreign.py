"""What other engines wrote at an element: Camunda 7 and 8, Flowable, Activiti, SpiffArena, and BPMN's own resources.

Whatever is not asked for by name ends up in `left`, so that nothing disappears without a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from workflows.engine.reading import BPMN, OTHER_ENGINES, STYR_NAMESPACE
from workflows.models.importing.dialects import ATTRIBUTES, CARRIERS, OURS, PREFIX, RUNS, TECHNICAL
from workflows.models.importing.questions import Question, camunda_question, flowable_question
from workflows.models.importing.rows import shortened

_OWNER = re.compile(r"(user|group)\(([^()]*)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHint:
    """Which form a step shows: a key or file name, and its questions where they stand in the diagram itself."""

    key: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What could be read at an element. `runs` is what a service would run, `left` what nothing was made of."""

    assignee: str = ""
    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    form: FormHint = field(default_factory=FormHint)
    due: str = ""
    follow_up: str = ""
    decision: str = ""
    result: str = ""
    called: str = ""
    collection: str = ""
    item: str = ""
    instructions: str = ""
    runs: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    technical: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What has been read of one element; each thing asked for is taken off."""

    given: dict[str, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    technical: list[str] = field(default_factory=list)


def read_hints(element: etree._Element, resources: Mapping[str, str]) -> Hints:
    """Return what other engines would read at an element; `resources` are BPMN's resources by id."""
    found = _Found()
    for name, value in element.attrib.items():
        qualified = etree.QName(str(name))
        if qualified.namespace in OTHER_ENGINES:
            _attribute(found, qualified, str(value))
    for extension in element.iterfind(f"{BPMN}extensionElements/*"):
        qualified = etree.QName(extension)
        if qualified.namespace == STYR_NAMESPACE:
            _ours(found, qualified.localname, extension)
        elif qualified.namespace in OTHER_ENGINES:
            _extension(found, qualified, extension)
    for owner in (*element.iterfind(f"{BPMN}potentialOwner"), *element.iterfind(f"{BPMN}humanPerformer")):
        _owner(found, owner, resources)
    given = found.given.get
    return Hints(
        assignee=given("assignee", ""),
        users=tuple(found.users),
        groups=tuple(found.groups),
        form=FormHint(key=given("form", ""), questions=tuple(found.questions)),
        due=given("due", ""),
        follow_up=given("follow_up", ""),
        decision=given("decision", ""),
        result=given("result", ""),
        called=given("called", ""),
        collection=given("collection", ""),
        item=given("item", ""),
        instructions=given("instructions", ""),
        runs=tuple(found.runs),
        left=tuple(found.left),
        technical=tuple(found.technical),
    )


def _attribute(found: _Found, name: etree.QName, value: str) -> None:
    local, said = name.localname, f"{PREFIX.get(name.namespace or '', '')}:{name.localname}"
    if local in ATTRIBUTES:
        found.given.setdefault(ATTRIBUTES[local], value.strip())
    elif local == "candidateGroups":
        found.groups += _listed(value)
    elif local == "candidateUsers":
        found.users += _listed(value)
    elif local in RUNS:
        found.runs.append(f"{said} {value}")
    elif local in TECHNICAL:
        found.technical.append(said)
    elif value:
        found.left.append(f"{said} {value}")


def _extension(found: _Found, name: etree.QName, extension: etree._Element) -> None:
    local, said = name.localname, f"{PREFIX.get(name.namespace or '', '')}:{name.localname}"
    if local in CARRIERS:
        for attribute, value in extension.attrib.items():
            if str(attribute) not in ("bindingType", "propagateAllChildVariables", "propagateAllParentVariables"):
                _attribute(found, etree.QName(name.namespace, str(attribute)), str(value))
    elif local == "formData":
        found.questions += [camunda_question(field) for field in _inside(extension, "formField")]
    elif local == "formProperty":
        found.questions.append(flowable_question(extension))
    elif local == "properties":
        _properties(found, said, extension)
    elif local == "calledDecisionId":
        found.given["decision"] = (extension.text or "").strip()
    elif local == "instructionsForEndUser":
        found.given["instructions"] = (extension.text or "").strip()
    elif local in ("taskDefinition", "serviceTaskOperator", "script"):
        found.runs.append(f"{said} {_described(extension)}")
    elif local in TECHNICAL:
        found.technical.append(said)
    elif local != "userTaskForm":
        found.left.append(f"{said} {_described(extension)}")


def _ours(found: _Found, local: str, extension: etree._Element) -> None:
    """Read a diagram of ours that came without its model."""
    if local not in OURS:
        found.left.append(f"styr:{local} {_described(extension)}")
        return
    for attribute, value in extension.attrib.items():
        if attribute == "role":
            found.groups.append(str(value))
        elif hint := OURS[local].get(str(attribute)):
            found.given[hint] = str(value)
        elif attribute != "kind":
            found.left.append(f"styr:{local} {attribute!s} {value!s}")


def _properties(found: _Found, said: str, extension: etree._Element) -> None:
    """Read name and value pairs: SpiffArena names its form files so, Camunda keeps whatever people want there."""
    for pair in _inside(extension, "property"):
        name, value = pair.get("name") or "", pair.get("value") or ""
        if name == "formJsonSchemaFilename":
            found.given["form"] = value
        elif name != "formUiSchemaFilename":
            found.left.append(f"{said} {name} = {value}")


def _owner(found: _Found, owner: etree._Element, resources: Mapping[str, str]) -> None:
    """Read BPMN's own resources: a resource by name, or Activiti's user(…) and group(…)."""
    for reference in owner.iterfind(f"{BPMN}resourceRef"):
        name = resources.get((reference.text or "").strip())
        found.groups += [name] if name else []
    for expression in owner.iterfind(f"{BPMN}resourceAssignmentExpression/{BPMN}formalExpression"):
        text = (expression.text or "").strip()
        for kind, name in _OWNER.findall(text):
            (found.groups if kind == "group" else found.users).append(name.strip())
        if text and not _OWNER.search(text):
            found.groups += _listed(text)


def _inside(extension: etree._Element, local: str) -> Iterator[etree._Element]:
    return (child for child in extension.iter() if isinstance(child.tag, str) and etree.QName(child).localname == local)


def _listed(text: str) -> list[str]:
    """Return the parts of a list with commas; a FEEL list of texts (`=["a", "b"]`) as well."""
    if text.strip().startswith("="):
        quoted = re.findall(r'"([^"]*)"', text)
        return quoted or [text.strip()]
    return [part.strip() for part in text.split(",") if part.strip()]


def _described(extension: etree._Element) -> str:
    """Return attributes and texts of an extension element in one line."""
    parts = []
    for inner in extension.iter():
        if isinstance(inner.tag, str):
            parts += [str(value) for value in inner.attrib.values()]
            parts += [inner.text.strip()] if inner.text and inner.text.strip() else []
    return shortened(" ".join(parts))
