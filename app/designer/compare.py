"""Compare a draft with a version, or two versions with one another."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.compare_words import Side, area_of, compare_page
from app.designer.draft_pages import draft_page, show
from app.designer.finding_links import finding_url, steps_url
from app.designer.guards import seeing_models
from app.shell.context import request_context
from workflows.kernel.errors import NotFound
from workflows.models import Finding, ModelDraft, Version, load_bundle, versions_of
from workflows.models.comparing import Change, compare


@bp.get("/models/drafts/<draft_id>/compare")
@seeing_models
def compare_draft(draft_id: str) -> ResponseReturnValue:
    """Compare a draft with the version it began on, or with the one that `with` names."""
    page = draft_page(draft_id, "compare")
    draft = page.draft
    versions = _versions(draft.model)
    asked = request.args.get("with", type=int) or draft.base_version
    other = next((one for one in versions if one.version == asked), versions[0] if versions else None)
    if other is None:
        return show(page, "compare_draft", compared=None, other=None, versions=())
    before, after = version_side(other), draft_side(draft)
    shown = compare_page(
        compare(before.files, after.files),
        before,
        after,
        area=area_of(request.args.get("area")),
        address=partial(_draft_address, draft_id, other.version),
    )
    return show(page, "compare_draft", compared=shown, other=other, versions=versions, before=before, after=after)


@bp.get("/models/<model>/compare")
@seeing_models
def compare_versions(model: str) -> ResponseReturnValue:
    """Compare two versions of a model; without `from` and `to` the newest with the one before it."""
    versions = _versions(model)
    if not versions:
        raise NotFound
    after = _chosen(versions, "to") or versions[0]
    earlier = next((one for one in versions if one.version < after.version), after)
    before = _chosen(versions, "from") or earlier
    sides = version_side(before), version_side(after)
    shown = compare_page(
        compare(sides[0].files, sides[1].files),
        *sides,
        area=area_of(request.args.get("area")),
        address=partial(_versions_address, model, before.version, after.version),
    )
    return render_template(
        "designer/compare_versions.html",
        key=model,
        name=versions[0].name,
        versions=versions,
        old=before,
        new=after,
        compared=shown,
        before=sides[0],
        after=sides[1],
    )


def version_side(version: Version) -> Side:
    """Return a published version as one side of a comparison."""
    ctx = request_context()
    with ctx.read() as session:
        files = load_bundle(session, tenant=ctx.tenant, digest=version.digest).files
    place: dict[str, Any] = {"model": version.model, "version": version.version}
    return Side(
        label=gettext("Version %(number)s", number=version.version),
        files=files,
        file_address=lambda path: url_for(".version_file", **place, path=path),
        element_address=lambda change: url_for(".version", **place, _anchor=anchor_of(change.file)),
    )


def draft_side(draft: ModelDraft) -> Side:
    """Return a draft as one side of a comparison; its rows lead to where they are changed."""
    return Side(
        label=draft.name,
        files=draft.files,
        file_address=lambda path: url_for(".draft_file", draft_id=draft.id, path=path),
        element_address=partial(_editing_address, draft.id),
        steps_address=lambda change: steps_url(draft.id, _place(change)),
    )


def anchor_of(path: str) -> str:
    """Return the id of a file on the page of its version."""
    return "file-" + path.replace("/", "-").replace(".", "-")


def _editing_address(draft_id: str, change: Change) -> str:
    """Return where a draft's change is made; a file that no page edits is read."""
    return finding_url(draft_id, _place(change)) or url_for(".draft_file", draft_id=draft_id, path=change.file)


def _place(change: Change) -> Finding:
    return Finding(rule="", file=change.file, element=change.element, message=change.sentence)


def _draft_address(draft_id: str, version: int, area: str) -> str:
    chosen: dict[str, Any] = {"with": version, "area": area or None}
    return url_for(".compare_draft", draft_id=draft_id, **chosen)


def _versions_address(model: str, before: int, after: int, area: str) -> str:
    chosen: dict[str, Any] = {"from": before, "to": after, "area": area or None}
    return url_for(".compare_versions", model=model, **chosen)


def _versions(model: str) -> tuple[Version, ...]:
    ctx = request_context()
    with ctx.read() as session:
        return versions_of(session, tenant=ctx.tenant, model=model)


def _chosen(versions: tuple[Version, ...], name: str) -> Version | None:
    asked = request.args.get(name, type=int)
    if asked is None:
        return None
    found = next((one for one in versions if one.version == asked), None)
    if found is None:
        raise NotFound
    return found
