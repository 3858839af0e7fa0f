"""What people call the things that scenarios name: never an id, also where the model has none any longer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from app.designer.coverage_words import words_of
from app.designer.scenario_values import MODES, asked_in, period_words, plain, quoted
from app.designer.steps_words import OUTCOMES, role_name
from app.designer.try_facts import LABELS
from app.shell.dates import short_day
from app.shell.filters import say
from app.shell.text import names as listed
from workflows.engine import OpenTask
from workflows.kernel.clock import local_date
from workflows.models import Bundle
from workflows.models.trying import innermost

_KEY = re.compile(r"([A-Za-z]+)_?(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of a model's things. `gone` are those of elements that it had before, `people` who has which role,
    `today` the day from which the year of a day is left out.
    """

    bundle: Bundle
    gone: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    today: date = date(2026, 1, 12)

    def has(self, key: str) -> bool:
        """Tell whether the model has an element or a gate of this key."""
        return key in self.bundle.executable.diagram.nodes or key in self.bundle.executable.gates

    def element(self, node: str) -> str:
        """Return what a step, an end or another element is called."""
        drawn = self.bundle.executable.diagram.nodes.get(node)
        if drawn is not None:
            return quoted(drawn.name) if drawn.name else words_of(self.bundle.executable.diagram, drawn)
        if self.gone.get(node):
            return gettext("%(name)s, som är borttaget", name=quoted(self.gone[node]))
        return gettext("ett steg som inte finns i modellen")

    def gate(self, key: str | None) -> str:
        """Return what a gate is called."""
        label = next((say(gate.label) for gate in self.bundle.model.gates if gate.key == key), "")
        drawn = self.bundle.executable.diagram.nodes.values()
        label = label or next((node.name for node in drawn if node.styr.get("gate", {}).get("key") == key), "")
        if label:
            return quoted(label)
        name = self.gone.get(key or "", "")
        if name:
            return gettext("%(name)s, som är borttagen", name=quoted(name))
        return gettext("en beslutspunkt som inte finns i modellen")

    def target(self, key: str) -> str:
        """Return what a step or a gate is called."""
        gates = {gate.key for gate in self.bundle.model.gates} | set(self.bundle.executable.gates)
        return self.gate(key) if key in gates else self.element(key)

    def task(self, task: OpenTask) -> str:
        """Return what an open step is called, with its gate and which one of several it is."""
        name = quoted(task.definition.name) if task.definition.name else self.element(task.node)
        gate = gettext(" inför %(gate)s", gate=self.gate(task.gate)) if task.gate else ""
        item = innermost(task)
        return f"{name}{gate}" + (f" ({self.item(item)})" if item else "")

    def tasks(self, tasks: Iterable[OpenTask]) -> str:
        """Return what several open steps are called; those of one name once."""
        return listed(list(dict.fromkeys(self.task(task) for task in tasks)))

    def item(self, key: str) -> str:
        """Return which of several something is: ”Delleveranser nr 1”."""
        parts = _KEY.fullmatch(key)
        if parts is None:
            return quoted(key)
        registers = [name for name in self.bundle.model.registers if name[:1] == parts[1][:1]]
        drawn = self.bundle.executable.diagram.nodes.values()
        called = [
            node.name
            for node in drawn
            if node.each and node.name and node.each.collection.rpartition(".")[2] in registers
        ]
        number = gettext("nr %(number)s", number=int(parts[2]))
        return f"{called[0]} {number}" if len(called) == 1 else number

    def role(self, key: str | None) -> str:
        """Return what a role is called; a person's name as it is."""
        known = {role.key for role in self.bundle.model.roles} | {"board"}
        if key in known:
            return gettext("rollen %(role)s", role=role_name(self.bundle, key))
        return key if key and key in self.people.values() else gettext("någon som modellen inte har")

    def holder(self, task: OpenTask) -> str:
        """Return whose step a task is, with the scenario's person where it has one."""
        role = task.definition.role or self.bundle.model.duties.manager
        return self.role(role) + (f" ({self.people[role]})" if role in self.people else "")

    def place(self, path: str) -> str:
        """Return a place in words, outermost first."""
        return listed([self._part(part) for part in path.split("/") if part])

    def _part(self, part: str) -> str:
        node, _, item = part.partition("[")
        return self.element(node) + (f" ({self.item(item.rstrip(']'))})" if item else "")

    def message(self, value: str) -> str:
        """Return what a message is called."""
        drawn = self.bundle.executable.diagram.nodes.values()
        named = (node.name for node in drawn if node.name and node.trigger and node.trigger.value == value)
        return quoted(name) if (name := next(named, "")) else gettext("som inte finns i modellen")

    def phase(self, key: str) -> str:
        """Return what a phase is called."""
        known = (say(phase.label) for phase in self.bundle.model.phases if phase.key == key)
        return quoted(name) if (name := next(known, "")) else gettext("en fas som inte finns i modellen")

    def form(self, key: str | None) -> str:
        """Return what a form, a checklist or a form of deciding is called."""
        key = key or ""
        if key in MODES:
            return gettext("beslutet %(mode)s", mode=gettext(MODES[key]))
        title = self.bundle.forms[key].title if key in self.bundle.forms else None
        title = self.bundle.checklists[key].title if key in self.bundle.checklists else title
        return quoted(title.sv) if title is not None and title.sv else gettext("ett formulär som inte finns")

    def day(self, text: str) -> str:
        """Return a day, with its time where it has one."""
        moment = datetime.fromisoformat(text)
        clock = f" {moment:%H.%M}" if len(text) > len("2026-01-12") else ""
        return short_day(moment.date(), self.today) + clock

    def moment(self, at: datetime) -> str:
        """Return the day of a moment."""
        return short_day(local_date(at), self.today)

    def wait(self, subject: str) -> str:
        """Return a period, or the day to wait for."""
        if subject.startswith("P"):
            return period_words(subject)
        try:
            return gettext("till %(day)s", day=self.day(subject))
        except ValueError:
            return gettext("till en dag som inte finns")

    def fact(self, name: str) -> str:
        """Return what a fact is called."""
        if name in LABELS:
            return quoted(gettext(LABELS[name]))
        return self._register(name) or gettext("ett faktum som inte finns i modellen")

    def _register(self, name: str) -> str:
        for node in self.bundle.executable.diagram.nodes.values():
            if node.each and node.each.collection.rpartition(".")[2] == name and node.name:
                return quoted(node.name)
        return gettext("ett register") if name in self.bundle.model.registers else ""

    def answers(self, variable: str, fields: Mapping[str, Any]) -> str:
        """Return some answers of a step: what was asked, what was said."""
        forms = [task.form for task in self.bundle.executable.tasks.values() if task.variable == variable]
        return listed([self._answer(next(iter(forms), None), name, value) for name, value in fields.items()])

    def _answer(self, form: str | None, name: str, value: Any) -> str:
        known = self.bundle.checklists.get(form or "")
        item = known.by_id.get(name) if known is not None else None
        if item is not None:
            return f"{quoted(item.question.sv)} {gettext('är')} {plain(value, item.unit).lower()}"
        asked = next(iter(asked_in(self.bundle.forms.get(form or ""), name)), None)
        if asked is None:
            return gettext("ett svar som formuläret inte har är ifyllt")
        label, options = quoted(asked.label.sv), asked.options.values
        other = gettext("ett val som inte finns") if options and value is not None else plain(value, asked.unit)
        said = next((quoted(one.label.sv) for one in options if one.value == value), other)
        return f"{label} {gettext('är')} {said}"

    def variable(self, name: str) -> str:
        """Return the step that answers come from."""
        nodes = [task.node for task in self.bundle.executable.tasks.values() if task.variable == name]
        return self.element(nodes[0]) if nodes else gettext("ett steg som inte finns i modellen")

    def decided(self, fields: Mapping[str, Any]) -> str:
        """Return how a gate went: its outcome, where it went, which round."""
        return listed(list(self._decided(fields))) or gettext("beslutad")

    def _decided(self, fields: Mapping[str, Any]) -> Iterator[str]:
        outcome, target = fields.get("outcome"), fields.get("target")
        if outcome:
            yield quoted(gettext(OUTCOMES[outcome])) if outcome in OUTCOMES else gettext("ett utfall som inte finns")
        if target:
            yield gettext("tillbaka till %(phase)s", phase=self.phase(str(target)))
        if "round" in fields:
            yield gettext("omgång %(number)s", number=fields["round"])
