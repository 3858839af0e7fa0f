"""Checklists and forms as files of a draft: new ones, copies, other names, and removing what nothing uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.asking import checklist_address, form_address, forms_page, readable, refused, save, typed
from app.designer.blueprint import bp
from app.designer.checklists import question_words, typed_question
from app.designer.draft_pages import DraftPage, show
from app.designer.forms import CHECKLIST, FORM, titles
from app.designer.guards import designing
from app.designer.question_when import typed_condition
from app.shell.filters import say
from workflows.models import ModelRefused, read_model
from workflows.models.asking import (
    EntryRefused,
    Outline,
    Question,
    UseKind,
    checklist_path,
    copy_form,
    form_outline,
    form_path,
    key_of,
    keys_in,
    new_checklist,
    new_form,
    next_id,
    outline,
    rename_checklist,
    rename_form,
    uses_of,
)

NOTHING = Outline(key="", title="", title_en="", phase="", questions=())
"""A checklist before its first question."""


@bp.route("/models/drafts/<draft_id>/new-checklist", methods=["GET", "POST"])
@designing
def new_checklist_page(draft_id: str) -> ResponseReturnValue:
    """Begin a checklist with its first question."""
    page = forms_page(draft_id)
    files = page.draft.files
    first = Question(id=next_id(files, None))
    given = typed("title", "title_en", "phase")
    about = {"phases": _phases(files), "is_new": True}
    if request.method != "POST":
        return show(
            page, "checklist_new", errors={}, given=given, question=first, **about, **question_words(first, NOTHING)
        )
    first = typed_question(first)
    key = key_of(given["title"], keys_in(files))
    try:
        first = replace(first, condition=typed_condition(NOTHING, first))
        changes = new_checklist(files, key, first=first, **given)
    except EntryRefused as error:
        return refused(
            page, "checklist_new", error, given=given, question=first, **about, **question_words(first, NOTHING)
        )
    save(page, changes, gettext("Ny checklista: %(title)s", title=given["title"]))
    return redirect(checklist_address(draft_id, key), 303)


@bp.route("/models/drafts/<draft_id>/new-form", methods=["GET", "POST"])
@designing
def new_form_page(draft_id: str) -> ResponseReturnValue:
    """Begin a form with one first field, or as a copy of another (`copy`)."""
    page = forms_page(draft_id)
    files, given = page.draft.files, typed("title", "title_en", "copy")
    about = {"given": given, "sources": titles(page, FORM)}
    if request.method != "POST":
        return show(page, "form_new", errors={}, **about | {"given": {**given, "copy": request.args.get("copy", "")}})
    key = key_of(given["title_en"] or given["title"], keys_in(files))
    words = {"title": given["title"], "title_en": given["title_en"]}
    try:
        copied = given["copy"] if form_path(given["copy"]) in files else ""
        changes = copy_form(files, copied, key, **words) if copied else new_form(files, key, **words)
    except EntryRefused as error:
        return refused(page, "form_new", error, **about)
    save(page, changes, gettext("Nytt formulär: %(title)s", title=given["title"]))
    return redirect(form_address(draft_id, key), 303)


@bp.route("/models/drafts/<draft_id>/checklists/<key>/title", methods=["GET", "POST"])
@designing
@readable
def checklist_title(draft_id: str, key: str) -> ResponseReturnValue:
    """Give a checklist another name."""
    page = forms_page(draft_id, checklist_path(key))
    found = outline(page.draft.files, key)
    given = {"title": found.title, "title_en": found.title_en}
    address = checklist_address(draft_id, key)
    if request.method != "POST":
        return show(page, "title", errors={}, given=given, address=address)
    given = typed("title", "title_en")
    try:
        changes = rename_checklist(page.draft.files, key, **given)
    except EntryRefused as error:
        return refused(page, "title", error, given=given, address=address)
    save(page, changes, gettext("%(old)s heter nu %(new)s", old=found.title, new=given["title"]))
    return redirect(address, 303)


@bp.route("/models/drafts/<draft_id>/forms/<key>/title", methods=["GET", "POST"])
@designing
@readable
def form_title(draft_id: str, key: str) -> ResponseReturnValue:
    """Give a form another name."""
    page = forms_page(draft_id, form_path(key))
    found = form_outline(page.draft.files, key)
    given = {"title": found.title, "title_en": found.title_en}
    address = form_address(draft_id, key)
    if request.method != "POST":
        return show(page, "title", errors={}, given=given, address=address)
    given = typed("title", "title_en")
    try:
        changes = rename_form(page.draft.files, key, **given)
    except EntryRefused as error:
        return refused(page, "title", error, given=given, address=address)
    save(page, changes, gettext("%(old)s heter nu %(new)s", old=found.title or key, new=given["title"]))
    return redirect(address, 303)


@bp.route("/models/drafts/<draft_id>/checklists/<key>/remove", methods=["GET", "POST"])
@designing
def drop_checklist(draft_id: str, key: str) -> ResponseReturnValue:
    """Remove a checklist that nothing uses."""
    page = forms_page(draft_id, checklist_path(key))
    return _drop(page, key, CHECKLIST, checklist_address(draft_id, key))


@bp.route("/models/drafts/<draft_id>/forms/<key>/remove", methods=["GET", "POST"])
@designing
def drop_form(draft_id: str, key: str) -> ResponseReturnValue:
    """Remove a form that nothing uses."""
    page = forms_page(draft_id, form_path(key))
    return _drop(page, key, FORM, form_address(draft_id, key))


def _drop(page: DraftPage, key: str, kind: str, address: str) -> ResponseReturnValue:
    """Remove a file, or say what still needs it; scenarios tell of their own when they are run."""
    title = titles(page, kind)[key]
    uses = [use for use in uses_of(page.draft.files, key) if use.kind is not UseKind.SCENARIO]
    if request.method != "POST" or uses:
        text = show(page, "form_remove", title=title, uses=uses, address=address, is_form=kind == FORM)
        return make_response(text, 409 if request.method == "POST" else 200)
    save(page, {f"forms/{key}{kind}": None}, gettext("Tog bort %(title)s", title=title))
    return redirect(url_for(".forms", draft_id=page.draft.id), 303)


def _phases(files: Mapping[str, bytes]) -> tuple[tuple[str, str], ...]:
    """Return the phases of a model; none while model.json cannot be read."""
    try:
        return tuple((phase.key, say(phase.label)) for phase in read_model(files.get("model.json", b"")).phases)
    except ModelRefused:
        return ()
