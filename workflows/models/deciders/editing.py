"""Changes of single rows: each takes the file and returns it, with nothing else in it touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from forms import feel
from forms.values import clean
from workflows.engine.safe_xml import writable
from workflows.kernel.errors import _l
from workflows.models.deciders.cells import ANY
from workflows.models.deciders.table import (
    DMN,
    Column,
    DecidersUnreadable,
    expression_of,
    gate_column,
    parse,
    table_of,
)

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """A file while it is changed."""

    original: bytes
    root: etree._Element
    table: etree._Element

    def rules(self) -> list[etree._Element]:
        return self.table.findall(f"{DMN}rule")

    def rule(self, row_id: str) -> etree._Element:
        """Return the row with an id (its number where it has none). KeyError when there is none."""
        for number, rule in enumerate(self.rules(), 1):
            if (rule.get("id") or str(number)) == row_id:
                return rule
        raise KeyError(row_id)

    def written(self) -> bytes:
        """Return the file, its first line, its empty elements and its last line break as they were written."""
        declaration = re.match(rb"\s*<\?xml[^>]*\?>\s*", self.original)
        body = etree.tostring(self.root.getroottree(), encoding="UTF-8", xml_declaration=False)
        if b'" />' in self.original and b'"/>' not in self.original:
            body = body.replace(b'"/>', b'" />')
        end = self.original[len(self.original.rstrip()) :]
        return (declaration[0] if declaration else b"") + body.rstrip() + end


def change_decider(
    content: bytes,
    *,
    row_id: str,
    gates: str,
    tests: Mapping[str, str],
    values: Mapping[str, str],
    note: str | None = None,
    new_columns: Iterable[Column] = (),
) -> bytes:
    """Return the file with one row changed.

    `gates` is the cell for the gates, `tests` the cells by column (those not named let everything pass), `values` the
    outputs by name (those not named stay). Columns of `new_columns` that a test names and the table lacks are added.
    Raises DecidersUnreadable, KeyError for an unknown row, FeelError for a cell that is not FEEL.
    """
    file = _opened(content)
    _add_columns(file, tests, new_columns)
    _fill(file, file.rule(row_id), gates=gates, tests=tests, values=values, note=note)
    return file.written()


def add_decider(
    content: bytes,
    *,
    gates: str,
    tests: Mapping[str, str],
    values: Mapping[str, str],
    note: str = "",
    before: str | None = None,
    new_columns: Iterable[Column] = (),
) -> tuple[bytes, str]:
    """Return the file with a row more, above the row `before` (None: last), and the id of the new row.

    Raises as `change_decider`.
    """
    file = _opened(content)
    rules = file.rules()
    if not rules:
        raise DecidersUnreadable(reason=_l("tabellen har ingen rad att utgå från"))
    _add_columns(file, tests, new_columns)
    pattern = file.rule(before) if before is not None else rules[-1]
    rule = deepcopy(pattern)
    row_id = _free(file.root, "rule")
    _rename(rule, row_id)
    if before is not None:
        rule.tail = _break_between(file.table, rules)
        pattern.addprevious(rule)
    else:
        rule.tail, pattern.tail = pattern.tail, _break_between(file.table, rules)
        pattern.addnext(rule)
    every = dict.fromkeys(("decider", "mode", "legal_basis"), '""') | {"consult": "[]"}
    _fill(file, rule, gates=gates, tests=tests, values={**every, **values}, note=note)
    return file.written(), row_id


def remove_decider(content: bytes, *, row_id: str) -> bytes:
    """Return the file without a row. Raises DecidersUnreadable, also for the only row, and KeyError."""
    file = _opened(content)
    if len(file.rules()) == 1:
        raise DecidersUnreadable(reason=_l("den enda raden kan inte tas bort"))
    rule = file.rule(row_id)
    _take_out(rule)
    return file.written()


def move_decider(content: bytes, *, row_id: str, before: str | None) -> bytes:
    """Return the file with a row moved above the row `before` (None: last). Raises DecidersUnreadable, KeyError."""
    file = _opened(content)
    rule = file.rule(row_id)
    if before == row_id:
        return content
    target = file.rule(before) if before is not None else None
    between = _break_between(file.table, file.rules())
    _take_out(rule)
    if target is not None:
        rule.tail = between
        target.addprevious(rule)
    else:
        last = file.rules()[-1]
        rule.tail, last.tail = last.tail, between
        last.addnext(rule)
    return file.written()


def _opened(content: bytes) -> _Open:
    root = parse(content, "authority.dmn")
    return _Open(original=content, root=root, table=table_of(root))


def _fill(
    file: _Open,
    rule: etree._Element,
    *,
    gates: str,
    tests: Mapping[str, str],
    values: Mapping[str, str],
    note: str | None,
) -> None:
    inputs = file.table.findall(f"{DMN}input")
    gate = gate_column(inputs)
    for place, (column, cell) in enumerate(zip(inputs, rule.findall(f"{DMN}inputEntry"), strict=True)):
        source = gates if place == gate else tests.get(expression_of(column), ANY)
        _write(cell, source.strip() or ANY, unary=True)
    outputs = file.table.findall(f"{DMN}output")
    for column, cell in zip(outputs, rule.findall(f"{DMN}outputEntry"), strict=True):
        name = column.get("name") or ""
        if name in values:
            _write(cell, values[name], unary=False)
    if note is not None:
        _annotate(rule, writable(clean(note, lines=False))[:LONGEST_NOTE])


def _write(cell: etree._Element, source: str, *, unary: bool) -> None:
    """Put FEEL into a cell. Raises FeelError."""
    source = writable(source)
    feel.parse_unary(source) if unary else feel.parse(source)
    text = cell.find(f"{DMN}text")
    if text is None:
        text = etree.SubElement(cell, f"{DMN}text")
    if (text.text or "").strip() != source:
        text.text = source


def _annotate(rule: etree._Element, note: str) -> None:
    description = rule.find(f"{DMN}description")
    if description is None and note:
        description = etree.Element(f"{DMN}description")
        description.tail = rule.text
        rule.insert(0, description)
    if description is None:
        return
    if note:
        description.text = note
    else:
        rule.remove(description)


def _add_columns(file: _Open, tests: Mapping[str, str], columns: Iterable[Column]) -> None:
    """Add the columns that a test names and the table lacks; every row that is there lets everything pass."""
    known = {expression_of(column) for column in file.table.findall(f"{DMN}input")}
    for column in columns:
        if column.key in known or tests.get(column.key, ANY) in ("", ANY):
            continue
        last = file.table.findall(f"{DMN}input")[-1]
        fresh = deepcopy(last)
        _rename(fresh, _free(file.root, "input"))
        fresh.set("label", column.label)
        source = fresh.find(f"{DMN}inputExpression")
        if source is None:
            raise DecidersUnreadable(reason=_l("en kolumn saknar uttryck"))
        source.set("typeRef", column.kind)
        _write(source, column.key, unary=False)
        for aside in fresh.findall(f"{DMN}inputValues"):
            fresh.remove(aside)
        last.addnext(fresh)
        fresh.tail = last.tail
        for rule in file.rules():
            cell = rule.findall(f"{DMN}inputEntry")[-1]
            twin = deepcopy(cell)
            _rename(twin, _free(file.root, "cell"))
            cell.addnext(twin)
            twin.tail = cell.tail
            _write(twin, ANY, unary=True)


def _rename(element: etree._Element, new_id: str) -> None:
    """Give a copy and everything in it ids of its own."""
    for number, inside in enumerate(element.iter()):
        if isinstance(inside.tag, str) and inside.get("id") is not None:
            inside.set("id", new_id if inside is element else f"{new_id}_{number}")
    element.set("id", new_id)


def _free(root: etree._Element, word: str) -> str:
    taken = {element.get("id") for element in root.iter() if isinstance(element.tag, str)}
    return next(name for number in range(1, 10_000) if (name := f"{word}_{number}") not in taken)


def _take_out(rule: etree._Element) -> None:
    """Remove a row and the space after it; the space before the end of the table stays."""
    previous, parent = rule.getprevious(), rule.getparent()
    assert parent is not None
    if rule.getnext() is None and previous is not None:
        previous.tail = rule.tail
    parent.remove(rule)


def _break_between(table: etree._Element, rules: list[etree._Element]) -> str | None:
    """Return the space that stands between two rows."""
    return rules[0].tail if len(rules) > 1 else table.text
