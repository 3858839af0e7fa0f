"""Writes a changed drawing: what was not changed keeps its bytes, and the picture follows.

What loses its place is taken out of the picture, and what has none yet is placed by the layout.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from workflows.models.editing.drawing import Drawing
from workflows.models.editing.drawing_parts import Line, Part
from workflows.models.editing.layout import lay_out
from workflows.models.editing.layout_writing import BPMNDI
from workflows.models.editing.xml_text import Element, Splice, attribute, content

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ATTRIBUTE = r"""\s+{name}\s*=\s*("[^"]*"|'[^']*')"""
_ORDER = ("documentation", "extensionElements", "incoming", "outgoing")
"""What comes first in an element, in this order."""


def finished(drawing: Drawing) -> bytes:
    """Return the changed file with everything placed in its picture."""
    changed = _Writer(drawing).written()
    return changed if changed == drawing.document.data else lay_out(changed, only_missing=True)


class _Writer:
    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.document = drawing.document
        self.splices: list[Splice] = []
        self.attributes = {key: dict(given) for key, given in drawing.attributes.items()}
        self.added: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self.referring = any(element.local in ("incoming", "outgoing") for element in self.document.root.walk())

    def written(self) -> bytes:
        for element in self.drawing.gone.values():
            self._cut(element)
        self._write_lines()
        self._write_insides()
        self._write_new()
        for key in {*self.attributes, *self.added}:
            if key not in self.drawing.gone:
                self._write_element(self.document.by_id[key])
        self._write_lanes()
        self._clear_picture()
        return self.document.spliced(self.splices)

    def _cut(self, element: Element) -> None:
        self.splices.append(Splice(start=self.document.line_start(element.start), end=element.end, text=b""))

    def _put(self, at: int, text: str) -> None:
        self.splices.append(Splice(start=at, end=at, text=text.encode()))

    def _write_lines(self) -> None:
        """Write the flows that are not as they were, and tell the elements at their ends."""
        drawing = self.drawing
        for key in {**drawing.before, **drawing.lines}:
            before, after = drawing.before.get(key), drawing.lines.get(key)
            if before == after:
                continue
            if before is not None:
                element = self.document.by_id[key]
                if after is None or after.scope != before.scope:
                    self._cut(element)
                else:
                    self._write_line(element, before, after)
            for line, end, local in ((before, "target", "incoming"), (before, "source", "outgoing")):
                if line is not None and (after is None or getattr(after, end) != getattr(line, end)):
                    self._unrefer(getattr(line, end), local, key)
            for line, end, local in ((after, "target", "incoming"), (after, "source", "outgoing")):
                moved = line is not None and (before is None or getattr(before, end) != getattr(line, end))
                if line is not None and moved and getattr(line, end) in self.document.by_id:
                    self._refer(getattr(line, end), local, key)

    def _write_line(self, element: Element, before: Line, after: Line) -> None:
        given = self.attributes.setdefault(element.id, {})
        given |= {"sourceRef": after.source, "targetRef": after.target}
        if before.name != after.name:
            given["name"] = after.name or None
        if before.condition != after.condition:
            old = element.find("conditionExpression")
            if old is not None:
                self._cut(old)
            if after.condition is not None:
                self.added[element.id].append(("", self._condition(after.condition)))

    def _refer(self, node: str, local: str, key: str) -> None:
        if self.referring:
            self.added[node].append((local, self.drawing.tagged(local, key)))

    def _unrefer(self, node: str, local: str, key: str) -> None:
        element = self.document.by_id.get(node)
        for child in element.children if element is not None else ():
            if child.local == local and child.text.strip() == key:
                self._cut(child)

    def _write_insides(self) -> None:
        """Write help texts and our extension elements."""
        for node, given in self.drawing.inside.items():
            element = self.document.by_id[node]
            for tag, text in given.items():
                holder = element if tag == "documentation" else element.find("extensionElements")
                old = holder.find(tag) if holder is not None else None
                if old is not None:
                    self._replace(old, text)
                elif tag == "documentation":
                    self.added[node] += [(tag, text)] if text else []
                elif holder is None:
                    inside = f"\n{self._indent(element)}    {text}\n{self._indent(element)}  "
                    self.added[node].append(("extensionElements", self.drawing.tagged("extensionElements", inside)))
                else:
                    self._put(holder.closing, f"  {text}\n{self._indent(holder)}")

    def _replace(self, old: Element, text: str) -> None:
        if text:
            self.splices.append(Splice(start=old.start, end=old.end, text=text.encode()))
        else:
            self._cut(old)

    def _write_new(self) -> None:
        """Write new elements and flows at the end of the scope they lie in."""
        drawing = self.drawing
        scopes = {part.scope for part in drawing.parts.values()}
        scopes |= {line.scope for key, line in drawing.lines.items() if self._is_new(key)}
        for scope in sorted(scopes - drawing.parts.keys()):
            element = self.document.by_id[scope]
            indent = self._indent(element) + "  "
            self.added[scope] += [("", text.lstrip()) for text in self._contents(scope, indent)]

    def _is_new(self, key: str) -> bool:
        before, after = self.drawing.before.get(key), self.drawing.lines.get(key)
        return after is not None and (before is None or before.scope != after.scope)

    def _contents(self, scope: str, indent: str) -> Iterator[str]:
        """Yield the markup of everything new in a scope."""
        for part in self.drawing.parts.values():
            if part.scope == scope:
                yield self._part(part, indent)
        for key, line in self.drawing.lines.items():
            if line.scope == scope and self._is_new(key):
                yield self._new_line(line, indent)

    def _part(self, part: Part, indent: str) -> str:
        drawing = self.drawing
        if part.moved is not None:
            return self._moved(part, part.moved, indent)
        given = attribute("id", part.id) + (attribute("name", part.name) if part.name else "")
        given += "".join(attribute(key, value) for key, value in part.attributes.items())
        inside = [f"{indent}  {drawing.tagged('documentation', content(part.help))}"] if part.help else []
        if part.extensions:
            wrapped = f"\n{indent}    {part.extensions}\n{indent}  "
            inside.append(f"{indent}  {drawing.tagged('extensionElements', wrapped)}")
        inside += [f"{indent}  {text}" for text in self._references(part.id)]
        inside += [f"{indent}  {part.inside}"] if part.inside else []
        inside += self._contents(part.id, indent + "  ")
        lines = "".join(f"\n{line}" for line in inside)
        return indent + drawing.tagged(part.kind, f"{lines}\n{indent}" if lines else "", given)

    def _references(self, node: str) -> list[str]:
        """Return the markup that names an element's flows, where this file has such."""
        if not self.referring:
            return []
        into = [self.drawing.tagged("incoming", line.id) for line in self.drawing.into(node)]
        return into + [self.drawing.tagged("outgoing", line.id) for line in self.drawing.out_of(node)]

    def _moved(self, part: Part, element: Element, indent: str) -> str:
        """Return an element of the file as it stands, but for the flows it names."""
        data, at = self.document.data, element.opened
        if element.empty:
            return indent + data[element.start : element.end].decode()
        inside = ""
        for child in element.children:
            if child.local in ("incoming", "outgoing"):
                inside += data[at : self.document.line_start(child.start)].decode()
                at = child.end
        slot = self._slot_in(element)
        own = data[element.opened : slot].decode()
        references = "".join(f"\n{indent}  {text}" for text in self._references(part.id))
        rest = inside + data[at : element.closing].decode()
        head = data[element.start : element.opened].decode()
        return indent + head + own + references + rest.removeprefix(own) + f"</{element.name}>"

    def _slot_in(self, element: Element) -> int:
        ahead = [child.end for child in element.children if child.local in ("documentation", "extensionElements")]
        return max(ahead, default=element.opened)

    def _new_line(self, line: Line, indent: str) -> str:
        given = attribute("id", line.id) + (attribute("name", line.name) if line.name else "")
        given += attribute("sourceRef", line.source) + attribute("targetRef", line.target)
        inside = ""
        if line.condition is not None:
            inside = f"\n{indent}  {self._condition(line.condition)}\n{indent}"
        return indent + self.drawing.tagged("sequenceFlow", inside, given)

    def _condition(self, source: str) -> str:
        prefix = self.document.prefixes.get(_XSI)
        declared = "" if prefix else f' xmlns:xsi="{_XSI}"'
        kind = attribute(f"{prefix or 'xsi'}:type", self.drawing.name("tFormalExpression"))
        return self.drawing.tagged("conditionExpression", content(source), declared + kind)

    def _write_element(self, element: Element) -> None:
        """Write an element's changed start, and what was added to it."""
        tag = self.document.data[element.start : element.opened].decode()
        for name, value in self.attributes.get(element.id, {}).items():
            tag = _with_attribute(tag, name, value)
        added = self.added.get(element.id, [])
        indent = self._indent(element)
        if element.empty and added:
            inside = "".join(f"\n{indent}  {text}" for _, text in sorted(added, key=_place))
            tag = re.sub(r"\s*/>\Z", ">", tag) + f"{inside}\n{indent}</{element.name}>"
        elif added:
            for slot, text in sorted(added, key=_place):
                self._put(self._slot(element, slot), f"\n{indent}  {text}")
        if tag.encode() != self.document.data[element.start : element.opened]:
            self.splices.append(Splice(start=element.start, end=element.opened, text=tag.encode()))

    def _slot(self, element: Element, slot: str) -> int:
        """Return where something of this kind goes: after the last of its like, or what must come before it."""
        if not slot:
            return self.document.line_start(element.closing)
        before = _ORDER[: _ORDER.index(slot) + 1]
        ahead = [child.end for child in element.children if child.local in before]
        return max(ahead, default=element.opened)

    def _indent(self, element: Element) -> str:
        return self.document.indent(element)

    def _write_lanes(self) -> None:
        """Let lanes hold new elements of their process, and no longer those that are gone."""
        references = [one for one in self.document.root.walk() if one.local == "flowNodeRef"]
        lane_of = {one.text.strip(): one for one in references}
        for key in self.drawing.gone.keys() & lane_of.keys():
            self._cut(lane_of[key])
        for part in self.drawing.parts.values():
            near = [line.source for line in self.drawing.into(part.id)]
            near += [line.target for line in self.drawing.out_of(part.id)]
            lane = next((lane_of[key] for key in near if key in lane_of), None)
            if lane is not None:
                self._put(lane.end, f"\n{self._indent(lane)}{self.drawing.tagged('flowNodeRef', part.id)}")

    def _clear_picture(self) -> None:
        """Take out of the picture what is gone, and the lines that run elsewhere now."""
        drawing = self.drawing
        stale = {inner.id for element in drawing.gone.values() for inner in element.walk()} - {""} | drawing.unplaced
        for key, before in drawing.before.items():
            after = drawing.lines.get(key)
            if after is None or (after.source, after.target) != (before.source, before.target):
                stale.add(key)
        for element in self.document.root.walk():
            if element.tag.startswith(f"{{{BPMNDI}}}") and element.attributes.get("bpmnElement") in stale:
                self._cut(element)


def _with_attribute(tag: str, name: str, value: str | None) -> str:
    """Return a start tag with one attribute set or taken away."""
    found = re.search(_ATTRIBUTE.format(name=re.escape(name)), tag)
    written = attribute(name, value) if value is not None else ""
    if found is not None:
        return tag[: found.start()] + written + tag[found.end() :]
    end = re.search(r"\s*/?>\Z", tag)
    at = end.start() if end is not None else len(tag)
    return tag[:at] + written + tag[at:]


def _place(added: tuple[str, str]) -> int:
    return _ORDER.index(added[0]) if added[0] else len(_ORDER)
