"""The list of models, and the page of each: its versions and drafts."""

from __future__ import annotations

from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from app.designer.blueprint import bp
from app.designer.guards import seeing_models
from app.shell.context import request_context
from app.shell.guard import holds
from workflows.governance.moving import MOVE_PROJECTS
from workflows.governance.version_use import running_by_version
from workflows.kernel.errors import NotFound
from workflows.models import DESIGN, open_model_drafts, versions_of
from workflows.people import names_of


@bp.get("/models")
@seeing_models
def models() -> ResponseReturnValue:
    """List every model with its newest version, drafts and running projects."""
    ctx = request_context()
    with ctx.read() as session:
        versions = versions_of(session, tenant=ctx.tenant)
        drafts = open_model_drafts(session, tenant=ctx.tenant)
        running = running_by_version(session, tenant=ctx.tenant)
        names = names_of(session, tenant=ctx.tenant, people={one.changed_by for one in drafts if one.changed_by})
    found = [tuple(group) for _, group in groupby(versions, key=lambda one: one.model)]
    known = {one.model for one in versions}
    return render_template(
        "designer/models.html",
        models=found,
        drafts=drafts,
        unpublished=[one for one in drafts if one.model not in known],
        running=running,
        people=names,
        may_design=holds(*DESIGN.organisation),
    )


@bp.get("/models/<model>")
@seeing_models
def model(model: str) -> ResponseReturnValue:
    """Show a model's versions and drafts."""
    ctx = request_context()
    with ctx.read() as session:
        versions = versions_of(session, tenant=ctx.tenant, model=model)
        drafts = open_model_drafts(session, tenant=ctx.tenant, model=model)
        running = running_by_version(session, tenant=ctx.tenant)
        people = {one.changed_by for one in drafts} | {one.published_by for one in versions}
        names = names_of(session, tenant=ctx.tenant, people=[one for one in people if one])
    if not versions and not drafts:
        raise NotFound
    return render_template(
        "designer/model.html",
        key=model,
        name=versions[0].name if versions else {"sv": model},
        versions=versions,
        drafts=drafts,
        running=running,
        people=names,
        newest=next((one for one in versions if one.retired_at is None), None),
        may_design=holds(*DESIGN.organisation),
        may_move=holds(*MOVE_PROJECTS.organisation),
    )
