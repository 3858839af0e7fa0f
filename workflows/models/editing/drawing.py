"""A BPMN file being changed: elements and flows added, moved and taken away. `drawing_text` writes it in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from workflows.models.editing.drawing_parts import Line, Part
from workflows.models.editing.layout_graph import BPMN
from workflows.models.editing.xml_text import Document, Element, attribute, content, read_document

STYR = "urn:styr:bpmn:1"


class Drawing:
    """A file open for changes. Ids of elements, flows and the picture are known in `taken`."""

    def __init__(self, data: bytes, file: str) -> None:
        self.file = file
        self.document: Document = read_document(data, file)
        self.taken = set(self.document.by_id)
        self.prefix = self.document.root.name.rpartition(":")[0]
        self.lines: dict[str, Line] = {}
        self.parts: dict[str, Part] = {}
        self.gone: dict[str, Element] = {}
        self.unplaced: set[str] = set()
        self.attributes: dict[str, dict[str, str | None]] = defaultdict(dict)
        self.inside: dict[str, dict[str, str]] = defaultdict(dict)
        for element in self.document.root.walk():
            if element.tag == f"{BPMN}sequenceFlow" and element.parent is not None:
                self.lines[element.id] = _line(element)
        self.before = dict(self.lines)

    def element(self, key: str) -> Element:
        """Return an element that was in the file; KeyError when it was not, or was taken away."""
        if key in self.gone:
            raise KeyError(key)
        return self.document.by_id[key]

    def into(self, node: str) -> list[Line]:
        """Return the flows that enter an element."""
        return [line for line in self.lines.values() if line.target == node]

    def out_of(self, node: str) -> list[Line]:
        """Return the flows that leave an element."""
        return [line for line in self.lines.values() if line.source == node]

    def scope_of(self, node: str) -> str:
        """Return the process or sub-process that an element lies in."""
        if node in self.parts:
            return self.parts[node].scope
        parent = self.element(node).parent
        return parent.id if parent is not None else ""

    def new_id(self, wanted: str) -> str:
        """Return an id that nothing has, and take it."""
        key, number = wanted, 1
        while key in self.taken:
            number += 1
            key = f"{wanted}_{number}"
        self.taken.add(key)
        return key

    def add(self, part: Part) -> None:
        """Add an element; its id must come from `new_id`."""
        self.parts[part.id] = part

    def connect(self, source: str, target: str, *, name: str = "", condition: str | None = None, key: str = "") -> Line:
        """Draw a flow; `key` is the id it should have when that is free."""
        line = Line(
            id=self.new_id(key or f"{source}__{target}"),
            scope=self.scope_of(source),
            source=source,
            target=target,
            name=name,
            condition=condition,
        )
        self.lines[line.id] = line
        return line

    def change(self, line: Line, *, source: str | None = None, target: str | None = None) -> Line:
        """Let a flow begin or end somewhere else."""
        changed = replace(line, source=source or line.source, target=target or line.target)
        self.lines[line.id] = changed
        return changed

    def say(self, line: Line, *, name: str, condition: str | None) -> Line:
        """Give a flow another name or condition."""
        changed = replace(self.lines[line.id], name=name, condition=condition)
        self.lines[line.id] = changed
        return changed

    def cut(self, line: Line) -> None:
        """Take a flow away."""
        self.lines.pop(line.id, None)

    def remove(self, node: str) -> None:
        """Take an element away with everything inside it, its boundary events and the flows that touch them."""
        if self.parts.pop(node, None) is not None:
            gone = {node}
        else:
            element = self.element(node)
            around = element.parent.children if element.parent is not None else ()
            attached = [one for one in around if one.attributes.get("attachedToRef") == node]
            for one in (element, *attached):
                self.gone[one.id] = one
            gone = {inner.id for one in (element, *attached) for inner in one.walk() if inner.id}
        for line in list(self.lines.values()):
            if {line.source, line.target} & gone or line.scope in gone:
                self.cut(line)

    def unplace(self, node: str) -> None:
        """Let the layout find another place for an element and what lies in it."""
        self.unplaced |= {inner.id for inner in self.element(node).walk() if inner.id}

    def relocate(self, node: str, scope: str) -> None:
        """Let an element lie in another scope of the file, with all it holds."""
        element = self.element(node)
        self.unplace(node)
        self.gone[node] = element
        self.parts[node] = Part(id=node, scope=scope, kind=element.local, moved=element)

    def set_attribute(self, node: str, name: str, value: str | None) -> None:
        """Set an attribute of an element, or take it away."""
        if node in self.parts:
            attributes = {key: old for key, old in self.parts[node].attributes.items() if key != name}
            if name == "name":
                self.parts[node] = replace(self.parts[node], name=value or "")
            else:
                given = attributes | ({name: value} if value is not None else {})
                self.parts[node] = replace(self.parts[node], attributes=given)
        elif self.document.by_id[node].attributes.get(name) != value:
            self.attributes[node][name] = value

    def set_styr(self, node: str, tag: str, attributes: Mapping[str, str]) -> None:
        """Set one of our extension elements; attributes it has that are not named stay, "" takes one away."""
        found = self._styr(node, tag)
        held = dict(found.attributes) if found is not None else {}
        wanted = {key: value for key, value in {**held, **attributes}.items() if value}
        if found is None or wanted != held:
            self.inside[node][tag] = self.styr(tag, wanted)

    def set_help(self, node: str, text: str) -> None:
        """Set the help text of an element (its documentation); "" takes it away."""
        found = self.element(node).find("documentation")
        if (found.text.strip() if found is not None else "") != text:
            self.inside[node]["documentation"] = self.tagged("documentation", content(text)) if text else ""

    def styr(self, tag: str, attributes: Mapping[str, str]) -> str:
        """Return one of our extension elements as markup."""
        prefix = self.document.prefixes.get(STYR)
        declared = "" if prefix is not None else f' xmlns:styr="{STYR}"'
        given = "".join(attribute(key, value) for key, value in attributes.items())
        return f"<{prefix or 'styr'}:{tag}{declared}{given} />"

    def name(self, local: str) -> str:
        """Return the name of a BPMN element as this file writes it."""
        return f"{self.prefix}:{local}" if self.prefix else local

    def tagged(self, local: str, inside: str, given: str = "") -> str:
        """Return a BPMN element as markup."""
        return (
            f"<{self.name(local)}{given}>{inside}</{self.name(local)}>" if inside else f"<{self.name(local)}{given} />"
        )

    def _styr(self, node: str, tag: str) -> Element | None:
        extensions = self.element(node).find("extensionElements")
        found = extensions.children if extensions is not None else []
        return next((child for child in found if child.tag == f"{{{STYR}}}{tag}"), None)


def _line(element: Element) -> Line:
    condition = element.find("conditionExpression")
    return Line(
        id=element.id,
        scope=element.parent.id if element.parent is not None else "",
        source=element.attributes.get("sourceRef", ""),
        target=element.attributes.get("targetRef", ""),
        name=element.attributes.get("name", ""),
        condition=None if condition is None else condition.text,
    )
