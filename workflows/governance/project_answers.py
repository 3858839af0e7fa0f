"""What a step's answers change in the project itself: title, facts, registers, holders. Which fields: `model.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.engine import TaskKind
from workflows.flow import fold
from workflows.governance.project import LAST, Project, Register, SizeClass
from workflows.governance.settled import is_settled_by, kept, settle
from workflows.models.model import DocumentType, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Columns of the project to write, and persons (or bodies) to appoint by role."""

    values: Mapping[str, Any] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)


_FACTS = {"size_class", "total_cost", "external_funding", "cross_board", "principle_matter"}
_SUBJECT = {"title": 200, "summary": 10_000, "department": 120, "light": 8}


def changes_of(
    model: Model,
    project: Project,
    *,
    form: str,
    item: str | None,
    answers: Mapping[str, Any],
    kind: str,
    made: DocumentType | None = None,
) -> Changes:
    """Return what handing in `form` with `answers`, in a step of `kind`, changes; `made` is the document it makes."""
    values: dict[str, Any] = {}
    for name, sources in [*((n, (s,)) for n, s in model.subject.items()), *model.facts.items()]:
        for value in _named(sources, form, answers):
            values |= _column(name, value)
    registers = _registers(model, project, form, item if kind == TaskKind.RECORD else None, answers)
    if is_settled_by(model, made):
        registers = settle(registers or project.registers, item)
    if registers is not None:
        values["registers"] = registers
    if "title" in values or "summary" in values:
        words = (project.number, values.get("title", project.title), values.get("summary", project.summary))
        values["search"] = fold(" ".join(words))
    holders = {
        role: str(value) for role, sources in model.holders.items() for value in _named(sources, form, answers) if value
    }
    return Changes(values=values, holders=holders)


def field_of(answers: Mapping[str, Any], path: str) -> Any:
    """Return the answer at a dotted path (groups), or None."""
    found: Any = answers
    for part in path.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def _named(sources: tuple[str, ...], form: str, answers: Mapping[str, Any]) -> Iterator[Any]:
    for source in sources:
        where, _, path = source.partition(".")
        if where == form:
            value = field_of(answers, path)
            if value is not None:
                yield value


def _column(name: str, value: Any) -> dict[str, Any]:
    if name in _SUBJECT:
        return {name: str(value)[: _SUBJECT[name]]}
    if name == "size_class":
        return {name: SizeClass(value)}
    if name == "total_cost":
        try:
            return {name: Decimal(str(value))}
        except InvalidOperation:
            return {}
    return {name: value is True} if name in _FACTS else {}


def _registers(
    model: Model, project: Project, form: str, item: str | None, answers: Mapping[str, Any]
) -> dict[str, Register] | None:
    """Return the registers after this form; None when it changes none.

    A list named in the model replaces its register's rows, each row keeping its key; a record made for one item
    changes that item's own row where fields have the same names.
    """
    registers: dict[str, Register] = dict(project.registers)
    listed = list(model.register_fields(form))
    for name, path in listed:
        registers[name] = _merge(name[0], registers.get(name, {}), field_of(answers, path) or [])
    if listed:
        return registers
    for name, rows in registers.items():
        if item is not None and item in rows:
            row = rows[item]
            changed = {key: value for key, value in answers.items() if key in row and value not in (None, "")}
            return {**registers, name: {**rows, item: {**row, **changed}}} if changed else None
    return None


def _merge(prefix: str, old: Register, rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Give each row of a list its key: the one it had (same first field), else one that no row had before."""
    last = max((int(row.get(LAST, key[1:])) for key, row in old.items()), default=0)
    merged: dict[str, Any] = {}
    for row in rows:
        key = _same(old, row)
        if key is None or key in merged:
            last += 1
            key = f"{prefix}{last}"
        merged[key] = kept(old.get(key, {}), row)
    return {key: {**row, LAST: last} for key, row in merged.items()}


def _same(old: Register, row: Mapping[str, Any]) -> str | None:
    """Return the key of the old row with the same answer in the list's first field, in the form's order."""
    first = next(iter(row), "")
    return next((key for key, known in old.items() if known.get(first) == row.get(first)), None)
