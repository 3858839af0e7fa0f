"""The forms of an imported model: those that came along, those that stood in the diagram, and plain ones for the rest.

Each step has a form, since nobody can do a step without one. Fields that a condition reads are added to the form of a
step before it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from forms.definition import SCHEMA_VERSION, read_form
from forms.tree import FormRefused
from workflows.models.comparing.swedish import joined
from workflows.models.importing.drawing import Step
from workflows.models.importing.form_parts import cleaned, dropped, reference_of
from workflows.models.importing.naming import Names, slug
from workflows.models.importing.questions import Question, QuestionKind, schema_questions
from workflows.models.importing.rows import Place, Report

_UNREAD = "Filen går inte att läsa som ett formulär: den är tom, avhuggen eller något annat."

SHARED = frozenset({"gate_request", "meeting", "single", "board"})
"""Keys of the forms that come with the gate of every model."""


@dataclass(slots=True, kw_only=True)
class FormDraft:
    """A form while it grows. `variables` are the other tool's names of its fields; `plain`: we made it up."""

    key: str
    title: str
    components: list[dict[str, Any]] = field(default_factory=list)
    variables: dict[str, str] = field(default_factory=dict)
    plain: bool = False

    def ask(self, question: Question) -> str:
        """Add a question and return the key of its field."""
        taken = set(self.variables.values()) | {str(one.get("key")) for one in self.components}
        key, number = question.key, 1
        while key in taken:
            number += 1
            key = f"{question.key}_{number}"
        component = question.component()
        self.components.append({**component, "key": key, "id": f"Field_{key}"})
        self.variables.setdefault(question.variable, key)
        return key

    def data(self) -> bytes:
        """Return the file."""
        said = {
            "schemaVersion": SCHEMA_VERSION,
            "type": "default",
            "id": self.key,
            "title": {"sv": self.title},
            "components": self.components,
        }
        return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


@dataclass(slots=True, kw_only=True)
class Forms:
    """All forms of an import: `given` are files by name, `embedded` those inside diagrams by id, each with its file."""

    report: Report
    given: Mapping[str, bytes]
    embedded: Mapping[str, tuple[str, str]]
    names: Names = field(default_factory=lambda: Names(set(SHARED)))
    of_step: dict[str, FormDraft] = field(default_factory=dict)
    made: list[FormDraft] = field(default_factory=list)
    _by_reference: dict[str, FormDraft] = field(default_factory=dict)
    _bare: dict[str, list[str]] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def give(self, step: Step) -> FormDraft:
        """Return the form of a step, the same each time; the steps that name one form share it."""
        if step.id not in self.of_step:
            self.of_step[step.id] = self._find(step)
        return self.of_step[step.id]

    def users(self, form: FormDraft) -> int:
        """Return how many steps show a form."""
        return sum(shown is form for shown in self.of_step.values())

    def new(self, wanted: str, title: str, *, plain: bool = False) -> FormDraft:
        """Begin a form."""
        form = FormDraft(key=self.names.free(slug(wanted, "form")), title=title or wanted, plain=plain)
        self.made.append(form)
        return form

    def files(self, shown: Collection[str]) -> dict[str, bytes]:
        """Return the files of the forms that are shown; what our reader refuses becomes a plain form, with a row."""
        self.made = [form for form in self.made if form.key in shown]
        for form in self.made:
            if not form.components:
                _ask_for_a_note(form)
        self._tell_unused()
        for file, steps in self._bare.items():
            one = len(steps) == 1
            was = f"{len(steps)} steg utan formulär: {', '.join(steps[:5])}{' …' if len(steps) > 5 else ''}"
            done = "Det fick ett enkelt formulär." if one else "De fick varsitt enkelt formulär."
            advice = f"Lägg till de frågor som {'steget' if one else 'stegen'} ska ställa, under Formulär."
            self.report.changed(Place(file=file), was, done, advice)
        return {f"forms/{form.key}.form.json": self._accepted(form) for form in self.made}

    def _tell_unused(self) -> None:
        unused, gone = "Ett formulär som inget steg visar.", "Det togs inte med."
        for name in sorted(self.given):
            if name.endswith("-uischema.json"):
                done = "Det togs inte med: Styr visar alla formulär på samma sätt."
                self.report.noted(Place(file=name), "Hur fälten i ett formulär ska se ut.", done)
            elif name not in self._used:
                unread = _json(self.given[name]) is None
                self.report.noted(Place(file=name), _UNREAD if unread else unused, gone)
        for key in sorted(self.embedded):
            if key not in self._used:
                self.report.noted(Place(file=self.embedded[key][0]), unused, gone)

    def _accepted(self, form: FormDraft) -> bytes:
        try:
            read_form(form.data(), key=form.key)
        except FormRefused as error:
            place = Place(file=f"forms/{form.key}.form.json", name=form.title)
            advice = "Bygg upp formuläret igen under Formulär."
            self.report.lost(
                place, f"Ett formulär som inte kan läsas: {error}", "Det ersattes av ett textfält.", advice
            )
            form.components = []
            _ask_for_a_note(form)
        return form.data()

    def _find(self, step: Step) -> FormDraft:
        hint = step.hints.form
        if hint.questions:
            if hint.key:
                was = f"Steget har både formuläret ”{hint.key}” och frågor i diagrammet."
                self.report.lost(step.place, was, "Det fick frågorna i diagrammet.", "Se om någon fråga saknas.")
            form = self.new(step.id, step.label)
            for question in hint.questions:
                self._ask(form, question, step.place)
            return form
        if not hint.key:
            self._bare.setdefault(step.file, []).append(step.label)
            return self.new(step.id, step.label, plain=True)
        reference = reference_of(hint.key)
        if reference not in self._by_reference:
            self._by_reference[reference] = self._referred(step, reference)
        return self._by_reference[reference]

    def _referred(self, step: Step, reference: str) -> FormDraft:
        said = self._said(reference)
        form = self.new(reference or step.id, step.label, plain=said is None)
        if said is None:
            advice = "Lägg till frågorna under Formulär, eller importera om tillsammans med formulärfilen."
            was = f"Formuläret ”{step.hints.form.key}”, som inte finns bland filerna."
            if reference in self._used:
                advice = "Lägg till frågorna under Formulär."
                was = f"Formuläret ”{step.hints.form.key}” är skrivet på ett sätt som inte kan läsas."
            self.report.lost(step.place, was, "Steget fick ett enkelt formulär.", advice)
        elif isinstance(said.get("components"), list):
            self._take_over(form, said["components"], step.place)
        else:
            for question in schema_questions(said):
                self._ask(form, question, step.place)
        return form

    def _said(self, reference: str) -> dict[str, Any] | None:
        """Return the JSON that a reference names: in the diagram, by file name, or by the id inside a file."""
        named = {reference_of(name): name for name in self.given}
        file = named.get(reference) if reference not in self.embedded else None
        data = self.embedded[reference][1] if reference in self.embedded else self.given[file] if file else None
        found = _json(data) if data is not None else None
        if found is None:
            inside = ((name, said) for name, data in self.given.items() if (said := _json(data)) is not None)
            file, found = next(((name, said) for name, said in inside if said.get("id") == reference), (file, None))
        if file or reference in self.embedded:
            self._used |= {file or reference, reference}
        forms = found is not None and any(
            isinstance(found.get(part), list | dict) for part in ("components", "properties")
        )
        return found if forms else None

    def _ask(self, form: FormDraft, question: Question, at: Place) -> None:
        form.ask(question)
        if not question.understood:
            was = f"Fältet {question.label} är av en sort som inte finns här."
            self.report.changed(at, was, "Det blev ett textfält.", "Välj sort under Formulär.")
        if question.left:
            was = f"Fältet {question.label} hade {joined(question.left)}."
            self.report.lost(at, was, "Det togs inte med.", "Lägg till det under Formulär.")

    def _take_over(self, form: FormDraft, components: list[Any], at: Place) -> None:
        """Keep the components that our reader accepts, each tried by itself; tell of the others."""
        seen: set[str] = set()
        for component in components:
            made = cleaned(component, form.variables, seen)
            if made is None and isinstance(component, dict) and component.get("type") == "button":
                self.report.noted(at, "Formuläret hade en egen knapp.", "Den togs inte med: varje steg har sin knapp.")
                continue
            for kind in dropped(component):
                was = f"En del av formuläret av sorten ”{kind}”, som inte finns här."
                self.report.lost(at, was, "Den togs inte med.", "")
            if made is None:
                continue
            try:
                read_form({"schemaVersion": SCHEMA_VERSION, "components": [made]})
            except FormRefused as error:
                self.report.lost(at, str(error), "Fältet togs inte med.", "Lägg till det igen under Formulär.")
            else:
                form.components.append(made)


def _ask_for_a_note(form: FormDraft) -> None:
    form.ask(Question(variable="note", label="Anteckning", kind=QuestionKind.AREA, help="Skriv vad som gjordes."))


def _json(data: bytes | str) -> dict[str, Any] | None:
    try:
        said = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return said if isinstance(said, dict) else None
