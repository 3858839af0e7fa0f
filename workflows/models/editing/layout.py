"""Lays out a BPMN file: everything anew, or only what has no place yet. The words of the process are never touched."""

from __future__ import annotations

from workflows.models.editing.layout_local import fill
from workflows.models.editing.layout_pools import draw_planes
from workflows.models.editing.layout_scene import Scene
from workflows.models.editing.layout_writing import BPMNDI, Writer
from workflows.models.editing.xml_text import Document, Splice, read_document


def lay_out(xml: bytes, *, only_missing: bool = False) -> bytes:
    """Return the file with a picture: from left to right, no shape on another, lines level and upright.

    With `only_missing` what has a place keeps it (it is moved only to make room), and only the rest is placed.
    Everything outside the picture keeps its bytes. The same file always gives the same picture.
    Raises Unreadable when the bytes are not XML that is read here.
    """
    document = read_document(xml, "")
    if not only_missing:
        return _whole(document)
    scene = Scene(document)
    if not scene.picture.boxes:
        return _whole(document)
    if scene.complete():
        return xml
    fill(scene)
    return scene.written()


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
