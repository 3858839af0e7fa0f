"""Lays out a BPMN file: everything anew, or only what has no place yet. The words of the process are never touched."""

from __future__ import annotations

from workflows.models.editing.layout_pools import draw_planes
from workflows.models.editing.layout_writing import BPMNDI, Writer
from workflows.models.editing.xml_text import Document, Splice, read_document


def lay_out(xml: bytes, *, only_missing: bool = False) -> bytes:
    """Return the file with a picture: from left to right, no shape on another, lines level and upright.

    With `only_missing` a picture in which everything has its place is kept as it is.
    Everything outside the picture keeps its bytes. The same file always gives the same picture.
    Raises Unreadable when the bytes are not XML that is read here.
    """
    document = read_document(xml, "")
    if only_missing and not _missing(document):
        return xml
    return _whole(document)


def _missing(document: Document) -> bool:
    """Tell whether something that is drawn has no place yet."""
    placed = {element.attributes.get("bpmnElement") for element in document.root.walk()}
    planes = draw_planes(document)
    return any(key not in placed for plane in planes for key in [*plane.picture.boxes, *plane.picture.lines])


def _whole(document: Document) -> bytes:
    """Put new diagrams in place of whatever diagrams the file has."""
    old = [child for child in document.root.children if child.tag == f"{{{BPMNDI}}}BPMNDiagram"]
    without = document.spliced(
        Splice(start=document.line_start(element.start), end=element.end, text=b"") for element in old
    )
    document = read_document(without, "")
    writer = Writer.of(document)
    diagrams = "".join(f"\n{writer.diagram(plane)}" for plane in draw_planes(document))
    root = document.root
    if root.empty or not diagrams:
        return document.data
    at = document.line_start(root.closing)
    return document.spliced([Splice(start=at, end=root.closing, text=f"{diagrams}\n".encode())])
