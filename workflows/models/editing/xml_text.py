"""XML as the text it is: elements with their places in the bytes, so that a change touches nothing but itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from workflows import engine
from workflows.engine.safe_xml import writable

_TAG_END = re.compile(rb"""(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>")
_INDENT = re.compile(rb"[ \t]*\Z")


@dataclass(slots=True, eq=False)
class Element:
    """An element and where it stands: `start`–`end` whole, `opened`–`closing` its content (empty: both at the end).

    `tag` and the names of attributes are `{namespace}local`, or `local` without a namespace; `name` is as written;
    `text` is what stands directly inside.
    """

    tag: str
    name: str
    attributes: Mapping[str, str]
    start: int
    opened: int
    parent: Element | None
    closing: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)
    text: str = ""

    @property
    def local(self) -> str:
        """The name without namespace or prefix."""
        return self.tag.rpartition("}")[2]

    @property
    def id(self) -> str:
        """The element's id; empty when it has none."""
        return self.attributes.get("id", "")

    @property
    def empty(self) -> bool:
        """Tell whether it is written as one tag."""
        return self.opened == self.end

    def walk(self) -> Iterator[Element]:
        """Yield this element and everything inside it, in the order of the file."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack += reversed(element.children)

    def find(self, local: str) -> Element | None:
        """Return the first child of that name, whatever its namespace."""
        return next((child for child in self.children if child.local == local), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Put `text` in place of the bytes from `start` to `end`."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file of XML. `by_id` knows every element that has an id (the first, where an id stands twice).

    `prefixes` are those that the root declares, by namespace; the default one is empty.
    """

    data: bytes
    root: Element
    by_id: Mapping[str, Element]
    prefixes: Mapping[str, str]

    def line_start(self, position: int) -> int:
        """Return the beginning of the indentation before `position`, line break included."""
        indent = _INDENT.search(self.data, self.data.rfind(b"\n", 0, position) + 1, position)
        start = indent.start() if indent else position
        return start - 1 if start and self.data[start - 1 : start] == b"\n" else position

    def indent(self, element: Element) -> str:
        """Return the white space that stands before an element on its line; empty when it does not begin its line."""
        start = self.line_start(element.start)
        return self.data[start + 1 : element.start].decode() if start != element.start else ""

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """Return the bytes with all changes made; where two are at one place, in the order given."""
        parts: list[bytes] = []
        at = 0
        for splice in sorted(splices, key=lambda splice: (splice.start, splice.end)):
            if splice.start < at:
                continue
            parts += [self.data[at : splice.start], splice.text]
            at = splice.end
        return b"".join([*parts, self.data[at:]])


def read_document(data: bytes, file: str) -> Document:
    """Read a file of XML through the engine's safe reader. Raises Unreadable as that does.

    Another encoding than UTF-8 is turned into it; all else is left as it is written.
    """
    root = engine.read_xml(data, file)
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in ("UTF-8", "ASCII"):
        told = '<?xml version="1.0" encoding="UTF-8"?>'
        data = _DECLARATION.sub(b"", data.decode(encoding).encode()).lstrip(b"\xef\xbb\xbf \r\n")
        data = told.encode() + b"\n" + data
    return _Reader(data).read()


class _Reader:
    """Follows expat through the bytes and notes where each tag begins and ends."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.prefixes: dict[str, str] = {}
        self.open: list[Element] = []
        self.root: Element | None = None
        self.by_id: dict[str, Element] = {}
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.CharacterDataHandler = self._text

    def read(self) -> Document:
        self.parser.Parse(self.data, True)
        assert self.root is not None
        return Document(data=self.data, root=self.root, by_id=self.by_id, prefixes=self.prefixes)

    def _namespace(self, prefix: str | None, uri: str) -> None:
        if self.root is None:
            self.prefixes[uri] = prefix or ""

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        start = self.parser.CurrentByteIndex
        match = _TAG_END.match(self.data, start)
        opened = match.end() if match else start
        written = re.match(rb"<([^\s/>]+)", self.data[start : start + 200])
        element = Element(
            tag=_qualified(name),
            name=written.group(1).decode() if written else name,
            attributes={_qualified(key): value for key, value in attributes.items()},
            start=start,
            opened=opened,
            parent=self.open[-1] if self.open else None,
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.by_id.setdefault(element.id, element)
        self.open.append(element)

    def _end(self, _name: str) -> None:
        element = self.open.pop()
        if self.data[element.opened - 2 : element.opened] == b"/>":
            element.closing = element.end = element.opened
            return
        element.closing = self.parser.CurrentByteIndex
        element.end = self.data.index(b">", element.closing) + 1


def _qualified(name: str) -> str:
    namespace, found, local = name.rpartition("}")
    return f"{{{namespace}}}{local}" if found else local


def attribute(name: str, value: str) -> str:
    """Return ` name="value"`, escaped, without what XML cannot hold."""
    return f" {name}={quoteattr(writable(value))}"


def content(text: str) -> str:
    """Return text as it stands inside an element, without what XML cannot hold."""
    return escape(writable(text))
