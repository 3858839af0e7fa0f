"""Draws BPMN from a terse text, so that a test shows its diagram in a few lines.

One element a line: `kind id key=value … > target ? condition ; *default`; a line that ends with `;` goes on below.
A sub-process ends its line with ` {` and closes with `} > target`. Values with spaces stand in single quotes. `keeps`
on a boundary event means that it does not interrupt. Example:

    start s > ask
    user ask role=sponsor > answer
    xor answer > done ? ask.go = "yes" ; *again
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
STYR = "urn:styr:bpmn:1"

TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "effect": "serviceTask",
    "rule": "businessRuleTask",
    "xor": "exclusiveGateway",
    "par": "parallelGateway",
    "race": "eventBasedGateway",
    "catch": "intermediateCatchEvent",
    "boundary": "boundaryEvent",
    "sub": "subProcess",
    "call": "callActivity",
}
"""Short words; any other word is taken as the element's own name."""

OWN = {
    "user": ("task", ("kind", "form", "role", "due", "remind", "escalate", "as")),
    "effect": ("effect", ("kind",)),
    "rule": ("decision", ("ref", "as")),
    "call": ("gate", ("key", "outcomes")),
}

_WORD = re.compile(r"""[\w:]+='[^']*'|\S+""")


@dataclass
class Line:
    """One element as written."""

    kind: str
    id: str
    given: dict[str, str]
    flags: set[str]
    targets: str
    inside: list[Line] = field(default_factory=list)


def draw(text: str, process: str = "project") -> bytes:
    """Return a BPMN file with one process."""
    text = re.sub(r";\s*\n", "; ", text)
    lines = iter([line.strip() for line in text.splitlines() if line.strip()])
    root = etree.Element(_b("definitions"), nsmap={"bpmn": BPMN, "styr": STYR})
    root.set("targetNamespace", "urn:styr:test")
    inner = etree.SubElement(root, _b("process"), id=process, isExecutable="true")
    _draw_scope(root, inner, list(_block(lines)))
    return etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)


def bundle(**processes: str) -> dict[str, bytes]:
    """Return files, one process each: `bundle(project="start s > e …", gate="…")`."""
    return {f"{name}.bpmn": draw(text, name) for name, text in processes.items()}


def _block(lines: Iterator[str]) -> Iterator[Line]:
    for text in lines:
        if text.startswith("}"):
            return
        opens = text.endswith("{")
        words = _WORD.findall(text.removesuffix("{"))
        cut = words.index(">") if ">" in words else len(words)
        head, targets = words[:cut], " ".join(words[cut + 1 :])
        given = dict(word.split("=", 1) for word in head[2:] if "=" in word)
        line = Line(
            kind=head[0],
            id=head[1],
            given={key: value.strip("'") for key, value in given.items()},
            flags={word for word in head[2:] if "=" not in word},
            targets=targets,
        )
        if opens:
            line.inside = list(_block_with_tail(lines, line))
        yield line


def _block_with_tail(lines: Iterator[str], owner: Line) -> Iterator[Line]:
    """Read up to the closing brace; what follows it is where the owner's flow goes."""
    kept: list[str] = []
    depth = 1
    for text in lines:
        depth += text.endswith("{") - text.startswith("}")
        if not depth:
            owner.targets = text.removeprefix("}").strip().removeprefix(">").strip()
            break
        kept.append(text)
    return _block(iter(kept))


def _draw_scope(root: etree._Element, scope: etree._Element, lines: list[Line]) -> None:
    for line in lines:
        _draw_node(root, scope, line)
    for line in lines:
        _draw_flows(scope, line)


def _draw_node(root: etree._Element, scope: etree._Element, line: Line) -> None:
    given = line.given
    node = etree.SubElement(scope, _b(TAGS.get(line.kind, line.kind)), id=line.id, name=given.get("name", line.id))
    _extend(node, line)
    if "calls" in given:
        node.set("calledElement", given["calls"])
    if "on" in given:
        node.set("attachedToRef", given["on"])
        node.set("cancelActivity", "false" if "keeps" in line.flags else "true")
    if "each" in given:
        loop = etree.SubElement(node, _b("multiInstanceLoopCharacteristics"))
        etree.SubElement(loop, _b("loopDataInputRef")).text = given["each"]
        if "until" in given:
            etree.SubElement(loop, _b("completionCondition")).text = given["until"]
    _trigger(root, node, given)
    for key, value in given.items():
        if key.startswith("xml:"):
            node.set(key.removeprefix("xml:"), value)
    _draw_scope(root, node, line.inside)


def _extend(node: etree._Element, line: Line) -> None:
    own: dict[str, dict[str, str]] = {}
    if line.kind in OWN:
        tag, names = OWN[line.kind]
        own[tag] = {name: line.given[name] for name in names if name in line.given}
    if "item" in line.given:
        own["each"] = {"item": line.given["item"]}
    own = {tag: attributes for tag, attributes in own.items() if attributes}
    if own:
        holder = etree.SubElement(node, _b("extensionElements"))
        for tag, attributes in own.items():
            etree.SubElement(holder, f"{{{STYR}}}{tag}", attributes)


def _trigger(root: etree._Element, node: etree._Element, given: dict[str, str]) -> None:
    if "timer" in given:
        definition = etree.SubElement(node, _b("timerEventDefinition"))
        etree.SubElement(definition, _b("timeDate")).text = given["timer"]
    for word, attribute in (("message", "name"), ("error", "errorCode")):
        if word in given:
            identifier = f"{word}_{given[word]}"
            if root.find(f".//*[@id='{identifier}']") is None:
                root.insert(0, etree.Element(_b(word), {"id": identifier, attribute: given[word]}))
            etree.SubElement(node, _b(f"{word}EventDefinition"), {f"{word}Ref": identifier})


def _draw_flows(scope: etree._Element, line: Line) -> None:
    for part in line.targets.split(" ; "):
        target, _, condition = part.partition(" ? ")
        name = target.strip().removeprefix("*")
        if not name:
            continue
        number = len(scope.findall(_b("sequenceFlow")))
        label = condition.strip() or ("else" if target.strip().startswith("*") else "")
        flow = etree.SubElement(scope, _b("sequenceFlow"), id=f"f{number}_{line.id}_{name}", name=label)
        flow.set("sourceRef", line.id)
        flow.set("targetRef", name)
        if condition:
            etree.SubElement(flow, _b("conditionExpression")).text = condition.strip()
        if target.strip().startswith("*"):
            node = scope.find(f"*[@id='{line.id}']")
            assert node is not None
            node.set("default", flow.get("id") or "")


def _b(tag: str) -> str:
    return f"{{{BPMN}}}{tag}"
