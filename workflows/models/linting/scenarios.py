"""Scenarios can be read, and speak only of steps, gates, roles and facts that the model has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.facts import DEFAULT_FACTS
from workflows.models.finding import Finding
from workflows.models.linting.parts import Parts
from workflows.models.scenario import FOLDER, USUAL, Move, Scenario, ScenariosRefused, Verb, read_scenarios

RULE = "scenario-name"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The names that a scenario may use."""

    nodes: frozenset[str]
    gates: frozenset[str]
    roles: frozenset[str]
    facts: frozenset[str]
    processes: frozenset[str]
    phases: frozenset[str]


def check(parts: Parts) -> Iterator[Finding]:
    """Return what cannot be read, and the names that the model does not have."""
    assert parts.diagram is not None
    try:
        scenarios = read_scenarios(parts.files)
    except ScenariosRefused as error:
        yield from error.findings
        return
    drawn = parts.diagram.diagram
    known = _Known(
        nodes=frozenset(drawn.nodes),
        gates=frozenset(parts.diagram.gates),
        roles=frozenset(role.key for role in parts.model.roles),
        facts=frozenset({*DEFAULT_FACTS, *parts.model.registers}),
        processes=frozenset(scope.id for scope in drawn.processes()),
        phases=frozenset(phase.key for phase in parts.model.phases),
    )
    for scenario in scenarios:
        yield from _scenario(scenario, known)


def _scenario(scenario: Scenario, known: _Known) -> Iterator[Finding]:
    for kind, used, allowed in (
        ("Processen", {scenario.process} if scenario.process else (), known.processes),
        ("Fakta", scenario.facts, known.facts),
        ("Rollen", scenario.roles, known.roles),
        ("Steget", scenario.usual, known.nodes),
    ):
        for name in sorted(set(used) - allowed):
            file = FOLDER + USUAL if kind == "Steget" else scenario.file
            yield Finding(rule=RULE, file=file, message=f"{kind} {name} finns inte i modellen.")
    for move in scenario.moves:
        for kind, name in _unknown(move, scenario, known):
            yield _at(scenario, f"steg {move.number}", kind, name)
    for kind, name in _expected(scenario.expect or {}, known):
        yield _at(scenario, "expect", kind, name)


def _unknown(move: Move, scenario: Scenario, known: _Known) -> Iterator[tuple[str, str]]:
    """Yield the names of a step that the model does not have."""
    match move.verb:
        case Verb.DO:
            yield from (("Steget", node) for node in move.subject if node not in known.nodes)
        case Verb.UNTIL:
            if move.subject not in known.nodes | known.gates:
                yield "Steget eller beslutspunkten", move.subject
            yield from (("Steget", node) for node in move.answers if node not in known.nodes)
        case Verb.DECIDE:
            if move.subject not in known.gates:
                yield "Beslutspunkten", move.subject
        case Verb.FACTS:
            yield from (("Fakta", name) for name in move.subject if name not in known.facts)
        case Verb.EXPECT:
            yield from _expected(move.subject, known)
        case _:
            pass
    if move.by is not None and move.by not in known.roles and move.by not in scenario.roles.values():
        yield "Rollen eller personen", move.by


def _expected(expect: Mapping[str, Any], known: _Known) -> Iterator[tuple[str, str]]:
    entries = [*expect.get("open", ()), *expect.get("open_has", ())]
    nodes = [entry if isinstance(entry, str) else str(entry["node"]) for entry in entries]
    nodes = [node.partition("[")[0] for node in nodes]
    nodes += [*expect.get("closed", ()), *expect.get("due", ()), *expect.get("passed", ())]
    yield from (("Steget", node) for node in nodes if node not in known.nodes)
    yield from (("Beslutspunkten", gate) for gate in expect.get("gates", ()) if gate not in known.gates)
    if "phase" in expect and expect["phase"] not in known.phases:
        yield "Fasen", str(expect["phase"])


def _at(scenario: Scenario, element: str, kind: str, name: str) -> Finding:
    return Finding(rule=RULE, file=scenario.file, element=element, message=f"{kind} {name} finns inte i modellen.")
