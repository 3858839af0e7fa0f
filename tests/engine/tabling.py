"""Draws a DMN file with one decision table, to lie beside a drawn diagram."""

from __future__ import annotations

from lxml import etree


def table(key: str, inputs: list[str], outputs: list[str], rules: list[list[str]], policy: str = "FIRST") -> bytes:
    """Return a DMN file with one decision table."""
    namespace = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    root = etree.Element(f"{{{namespace}}}definitions", {"id": "defs", "name": key}, nsmap={"dmn": namespace})
    root.set("namespace", "urn:styr:test")
    decision = _child(root, "decision", id=key, name=key)
    grid = _child(decision, "decisionTable", id=f"{key}_table", hitPolicy=policy)
    for number, source in enumerate(inputs):
        text = _child(_child(grid, "input", id=f"i{number}"), "inputExpression", id=f"ie{number}")
        _child(text, "text").text = source
    for number, name in enumerate(outputs):
        _child(grid, "output", id=f"o{number}", name=name)
    for number, row in enumerate(rules):
        rule = _child(grid, "rule", id=f"r{number}")
        for column, source in enumerate(row):
            kind = "inputEntry" if column < len(inputs) else "outputEntry"
            _child(_child(rule, kind, id=f"r{number}c{column}"), "text").text = source
    return etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)


def _child(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag), attributes)
