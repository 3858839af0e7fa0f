"""The forms tab: every checklist and form of a draft, which steps show them, and new ones, renamed and removed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from app.designer.asking import forms_page
from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, show
from app.designer.guards import seeing_models
from forms.swedish import alphabetical
from workflows.models.asking import (
    FileUnreadable,
    advise_file,
    form_outline,
    outline,
    steps_showing,
)

CHECKLIST, FORM = ".checklist.json", ".form.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A checklist or form as a row of the list; `count` is of questions or fields, `refusal` why it cannot be used."""

    key: str
    title: str
    count: int
    steps: tuple[str, ...]
    refusal: str
    advice: int


@bp.get("/models/drafts/<draft_id>/forms")
@seeing_models
def forms(draft_id: str) -> ResponseReturnValue:
    """List the checklists and forms of a draft."""
    page = forms_page(draft_id)
    return show(page, "forms", checklists=_listed(page, CHECKLIST), listed_forms=_listed(page, FORM))


def _listed(page: DraftPage, kind: str) -> tuple[Listed, ...]:
    steps = steps_showing(page.draft.files)
    found = (_row(page.draft.files, key, kind, steps.get(key, ())) for key in titles(page, kind))
    return tuple(sorted(found, key=lambda one: (alphabetical(one.title), one.key)) if kind == FORM else found)


def _row(files: Mapping[str, bytes], key: str, kind: str, steps: tuple[str, ...]) -> Listed:
    advice = len(advise_file(files, f"forms/{key}{kind}"))
    try:
        if kind == CHECKLIST:
            one = outline(files, key)
            title, count, refusal = one.title, len(one.questions), one.refusal
        else:
            form = form_outline(files, key)
            title, count, refusal = form.title, len(form.rows), form.refusal
    except FileUnreadable as error:
        title, count, refusal = key, 0, str(error.facts["reason"])
    return Listed(key=key, title=title or key, count=count, steps=steps, refusal=refusal, advice=advice)


def titles(page: DraftPage, kind: str) -> Mapping[str, str]:
    """Return the forms or checklists of a draft by key, with what they are called."""
    files, found = page.draft.files, {}
    for path in sorted(files):
        if path.startswith("forms/") and path.endswith(kind):
            key = path.removeprefix("forms/").removesuffix(kind)
            try:
                one = outline(files, key) if kind == CHECKLIST else form_outline(files, key)
                found[key] = one.title or key
            except FileUnreadable:
                found[key] = key
    return found
