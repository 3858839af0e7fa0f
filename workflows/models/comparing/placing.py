"""In which phase a change is felt: a page on what differs is read phase by phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from workflows.models.comparing.change import Change, What
from workflows.models.comparing.lexicon import BPMN, STYR, Lexicon
from workflows.models.comparing.reading import Unread, text
from workflows.models.comparing.table_words import GATE
from workflows.models.comparing.tables import read_tables
from workflows.models.deciders.cells import read_gates

MAX_CALLS = 8
"""So many processes that call one another are followed to a phase."""


def in_phases(changes: Iterable[Change], before: Lexicon, after: Lexicon) -> tuple[Change, ...]:
    """Return the changes with their phases; those of several phases, or of none, belong to the whole model."""
    old, new = Phases(names=before), Phases(names=after)
    return tuple(replace(change, phase=_phase(change, old, new)) for change in changes)


def phases_in_order(before: Lexicon, after: Lexicon) -> tuple[tuple[str, str], ...]:
    """Return the phases of both versions, key and label, each where its version has it."""
    order = list(after.phases)
    previous = ""
    for key in before.phases:
        if key not in after.phases:
            order.insert(order.index(previous) + 1 if previous else 0, key)
        previous = key
    return tuple((key, after.phases.get(key) or before.phases.get(key) or key) for key in order)


def _phase(change: Change, old: Phases, new: Phases) -> str:
    sides = (old, new) if change.what is What.REMOVED else (new, old)
    return next((phase for side in sides if (phase := side.of(change))), "")


@dataclass(frozen=True, kw_only=True)
class Phases:
    """The phases of one version, and what lies in them."""

    names: Lexicon

    def of(self, change: Change) -> str:
        """Return the key of the phase of a change; "" where it is not of one phase alone."""
        file, element = change.file, change.element
        if file.endswith(".bpmn"):
            return self._drawn(element)
        if file.endswith(".dmn"):
            return self._decided(element)
        if file.endswith(".checklist.json"):
            return text(self.names.raw(file).get("phase")) if self._knows(file) else ""
        if file.endswith(".form.json"):
            return self._shown(file.removeprefix("forms/").removesuffix(".form.json"))
        if file == "model.json":
            return self._told(*element.partition("/")[::2])
        return ""

    def _knows(self, file: str) -> bool:
        return text(self.names.raw(file).get("phase")) in self.names.phases

    def _told(self, part: str, key: str) -> str:
        if part == "phases":
            return key if key in self.names.phases else ""
        if part == "gates":
            return self._gate(key)
        if part == "documents":
            return self._shown(self._forms_of_documents.get(key, ""))
        return self._shown(key.partition(".")[0]) if part in ("about", "prefill") else ""

    def _gate(self, key: str) -> str:
        """The phase that a gate closes: the last of its box."""
        box = self.names.gates.get(key, {}).get("box")
        return next((phase for phase, at in reversed(self._boxes) if at == box), "")

    def _decided(self, rule: str) -> str:
        """The phase of a rule for one gate."""
        cell = read_gates(self._cells.get(rule, ""))
        return self._gate(next(iter(cell.keys))) if cell and len(cell.keys) == 1 and not cell.without else ""

    def _shown(self, form: str) -> str:
        return _only(self._drawn(step) for step in self._steps.get(form, ()))

    def _drawn(self, key: str, calls: int = MAX_CALLS) -> str:
        """The phase that an element lies in; of a gate or a way out of one, the phase it closes."""
        element = self._elements.get(key)
        if element is None or not calls:
            return ""
        for around in (element, *element.iterancestors()):
            if around.get("id") in self.names.phases:
                return str(around.get("id"))
        if gate := _gate_of(element):
            return self._gate(gate)
        if element.tag == f"{BPMN}sequenceFlow":
            return self._drawn(element.get("sourceRef", ""), calls - 1)
        if element.tag == f"{BPMN}exclusiveGateway":
            asked = {gate for source in self._into.get(key, ()) if (gate := _gate_of(self._elements.get(source)))}
            return self._gate(asked.pop()) if len(asked) == 1 else ""
        process = next((one.get("id") for one in element.iterancestors(f"{BPMN}process")), element.get("id"))
        return _only(self._drawn(call, calls - 1) for call in self._calls.get(str(process), ()))

    @cached_property
    def _elements(self) -> Mapping[str, Any]:
        return {one.get("id"): one for one in self.names.drawn}

    @cached_property
    def _into(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for one in self._elements.values():
            if one.tag == f"{BPMN}sequenceFlow":
                found.setdefault(one.get("targetRef", ""), []).append(one.get("sourceRef", ""))
        return found

    @cached_property
    def _calls(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, one in self._elements.items():
            if called := one.get("calledElement"):
                found.setdefault(called, []).append(key)
        return found

    @cached_property
    def _steps(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, one in self._elements.items():
            task = one.find(f"{BPMN}extensionElements/{STYR}task")
            if task is not None:
                found.setdefault(task.get("form", ""), []).append(key)
        return found

    @cached_property
    def _boxes(self) -> list[tuple[str, object]]:
        phases = self.names.model.get("phases")
        listed = phases if isinstance(phases, list) else []
        return [(text(one.get("key")), one.get("box")) for one in listed if isinstance(one, Mapping)]

    @cached_property
    def _forms_of_documents(self) -> Mapping[str, str]:
        documents = self.names.model.get("documents")
        listed = documents if isinstance(documents, list) else []
        return {text(one.get("key")): text(one.get("form")) for one in listed if isinstance(one, Mapping)}

    @cached_property
    def _cells(self) -> Mapping[str, str]:
        """What rules of tables say of gates, by their ids."""
        found: dict[str, str] = {}
        for path in sorted(path for path in self.names.files if path.endswith(".dmn")):
            try:
                tables, _ = read_tables(self.names.files[path], path)
            except Unread:
                continue
            found |= {rule.id: rule.tests.get(GATE, "") for table in tables.values() for rule in table.rules}
        return found


def _gate_of(element: Any) -> str:
    gate = element.find(f"{BPMN}extensionElements/{STYR}gate") if element is not None else None
    return gate.get("key", "") if gate is not None else ""


def _only(phases: Iterator[str]) -> str:
    found = set(phases)
    return found.pop() if len(found) == 1 else ""
