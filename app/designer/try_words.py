"""What was done and what came of it in a trial, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext

from app.designer.decision_words import told_briefly
from app.designer.row_words import fact_value
from app.designer.scenario_names import Names
from app.designer.scenario_told import Told, begun, told_failure
from app.shell.dates import short_day
from app.shell.filters import say
from workflows.engine import Effect, EffectKind, OpenTask
from workflows.governance.outcomes import OUTCOME_LABELS, Outcome
from workflows.kernel.clock import local_date
from workflows.models.playing import Failure
from workflows.models.trying import Logged, OpenStep, TrialStand, innermost


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A turn as the log shows it: what was done, on which day, and what it led to. `gate`: it was a decision."""

    number: int
    text: str
    day: str
    led_to: tuple[str, ...]
    gate: bool


def log_of(now: TrialStand) -> tuple[LogEntry, ...]:
    """Return the turns of a trial in words, newest first."""
    return tuple(reversed([_entry(now, logged) for logged in now.log]))


def _entry(now: TrialStand, logged: Logged) -> LogEntry:
    at = logged.landings[-1].now if logged.landings else now.now
    steps = [said for step in logged.turn.steps if (said := _step(now, step, at))]
    if logged.turn.met:
        steps.append(gettext("Villkor %(number)s är uppfyllt", number=logged.turn.met))
    return LogEntry(
        number=logged.number,
        text=". ".join(steps),
        day=day_words(now, at),
        led_to=tuple(_led_to(now, logged)),
        gate=any("decide" in step for step in logged.turn.steps),
    )


def day_words(now: TrialStand, at: datetime) -> str:
    """Return a day of the trial, with its year where it is not the year the trial stands in."""
    return short_day(local_date(at), local_date(now.now))


def _step(now: TrialStand, step: Mapping[str, Any], at: datetime) -> str:
    match step:
        case {"do": node}:
            return gettext("%(step)s lämnades in", step=_named(now, str(node), step.get("item", "")))
        case {"decide": gate, "with": answers}:
            return (
                gettext("%(gate)s: %(outcome)s", gate=gate_name(now, gate), outcome=outcome_words(now, answers))
                + _of_item(step)
                + "".join(f". {begun(words)}" for words in told_briefly(now.bundle, answers))
            )
        case {"until": target}:
            return gettext("Vanliga svar fram till %(target)s", target=target_name(now, target))
        case {"wait": _}:
            return gettext("Tiden gick till %(day)s", day=day_words(now, at))
        case {"send": message}:
            why = f": {step['note']}" if step.get("note") else ""
            return gettext("Meddelandet %(name)s skickades", name=_message(now, message)) + why
        case {"facts": facts}:
            return gettext("Fakta: %(facts)s", facts=_facts(now, facts))
    return ""


def _led_to(now: TrialStand, logged: Logged) -> Iterator[str]:
    for landing in logged.landings:
        if "until" not in landing.move.verb:
            yield from (effect_words(now, effect) for effect in landing.effects)
    made = now.bundle.model.document_of(logged.turn.form) if logged.turn.form else None
    if made is not None:
        yield gettext("Dokumentet %(name)s får en ny version", name=say(made.label))
    opened = [f"{task_name(now, task)} ({holder(now, task)})" for task in logged.opened]
    if opened:
        yield gettext("Öppnade: %(steps)s", steps=", ".join(opened))
    for landing in logged.landings:
        ends = (now.executable.diagram.nodes[end].name for end in landing.ends)
        yield from (gettext("Slut: %(end)s", end=name) for name in ends if name)


def effect_words(now: TrialStand, effect: Effect) -> str:
    """Return what the application would have done."""
    gate = gate_name(now, effect.gate or "")
    match effect.kind:
        case EffectKind.FREEZE:
            return gettext("Underlaget för %(gate)s fryses, omgång %(round)s", gate=gate, round=effect.round)
        case EffectKind.RECORD:
            return gettext("Beslutet om %(gate)s registreras", gate=gate)
        case EffectKind.NOTIFY:
            return gettext("%(name)s: ett meddelande skickas", name=node_name(now, effect.node))


def step_words(now: TrialStand, step: OpenStep) -> str:
    """Return whose step it is and what it belongs to."""
    who = f"{role_name(now, step.role)}: {step.who}" if step.who else role_name(now, step.role)
    gate = gate_name(now, step.task.gate) if step.task.gate else ""
    item = item_name(now, step.item) if step.item else ""
    return " · ".join(part for part in (who, gate, item) if part)


def task_name(now: TrialStand, task: OpenTask) -> str:
    """Return what an open step is called, with its item."""
    item = item_name(now, innermost(task))
    gate = f", {gate_name(now, task.gate)}" if task.gate else ""
    return task.definition.name + (f" ({item})" if item else "") + gate


def holder(now: TrialStand, task: OpenTask) -> str:
    """Return who would get a task."""
    role = task.definition.role or now.bundle.model.duties.manager
    return now.roles.get(role) or role_name(now, role)


def role_name(now: TrialStand, role: str) -> str:
    """Return what a role is called; its key when the model does not have it."""
    return next((say(one.label) for one in now.bundle.model.roles if one.key == role), role)


def gate_name(now: TrialStand, key: str | None) -> str:
    """Return what a gate is called; its key when the model does not have it."""
    return next((say(gate.label) for gate in now.bundle.model.gates if gate.key == key), key or "")


def item_name(now: TrialStand, item: str) -> str:
    """Return the first answer of an item's row, its key when no form has said one."""
    row = now.memory.row(item)
    return str(next(iter(row.values()), item))


def node_name(now: TrialStand, node: str) -> str:
    """Return what an element is called."""
    drawn = now.executable.diagram.nodes.get(node)
    return drawn.label if drawn is not None else node


def target_name(now: TrialStand, target: str) -> str:
    """Return what a step or a gate is called."""
    named = gate_name(now, target)
    return named if named != target else node_name(now, target)


def outcome_words(now: TrialStand, answers: Mapping[str, Any]) -> str:
    """Return an outcome with where a rework goes."""
    outcome, target = str(answers.get("outcome", "")), answers.get("target")
    words = gettext(OUTCOME_LABELS[Outcome(outcome)]) if outcome in list(Outcome) else outcome
    phase = next((say(phase.label) for phase in now.bundle.model.phases if phase.key == target), target)
    return f"{words} → {phase}" if phase else words


def failure_words(now: TrialStand, failure: Failure) -> tuple[Told, ...]:
    """Return why a turn does not go as it was made."""
    return told_failure(Names(bundle=now.bundle, people=now.roles), failure).differences


def _named(now: TrialStand, node: str, item: str) -> str:
    name = node_name(now, node)
    return f"{name} ({item_name(now, item)})" if item else name


def _of_item(step: Mapping[str, Any]) -> str:
    return f" ({step['item']})" if step.get("item") else ""


def _message(now: TrialStand, message: str) -> str:
    drawn = now.executable.diagram.nodes.values()
    return next((node.label for node in drawn if node.trigger and node.trigger.value == message), message)


def _facts(now: TrialStand, facts: Mapping[str, Any]) -> str:
    names = Names(bundle=now.bundle, people=now.roles)
    return ", ".join(
        f"{names.fact(key)} {gettext('är')} {fact_value(names, key, value)}" for key, value in facts.items()
    )
