"""What a row of a scenario may name, by what people call it: steps, gates, roles, phases, messages, ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Options
from app.designer.scenario_names import Names
from app.designer.scenario_told import begun
from app.designer.scenario_values import ENDINGS, MODES
from app.designer.steps_words import OUTCOMES, role_name, role_options
from app.shell.filters import say
from workflows import engine
from workflows.engine import Awaited, EngineRefused, NodeKind, OpenTask, TaskDefinition, TaskKind
from workflows.engine.diagram import TriggerKind
from workflows.models import Bundle
from workflows.models.playing import Stand, stand_after
from workflows.models.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A model as the form of a row offers it. `open_tasks` wait where the row stands, `awaited` are the messages then.

    `people` are those that the scenario gives roles, `items` the keys of what there are several of.
    """

    names: Names
    scenario: Scenario
    open_tasks: tuple[OpenTask, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    failed: bool = False
    items: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def bundle(self) -> Bundle:
        """The model."""
        return self.names.bundle

    def task(self, node: str) -> TaskDefinition | None:
        """Return a step as drawn."""
        return self.bundle.executable.tasks.get(node)

    def steps(self) -> Options:
        """The steps people do, those first that wait where the row stands."""
        waiting = dict.fromkeys(task.node for task in self.open_tasks)
        mark = gettext("väntar här")
        first = [(node, f"{self.labels[node]} – {mark}") for node in waiting if node in self.labels]
        return (*first, *((node, label) for node, label in self.labels.items() if node not in waiting))

    def doable(self) -> Options:
        """The steps that a row does: all but decisions of gates."""
        deciding = {node for node in self.labels if self.decides(node)}
        return tuple(one for one in self.steps() if one[0] not in deciding)

    def decides(self, node: str) -> bool:
        """Tell whether a step is the decision of a gate."""
        return decides(self.bundle, node)

    def in_gate(self, node: str) -> bool:
        """Tell whether a step stands in a gate."""
        task = self.task(node)
        called = {one.calls for one in self.bundle.executable.diagram.nodes.values() if "gate" in one.styr}
        return task is not None and task.process in called

    def gates(self) -> Options:
        """The gates, in the order drawn."""
        labelled = {gate.key: say(gate.label) for gate in self.bundle.model.gates}
        drawn = {key: self.names.gate(key).strip("”") for key in self.bundle.executable.gates}
        return tuple({**labelled, **{key: name for key, name in drawn.items() if key not in labelled}}.items())

    def outcomes(self, gate: str) -> Options:
        """What a gate may decide."""
        drawn = self.bundle.executable.gates.get(gate)
        keys = drawn.outcomes if drawn is not None else tuple(OUTCOMES)
        return tuple((key, gettext(OUTCOMES[key])) for key in keys if key in OUTCOMES)

    def phases(self) -> Options:
        """The phases."""
        return tuple((phase.key, say(phase.label)) for phase in self.bundle.model.phases)

    def back_to(self, gate: str) -> Options:
        """The phases that a gate may send the project back to."""
        found = next((one.rework_to for one in self.bundle.model.gates if one.key == gate), None)
        return tuple(one for one in self.phases() if found is None or one[0] in found)

    def holders(self) -> Options:
        """Who may be said to do a step: the model's roles, then the scenario's people."""
        people = tuple((name, name) for name in dict.fromkeys(self.scenario.roles.values()))
        return (*role_options(self.bundle), *people)

    def modes(self) -> Options:
        """Who decides, and how."""
        drawn = {task.form for node, task in self.bundle.executable.tasks.items() if self.decides(node)}
        return tuple((mode, decider(self.bundle, mode)) for mode in MODES if mode in drawn)

    def several(self) -> Options:
        """The items that there may be several of."""
        return tuple((key, begun(self.names.item(key))) for key in self.items)

    def messages(self) -> Options:
        """The messages that can be sent where the row stands, and those that the scenario sends elsewhere."""
        here = [(f"{one.message}@{one.place}", self._message(one.message, one.place)) for one in self.awaited]
        sent = [move for move in self.scenario.moves if move.verb == "send"]
        others = [(f"{move.subject}@{move.at}", self._message(str(move.subject), move.at)) for move in sent]
        return tuple(dict([*others, *here]).items())

    def _message(self, message: str, place: str) -> str:
        name, where = self.names.message(message), self.names.place(place)
        return gettext("%(name)s, i %(where)s", name=name.strip("”"), where=where)

    def timers(self) -> Options:
        """The events that wait for a time."""
        drawn = self.bundle.executable.diagram.nodes.values()
        timed = (node for node in drawn if node.trigger is not None and node.trigger.kind is TriggerKind.TIMER)
        return tuple((node.id, node.name or self.names.element(node.id)) for node in timed)

    def ends(self) -> Options:
        """The ends that have a name."""
        drawn = self.bundle.executable.diagram.nodes.values()
        return tuple((node.id, node.name) for node in drawn if node.kind is NodeKind.END and node.name)

    def endings(self) -> Options:
        """How a project may have ended."""
        return tuple((str(key), gettext(words)) for key, words in ENDINGS.items())


def known_at(names: Names, scenario: Scenario, row: int) -> Known:
    """Return what the form of a row offers: the scenario is played as far as the row before it."""
    before = replace(scenario, moves=scenario.moves[:row], expect=None)
    stand: Stand | None
    try:
        stand = stand_after(names.bundle, before)
    except EngineRefused:
        stand = None
    step = stand.step if stand is not None else None
    executable = names.bundle.executable
    listens = step is not None and scenario.process is None
    return Known(
        names=names,
        scenario=scenario,
        open_tasks=step.open_tasks if step is not None else (),
        awaited=engine.awaited(executable, step.state) if step is not None and listens else (),
        failed=stand is None or stand.played.failure is not None,
        items=tuple(dict.fromkeys(_items(names.bundle, scenario))),
        labels=_labels(names.bundle),
    )


def _items(bundle: Bundle, scenario: Scenario) -> Iterator[str]:
    """Yield the keys of the registers that a scenario ever has, and those its rows name."""
    said: list[Mapping[str, Any]] = [scenario.facts, *(move.subject for move in scenario.moves if move.verb == "facts")]
    for name in bundle.model.registers:
        for facts in said:
            found = facts.get(name)
            yield from sorted(map(str, found)) if isinstance(found, Iterable) and not isinstance(found, str) else ()
    yield from (move.item for move in scenario.moves if move.item)


def decides(bundle: Bundle, node: str) -> bool:
    """Tell whether a step is the decision of a gate."""
    task = bundle.executable.tasks.get(node)
    return task is not None and task.kind is TaskKind.DECISION and task.form in MODES


def decider(bundle: Bundle, mode: str) -> str:
    """Return who decides in a way: ”Beställare, ensam”, ”Styrgrupp, på möte”, ”Nämnden”."""
    duties = bundle.model.duties
    match mode:
        case "single":
            return gettext("%(who)s, ensam", who=role_name(bundle, duties.sponsor))
        case "meeting":
            return gettext("%(who)s, på möte", who=role_name(bundle, duties.group))
        case _:
            return gettext("Nämnden")


def _labels(bundle: Bundle) -> dict[str, str]:
    """Return what to call each step: where several have one name with what they lie in, decisions by who decides."""
    executable = bundle.executable
    called = {
        node: gettext("Beslut: %(who)s", who=small(decider(bundle, task.form or "")))
        if decides(bundle, node)
        else task.name
        for node, task in executable.tasks.items()
    }
    counted = Counter(called.values())
    for node, label in called.items():
        scope = executable.diagram.scopes.get(executable.diagram.nodes[node].scope)
        if counted[label] > 1 and scope is not None and scope.name:
            called[node] = f"{label} ({scope.name})"
    return called


def small(words: str) -> str:
    """Return words as they go on in a sentence."""
    return words[:1].lower() + words[1:]
