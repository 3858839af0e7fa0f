"""The table on authority as people read it: a row is for some gates, under some conditions, and names who decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lxml import etree

from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.kernel.errors import StyrError, _l
from workflows.models.deciders.cells import ANY, Gates, read_gates

DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
DECISION = "authority"
"""The decision that every gate asks (`gate.bpmn`)."""

GATE_KEY = "gate.key"
OUTPUTS = ("decider", "mode", "legal_basis", "consult")


class DecidersUnreadable(StyrError):
    """The model's table on authority is missing, or is none that can be read row by row."""

    status = 422
    code = "deciders_unreadable"
    message = _l("Tabellen över vem som beslutar går inte att läsa: {reason}")


class ColumnKind(StrEnum):
    """What a condition asks for."""

    YES_NO = "boolean"
    AMOUNT = "number"
    TEXT = "string"
    OTHER = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A condition: a FEEL expression over the facts of a project; `key` names it in forms (the expression itself)."""

    key: str
    label: str
    kind: ColumnKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """One row. `tests` are the cells by column, "-" left out; `raw_gates` is what stands there when `gates` is None.

    Outputs hold what the row names when that is a plain text, else the expression as it is written.
    """

    id: str
    number: int
    gates: Gates | None
    raw_gates: str
    tests: Mapping[str, str]
    decider: str
    mode: str
    legal_basis: str
    consult: str
    note: str = ""

    def concerns(self, key: str) -> bool:
        """Tell whether the row may decide this gate; a row whose gates can't be read may decide any."""
        return self.gates is None or self.gates.hold(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeciderTable:
    """The whole table. `first` says that the first row that holds decides, so that the order of rows matters."""

    columns: tuple[Column, ...]
    rows: tuple[Decider, ...]
    first: bool
    outputs: tuple[str, ...] = field(default=OUTPUTS)

    def for_gate(self, key: str) -> tuple[Decider, ...]:
        """Return the rows that may decide a gate, in their order."""
        return tuple(row for row in self.rows if row.concerns(key))

    def row(self, row_id: str) -> Decider:
        """Return the row with this id; KeyError when there is none."""
        for row in self.rows:
            if row.id == row_id:
                return row
        raise KeyError(row_id)


def deciders_file(files: Mapping[str, bytes]) -> str | None:
    """Return the path of the file that holds the table on authority."""
    for path in sorted(path for path in files if path.endswith(".dmn")):
        try:
            table_of(parse(files[path], path))
        except DecidersUnreadable:
            continue
        return path
    return None


def read_deciders(content: bytes, *, path: str = "authority.dmn") -> DeciderTable:
    """Return the table on authority of a DMN file. Raises DecidersUnreadable."""
    table = table_of(parse(content, path))
    inputs = table.findall(f"{DMN}input")
    gate = gate_column(inputs)
    columns = {number: _column(one) for number, one in enumerate(inputs) if number != gate}
    names = [one.get("name") or "" for one in table.findall(f"{DMN}output")]
    rows = [
        _row(rule, number, gate=gate, columns=columns, names=names)
        for number, rule in enumerate(table.findall(f"{DMN}rule"), 1)
    ]
    first = table.get("hitPolicy", "UNIQUE") == "FIRST"
    return DeciderTable(columns=tuple(columns.values()), rows=tuple(rows), first=first, outputs=tuple(names))


def parse(content: bytes, path: str) -> etree._Element:
    """Return the root of a DMN file, comments kept. Raises DecidersUnreadable for what is hostile or no XML."""
    try:
        read_xml(content, path)
    except Unreadable as error:
        raise DecidersUnreadable(reason=error.finding.message) from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def table_of(root: etree._Element) -> etree._Element:
    """Return the decision table on authority. Raises DecidersUnreadable where there is none of the right form."""
    decision = next((one for one in root.iterfind(f"{DMN}decision") if one.get("id") == DECISION), None)
    table = None if decision is None else decision.find(f"{DMN}decisionTable")
    if table is None:
        raise DecidersUnreadable(
            reason=_l("beslutet {decision} finns inte, eller är ingen tabell").format(decision=DECISION)
        )
    names = {one.get("name") for one in table.findall(f"{DMN}output")}
    if not {"decider", "mode"} <= names:
        raise DecidersUnreadable(reason=_l("kolumnerna decider och mode saknas"))
    gate_column(table.findall(f"{DMN}input"))
    cells = (len(table.findall(f"{DMN}input")), len(table.findall(f"{DMN}output")))
    for rule in table.findall(f"{DMN}rule"):
        if (len(rule.findall(f"{DMN}inputEntry")), len(rule.findall(f"{DMN}outputEntry"))) != cells:
            raise DecidersUnreadable(reason=_l("en rad har inte en cell för varje kolumn"))
    return table


def gate_column(inputs: list[etree._Element]) -> int:
    """Return which column asks for the gate's key. Raises DecidersUnreadable."""
    for number, column in enumerate(inputs):
        if expression_of(column) == GATE_KEY:
            return number
    raise DecidersUnreadable(reason=_l("ingen kolumn frågar efter {expression}").format(expression=GATE_KEY))


def expression_of(column: etree._Element) -> str:
    """Return what a column asks for."""
    return " ".join((column.findtext(f"{DMN}inputExpression/{DMN}text") or "").split())


def text_of(cell: etree._Element) -> str:
    """Return what stands in a cell."""
    return (cell.findtext(f"{DMN}text") or "").strip()


def _column(column: etree._Element) -> Column:
    source = column.find(f"{DMN}inputExpression")
    kind = "" if source is None else source.get("typeRef", "")
    expression = expression_of(column)
    known = ColumnKind(kind) if kind in set(ColumnKind) else ColumnKind.OTHER
    return Column(key=expression, label=column.get("label") or expression, kind=known)


def _row(rule: etree._Element, number: int, *, gate: int, columns: Mapping[int, Column], names: list[str]) -> Decider:
    cells = [text_of(cell) for cell in rule.findall(f"{DMN}inputEntry")]
    values = dict(zip(names, (_plain(text_of(cell)) for cell in rule.findall(f"{DMN}outputEntry")), strict=True))
    return Decider(
        id=rule.get("id") or str(number),
        number=number,
        gates=read_gates(cells[gate]),
        raw_gates=cells[gate],
        tests={column.key: cells[place] for place, column in columns.items() if cells[place] not in ("", ANY)},
        decider=values.get("decider", ""),
        mode=values.get("mode", ""),
        legal_basis=values.get("legal_basis", ""),
        consult=values.get("consult", ""),
        note=" ".join((rule.findtext(f"{DMN}description") or "").split()),
    )


def _plain(source: str) -> str:
    """Return a text without its quotes; any other expression as it is written."""
    inner = source[1:-1]
    return inner if source[:1] == source[-1:] == '"' and len(source) > 1 and '"' not in inner else source
