"""Reads XML from strangers: bounded in size; no DOCTYPE, entities, network, comments, processing instructions."""

from __future__ import annotations

import re

from lxml import etree

from workflows.engine.errors import Finding
from workflows.engine.xml_faults import DOCTYPE, why_not_xml

MAX_BYTES = 2 * 1024 * 1024
"""No diagram drawn by hand comes near this; the largest of ours is 1/20 of it."""


MAX_TABLE_BYTES = 256 * 1024
"""A table's cells are all expressions, which take longer to read than a drawing; ours has a hundredth of it."""


class Unreadable(Exception):
    """The bytes are not XML we read; `finding` says why. An inner signal: people meet it as EngineRefused."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.message)


def read_xml(content: bytes, file: str, *, most: int = MAX_BYTES) -> etree._Element:
    """Return the root element of `content`.

    Raises Unreadable. Entities are never expanded, so what is signed is what runs; lxml itself bounds depth to 256.
    """
    if len(content) > most:
        size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} kB"
        raise _unreadable("too-large", f"Filen är större än {size}. Dela upp den.", file)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        rule, message = why_not_xml(content, error)
        raise _unreadable(rule, message, file) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unreadable("doctype", DOCTYPE, file)
    return root


def _unreadable(rule: str, message: str, file: str) -> Unreadable:
    return Unreadable(Finding(rule=rule, element="", message=message, file=file))


def writable(text: str) -> str:
    """Return text without what XML cannot hold: a file with one such mark could not be read again."""
    return _NOT_IN_XML.sub("", text)


_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, halves of characters, and the two numbers that stand for no character."""
