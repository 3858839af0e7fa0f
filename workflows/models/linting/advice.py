"""What a form or checklist could say better: advice, never a hindrance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from forms.checklist import Checklist, FormRefused, read_checklist
from forms.definition import read_form
from forms.tree import Documents, Field, FieldType, Form, Group, Node, Rows, Table
from workflows.models.finding import Finding, Severity
from workflows.models.linting.parts import Parts

ENGLISH = "missing-english"
"""The rule on texts that stand in Swedish alone; it is counted, not told text by text."""


def advise_all(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return the advice on every form and checklist that can be read."""
    return tuple(finding for path in sorted(files) if path.startswith("forms/") for finding in advise_file(files, path))


def check(parts: Parts) -> Iterator[Finding]:
    """Return the advice on every form and checklist of a model, the texts without English among them."""
    for key, checklist in parts.checklists.items():
        yield from _found(f"forms/{key}.checklist.json", advise_checklist(checklist))
    for key, form in parts.forms.items():
        yield from _found(f"forms/{key}.form.json", advise(form))


def advise_file(files: Mapping[str, bytes], path: str) -> tuple[Finding, ...]:
    """Return the advice on one form or checklist; none for one that cannot be read, since then the check says why.

    Texts without English are no advice: nobody is shown them yet.
    """
    try:
        if path.endswith(".checklist.json"):
            told = advise_checklist(read_checklist(files[path]))
        else:
            told = advise(read_form(files[path]))
    except FormRefused:
        return ()
    return tuple(finding for finding in _found(path, told) if finding.rule != ENGLISH)


Told = tuple[str, str, str]
"""A rule, the element it speaks of, and its sentence."""


def _found(path: str, told: Iterable[Told]) -> Iterator[Finding]:
    for rule, element, message in told:
        yield Finding(rule=rule, file=path, element=element, message=message, severity=Severity.WARNING)


def advise(form: Form) -> tuple[Told, ...]:
    """Return what would make a form easier to answer, element by element."""
    return (*_titles(form), *_twice(form.nodes), *(told for node in form.walk() for told in _node(node)))


def advise_checklist(checklist: Checklist) -> tuple[Told, ...]:
    """Return what would make a checklist easier to answer."""
    told: list[Told] = []
    for item in checklist.items:
        if not item.help:
            told.append(("missing-help", item.id, "Hjälptext saknas. Säg vad som räknas som ett bra svar."))
        if not item.question.en:
            told.append((ENGLISH, item.id, "Frågan saknar engelska."))
    questions = Counter(item.question.sv.strip().lower() for item in checklist.items)
    told += [
        ("duplicate-label", item.id, "Samma fråga står två gånger.")
        for item in checklist.items
        if questions[item.question.sv.strip().lower()] > 1
    ]
    return tuple(told)


def _titles(form: Form) -> Iterator[Told]:
    if not form.title:
        yield "missing-label", "", "Formuläret saknar titel."
    elif not form.title.en:
        yield ENGLISH, "", "Titeln saknar engelska."


def _node(node: Node) -> Iterator[Told]:
    match node:
        case Field():
            yield from _field(node)
        case Rows():
            if not node.label.en:
                yield ENGLISH, node.key, "Etiketten saknar engelska."
        case Group():
            if not node.label:
                yield (
                    "missing-label",
                    node.key or "",
                    "Avsnittet saknar rubrik. Då hittar den som lyssnar inte till det.",
                )
            elif not node.label.en:
                yield ENGLISH, node.key or node.label.sv, "Rubriken saknar engelska."
        case Table():
            if not node.label:
                yield "missing-label", "", "Tabellen saknar rubrik. Då hittar den som lyssnar inte till den."
        case Documents():
            if not node.label:
                yield "missing-label", "", "Dokumenten saknar rubrik. Då hittar den som lyssnar inte till dem."
        case _:
            pass


def _field(field: Field) -> Iterator[Told]:
    if not field.label:
        yield "missing-label", field.key, "Etikett saknas."
    elif not field.label.en:
        yield ENGLISH, field.key, "Etiketten saknar engelska."
    if not field.help and _asks(field):
        yield "missing-help", field.key, "Hjälptext saknas. Säg vad som ska stå i svaret."
    without = [option.value for option in field.options.values if not option.label.en]
    if without:
        yield ENGLISH, field.key, f"Alternativen saknar engelska: {', '.join(without[:5])}."


def _asks(field: Field) -> bool:
    """Whether a question is open enough to need help: choices explain themselves."""
    return field.type in {FieldType.TEXTFIELD, FieldType.TEXTAREA, FieldType.NUMBER, FieldType.FILEPICKER}


def _twice(nodes: Iterable[Node]) -> Iterator[Told]:
    """Tell of labels that two questions of one section share: read aloud they are the same question."""
    nodes = tuple(nodes)
    labels = Counter(node.label.sv.strip().lower() for node in nodes if isinstance(node, Field) and node.label)
    for node in nodes:
        if isinstance(node, Field) and labels[node.label.sv.strip().lower()] > 1:
            yield "duplicate-label", node.key, f"Etiketten ”{node.label.sv}” står två gånger i samma avsnitt."
        if isinstance(node, Group | Rows):
            yield from _twice(node.nodes)
