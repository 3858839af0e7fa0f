"""Rows of the table that says who decides, added and taken away as text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workflows import engine
from workflows.models.editing.work import Work
from workflows.models.editing.xml_text import Document, Element, Splice, content, read_document

_GATE = "gate.key"
_GROUP = "facts.has_steering_group"


def add_gate_rows(work: Work, key: str, *, group: bool) -> bool:
    """Add rows for a new gate: the group that decides together where there is one (if `group`), else the sponsor.

    They stand before the first row that speaks of a gate, so that rows for every gate (the board) still come first.
    Return False when no table has the columns for it: then the rows that hold for any gate decide.
    """
    for path in sorted(path for path in work.files if path.endswith(".dmn")):
        data = work.others.get(path, work.files[path])
        try:
            document = read_document(data, path)
        except engine.Unreadable:
            continue
        for table in (one for one in document.root.walk() if one.local == "decisionTable"):
            rows = _rows(work, document, table, key, group=group)
            if rows:
                work.others[path] = document.spliced(rows)
                return True
    return False


def deciders_of(files: Mapping[str, bytes], key: str) -> tuple[str, ...]:
    """Return whom the rows that speak of a gate, or of any, let decide: roles by key, or a board."""
    found: list[str] = []
    for path in sorted(path for path in files if path.endswith(".dmn")):
        document = read_document(files[path], path)
        for table in (one for one in document.root.walk() if one.local == "decisionTable"):
            asked = _inputs(table)
            given = [one.attributes.get("name", "") for one in table.children if one.local == "output"]
            if _GATE in asked and "decider" in given:
                column, decider = asked.index(_GATE), given.index("decider")
                rules = (rule for rule in _rules(table) if _speaks_of(_cell(rule, column), key))
                found += [_outputs(rule)[decider].strip('"') for rule in rules]
    return tuple(dict.fromkeys(found))


def _speaks_of(cell: str, key: str) -> bool:
    named = f'"{key}"' in cell
    return not named if cell.startswith("not(") else named or cell in ("-", "")


def drop_gate_rows(work: Work, key: str) -> None:
    """Take the rows away that hold for one gate only."""
    for path in sorted(path for path in work.files if path.endswith(".dmn")):
        data = work.others.get(path, work.files[path])
        document = read_document(data, path)
        gone: list[Splice] = []
        for table in (one for one in document.root.walk() if one.local == "decisionTable"):
            asked = _inputs(table)
            if _GATE in asked:
                column = asked.index(_GATE)
                lost = [rule for rule in _rules(table) if _cell(rule, column) == f'"{key}"']
                gone += [Splice(start=document.line_start(rule.start), end=rule.end, text=b"") for rule in lost]
        if gone:
            work.others[path] = document.spliced(gone)


def _rows(work: Work, document: Document, table: Element, key: str, *, group: bool) -> list[Splice]:
    asked, given = _inputs(table), [one.attributes.get("name", "") for one in table.children if one.local == "output"]
    rules = _rules(table)
    if _GATE not in asked or not {"decider", "mode"} <= set(given) or not rules:
        return []
    column = asked.index(_GATE)
    before = next((rule for rule in rules if _cell(rule, column) not in ("-", "")), rules[-1])
    duties = work.model.duties
    wanted = [({_GATE: f'"{key}"'}, duties.sponsor, "single")]
    if group and _GROUP in asked:
        wanted.insert(0, ({_GATE: f'"{key}"', _GROUP: "true"}, duties.group, "meeting"))
    indent = document.indent(before)
    taken = {*work.taken(), *document.by_id}
    text = ""
    for cells, decider, mode in wanted:
        like = next((rule for rule in rules if f'"{decider}"' in _outputs(rule)), before)
        text += _row(before, like, key, mode, asked, given, cells, decider, taken, indent)
    return [Splice(start=before.start, end=before.start, text=text.encode())]


def _row(
    before: Element,
    like: Element,
    key: str,
    mode: str,
    asked: list[str],
    given: list[str],
    cells: Mapping[str, str],
    decider: str,
    taken: set[str],
    indent: str,
) -> str:
    """Return a row's markup; columns that it does not speak of say what a row for the same decider says."""
    prefix = before.name.rpartition(":")[0]
    colon = f"{prefix}:" if prefix else ""
    name = f"rule_{key}_{mode}"
    while name in taken:
        name += "_2"
    said = {"decider": f'"{decider}"', "mode": f'"{mode}"'}
    usual = dict(zip(given, _outputs(like), strict=False))
    lines = [f'<{colon}rule id="{name}">']
    for number, column in enumerate(asked):
        lines.append(_entry(colon, "inputEntry", f"{name}_in_{number + 1}", cells.get(column, "-")))
    for number, column in enumerate(given):
        lines.append(_entry(colon, "outputEntry", f"{name}_out_{number + 1}", said.get(column, usual.get(column, "-"))))
    inside = f"\n{indent}  ".join(lines)
    return f"{inside}\n{indent}</{colon}rule>\n{indent}"


def _entry(colon: str, kind: str, key: str, text: str) -> str:
    return f'<{colon}{kind} id="{key}"><{colon}text>{content(text)}</{colon}text></{colon}{kind}>'


def _inputs(table: Element) -> list[str]:
    found: list[str] = []
    for column in (one for one in table.children if one.local == "input"):
        expression = column.find("inputExpression")
        text = expression.find("text") if expression is not None else None
        found.append(re.sub(r"\s+", " ", text.text).strip() if text is not None else "")
    return found


def _rules(table: Element) -> list[Element]:
    return [one for one in table.children if one.local == "rule"]


def _outputs(rule: Element) -> list[str]:
    return [_text(one) for one in rule.children if one.local == "outputEntry"]


def _cell(rule: Element, column: int) -> str:
    entries = [one for one in rule.children if one.local == "inputEntry"]
    return _text(entries[column]) if column < len(entries) else ""


def _text(entry: Element) -> str:
    text = entry.find("text")
    return text.text.strip() if text is not None else ""
