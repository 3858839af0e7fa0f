"""Rules on decision tables: whoever they name can decide, and some row holds whatever a project is like.

Tables are tried, not read: with every gate that asks them, and with the values at which their cells change their mind.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from forms import feel
from workflows.engine import Decision, DecisionConflict, NodeKind, TaskKind
from workflows.models.comparing.table_words import MODES
from workflows.models.deciders.table import DECISION
from workflows.models.finding import Finding, Severity
from workflows.models.linting.parts import Parts
from workflows.models.linting.probing import Trial, trials
from workflows.models.linting.shadowed import Shadowed, shadowed
from workflows.models.linting.trial_words import trial_words

BOARD = "board"
"""The decider that stands outside the project: a board, in the mode of that name."""

GROUP = "meeting"
"""The mode in which the group decides that the model's duties name."""

MAX_STEPS = 300_000
"""What the trials of one table may cost in all; a cell that compares costs nothing, a loop a step a round."""

_NOWHEN = feel.Environment(now=datetime(2026, 1, 1, tzinfo=UTC), workdays=lambda day, _: day)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A table and the gates that ask it; `modes` are the deciding steps beside the question: form → role."""

    decision: Decision
    file: str
    gates: tuple[str, ...]
    modes: Mapping[str, str | None]


def check(parts: Parts) -> Iterator[Finding]:
    """Return the rows that nobody can follow, the facts that no row answers, and rows that contradict each other."""
    for asked in _asked(parts):
        tried = trials(asked.decision, gates=asked.gates, registers=parts.model.registers)
        run = feel.Run(_NOWHEN, [MAX_STEPS])
        answers = [_answer(asked.decision, trial, run) for trial in tried.trials]
        yield from _conflicts(parts, asked, tried.trials, answers)
        yield from _gaps(parts, asked, tried.trials, answers)
        held = _held(tried.trials, answers) if tried.complete else None
        below = shadowed(parts, asked.file, asked.gates, held) if asked.decision.id == DECISION else Shadowed()
        yield from below.findings
        yield from _unused(asked, held, told=below.rows)
        if {"decider", "mode"} <= set(asked.decision.outputs):
            yield from _deciders(parts, asked, answers)
        if not tried.complete:
            message = f"Tabellen har för många sorters projekt för att pröva alla: {len(tried.trials)} är prövade."
            yield _finding(asked, "table-partly-tried", message, severity=Severity.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """What a table says in one trial: its result and the `rows` that hold, or rows `against` each other."""

    result: Any = None
    rows: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    failed: bool = False


def _answer(decision: Decision, trial: Trial, run: feel.Run) -> _Answer:
    """Ask a table in one trial; all trials share one bound on what they may cost."""
    try:
        result, rows = decision.explain(trial.context, run.elsewhere())
    except DecisionConflict as error:
        return _Answer(against=error.rules, rows=error.rules)
    except feel.FeelError:
        return _Answer(failed=True)
    return _Answer(result=result, rows=rows)


def _asked(parts: Parts) -> Iterator[_Asked]:
    """Yield each table that a step asks, once, with all gates that lead to such a step."""
    assert parts.diagram is not None
    diagram = parts.diagram.diagram
    tables = [node for node in diagram.nodes.values() if node.kind is NodeKind.DECISION]
    for ref in dict.fromkeys(node.styr["decision"]["ref"] for node in tables):
        processes = {node.process for node in tables if node.styr["decision"]["ref"] == ref}
        calls = [node for process in sorted(processes) for node in diagram.calls_to(process)]
        gates = (call.styr["gate"]["key"] for call in calls if "gate" in call.styr)
        deciding = (task for task in parts.diagram.tasks.values() if task.kind is TaskKind.DECISION)
        yield _Asked(
            decision=parts.diagram.decisions[ref],
            file=parts.diagram.decisions[ref].file,
            gates=tuple(dict.fromkeys(gates)),
            modes={task.form or "": task.role for task in deciding if task.process in processes},
        )


def _held(tried: tuple[Trial, ...], answers: list[_Answer]) -> Mapping[str, set[str]]:
    """Return the rows that held in some trial, by gate."""
    held: dict[str, set[str]] = {}
    for trial, answer in zip(tried, answers, strict=True):
        held.setdefault(trial.gate, set()).update(answer.rows)
    return held


def _conflicts(parts: Parts, asked: _Asked, tried: tuple[Trial, ...], answers: list[_Answer]) -> Iterator[Finding]:
    """Rows that hold at once where only one may."""
    seen: set[tuple[str, ...]] = set()
    for trial, answer in zip(tried, answers, strict=True):
        if answer.against and answer.against not in seen:
            seen.add(answer.against)
            said = trial_words(trial, parts.names)
            message = f"Flera rader gäller samtidigt {said}. Ändra en av dem, eller låt den första raden gälla."
            yield _finding(asked, "rows-conflict", message, element=answer.against[-1])


def _gaps(parts: Parts, asked: _Asked, tried: tuple[Trial, ...], answers: list[_Answer]) -> Iterator[Finding]:
    """Projects for which no row holds, told once for each gate."""
    if not asked.decision.needs_row:
        return
    seen: set[str] = set()
    for trial, answer in zip(tried, answers, strict=True):
        if not answer.rows and not answer.failed and answer.result is None and trial.gate not in seen:
            seen.add(trial.gate)
            said = trial_words(trial, parts.names)
            message = f"Ingen rad gäller {said}. Lägg till en rad sist, utan villkor, för alla som blir över."
            yield replace(_finding(asked, "no-row", message), attribute=trial.gate)


def _unused(asked: _Asked, held: Mapping[str, set[str]] | None, *, told: Set[str]) -> Iterator[Finding]:
    """Rows that never hold, since others come before them or nothing is like that; but for those already told."""
    if held is None:
        return
    used = set().union(*held.values())
    for number, rule in enumerate(asked.decision.rows, 1):
        if rule not in used and rule not in told:
            message = (
                f"Rad {number} gäller aldrig: en tidigare rad tar allt, eller så finns inget sådant. "
                "Flytta eller ta bort den."
            )
            yield _finding(asked, "row-never-used", message, element=rule, severity=Severity.WARNING)


def _deciders(parts: Parts, asked: _Asked, answers: list[_Answer]) -> Iterator[Finding]:
    """Whoever a row names is a role of the model, and there is a step in which they decide so."""
    said: dict[tuple[str, str], str] = {}
    for answer in answers:
        if isinstance(answer.result, dict) and answer.rows:
            key = (str(answer.result["decider"]), str(answer.result["mode"]))
            said.setdefault(key, answer.rows[0])
    for (decider, mode), row in said.items():
        message = _impossible(parts, asked, decider, mode)
        if message:
            yield _finding(asked, "decider-missing", message, element=row)


def _impossible(parts: Parts, asked: _Asked, decider: str, mode: str) -> str:
    """Say why nobody can decide so; empty when somebody can."""
    name = parts.role_name
    if mode not in asked.modes:
        known = ", ".join(MODES.get(one, one) for one in sorted(asked.modes)) or "(inget)"
        return f"Sättet ”{MODES.get(mode, mode)}” har inget steg där beslutet fattas. Välj ett av: {known}."
    if mode == BOARD:
        return ""
    if decider not in {role.key for role in parts.model.roles}:
        known = ", ".join(name(role.key) for role in parts.model.roles)
        return f"Beslutaren {decider} är ingen roll i modellen. Välj en av {known}."
    decides = parts.model.duties.group if mode == GROUP else asked.modes[mode]
    if decider == decides:
        return ""
    if mode == GROUP:
        return f"På möte beslutar {name(decides)}, inte {name(decider)}. Välj {name(decides)}, eller ett annat sätt."
    return (
        f"I steget där beslut fattas {MODES.get(mode, mode)} beslutar {name(decides)}, inte {name(decider)}. "
        f"Välj {name(decides)}, eller rita ett steg för {name(decider)}."
    )


def _finding(
    asked: _Asked, rule: str, message: str, *, element: str = "", severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(rule=rule, file=asked.file, element=element or asked.decision.id, message=message, severity=severity)
