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
from app.designer.scenario_told import begun
from app.designer.try_times import came_words
from app.designer.try_words import (
    day_words,
    gate_name,
    holder,
    item_name,
    node_name,
    outcome_words,
    target_name,
    task_name,
)
from app.shell.filters import say
from workflows.engine import Effect, EffectKind
from workflows.models.trying import Logged, TrialStand


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
            why = gettext(". Skäl: %(why)s", why=step["note"]) if step.get("note") else ""
            return gettext("Det hände: %(name)s", name=_message(now, message)) + why
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
    yield from (came_words(now, one) for one in logged.marks)
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
