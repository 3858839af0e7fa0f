"""What people call the things of one version: roles, gates, phases, forms, fields, steps, facts.

Reads leniently: a draft may be broken in one file and must still be spoken of by the names in the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from forms.swedish import lower_first
from workflows.models.comparing.reading import Unread, json_of, objects, text, xml_of, yaml_of
from workflows.models.comparing.swedish import definite, quoted
from workflows.models.comparing.vocabulary import DECIDERS, FACT_OPTIONS, FACT_UNITS, FACTS, OUTCOMES, Subject, subjects

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

STYR = "{urn:styr:bpmn:1}"

USUAL = "_usual.yaml"
"""How the file with the usual answers of all scenarios ends."""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """The names of one version; each is read when it is first asked for."""

    files: Mapping[str, bytes]

    @cached_property
    def model(self) -> Mapping[str, Any]:
        """`model.json`, empty where it cannot be read."""
        return _json(self.files, "model.json")

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Labels of roles by key."""
        return self._labels("roles")

    @cached_property
    def phases(self) -> Mapping[str, str]:
        """Labels of phases by key."""
        return self._labels("phases")

    @cached_property
    def documents(self) -> Mapping[str, str]:
        """Labels of documents by key."""
        return self._labels("documents")

    @cached_property
    def gates(self) -> Mapping[str, Mapping[str, Any]]:
        """Gates of `model.json` by key."""
        return {text(gate.get("key")): gate for gate in objects(self.model.get("gates"))}

    @cached_property
    def boxes(self) -> Mapping[str, str]:
        """Labels of phase boxes by number."""
        return {str(box.get("number")): text(box.get("label")) for box in objects(self.model.get("boxes"))}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Titles of forms and checklists by key."""
        return {key: text(raw.get("title")) or key for key, raw in self._forms.items()}

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Subject]]:
        """By form and key: fields of a form, questions of a checklist."""
        return {key: dict(subjects(raw)) for key, raw in self._forms.items()}

    def raw(self, path: str) -> Mapping[str, Any]:
        """What stands in a form or checklist; nothing where it cannot be read."""
        return self._forms.get(path.removeprefix("forms/").split(".")[0], {})

    @cached_property
    def steps(self) -> Mapping[str, str]:
        """Names of the elements of all diagrams by id."""
        return {step.get("id", ""): name for step in self.drawn if (name := " ".join(step.get("name", "").split()))}

    @cached_property
    def diagrams(self) -> Mapping[str, str]:
        """Names of diagrams by path: what their first process with a name is called."""
        named = {
            path: [text(one.get("name")) for one in drawn if one.tag == f"{BPMN}process"]
            for path, drawn in self._drawn_in.items()
        }
        return {path: name for path, names in named.items() if (name := next(filter(None, names), ""))}

    def diagram(self, path: str) -> str:
        """ "diagrammet Personkontrakt"."""
        return f"diagrammet {self.diagrams.get(path) or path}"

    def scenario(self, path: str) -> str:
        """What people call a scenario: its title."""
        if path.endswith(USUAL):
            return "Vanliga svar"
        try:
            title = text(yaml_of(self.files[path]).get("title")) if path in self.files else ""
        except Unread:
            title = ""
        return title or path.removeprefix("scenarios/").removesuffix(".yaml")

    @cached_property
    def forms_by_variable(self) -> Mapping[str, tuple[str, ...]]:
        """Which forms fill a variable of expressions: what their steps call it, else the steps' ids."""
        found: dict[str, tuple[str, ...]] = {}
        for step in self.drawn:
            task = step.find(f"{BPMN}extensionElements/{STYR}task")
            if task is not None:
                name = task.get("as") or step.get("id", "")
                found[name] = (*found.get(name, ()), task.get("form", ""))
        return found

    def role(self, key: str) -> str:
        """ "beställaren"."""
        return DECIDERS.get(key) or definite(self.roles.get(key) or key)

    def gate(self, key: str) -> str:
        """ "BP2"."""
        return text(self.gates.get(key, {}).get("short")) or key

    def box(self, number: object) -> str:
        """ "fasrutan Planering"."""
        return f"fasrutan {self.boxes.get(str(number)) or number}"

    def phase(self, key: str) -> str:
        """ "fasen Planering"."""
        return f"fasen {self.phases.get(key, key)}"

    def form(self, key: str) -> str:
        """ "formuläret Projektplan" or "checklistan Planering"."""
        title = self.titles.get(key, key)
        if f"forms/{key}.checklist.json" in self.files:
            return f"checklistan {lower_first(title).removeprefix('checklista ')}"
        return f"formuläret {title}"

    def step(self, key: str) -> str:
        """ "”Skriv projektplanen”"."""
        return quoted(self.steps.get(key) or key)

    def place(self, text: str) -> str:
        """A step as scenarios name it, with which of several it is: "”Lämna leveransen” nr 2" for `ready[d2]`."""
        node, _, item = text.partition("[")
        which = f" {self.item(item.rstrip(']'))}" if item else ""
        return f"{self.gate(node) if node in self.gates else self.step(node)}{which}"

    def item(self, key: str) -> str:
        """Which of several something is: "nr 2" for `d2`."""
        return f"nr {key[1:]}" if key[1:].isdecimal() else quoted(key)

    def holder(self, key: str) -> str:
        """Who does something in a scenario: a role as "beställaren", a person by name."""
        return definite(self.roles[key]) if self.roles.get(key) else DECIDERS.get(key, key)

    def message(self, key: str) -> str:
        """What a message is called: by the event that takes it."""
        called = {one.get("id"): one.get("name") for one in self.drawn if one.tag == f"{BPMN}message"}
        for event in self.drawn:
            definition = event.find(f"{BPMN}messageEventDefinition")
            ref = definition.get("messageRef") if definition is not None else None
            if ref is not None and key in (ref, called.get(ref)) and event.get("name"):
                return quoted(event.get("name"))
        return quoted(key)

    def asked(self, step: str, key: str) -> str:
        """What a step asks: the question of a checklist in full, the label of a field."""
        subject = self.subject((step, key))
        if subject is None:
            return "Beslutet" if key == "outcome" else key
        return subject.question or subject.label

    def register(self, name: str) -> str:
        """What a list of a project is called: by the field that fills it."""
        registers = self.model.get("registers")
        source = text(registers.get(name)) if isinstance(registers, Mapping) else ""
        form, _, path = source.partition(".")
        found = self.fields.get(form, {}).get(path)
        return found.label if found else name

    def reference(self, source: str) -> str:
        """A field reference of `model.json` (`form.field`) in words."""
        form, _, path = source.partition(".")
        if not path:
            return self.form(form)
        subject = self.fields.get(form, {}).get(path.rpartition(".")[2])
        return f"{quoted(subject.label if subject else path)} i {self.form(form)}"

    def subject(self, path: tuple[str, ...], form: str = "") -> Subject | None:
        """What a path of an expression speaks of; `form` is the form or checklist that the expression stands in."""
        match path:
            case ("facts", fact):
                return self._fact(fact)
            case (gate, "outcome" | "last") if gate in self.gates or gate == "gate":
                return Subject(
                    label=f"Beslutet vid {self.gate(gate)}" if gate != "gate" else "Beslutet", options=OUTCOMES
                )
            case (gate, "target") if gate in self.gates:
                return Subject(label=f"Vart Komplettera vid {self.gate(gate)} leder", options=self.phases)
            case ("gate", "key"):
                return Subject(label="Beslutspunkten", options={key: self.gate(key) for key in self.gates})
            case ("item", key):
                return next((found for found in self._everywhere(key)), None)
            case (name,):
                return self.fields.get(form, {}).get(name) or (self._fact(name) if name in self._known_facts else None)
            case (variable, name):
                return self._filled(variable, name)
        return None

    def _filled(self, variable: str, name: str) -> Subject | None:
        """A field of what a step fills; where several forms do, the choices of all."""
        forms = self.forms_by_variable.get(variable, (variable,))
        found = [fields[name] for form in forms if name in (fields := self.fields.get(form, {}))]
        if not found:
            return None
        options = {value: label for subject in reversed(found) for value, label in subject.options.items()}
        return replace(found[0], options=options)

    @cached_property
    def _known_facts(self) -> frozenset[str]:
        facts = self.model.get("facts")
        return frozenset(FACTS) | frozenset(facts if isinstance(facts, Mapping) else ())

    def _fact(self, name: str) -> Subject | None:
        facts = self.model.get("facts")
        sources = facts.get(name) if isinstance(facts, Mapping) else None
        for source in sources if isinstance(sources, list) else []:
            form, _, path = str(source).partition(".")
            found = self.fields.get(form, {}).get(path)
            if found:
                return found
        if name not in FACTS:
            return None
        return Subject(label=FACTS[name], unit=FACT_UNITS.get(name, ""), options=FACT_OPTIONS.get(name, {}))

    def _everywhere(self, key: str) -> Iterator[Subject]:
        return (fields[key] for form, fields in self.fields.items() if key in fields and self._is_checklist(form))

    def _is_checklist(self, form: str) -> bool:
        return f"forms/{form}.checklist.json" in self.files

    def _labels(self, what: str) -> Mapping[str, str]:
        return {text(one.get("key")): text(one.get("label")) for one in objects(self.model.get(what))}

    @cached_property
    def _forms(self) -> Mapping[str, Mapping[str, Any]]:
        paths = sorted(path for path in self.files if path.startswith("forms/") and path.endswith(".json"))
        return {path.removeprefix("forms/").split(".")[0]: _json(self.files, path) for path in paths}

    @property
    def drawn(self) -> Iterator[Any]:
        """Yield the elements of all diagrams that have an id."""
        return (one for drawn in self._drawn_in.values() for one in drawn)

    @cached_property
    def _drawn_in(self) -> Mapping[str, tuple[Any, ...]]:
        """The elements with an id, by the diagram that draws them."""
        found: dict[str, tuple[Any, ...]] = {}
        for path in sorted(path for path in self.files if path.endswith(".bpmn")):
            try:
                root = xml_of(self.files[path], path)
            except Unread:
                continue
            found[path] = tuple(one for one in root.iter(f"{BPMN}*") if one.get("id"))
        return found


def _json(files: Mapping[str, bytes], path: str) -> Mapping[str, Any]:
    try:
        return json_of(files[path]) if path in files else {}
    except Unread:
        return {}
