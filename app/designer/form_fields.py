"""A form as a list of fields that are added, changed, moved and removed without a mouse and without a script."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.asking import changed_by, form_address, forms_page, readable, refused, save
from app.designer.blueprint import bp
from app.designer.change_words import change_words
from app.designer.draft_pages import DraftPage, show
from app.designer.field_names import called, spoken_names
from app.designer.field_page import field_page, typed_properties
from app.designer.guards import designing, seeing_models
from app.designer.place_words import named
from workflows.kernel.errors import NotFound
from workflows.models.asking import (
    TYPES,
    ChangedMeanwhile,
    EntryRefused,
    FormOutline,
    Row,
    add_field,
    address_of,
    advise_file,
    blank,
    change_field,
    component_at,
    form_outline,
    form_path,
    move_field,
    place_of,
    put_properties,
    relocate_field,
    remove_field,
    uses_of,
    uses_of_question,
)


@bp.get("/models/drafts/<draft_id>/forms/<key>")
@seeing_models
@readable
def form(draft_id: str, key: str) -> ResponseReturnValue:
    """Show a form as a list of its fields."""
    page, found = _form(draft_id, key)
    files = page.draft.files
    advice = named(files, advise_file(files, form_path(key)))
    names = spoken_names(found.rows)
    return show(page, "form", found=found, uses=uses_of(files, key), advice=advice, types=TYPES, spoken=names)


@bp.route("/models/drafts/<draft_id>/forms/<key>/fields/new", methods=["GET", "POST"])
@designing
@readable
def new_field(draft_id: str, key: str) -> ResponseReturnValue:
    """Add a field at a place (`at`): first its type is chosen, then what it asks."""
    page, found = _form(draft_id, key)
    at, kind = request.values.get("at", ""), request.values.get("type", "")
    try:
        place = place_of(at) or (len(found.schema.get("components") or ()),)
    except ValueError as error:
        raise NotFound from error
    if kind not in TYPES:
        return show(page, "field_type", found=found, types=TYPES, at=address_of(place))
    about = {
        "found": found,
        "is_new": True,
        "type": kind,
        "at": address_of(place),
        "row": None,
        "containers": (),
        "uses": (),
    }
    if request.method != "POST":
        return field_page(page, blank(kind), about)
    typed = typed_properties(kind)
    try:
        changes = add_field(page.draft.files, key, place, kind, typed)
    except EntryRefused as error:
        return field_page(page, put_properties(blank(kind), typed)[0], about, error, typed)
    save(page, changes, gettext("Lade till ett fält i %(form)s", form=found.title or key))
    return redirect(form_address(draft_id, key, address_of(place)), 303)


@bp.route("/models/drafts/<draft_id>/forms/<key>/fields/<address>", methods=["GET", "POST"])
@designing
@readable
def field(draft_id: str, key: str, address: str) -> ResponseReturnValue:
    """Change a field, and where it lies."""
    page, found = _form(draft_id, key)
    row = _row(found, address)
    component = component_at(found.schema, row.place)
    about = {
        "found": found,
        "is_new": False,
        "type": row.type,
        "at": address,
        "row": row,
        "containers": _containers(found, row),
        "uses": uses_of_question(page.draft.files, key, row.key) if row.key else (),
    }
    if request.method != "POST":
        return field_page(page, component, about)
    typed, was = typed_properties(row.type), request.form.get("was", "")
    try:
        changes = change_field(page.draft.files, key, row.place, typed, was=was)
    except EntryRefused as error:
        return field_page(page, component, about, error, typed)
    except ChangedMeanwhile as error:
        return field_page(
            page,
            component,
            about | {"overtaken": changed_by(page, form_path(key))},
            EntryRefused({}),
            typed,
            error.status,
        )
    address = _relocated(page, changes, key, row) or address
    return redirect(form_address(draft_id, key, address), 303)


@bp.post("/models/drafts/<draft_id>/forms/<key>/fields/<address>/move")
@designing
@readable
def shift_field(draft_id: str, key: str, address: str) -> ResponseReturnValue:
    """Move a field one step up or down in its section; one that is not there any more stays where it went."""
    page, found = _form(draft_id, key)
    steps = -1 if request.form.get("to") == "up" else 1
    try:
        row = _row(found, address)
        changes, place = move_field(page.draft.files, key, row.place, steps=steps, was=request.args.get("was", ""))
    except (ChangedMeanwhile, NotFound):
        return redirect(form_address(draft_id, key), 303)
    if changes:
        save(page, changes, gettext("Flyttade %(field)s i %(form)s", field=called(row), form=found.title or key))
    return redirect(form_address(draft_id, key, address_of(place)), 303)


@bp.route("/models/drafts/<draft_id>/forms/<key>/fields/<address>/remove", methods=["GET", "POST"])
@designing
@readable
def drop_field(draft_id: str, key: str, address: str) -> ResponseReturnValue:
    """Remove a field and what lies in it, after a page that says what else speaks of it."""
    page, found = _form(draft_id, key)
    row = _row(found, address)
    uses = uses_of_question(page.draft.files, key, row.key) if row.key else ()
    about = {"found": found, "row": row, "uses": uses, "types": TYPES, "name": called(row)}
    if request.method != "POST":
        return show(page, "field_remove", errors={}, **about)
    try:
        changes = remove_field(page.draft.files, key, row.place, was=request.form.get("was", ""))
    except EntryRefused as error:
        return refused(page, "field_remove", EntryRefused({"field": next(iter(error.problems.values()))}), **about)
    save(page, changes, gettext("Tog bort %(field)s ur %(form)s", field=called(row), form=found.title or key))
    return redirect(form_address(draft_id, key), 303)


def _relocated(page: DraftPage, changes: Mapping[str, bytes], key: str, row: Row) -> str:
    """Save a changed field, moved into another section where one is chosen; return its new place, "" for the same."""
    found = form_outline({**page.draft.files, **changes}, key)
    what = gettext("Ändrade %(field)s i %(form)s", field=called(row), form=found.title or key)
    into = request.form.get("into", "same")
    if into == "same":
        save(page, changes, change_words(page.draft.files, changes, what))
        return ""
    now = next(one for one in found.rows if one.place == row.place)
    try:
        moved, place = relocate_field({**page.draft.files, **changes}, key, row.place, place_of(into), was=now.was)
    except ValueError as error:
        raise ChangedMeanwhile from error
    save(page, moved, what)
    return address_of(place)


def _containers(found: FormOutline, row: Row) -> tuple[tuple[str, str], ...]:
    """Return where a field may be moved: the form itself, and the sections and lists that do not lie in it."""
    inside = [
        (one.address, f"{'– ' * one.depth}{called(one)}")
        for one in found.rows
        if one.is_container and one.place[: len(row.place)] != row.place
    ]
    return (("same", gettext("Där det ligger nu")), ("", gettext("Sist i formuläret")), *inside)


def _form(draft_id: str, key: str) -> tuple[DraftPage, FormOutline]:
    page = forms_page(draft_id, form_path(key))
    return page, form_outline(page.draft.files, key)


def _row(found: FormOutline, address: str) -> Row:
    row = next((row for row in found.rows if row.address == address), None)
    if row is None:
        raise NotFound
    return row
