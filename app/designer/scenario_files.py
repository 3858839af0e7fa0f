"""Copy, rename and remove a scenario."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.history import seen_revision
from app.designer.scenarios import TAB
from app.shell.context import posted_request_id, request_context
from workflows.kernel.errors import NotFound
from workflows.models import change_model_draft
from workflows.models.scenario import FOLDER

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


@bp.get("/models/drafts/<draft_id>/scenarios/<name>/file")
@designing
def scenario_file(draft_id: str, name: str) -> ResponseReturnValue:
    """Ask what to do with a scenario's file."""
    return _show(draft_page(draft_id, TAB), name, {}, {})


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/copy")
@designing
def copy_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Write the same scenario under another name."""
    page = draft_page(draft_id, TAB)
    new = request.form.get("copy", "").strip()
    if wrong := _wrong(page, new):
        return make_response(_show(page, name, {"copy": new}, {"copy": wrong}), 422)
    what = gettext("Kopierade scenariot %(name)s", name=name)
    return _change(draft_id, {_path(new): _data(page, name)}, what, new)


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/rename")
@designing
def rename_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Give a scenario's file another name."""
    page = draft_page(draft_id, TAB)
    new = request.form.get("rename", "").strip()
    if wrong := _wrong(page, new):
        return make_response(_show(page, name, {"rename": new}, {"rename": wrong}), 422)
    what = gettext("Döpte om scenariot %(name)s till %(new)s", name=name, new=new)
    return _change(draft_id, {_path(new): _data(page, name), _path(name): None}, what, new)


@bp.post("/models/drafts/<draft_id>/scenarios/<name>/remove")
@designing
def remove_scenario(draft_id: str, name: str) -> ResponseReturnValue:
    """Remove a scenario; the draft's history takes it back."""
    page = draft_page(draft_id, TAB)
    _data(page, name)
    what = gettext("Tog bort scenariot %(name)s", name=name)
    return _change(draft_id, {_path(name): None}, what, "")


def _change(draft_id: str, changes: Mapping[str, bytes | None], what: str, opened: str) -> ResponseReturnValue:
    change_model_draft(
        request_context(),
        draft_id=draft_id,
        changes=changes,
        seen=seen_revision(),
        what=what,
        request_id=posted_request_id(),
    )
    if opened:
        return redirect(url_for(".scenario", draft_id=draft_id, name=opened), 303)
    return redirect(url_for(".scenarios", draft_id=draft_id), 303)


def _wrong(page: DraftPage, new: str) -> str:
    if not _NAME.fullmatch(new):
        return gettext("Skriv ett namn med a–z, siffror, _ och -, högst 60 tecken")
    if _path(new) in page.draft.files:
        return gettext("Det finns redan ett scenario med det namnet. Välj ett annat")
    return ""


def _path(name: str) -> str:
    return f"{FOLDER}{name}.yaml"


def _data(page: DraftPage, name: str) -> bytes:
    data = page.draft.files.get(_path(name))
    if data is None or name.startswith("_"):
        raise NotFound
    return data


def _show(page: DraftPage, name: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    _data(page, name)
    return show(page, "scenario_file", name=name, typed=typed, errors=errors)
