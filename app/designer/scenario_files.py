"""Copy, rename and remove a scenario; people know it by its title, never by its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.history import seen_revision
from app.designer.scenario_results import name_of, title_in
from app.designer.scenarios import LONGEST_TITLE, TAB
from app.shell.context import posted_request_id, request_context
from workflows.kernel.errors import NotFound
from workflows.models import change_model_draft, find_model_draft
from workflows.models.scenario import FOLDER, scenario_paths
from workflows.models.scenario_text import rewrite_scenario
from workflows.models.strict_yaml import YamlRefused, read_yaml
from workflows.models.trying import scenario_path


@bp.get("/models/drafts/<draft_id>/scenarios/<name>/file")
@designing
def scenario_file(draft_id: str, name: str) -> ResponseReturnValue:
    """Ask what to do with a scenario."""
    return _show(draft_page(draft_id, TAB), name, {}, {})


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/copy")
@designing
def copy_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Write the same scenario under another title."""
    page = draft_page(draft_id, TAB)
    new = _typed("copy")
    if wrong := _wrong(page, name, new):
        return make_response(_show(page, name, {"copy": new}, {"copy": wrong}), 422)
    path = scenario_path(new, page.draft.files)
    what = gettext("Kopierade scenariot %(title)s", title=title_in(page.draft.files, _path(name)))
    return _change(draft_id, {path: _titled(page, name, new)}, what, path)


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/rename")
@designing
def rename_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Give a scenario another title; its address stays."""
    page = draft_page(draft_id, TAB)
    new = _typed("rename")
    if wrong := _wrong(page, name, new):
        return make_response(_show(page, name, {"rename": new}, {"rename": wrong}), 422)
    what = gettext("Döpte om scenariot %(title)s", title=title_in(page.draft.files, _path(name)))
    return _change(draft_id, {_path(name): _titled(page, name, new)}, what, _path(name))


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/remove")
@designing
def remove_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Remove a scenario; the draft's history takes it back."""
    page = draft_page(draft_id, TAB)
    _data(page, name)
    what = gettext("Tog bort scenariot %(title)s", title=title_in(page.draft.files, _path(name)))
    return _change(draft_id, {_path(name): None}, what, "")


def _change(draft_id: str, changes: Mapping[str, bytes | None], what: str, path: str) -> ResponseReturnValue:
    ctx = request_context()
    change_model_draft(
        ctx,
        draft_id=draft_id,
        changes=changes,
        seen=seen_revision(),
        what=what,
        request_id=posted_request_id(),
    )
    if path and path in find_model_draft(ctx, draft_id=draft_id).files:
        return redirect(url_for(".scenario", draft_id=draft_id, name=name_of(path)), 303)
    return redirect(url_for(".scenarios", draft_id=draft_id), 303)


def _typed(field: str) -> str:
    return " ".join(request.form.get(field, "").split())[:LONGEST_TITLE]


def _wrong(page: DraftPage, name: str, new: str) -> str:
    """Return what is wrong with a new title; a scenario that cannot be read keeps the one it has."""
    if not new:
        return gettext("Skriv i en mening vad scenariot visar")
    if new in {title_in(page.draft.files, path) for path in scenario_paths(page.draft.files)}:
        return gettext("Det finns redan ett scenario som heter så. Skriv något annat")
    return "" if _raw(page, name) is not None else gettext("Scenariot går inte att läsa. Rätta texten först")


def _titled(page: DraftPage, name: str, title: str) -> bytes:
    raw = _raw(page, name) or {}
    rows = range(len(raw["steps"]))
    return rewrite_scenario(_data(page, name).decode(), {**raw, "title": title}, list(rows)).encode()


def _raw(page: DraftPage, name: str) -> Mapping[str, Any] | None:
    data = _data(page, name)
    try:
        raw = read_yaml(data)
    except YamlRefused:
        return None
    return raw if isinstance(raw, Mapping) and isinstance(raw.get("steps"), list) else None


def _path(name: str) -> str:
    return f"{FOLDER}{name}.yaml"


def _data(page: DraftPage, name: str) -> bytes:
    data = page.draft.files.get(_path(name))
    if data is None or name.startswith("_"):
        raise NotFound
    return data


def _show(page: DraftPage, name: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    _data(page, name)
    title = title_in(page.draft.files, _path(name))
    return show(page, "scenario_file", name=name, title=title, typed=typed, errors=errors)
