"""Where a finding is, in the words of the people who made the model: never a file name where there is a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext

from workflows.models import Finding, element_names
from workflows.models.comparing import Lexicon
from workflows.models.deciders import deciders_file

ATTRIBUTES: Mapping[str, str] = {
    "as": "variabel",
    "attached": "kant",
    "collection": "samling",
    "condition": "villkor",
    "due": "ska vara klart",
    "escalate": "lyfts vidare",
    "form": "formulär",
    "item": "del",
    "key": "nyckel",
    "kind": "sort",
    "name": "namn",
    "outcomes": "utfall",
    "ref": "tabell",
    "remind": "påminnelse",
    "role": "roll",
    "timer": "tid",
    "until": "slutvillkor",
}
"""What people call an attribute that a finding is about (msgids)."""

MODEL_PARTS: Mapping[str, str] = {
    "about": "det som visas för den som svarar",
    "boxes": "fasrutor",
    "documents": "dokument",
    "duties": "uppgifter i modellen",
    "ends": "slut",
    "facts": "fakta om projektet",
    "gates": "beslutspunkter",
    "held": "innehavare som visas",
    "holders": "innehavare som utses",
    "money": "ekonomi",
    "phases": "faser",
    "prefill": "svar som fylls i från början",
    "registers": "register",
    "risks": "risker",
    "roles": "roller",
    "start_form": "första formuläret",
    "subject": "projektets namn och sammanfattning",
    "work": "arbetet",
}
"""What people call the parts of the model's own facts (msgids)."""


def places(files: Mapping[str, bytes], findings: tuple[Finding, ...]) -> list[str]:
    """Return in words where each finding is: its file, its element and what of it."""
    drawn, names = element_names(files), Lexicon(files=files)
    authority = deciders_file(files) if any(one.file.endswith(".dmn") for one in findings) else None
    return [_place(finding, names, drawn, authority) for finding in findings]


def called(files: Mapping[str, bytes], paths: Iterable[str]) -> dict[str, str]:
    """Return what people call each of some files."""
    names, authority = Lexicon(files=files), deciders_file(files)
    return {path: file_words(path, names, authority) for path in paths}


def named(files: Mapping[str, bytes], findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """Return each finding of one file as what it is about and its sentence."""
    names = Lexicon(files=files)
    return [(_element(one.file, one.element, names, {}), one.message) for one in findings]


def _place(finding: Finding, names: Lexicon, drawn: Mapping[str, str], authority: str | None) -> str:
    file, element, of = finding.file, finding.element, finding.attribute
    attribute = gettext(ATTRIBUTES[of]) if of in ATTRIBUTES else ""
    return " · ".join(
        part for part in (file_words(file, names, authority), _element(file, element, names, drawn), attribute) if part
    )


def file_words(path: str, names: Lexicon, authority: str | None = None) -> str:
    """Return what people call a file of a model; `authority` is the one that says who decides."""
    key = path.removeprefix("forms/").partition(".")[0]
    if path.endswith(".bpmn"):
        return gettext("Diagrammet %(name)s", name=names.diagrams.get(path) or path)
    if path.endswith(".dmn"):
        return gettext("Vem som beslutar") if path == authority else gettext("Beslutstabellen %(name)s", name=path)
    if path.endswith((".checklist.json", ".form.json")):
        said = names.form(key)
        return said[:1].upper() + said[1:]
    if path.startswith("scenarios/"):
        return gettext("Scenariot %(name)s", name=names.scenario(path))
    return gettext("Modellens uppgifter") if path == "model.json" else path


def _element(file: str, element: str, names: Lexicon, drawn: Mapping[str, str]) -> str:
    key = file.removeprefix("forms/").partition(".")[0]
    if file.endswith(".checklist.json"):
        return gettext("fråga %(id)s", id=element.removeprefix("Fråga ")) if element else ""
    if file.endswith(".form.json"):
        subject = names.fields.get(key, {}).get(element)
        return subject.label if subject else element
    if file == "model.json":
        return _of_model(element, names)
    if file.endswith((".bpmn", ".dmn")):
        return drawn.get(element, "")
    return gettext("vad som väntas till sist") if element == "expect" else element


def _of_model(element: str, names: Lexicon) -> str:
    part, _, key = element.partition("/")
    labels: Mapping[str, str] = {"phases": names.phases, "roles": names.roles, "holders": names.roles}.get(part, {})
    said = labels.get(key) or names.documents.get(key) if part != "gates" else names.gate(key)
    return " · ".join(one for one in (gettext(MODEL_PARTS.get(part, part)), said) if one)
