"""Reads BPMN files into a `Diagram`. What is not on the lists below is refused by one rule, with a sentence.

SpiffWorkflow's own parser is not used: it recurses along the flows (600 steps in a row end in RecursionError), orders
a gateway's flows by where they are drawn, and reads scripts, payloads and correlations that we must never run.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from lxml import etree

from workflows.engine.diagram import Diagram, Each, Flow, Node, NodeKind, Scope, Trigger, TriggerKind
from workflows.engine.errors import Finding
from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.kernel.parsed import Parsed, fingerprint

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
STYR_NAMESPACE = "urn:styr:bpmn:1"
STYR = f"{{{STYR_NAMESPACE}}}"

KINDS = frozenset(NodeKind)

MAX_DRAWN = 3_000
"""Elements and flows in a file that are worth looking at; the linter's bounds are far below."""

MAX_DEPTH = 8
"""Sub-processes within sub-processes; ours go three deep."""

DRAWING_ONLY = frozenset(
    {"documentation", "extensionElements", "laneSet", "textAnnotation", "association", "group", "incoming", "outgoing"}
    | {"dataObject", "dataObjectReference", "dataStoreReference", "dataInputAssociation", "dataOutputAssociation"}
)
"""Elements that explain the drawing and never move a token."""

AROUND = frozenset(
    {"process", "collaboration", "message", "error", "category", "dataStore", "documentation", "extensionElements"}
)
"""What may stand beside the processes in a file (the picture itself has a namespace of its own)."""

INSIDE = {kind: frozenset[str]() for kind in NodeKind} | {
    NodeKind.USER: frozenset({"multiInstanceLoopCharacteristics"}),
    NodeKind.CALL: frozenset({"multiInstanceLoopCharacteristics"}),
    NodeKind.SUBPROCESS: frozenset({"multiInstanceLoopCharacteristics", "sequenceFlow", *NodeKind}),
    NodeKind.END: frozenset({"errorEventDefinition"}),
    NodeKind.CATCH: frozenset({"messageEventDefinition", "timerEventDefinition"}),
    NodeKind.BOUNDARY: frozenset({"messageEventDefinition", "timerEventDefinition", "errorEventDefinition"}),
}
"""What each kind of element may contain, besides what is drawing only."""

REFUSED_ATTRIBUTES = {
    "triggeredByEvent": "true",
    "isForCompensation": "true",
    "parallelMultiple": "true",
    "isSequential": "true",
    "isExecutable": "false",
}
"""Attribute values that change how an element runs in ways the engine does not."""

OTHER_ENGINES = frozenset(
    {
        "http://camunda.org/schema/1.0/bpmn",
        "http://camunda.org/schema/zeebe/1.0",
        "http://activiti.org/bpmn",
        "http://flowable.org/bpmn",
        "http://spiffworkflow.org/bpmn/schema/1.0/core",
        "http://www.jboss.org/drools",
    }
)
"""Namespaces in which other engines write who does a step and what runs in it."""

EXTENSIONS: Mapping[str, frozenset[str]] = {
    "task": frozenset({"kind", "form", "role", "due", "remind", "escalate", "as"}),
    "gate": frozenset({"key", "outcomes"}),
    "effect": frozenset({"kind"}),
    "decision": frozenset({"ref", "as"}),
    "each": frozenset({"item", "collection", "until"}),
}
"""Our extension elements and their attributes."""


@dataclass(slots=True)
class _File:
    """One file while it is read."""

    name: str
    messages: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    scopes: list[Scope] = field(default_factory=list)

    def refuse(self, rule: str, element: str, message: str) -> None:
        self.findings.append(Finding(rule=rule, element=element, message=message, file=self.name))


def read_diagrams(files: Mapping[str, bytes]) -> tuple[Diagram, tuple[Finding, ...]]:
    """Read the `*.bpmn` entries of a bundle; the findings tell what cannot be run (all else is in the diagram)."""
    findings: list[Finding] = []
    scopes: list[Scope] = []
    for name in sorted(name for name in files if name.endswith(".bpmn")):
        file = _file(name, files[name])
        findings += file.findings
        scopes += file.scopes
    nodes = [node for scope in scopes for node in scope.nodes]
    attached: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        if node.attached_to is not None:
            attached[node.attached_to].append(node)
    owned = [scope.id for scope in scopes if scope.owner is None]
    for identifier, count in Counter([node.id for node in nodes] + owned).items():
        if count > 1:
            message = f"Id:t {identifier} används {count} gånger. Ge varje steg och process ett eget id."
            findings.append(Finding(rule="duplicate-id", element=identifier, message=message))
    diagram = Diagram(
        scopes=MappingProxyType({scope.id: scope for scope in scopes}),
        nodes=MappingProxyType({node.id: node for node in nodes}),
        attached=MappingProxyType({host: tuple(events) for host, events in attached.items()}),
    )
    return diagram, tuple(findings)


_FILES: Parsed[_File] = Parsed(8_000_000)
"""Files as they were read; while one is edited, the others of a bundle stay as they are."""


def _file(name: str, content: bytes) -> _File:
    return _FILES.get((name, fingerprint(content)), len(content), lambda: _read_file(name, content))


def _read_file(name: str, content: bytes) -> _File:
    file = _File(name)
    try:
        root = read_xml(content, name)
    except Unreadable as error:
        file.findings.append(error.finding)
        return file
    if root.tag != f"{BPMN}definitions":
        file.refuse("not-bpmn", "", "Filen är inte ett BPMN-diagram. Spara den som BPMN 2.0.")
        return file
    file.messages = _names(root, "message", "name")
    file.errors = _names(root, "error", "errorCode")
    drawn = sum(1 for element in root.iter(f"{BPMN}*") if _tag(element) in KINDS or _tag(element) == "sequenceFlow")
    if drawn > MAX_DRAWN:
        file.refuse("too-many-nodes", "", f"Filen har fler än {MAX_DRAWN} steg och flöden. Dela upp modellen.")
        return file
    for child in root:
        if _is_bpmn(child) and _tag(child) not in AROUND:
            _unsupported(file, child)
    for process in root.iterchildren(f"{BPMN}process"):
        _refuse_attributes(file, process)
        _read_scope(file, process, process=_id(process), owner=None, depth=0)
    return file


def _names(root: etree._Element, tag: str, attribute: str) -> dict[str, str]:
    return {_id(child): child.get(attribute) or "" for child in root.iterchildren(f"{BPMN}{tag}")}


def _read_scope(file: _File, element: etree._Element, *, process: str, owner: str | None, depth: int) -> None:
    """Read the inside of a process or sub-process; the innermost scopes come last."""
    if depth > MAX_DEPTH:
        file.refuse("too-deep", _id(element), f"Delprocesser får ligga i högst {MAX_DEPTH} nivåer. Förenkla.")
        return
    scope_id = _id(element)
    flows = [_read_flow(file, child) for child in element.iterchildren(f"{BPMN}sequenceFlow")]
    incoming: dict[str, list[Flow]] = defaultdict(list)
    outgoing: dict[str, list[Flow]] = defaultdict(list)
    for flow in flows:
        incoming[flow.target].append(flow)
        outgoing[flow.source].append(flow)
    nodes = [
        replace(
            _read_node(file, child, scope=scope_id, process=process),
            incoming=tuple(incoming[_id(child)]),
            outgoing=tuple(outgoing[_id(child)]),
        )
        for child in _inside(file, element, owner)
        if _tag(child) in KINDS
    ]
    name = element.get("name") or scope_id
    file.scopes.append(Scope(id=scope_id, name=name, file=file.name, process=process, owner=owner, nodes=tuple(nodes)))
    for child in element.iterchildren(f"{BPMN}subProcess"):
        _read_scope(file, child, process=process, owner=_id(child), depth=depth + 1)


def _inside(file: _File, element: etree._Element, owner: str | None) -> Iterator[etree._Element]:
    """Yield the BPMN children of a scope; what a process may not contain is refused (a node checks its own)."""
    for child in element:
        if not _is_bpmn(child):
            continue
        if owner is None and _tag(child) not in INSIDE[NodeKind.SUBPROCESS] | DRAWING_ONLY:
            _unsupported(file, child)
        yield child


def _read_node(file: _File, element: etree._Element, *, scope: str, process: str) -> Node:
    kind, identifier = NodeKind(_tag(element)), _id(element)
    if not identifier:
        file.refuse("missing-id", scope, f"Ett element ({kind}) saknar id. Ge det ett.")
    _refuse_attributes(file, element)
    for child in element:
        if _is_bpmn(child) and _tag(child) not in INSIDE[kind] | DRAWING_ONLY:
            _unsupported(file, child)
    styr = _read_extensions(file, element)
    node = Node(
        id=identifier,
        name=" ".join((element.get("name") or "").split()),
        kind=kind,
        file=file.name,
        scope=scope,
        process=process,
        default=element.get("default"),
        attached_to=element.get("attachedToRef"),
        interrupting=element.get("cancelActivity", "true") != "false",
        trigger=_read_trigger(file, element),
        calls=element.get("calledElement") if kind is NodeKind.CALL else None,
        styr=styr,
        foreign=_foreign(element),
    )
    return replace(node, each=_read_each(file, element, styr))


def _read_flow(file: _File, element: etree._Element) -> Flow:
    condition = element.find(f"{BPMN}conditionExpression")
    return Flow(
        id=_id(element),
        name=" ".join((element.get("name") or "").split()),
        source=element.get("sourceRef") or "",
        target=element.get("targetRef") or "",
        condition=None if condition is None else _expression(condition.text),
    )


def _read_trigger(file: _File, element: etree._Element) -> Trigger | None:
    definitions = [child for child in element if _is_bpmn(child) and _tag(child).endswith("EventDefinition")]
    if not definitions:
        return None
    if len(definitions) > 1:
        file.refuse("several-triggers", _id(element), "En händelse får bara vänta på en sak. Dela upp den.")
    definition = definitions[0]
    match _tag(definition):
        case "messageEventDefinition":
            name = file.messages.get(definition.get("messageRef") or "")
            if not name:
                file.refuse("unknown-message", _id(element), "Händelsen pekar på ett meddelande som inte finns.")
            return Trigger(kind=TriggerKind.MESSAGE, value=name or "")
        case "errorEventDefinition":
            code = file.errors.get(definition.get("errorRef") or "", "")
            return Trigger(kind=TriggerKind.ERROR, value=code)
        case "timerEventDefinition":
            return Trigger(kind=TriggerKind.TIMER, value=_timer(file, element, definition))
    return None


def _timer(file: _File, element: etree._Element, definition: etree._Element) -> str:
    for child in definition:
        if _is_bpmn(child) and _tag(child) in ("timeDate", "timeDuration"):
            return _expression(child.text)
    file.refuse("timer-form", _id(element), "Timern måste ange ett datum eller en tid som FEEL; upprepning stöds inte.")
    return "null"


def _read_each(file: _File, element: etree._Element, styr: Mapping[str, Mapping[str, str]]) -> Each | None:
    loop = element.find(f"{BPMN}multiInstanceLoopCharacteristics")
    each = styr.get("each", {})
    if loop is None:
        if each:
            file.refuse("each-form", _id(element), "styr:each står på ett steg som inte är flerinstans.")
        return None
    _refuse_attributes(file, loop)
    if _tag(element) == NodeKind.SUBPROCESS:
        message = "En delprocess i flera exemplar delar variabler. Lägg den i en egen process och anropa den."
        file.refuse("each-on-subprocess", _id(element), message)
    given = {_tag(child): _expression(child.text) for child in loop if _is_bpmn(child)}
    for tag in given.keys() - {"loopDataInputRef", "completionCondition", "documentation", "extensionElements"}:
        _unsupported(file, loop, f"{tag} i flerinstans")
    collection = each.get("collection") or given.get("loopDataInputRef") or ""
    if not collection or not each.get("item"):
        message = "Ett flerinstanssteg behöver en samling och ett namn på varje del (styr:each item=…)."
        file.refuse("each-form", _id(element), message)
    until = each.get("until") or given.get("completionCondition") or None
    return Each(item=each.get("item", "item"), collection=collection or "[]", until=until)


def _read_extensions(file: _File, element: etree._Element) -> Mapping[str, Mapping[str, str]]:
    """Return our extension elements. Elements of other tools are left alone: they are not ours to run or to judge."""
    found: dict[str, Mapping[str, str]] = {}
    for child in element.iterfind(f"{BPMN}extensionElements/{STYR}*"):
        tag = _tag(child)
        unknown = {str(name) for name in child.attrib} - EXTENSIONS.get(tag, frozenset())
        if tag not in EXTENSIONS or unknown or tag in found:
            what = f"styr:{tag}" + "".join(f" {name}" for name in sorted(unknown))
            file.refuse("unknown-extension", _id(element), f"{what} känns inte igen, eller står där två gånger.")
        found[tag] = MappingProxyType({str(name): str(value) for name, value in child.attrib.items()})
    return MappingProxyType(found)


def _foreign(element: etree._Element) -> frozenset[str]:
    """Return the names of attributes and extension elements that another engine would act upon."""
    extensions = [str(child.tag) for child in element.iterfind(f"{BPMN}extensionElements/*")]
    found = [etree.QName(name) for name in [*map(str, element.attrib), *extensions]]
    return frozenset(name.localname for name in found if name.namespace in OTHER_ENGINES)


def _refuse_attributes(file: _File, element: etree._Element) -> None:
    for attribute, value in REFUSED_ATTRIBUTES.items():
        if element.get(attribute) == value:
            _unsupported(file, element, f"{attribute}={value}")


def _unsupported(file: _File, element: etree._Element, what: str | None = None) -> None:
    """The one rule for everything that no test proves."""
    owner: etree._Element | None = element
    while owner is not None and not owner.get("id"):
        owner = owner.getparent()
    message = f"{what or _tag(element)} stöds inte. Rita om med de element som finns i paletten."
    file.refuse("unsupported-element", "" if owner is None else _id(owner), message)


def _expression(text: str | None) -> str:
    """Return FEEL source; a leading `=` (as Camunda's tools write it) says the same thing."""
    return (text or "").strip().removeprefix("=").strip()


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname


def _is_bpmn(element: etree._Element) -> bool:
    return isinstance(element.tag, str) and element.tag.startswith(BPMN)


def _id(element: etree._Element) -> str:
    return element.get("id") or ""
