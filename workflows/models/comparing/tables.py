"""Reads a file of decision tables into plain rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.models.comparing.reading import Unread, xml_of

MAX_NODES = 10_000
"""XML elements that are worth comparing one by one: some four hundred rules of ten columns."""

_INSIDE = frozenset({"input", "output", "rule", "decisionTable", "decision"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A column that is tested: what it reads, and what people call it."""

    id: str
    expression: str
    label: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A column that is answered."""

    id: str
    name: str
    label: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A row: `tests` by the input's expression, `answers` by the output's name."""

    id: str
    tests: Mapping[str, str]
    answers: Mapping[str, str]
    description: str
    beside: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A decision; `beside` is everything about it that is no column and no row."""

    key: str
    name: str
    inputs: tuple[Input, ...] = ()
    outputs: tuple[Output, ...] = ()
    rules: tuple[Rule, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        """Whether the first rule that holds decides, so that rules above take from those below."""
        return self.beside.get("decisionTable/@hitPolicy") == "FIRST"

    @property
    def decides(self) -> bool:
        """Whether its answer is who decides at a gate (docs/models.md): it then has an output `decider`."""
        return any(output.name == "decider" for output in self.outputs)


def read_tables(data: bytes, file: str) -> tuple[dict[str, Table], dict[str, str]]:
    """Return the decisions of a file by id, and what the file says beside them. Raises Unread."""
    root = xml_of(data, file)
    if sum(1 for _ in root.iter()) > MAX_NODES:
        raise Unread("too many rules")
    tables: dict[str, Table] = {}
    for decision in _children(root, "decision"):
        table = _table(decision)
        tables.setdefault(table.key if table.key not in tables else f"{table.key}#{len(tables)}", table)
    return tables, dict(leaves(root, leave=_INSIDE | {"DMNDI"}))


def leaves(
    element: etree._Element, *, leave: frozenset[str] = frozenset(), prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield attributes and texts below an element by path; children of the names in `leave` are passed over."""
    for name, value in sorted(element.attrib.items()):
        yield f"{prefix}@{_local(str(name))}", str(value)
    if words := (element.text or "").strip():
        yield prefix.rstrip("/") or ".", words
    seen: dict[str, int] = {}
    for child in element:
        name = _local(child.tag)
        if name in leave:
            continue
        seen[name] = number = seen.get(name, 0) + 1
        path = f"{prefix}{name if number == 1 else f'{name}#{number}'}/"
        inner = dict(leaves(child, prefix=path))
        yield from inner.items() if inner else {path.rstrip("/"): "ja"}.items()
        if tail := (child.tail or "").strip():
            yield f"{path}+", tail


def _table(decision: etree._Element) -> Table:
    beside = dict(leaves(decision, leave=_INSIDE))
    key, name = beside.pop("@id", ""), beside.pop("@name", "")
    found = list(_children(decision, "decisionTable"))
    if not found:
        return Table(key=key, name=name, beside=beside)
    beside |= {"decisionTable/@hitPolicy": "UNIQUE"}
    beside |= {f"decisionTable/{path}": value for path, value in leaves(found[0], leave=_INSIDE)}
    for number, more in enumerate(found[1:], 2):
        beside |= {f"decisionTable#{number}/{path}": value for path, value in leaves(more)}
    inputs = tuple(_input(column) for column in _children(found[0], "input"))
    outputs = tuple(_output(column) for column in _children(found[0], "output"))
    rules = tuple(_rule(rule, inputs, outputs) for rule in _children(found[0], "rule"))
    return Table(key=key, name=name, inputs=inputs, outputs=outputs, rules=rules, beside=beside)


def _input(column: etree._Element) -> Input:
    beside = dict(leaves(column))
    return Input(
        id=beside.pop("@id", ""),
        expression=" ".join(beside.pop("inputExpression/text", "").split()),
        label=beside.pop("@label", ""),
        beside=beside,
    )


def _output(column: etree._Element) -> Output:
    beside = dict(leaves(column))
    return Output(id=beside.pop("@id", ""), name=beside.pop("@name", ""), label=beside.pop("@label", ""), beside=beside)


def _rule(rule: etree._Element, inputs: tuple[Input, ...], outputs: tuple[Output, ...]) -> Rule:
    tests = list(_children(rule, "inputEntry"))
    answers = list(_children(rule, "outputEntry"))
    beside = dict(leaves(rule, leave=frozenset({"inputEntry", "outputEntry"})))
    for kind, cells in (("inputEntry", tests), ("outputEntry", answers)):
        for number, cell in enumerate(cells, 1):
            more = dict(leaves(cell, leave=frozenset({"text"})))
            beside |= {f"{kind}#{number}/{path}": value for path, value in more.items()}
    return Rule(
        id=beside.pop("@id", ""),
        description=beside.pop("description", ""),
        tests=_cells([one.expression or one.id for one in inputs], tests, "-"),
        answers=_cells([one.name or one.id for one in outputs], answers, ""),
        beside=beside,
    )


def _cells(names: list[str], cells: list[etree._Element], empty: str) -> dict[str, str]:
    """The cells by their column; one too many goes by its number."""
    found: dict[str, str] = {}
    for number, cell in enumerate(cells):
        name = names[number] if number < len(names) and names[number] not in found else f"#{number + 1}"
        texts = [(one.text or "").strip() for one in _children(cell, "text")]
        found[name] = " ".join(texts) or empty
    return found


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _local(child.tag) == name)


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2]
