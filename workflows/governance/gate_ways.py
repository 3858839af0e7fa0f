"""Where each outcome of a gate leads, read from the diagram that the engine will follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forms.feel import Environment, evaluate
from workflows.engine import DrawnFlow, DrawnStep, NodeKind
from workflows.governance.outcomes import Outcome
from workflows.models import Bundle
from workflows.models.model import Ending, Gate, Label, Phase

ARROW = "→"
"""Between outcome and target in the name of a drawn rework flow: "Komplettera → Förberedelse"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What follows an outcome: the `phase` it leads to, the `ending` of the project, or back to the gate (`again`).

    `name` is the drawn element it leads to; `label` the target of a rework in words.
    """

    outcome: Outcome
    target: str | None = None
    name: str = ""
    label: Label
    phase: Phase | None = None
    ending: Ending | None = None
    again: bool = False


Ways = Mapping[tuple[Outcome, str | None], Way]
"""Ways by outcome and, for rework, target."""


def ways_of(bundle: Bundle, gate: Gate, env: Environment) -> Ways:
    """Return a way for every outcome that the gate allows; rework has one per target."""
    drawn = _drawn(bundle, gate)
    wanted = [
        (outcome, target)
        for outcome in sorted(map(Outcome, gate.outcomes), key=list(Outcome).index)
        for target in (gate.rework_to if outcome is Outcome.REWORK and gate.rework_to else (None,))
    ]
    return {(outcome, target): _way(bundle, gate, drawn, outcome, target, env) for outcome, target in wanted}


def reopenable(bundle: Bundle, gate: Gate) -> Mapping[str, frozenset[str]]:
    """Return, for each target of rework, the items of the gate's checklists that are asked again on the way back."""
    order = {phase.key: number for number, phase in enumerate(bundle.model.phases)}
    asked = {phase.checklist: number for number, phase in enumerate(bundle.model.phases) if phase.checklist}
    return {
        target: frozenset(
            item.id
            for key in gate.checklists
            if asked.get(key, len(order)) >= order.get(target, 0)
            for item in bundle.checklists[key].items
        )
        for target in gate.rework_to
    }


def _way(
    bundle: Bundle, gate: Gate, drawn: tuple[DrawnStep, ...], outcome: Outcome, target: str | None, env: Environment
) -> Way:
    flow = _taken(drawn, gate, outcome, target, env)
    phases = {phase.key: phase for phase in bundle.model.phases}
    if flow is None:
        return Way(outcome=outcome, target=target, label=phases[target].label if target in phases else {})
    phase = phases.get(flow.leads_to)
    named = flow.name.partition(ARROW)[2].strip()
    return Way(
        outcome=outcome,
        target=target,
        name=flow.leads_to_name,
        label=phase.label if phase else {"sv": named or flow.leads_to_name},
        phase=phase,
        ending=bundle.model.ends.get(flow.leads_to),
        again=flow.leads_to == drawn[0].node,
    )


def _taken(
    drawn: tuple[DrawnStep, ...], gate: Gate, outcome: Outcome, target: str | None, env: Environment
) -> DrawnFlow | None:
    """Return the flow that the gateway after the gate takes for an outcome, as the engine does: else the default."""
    if len(drawn) < 2:
        return None
    decided = {gate.key: {"outcome": str(outcome), "target": target, "round": 1}}
    flows = drawn[1].flows
    open_flows = (flow for flow in flows if flow.condition and evaluate(flow.condition, decided, env) is True)
    return next(open_flows, None) or next((flow for flow in flows if flow.default), None)


def _drawn(bundle: Bundle, gate: Gate) -> tuple[DrawnStep, ...]:
    """Return the gate's call activity and the gateway that follows it; empty when the gate is not drawn so."""
    executable = bundle.executable
    for process in executable.diagram.processes():
        if found := _beside(executable.steps(process.id), gate.key):
            return found
    return ()


def _beside(steps: Iterable[DrawnStep], key: str) -> tuple[DrawnStep, ...]:
    here = {step.node: step for step in steps}
    for step in here.values():
        if step.gate == key:
            following = here.get(step.flows[0].leads_to) if step.flows else None
            return (step, following) if following is not None and following.kind is NodeKind.CHOICE else ()
        if found := _beside(step.steps, key):
            return found
    return ()
