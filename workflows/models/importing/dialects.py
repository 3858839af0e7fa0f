"""The words of other engines: their namespaces, and which attributes mean what."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from workflows.engine.reading import BPMN, STYR_NAMESPACE

ZEEBE = "http://camunda.org/schema/zeebe/1.0"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

DIALECTS: Mapping[str, str] = {
    ZEEBE: "Camunda 8",
    SPIFF: "SpiffArena",
    "http://flowable.org/bpmn": "Flowable",
    "http://camunda.org/schema/1.0/bpmn": "Camunda 7",
    "http://activiti.org/bpmn": "Activiti",
    STYR_NAMESPACE: "Styr, utan model.json",
}
"""Names of the tools by the namespace they write in; where a file has several, the first one here tells."""

PREFIX = {ZEEBE: "zeebe", SPIFF: "spiffworkflow", "http://flowable.org/bpmn": "flowable"} | {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://activiti.org/bpmn": "activiti",
    "http://www.jboss.org/drools": "drools",
    STYR_NAMESPACE: "styr",
}

TECHNICAL = frozenset(
    {"async", "asyncBefore", "asyncAfter", "asyncLeave", "exclusive", "jobPriority", "retryCycle", "versionTag"}
    | {"historyTimeToLive", "isStartableInTasklist", "formRefBinding", "formRefVersion", "decisionRefBinding"}
    | {"mapDecisionResult", "priority", "formFieldValidation", "candidateStarterGroups", "initiator"}
    | {"candidateStarterUsers", "modelerTemplate", "modelerTemplateVersion", "modelerTemplateIcon", "category"}
    | {"taskPriority", "errorCodeVariable", "errorMessageVariable", "calledElementBinding", "isEagerExecutionFetch"}
    | {"decisionRefVersion", "calledElementVersion", "calledElementType", "sameDeployment", "elementIndexVariable"}
    | {"failedJobRetryTimeCycle", "userTask", "priorityDefinition", "fallbackToDefaultTenant", "inheritVariables"}
    | {"inheritBusinessKey", "businessKey", "useLocalScopeForResultVariable", "variable"}
    | {"generateJobPriority", "diagramRelationId", "isStandalone", "formKeyDefinition", "caseRef", "executionPlatform"}
)  # fmt: skip
"""How another engine carries a step out (retries, threads, storage): Styr does that in its own way."""

RUNS = frozenset({"class", "expression", "delegateExpression", "type", "topic", "resource", "resultVariableName"})
"""Attributes that name what a service step runs."""

ATTRIBUTES = {
    "assignee": "assignee",
    "formKey": "form",
    "formRef": "form",
    "formId": "form",
    "externalReference": "form",
    "dueDate": "due",
    "followUpDate": "follow_up",
    "decisionRef": "decision",
    "decisionId": "decision",
    "decisionTableReferenceKey": "decision",
    "resultVariable": "result",
    "processId": "called",
    "collection": "collection",
    "inputCollection": "collection",
    "elementVariable": "item",
    "inputElement": "item",
}  # fmt: skip
"""Attributes with one meaning in all dialects, and the hint they become."""

OURS: Mapping[str, Mapping[str, str]] = {
    "task": {"form": "form", "due": "due", "remind": "follow_up"},
    "decision": {"ref": "decision"},
    "each": {"item": "item", "collection": "collection"},
}
"""Extension elements of our own that an import reads, and the hints their attributes become."""

CARRIERS = frozenset(
    {"assignmentDefinition", "formDefinition", "taskSchedule", "calledDecision", "calledElement", "loopCharacteristics"}
)
"""Extension elements of Camunda 8 whose attributes are read as if they stood at the step itself."""


def dialect_of(root: etree._Element) -> str:
    """Return the name of the tool whose words a file uses, "" when it uses none."""
    used = {etree.QName(str(name)).namespace for element in root.iter(f"{BPMN}*") for name in element.attrib}
    used |= {
        etree.QName(child).namespace
        for holder in root.iter(f"{BPMN}extensionElements")
        for child in holder
        if isinstance(child.tag, str)
    }
    return next((name for namespace, name in DIALECTS.items() if namespace in used), "")
