"""Where a finding is mended: the page of its file, at its element, and how to call the place."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from app.shell.filters import href
from workflows.models import Finding, element_names

ATTRIBUTES: Mapping[str, str] = {
    "as": "variabel",
    "attached": "kant",
    "collection": "samling",
    "condition": "villkor",
    "due": "ska vara klart",
    "escalate": "går vidare",
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


def finding_url(draft_id: str, finding: Finding) -> str:
    """Return the address where a finding is mended; "" when no page of this installation does."""
    file, element = finding.file, finding.element
    name = file.removeprefix("forms/").partition(".")[0]
    if file.endswith(".bpmn"):
        more = {"element": element} if element else {}
        return href("designer.diagram", draft_id=draft_id, file=file, **more) or steps_url(draft_id, finding)
    if file.endswith(".dmn"):
        return href("designer.tables", draft_id=draft_id, file=file)
    if file.endswith(".checklist.json"):
        return href(
            "designer.checklist",
            draft_id=draft_id,
            key=name,
            _anchor=f"q-{element.removeprefix('Fråga ')}" if element else None,
        )
    if file.endswith(".form.json"):
        return href("designer.form", draft_id=draft_id, key=name, _anchor=element or None)
    if file.startswith("scenarios/"):
        return href("designer.scenarios", draft_id=draft_id)
    return ""


def steps_url(draft_id: str, finding: Finding) -> str:
    """Return the same place in the table of steps, which needs no canvas; "" where there is none."""
    if not finding.file.endswith(".bpmn"):
        return ""
    return href("designer.steps", draft_id=draft_id, _anchor=finding.element or None)


def places(files: Mapping[str, bytes], findings: tuple[Finding, ...]) -> list[str]:
    """Return in words where each finding is: its file, its element and what of it."""
    names = element_names(files)
    return [_place(finding, names) for finding in findings]


def _place(finding: Finding, names: Mapping[str, str]) -> str:
    attribute = gettext(ATTRIBUTES[finding.attribute]) if finding.attribute in ATTRIBUTES else finding.attribute
    name = names.get(finding.element, "")
    element = f"{name} ({finding.element})" if name else finding.element
    return " · ".join(part for part in (_file(finding.file), element, attribute) if part)


def _file(path: str) -> str:
    name = path.removeprefix("forms/").removeprefix("scenarios/").partition(".")[0]
    if path.endswith(".bpmn"):
        return gettext("Diagrammet %(name)s", name=path)
    if path.endswith(".dmn"):
        return gettext("Beslutstabellen %(name)s", name=path)
    if path.endswith(".checklist.json"):
        return gettext("Checklistan %(name)s", name=name)
    if path.endswith(".form.json"):
        return gettext("Formuläret %(name)s", name=name)
    if path.startswith("scenarios/"):
        return gettext("Scenariot %(name)s", name=name)
    return path
