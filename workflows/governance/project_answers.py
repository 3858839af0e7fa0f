"""What a step's answers change in the project itself: title, facts, registers, holders. Which fields: `model.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from workflows.engine import TaskKind
from workflows.flow import fold
from workflows.governance.project import Project, Register, SizeClass
from workflows.models.model import Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Columns of the project to write, and persons (or bodies) to appoint by role."""

    values: Mapping[str, Any] = field(default_factory=dict)
    holders: Mapping[str, str] = field(default_factory=dict)


_FACTS = {"size_class", "total_cost", "external_funding", "cross_board", "principle_matter"}
_SUBJECT = {"title": 200, "summary": 10_000, "department": 120, "light": 8}


def changes_of(
    model: Model, project: Project, *, form: str, item: str | None, answers: Mapping[str, Any], kind: str
) -> Changes:
    """Return what handing in `form` with `answers`, in a step of `kind`, changes."""
    values: dict[str, Any] = {}
    for name, sources in [*((n, (s,)) for n, s in model.subject.items()), *model.facts.items()]:
        for value in _named(sources, form, answers):
            values |= _column(name, value)
    registers = _registers(model, project, form, item if kind == TaskKind.RECORD else None, answers)
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
    for name, source in model.registers.items():
        where, _, path = source.partition(".")
        if where == form:
            registers[name] = _merge(name[0], registers.get(name, {}), field_of(answers, path) or [])
            return registers
    for name, rows in registers.items():
        if item is not None and item in rows:
            row = rows[item]
            changed = {key: value for key, value in answers.items() if key in row and value not in (None, "")}
            return {**registers, name: {**rows, item: {**row, **changed}}} if changed else None
    return None


def _merge(prefix: str, old: Mapping[str, Mapping[str, Any]], rows: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Give each row of a list its key: the one it had (same first field), else the next free one."""
    by_first = {_first(row): key for key, row in old.items()}
    used = [int(key[1:]) for key in old]
    merged: dict[str, Any] = {}
    for row in rows:
        key = by_first.get(_first(row))
        if key is None or key in merged:
            used.append(max(used, default=0) + 1)
            key = f"{prefix}{used[-1]}"
        merged[key] = dict(row)
    return merged


def _first(row: Mapping[str, Any]) -> Any:
    return next(iter(row.values()), None)
