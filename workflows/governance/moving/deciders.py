"""Who decides the gates that a project has before it, by the tables of two versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from forms.feel import Environment, FeelError
from workflows.engine import Decision, Executable, Moved, NodeKind, TaskKind
from workflows.governance.moving.ahead import by_phase, role_name
from workflows.governance.outcomes import Mode
from workflows.kernel.errors import StyrError
from workflows.models import Bundle
from workflows.models.model import Model

GATE = "gate.key"
"""What a table asks to know which gate it is about."""

WHO = ("", "decider", "mode")
"""What of a rule says who decides, and how."""

_NOWHEN = Environment(now=datetime(2026, 1, 1, tzinfo=UTC), workdays=lambda day, _: day)


def decided_otherwise(
    origin: Bundle, target: Bundle, moved: Moved, facts: Mapping[str, Any], env: Environment
) -> Iterator[str]:
    """Yield that somebody else decides gates ahead, as both tables say of the project as it is, or that it may be so.

    What is requested already is decided by whom it was requested of, unless it is requested again.
    """
    requested = {task.gate for task in moved.step.open_tasks if task.definition.kind is TaskKind.DECISION}
    ahead = _gates(target, moved.ahead.kept)
    again = [gate for gate in ahead if gate in requested]
    yield from _of(origin, target, again, facts, env, "Om beslutet begärs på nytt: ")
    yield from _of(origin, target, [gate for gate in ahead if gate not in requested], facts, env, "")
    for phase, coming in by_phase(origin, target, moved.back):
        gates = [gate for gate in _gates(target, coming.kept) if gate not in ahead]
        where = f"Om projektet går tillbaka till {phase}: " if phase else "Om projektet går tillbaka: "
        yield from _of(origin, target, gates, facts, env, where)


def _of(
    origin: Bundle, target: Bundle, gates: list[str], facts: Mapping[str, Any], env: Environment, where: str
) -> Iterator[str]:
    otherwise: dict[str, list[str]] = {}
    perhaps = []
    for gate in gates:
        before, after = (_authority(bundle.executable, gate, facts, env) for bundle in (origin, target))
        if before != after and after:
            was, becomes = _decider(origin.model, before), _decider(target.model, after)
            how = "på ett annat sätt" if was == becomes else f"av {becomes} i stället för {was}"
            otherwise.setdefault(how, []).append(_name(target.model, gate))
        elif _rules(origin.executable, gate) != _rules(target.executable, gate):
            perhaps.append(_name(target.model, gate))
    for how, names in otherwise.items():
        yield f"{where}{_and(names)} beslutas {how}."
    if perhaps:
        yield f"{where}Reglerna för vem som beslutar {_and(perhaps)} är ändrade. Som projektet är nu blir det samma."


def _gates(bundle: Bundle, steps: tuple[str, ...]) -> list[str]:
    """Return the keys of the gates among some steps, in the model's order."""
    nodes = bundle.executable.diagram.nodes
    found = {nodes[name].styr.get("gate", {}).get("key") for name in steps}
    return [gate.key for gate in bundle.model.gates if gate.key in found]


def _name(model: Model, gate: str) -> str:
    return next((one.short.get("sv", gate) for one in model.gates if one.key == gate), gate)


def _and(names: list[str]) -> str:
    return " och ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


@lru_cache(maxsize=256)
def _tables(executable: Executable, gate: str) -> tuple[Decision, ...]:
    """Return the decision tables that say who decides a gate."""
    nodes = executable.diagram.nodes.values()
    called = {node.calls for node in nodes if node.styr.get("gate", {}).get("key") == gate}
    drawn = [node for node in nodes if node.kind is NodeKind.DECISION and node.process in called]
    return tuple(executable.decisions[node.styr["decision"]["ref"]] for node in drawn)


def _authority(executable: Executable, gate: str, facts: Mapping[str, Any], env: Environment) -> tuple[str, str] | None:
    """Return who decides a gate, and how, as a version's table says; None where it says nothing."""
    context = {"facts": facts, "gate": {"key": gate, "round": 0, "last": None}}
    for table in _tables(executable, gate):
        try:
            found = table.evaluate(context, env)
        except (FeelError, StyrError):
            continue
        if isinstance(found, dict) and "decider" in found:
            return str(found["decider"]), str(found.get("mode", ""))
    return None


@lru_cache(maxsize=256)
def _rules(executable: Executable, gate: str) -> tuple[object, ...]:
    """Return what the tables say of a gate whatever the project is like, to be compared with another version's."""
    decisions = [one for table in _tables(executable, gate) for one in table.all_required()]
    rows = [row for decision in decisions for row in decision.rows_about(GATE, gate, _NOWHEN)]
    return tuple(tuple(item for item in row.items() if _says_who(*item)) for row in rows)


def _says_who(column: str, cell: str) -> bool:
    """Tell whether a cell has to do with who decides; a row that asks nothing of a column is as if it had none."""
    return cell.strip() != "-" if column.startswith("?") else column in WHO


def _decider(model: Model, authority: tuple[str, str] | None) -> str:
    if authority is None:
        return "ingen"
    decider, mode = authority
    known = any(role.key == decider for role in model.roles)
    return role_name(model, decider) if known or mode != Mode.BOARD else "nämnden"
