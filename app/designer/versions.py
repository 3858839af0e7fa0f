"""A published version: what it is, and whether it takes new projects."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.guards import designing, seeing_models
from app.designer.version_contents import Contents, Diagram, contents_of
from app.shell.context import posted_request_id, request_context
from app.shell.guard import holds
from workflows.governance.version_use import running_by_version
from workflows.kernel.errors import AlreadyDone
from workflows.models import DESIGN, find_version, load_bundle, pack_zip, retire_version, versions_of
from workflows.people import Refused, names_of


@bp.get("/models/<model>/versions/<int:version>")
@seeing_models
def version(model: str, version: int) -> ResponseReturnValue:
    """Show a version: when and by whom it was published, what it holds, what runs on it."""
    return _show("version", model, version)


@bp.get("/models/<model>/versions/<int:version>/export")
@seeing_models
def export_version(model: str, version: int) -> ResponseReturnValue:
    """Send a version as a zip file, which `styr model` and another installation can read."""
    ctx = request_context()
    with ctx.read() as session:
        found = find_version(session, tenant=ctx.tenant, model=model, version=version)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=found.digest)
    return zip_of(bundle.files, f"{model}-{version}")


def zip_of(files: Mapping[str, bytes], name: str) -> Response:
    """Return the files of a model as a download."""
    response = Response(pack_zip(files), mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    return response


@bp.route("/models/<model>/versions/<int:version>/retire", methods=["GET", "POST"])
@designing
def retire(model: str, version: int) -> ResponseReturnValue:
    """Take a version out of use for new projects, or back, with a reason."""
    if request.method != "POST":
        return _show("retire", model, version)
    ctx = request_context()
    with ctx.read() as session:
        found = find_version(session, tenant=ctx.tenant, model=model, version=version)
    reason = request.form.get("reason", "").strip()
    try:
        retire_version(
            ctx,
            digest=found.digest,
            retire=request.form.get("retire") == "1",
            reason=reason,
            request_id=posted_request_id(),
        )
    except AlreadyDone:
        pass
    except Refused as refused:
        errors = {"reason": gettext(refused.message)}
        return make_response(_show("retire", model, version, errors=errors, reason=reason), 422)
    return redirect(url_for(".version", model=model, version=version), 303)


def _show(template: str, model: str, number: int, *, errors: dict[str, str] | None = None, reason: str = "") -> str:
    ctx = request_context()
    with ctx.read() as session:
        found = find_version(session, tenant=ctx.tenant, model=model, version=number)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=found.digest)
        in_use = [one.version for one in versions_of(session, tenant=ctx.tenant, model=model) if not one.retired_at]
        others = [one for one in in_use if one != number]
        running = running_by_version(session, tenant=ctx.tenant).get(found.digest, 0)
        people = [one for one in (found.published_by, found.retired_by) if one]
        names = names_of(session, tenant=ctx.tenant, people=people)
    contents = contents_of(bundle, found) if template == "version" else None
    return render_template(
        f"designer/{template}.html",
        contents=contents,
        diagram=_chosen_diagram(contents),
        version=found,
        is_newest=in_use != [] and number == max(in_use),
        next_newest=max(others, default=0),
        bundle=bundle,
        running=running,
        people=names,
        errors=errors or {},
        reason=reason,
        may_design=holds(*DESIGN.organisation),
    )


def _chosen_diagram(contents: Contents | None) -> Diagram | None:
    """Return the diagram that the page draws: the one that is asked for, else the model's own."""
    if contents is None:
        return None
    asked = request.args.get("diagram", "")
    return next((one for one in contents.diagrams if one.file == asked), contents.diagrams[0])
