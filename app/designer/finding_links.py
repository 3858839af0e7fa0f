"""Where a finding is mended: the page of its file, at its element."""

from __future__ import annotations

from app.shell.filters import href
from workflows.models import Finding


def finding_url(draft_id: str, finding: Finding) -> str:
    """Return the address where a finding is mended; "" when no page of this installation does."""
    file, element = finding.file, finding.element
    name = file.removeprefix("forms/").partition(".")[0]
    if file.endswith(".bpmn"):
        more = {"element": element} if element else {}
        return href("designer.diagram", draft_id=draft_id, file=file, **more) or steps_url(draft_id, finding)
    if file.endswith(".dmn") and finding.attribute.strip():
        anchor = f"row-{element}" if element else None
        return href("designer.deciders", draft_id=draft_id, gate=finding.attribute.split()[0], _anchor=anchor)
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
