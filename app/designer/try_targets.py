"""Where a trial can be played on to with usual answers: the steps and gates of each phase, in the table's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.designer.try_words import gate_name
from app.shell.filters import say
from workflows.models.editing.table import Row, Section, table_of
from workflows.models.trying import TrialStand

Choice = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """The choices by phase; `next` is the gate that comes next after what waits now, "" where there is none."""

    groups: tuple[tuple[str, tuple[Choice, ...]], ...]
    next: str


def targets_of(files: Mapping[str, bytes], now: TrialStand) -> Targets:
    """Return what a trial can be played on to."""
    sections = table_of(files).sections
    groups = [(_title(section), tuple(_choices(now, section))) for section in sections]
    return Targets(groups=tuple(group for group in groups if group[1]), next=_next_gate(now, sections))


def _title(section: Section) -> str:
    return say(section.phase.label) if section.phase is not None else section.title


def _choices(now: TrialStand, section: Section) -> Iterator[Choice]:
    waits = {step.task.node for step in now.open_steps}
    asked = {step.task.gate for step in now.open_steps}
    for row in section.rows:
        gate = _gate(now, row)
        if gate and gate not in asked:
            yield gate, gate_name(now, gate)
        elif not gate and row.node in now.executable.tasks and row.node not in waits:
            yield row.node, row.name


def _gate(now: TrialStand, row: Row) -> str:
    return row.gate.key if row.gate is not None and row.gate.key in now.executable.gates else ""


def _next_gate(now: TrialStand, sections: tuple[Section, ...]) -> str:
    waits = {step.task.node for step in now.open_steps}
    here = next((n for n, section in enumerate(sections) if waits & {row.node for row in section.rows}), 0)
    for section in sections[here:]:
        offered = {value for value, _ in _choices(now, section)}
        if gates := [gate for row in section.rows if (gate := _gate(now, row)) in offered]:
            return gates[-1]
    return ""
