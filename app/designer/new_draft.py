"""Begin a draft: of a model's newest version, or of a new model that is a copy of another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain, count

import orjson
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import draft_page, show
from app.designer.guards import designing, seeing_models
from app.shell.context import posted_request_id, request_context
from app.shell.filters import say
from workflows.models import (
    TEMPLATES,
    Version,
    begin_model_draft,
    discard_model_draft,
    draft_name,
    latest,
    load_bundle,
    name_in,
    open_model_drafts,
    shipped,
    versions_of,
)

LONGEST = 120
_KEY = re.compile(r"[a-z][a-z0-9_]{1,38}")


@bp.post("/models/<model>/drafts")
@designing
def new_draft(model: str) -> ResponseReturnValue:
    """Begin a draft of the newest version of a model."""
    ctx = request_context()
    with ctx.read() as session:
        version = latest(session, tenant=ctx.tenant, model=model, retired=True)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=version.digest)
    number = version.version
    draft = begin_model_draft(
        ctx,
        model=model,
        name=_name(model, number + 1),
        files=bundle.files,
        base=version.digest,
        what=gettext("Började på version %(number)s", number=number),
        request_id=posted_request_id(),
    )
    return redirect(url_for(".draft", draft_id=draft), 303)


@bp.route("/models/new", methods=["GET", "POST"])
@designing
def new_model() -> ResponseReturnValue:
    """Begin a draft of a new model from a published one."""
    ctx = request_context()
    with ctx.read() as session:
        templates = versions_of(session, tenant=ctx.tenant)
        taken = {one.model for one in templates} | {one.model for one in open_model_drafts(session, tenant=ctx.tenant)}
    typed = {name: request.form.get(name, "").strip() for name in ("name", "key", "template")}
    choices = _choices(templates)
    if request.method != "POST":
        return render_template("designer/new_model.html", typed=typed, errors={}, choices=choices)
    errors = _wrong(typed, taken, choices)
    if errors:
        page = render_template("designer/new_model.html", typed=typed, errors=errors, choices=choices)
        return make_response(page, 422)
    if typed["template"] in TEMPLATES:
        files = shipped(typed["template"])
    else:
        with ctx.read() as session:
            files = load_bundle(session, tenant=ctx.tenant, digest=typed["template"]).files
    draft = begin_model_draft(
        ctx,
        model=typed["key"],
        name=typed["name"],
        files=_renamed(files, typed["key"], typed["name"]),
        what=gettext("Började som en kopia av %(name)s", name=choices[typed["template"]]),
        request_id=posted_request_id(),
    )
    return redirect(url_for(".draft", draft_id=draft), 303)


@bp.get("/models/drafts/<draft_id>")
@seeing_models
def draft(draft_id: str) -> ResponseReturnValue:
    """Lead to the first tab of a draft."""
    return redirect(draft_page(draft_id, "").tabs[0][1])


@bp.route("/models/drafts/<draft_id>/discard", methods=["GET", "POST"])
@designing
def discard(draft_id: str) -> ResponseReturnValue:
    """Give a draft up, after a page that says what that means."""
    page = draft_page(draft_id, "history")
    if request.method != "POST":
        return show(page, "discard")
    discard_model_draft(request_context(), draft_id=draft_id)
    return redirect(url_for(".models"), 303)


def _name(model: str, number: int) -> str:
    """Return what to call a draft of the next version, told apart from others that are under way."""
    ctx = request_context()
    with ctx.read() as session:
        taken = {one.name for one in open_model_drafts(session, tenant=ctx.tenant, model=model)}
    name = draft_name(number)
    return next(one for one in chain([name], (f"{name} ({again})" for again in count(2))) if one not in taken)


def _choices(versions: tuple[Version, ...]) -> Mapping[str, str]:
    """Return what a new model can begin as: templates by key, published versions by digest, each in words."""
    found = {key: gettext("%(name)s (mall)", name=say(name_in(shipped(key), key))) for key in TEMPLATES}
    for one in versions:
        found[one.digest] = gettext("%(name)s, version %(number)s", name=say(one.name), number=one.version)
    return found


def _wrong(typed: Mapping[str, str], taken: set[str], choices: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if not typed["name"] or len(typed["name"]) > LONGEST:
        errors["name"] = gettext("Skriv vad modellen heter, högst %(limit)s tecken", limit=LONGEST)
    if not _KEY.fullmatch(typed["key"]):
        errors["key"] = gettext("Skriv ett kort namn med små bokstäver a–z, siffror och _, till exempel ostra_modellen")
    elif typed["key"] in taken:
        errors["key"] = gettext("Det finns redan en modell med det korta namnet. Välj ett annat")
    if typed["template"] not in choices:
        errors["template"] = gettext("Välj vad den nya modellen börjar som")
    return errors


def _renamed(files: Mapping[str, bytes], key: str, name: str) -> Mapping[str, bytes]:
    """Return the files of a model under another key and name; the old name in English goes, since it is another's."""
    told = orjson.loads(files["model.json"])
    told |= {"key": key, "name": {"sv": name}}
    return {**files, "model.json": orjson.dumps(told, option=orjson.OPT_INDENT_2) + b"\n"}
