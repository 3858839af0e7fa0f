"""A gate's decision in a trial, asked for and judged as a real one: what it may be, who takes it, against what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext

from app.designer.try_words import role_name
from app.shell.decision_panel import Option, Panel, Point, Seat, phases_of, targets_of
from forms.checklist import Requirement
from forms.verdict import ItemResult, ItemState, evaluate
from workflows.engine import Awaited
from workflows.governance.gate_choices import choices_of
from workflows.governance.gate_setting import Setting
from workflows.governance.gate_ways import reopenable, ways_of
from workflows.governance.outcomes import Mode, Outcome
from workflows.kernel.clock import local_date
from workflows.models.model import Gate
from workflows.models.trying import OpenStep, TrialStand, earlier_answers, invented, people_of

MEMBERS, SUBSTITUTES = 4, 2
"""So many sit in an invented group, and so many may serve in their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialGate:
    """A decision that waits in a trial. `who` would take it alone; `names` are those of a group's people by id."""

    gate: Gate
    panel: Panel
    setting: Setting
    names: Mapping[str, str]
    who: str
    manager: str
    others: list[Option]

    @property
    def mode(self) -> Mode:
        """How the decision is taken."""
        return self.panel.mode


def trial_gate(now: TrialStand, step: OpenStep) -> TrialGate:
    """Return the decision that an open step asks for."""
    gate = _gate(now, step)
    setting = _setting(now, step, gate)
    ways = ways_of(now.bundle, gate, now.env)
    manager = now.roles.get(now.bundle.model.duties.manager, "")
    seated, group = setting.mode is Mode.MEETING, list(setting.members.items())
    still = now.memory.open_conditions
    panel = Panel(
        mode=setting.mode,
        choices=choices_of(ways, open_conditions=setting.open_conditions),
        closing=gate.closing,
        manager=manager,
        open_conditions=setting.open_conditions,
        only_open=still[0].number if len(still) == 1 else None,
        points=sorted(_points(now, gate), key=lambda point: not point.deviates),
        owners=list(setting.people.items()),
        targets=targets_of(ways),
        plans=[("", gettext("Välj version")), *_versions(setting.plan_versions)],
        phases=phases_of(ways, now.bundle.model.phases, setting.reopenable),
        seats=[
            Seat(person=person, name=name, chairs=person == setting.chair, manages=person in setting.managers)
            for person, name in group
        ],
        substitutes=list(setting.substitutes.items()),
        adjusters=[one for one in group if one[0] not in setting.managers] if seated else [],
        boards=(gettext("Nämnden Exempel"),) if setting.mode is Mode.BOARD else (),
        proposal=setting.proposal,
    )
    who = step.who or role_name(now, step.role)
    return TrialGate(
        gate=gate,
        panel=panel,
        setting=setting,
        names={**setting.members, **setting.substitutes},
        who=who,
        manager=manager,
        others=[(name, name) for name in setting.people if name not in (who, manager)],
    )


def withdrawal_of(now: TrialStand, step: OpenStep) -> Awaited | None:
    """Return the message that takes the request for a decision back; None where its gate hears none."""
    drawn, parts = now.executable.diagram.nodes, step.task.place.split("/")
    gates = [number for number, part in enumerate(parts, 1) if "gate" in drawn[part.partition("[")[0]].styr]
    if not gates:
        return None
    inside = {"/".join(parts[:number]) for number in range(gates[-1], len(parts) + 1)}
    return next((one for one in now.messages if one.place in inside), None)


def _gate(now: TrialStand, step: OpenStep) -> Gate:
    """Return the gate as the model has it; one that a draft only draws allows what its element says."""
    key = step.task.gate or ""
    found = next((gate for gate in now.bundle.model.gates if gate.key == key), None)
    if found is not None:
        return replace(found, checklists=tuple(one for one in found.checklists if one in now.bundle.checklists))
    drawn = tuple(one for one in now.executable.gates[key].outcomes if one in list(Outcome))
    name = {"sv": step.task.definition.name}
    return Gate(
        key=key,
        short=name,
        label=name,
        box=0,
        statement=name,
        checklists=(),
        documents=(),
        outcomes=drawn,
        rework_to=(),
    )


def _setting(now: TrialStand, step: OpenStep, gate: Gate) -> Setting:
    mode = Mode(step.task.definition.form) if step.task.definition.form in list(Mode) else Mode.SINGLE
    first = len(now.bundle.model.roles)
    group = {f"e{number}": invented(first + number) for number in range(MEMBERS + SUBSTITUTES)}
    if mode is not Mode.MEETING:
        group = {}
    manager = now.roles.get(now.bundle.model.duties.manager, "")
    return Setting(
        gate=gate,
        mode=mode,
        today=local_date(now.now),
        requested_on=local_date(step.opened_at),
        open_conditions=len(now.memory.open_conditions),
        plan_versions=_plan_versions(now, gate),
        people=people_of(now),
        proposal=_proposal(now, step),
        members=dict(list(group.items())[:MEMBERS]),
        substitutes=dict(list(group.items())[MEMBERS:]),
        chair=next(iter(group), None),
        needed=MEMBERS // 2 + 1 if group else 0,
        managers={person for person, name in group.items() if name == manager},
        reopenable=reopenable(now.bundle, gate),
    )


def _plan_versions(now: TrialStand, gate: Gate) -> tuple[int, ...]:
    """Return the versions of the plan that the trial has made; one at least where steps were passed by."""
    model = now.bundle.model
    sources = {source.partition(".")[0] for source in model.registers.values()}
    plans = {one.form for one in model.documents if one.form in sources}
    plans = plans or {one.form for one in model.documents if one.key in gate.documents}
    made = sum(logged.turn.form in plans for logged in now.log)
    return tuple(range(max(made, int(now.memory.skipped)), 0, -1))


def _versions(numbers: Iterable[int]) -> Iterator[Option]:
    for number in numbers:
        yield str(number), gettext("version %(number)s", number=number)


def _proposal(now: TrialStand, step: OpenStep) -> str:
    """Return what the request of this decision proposed, "" where it was made with usual answers."""
    tasks = now.executable.tasks.values()
    asks = (task.form for task in tasks if task.process == step.task.definition.process and task.form)
    found = (now.memory.answers(form, step.item) for form in asks if form in now.bundle.forms)
    return next((str(answers["proposal"]) for answers in found if answers and answers.get("proposal")), "")


def _points(now: TrialStand, gate: Gate) -> Iterator[Point]:
    """Yield the items of the gate's checklists; of one that was passed by nothing is known."""
    for key in gate.checklists:
        checklist, answers = now.bundle.checklists[key], now.memory.answers(key, "")
        result = evaluate(checklist, answers or {}, facts=now.facts, env=now.env, earlier=earlier_answers(now))
        known = answers is not None or not now.memory.skipped
        for one in result.items:
            yield Point(id=one.item.id, topic=one.item.topic, deviates=known and _deviates(one))


def _deviates(one: ItemResult) -> bool:
    unanswered = one.requirement is Requirement.MUST and one.state is ItemState.UNANSWERED
    return one.state is ItemState.DEVIATION or unanswered
