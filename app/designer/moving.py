"""Move running projects to another version of their model: choose, look at what becomes of each, move, undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.wrappers import Response

from app.designer.blueprint import bp
from app.designer.guards import moving
from app.shell.context import posted_request_id, request_context
from app.shell.guard import holds
from workflows.governance.moving import (
    MOVABLE,
    ModelMove,
    MovedOn,
    MoveStatus,
    NothingToMove,
    ProjectMove,
    find_move,
    gone_steps,
    move_projects,
    moves_of,
    preview_move,
    replace_steps,
    retry_move,
    undo_move,
    undo_moves,
)
from workflows.governance.version_use import running_by_version
from workflows.kernel.errors import NotFound
from workflows.models import versions_of
from workflows.people import PROJECT_OFFICE, Refused

STEP = "step-"
"""Before the id of a step that is gone, in the name of the field that chooses another."""

GROUP = "group-"
"""Before the id of the first project of a group, in the name of the field that holds the ids of all."""

GROUPS = (
    MoveStatus.CHANGED,
    MoveStatus.EFFECTS,
    MoveStatus.PLAIN,
    MoveStatus.REFUSED,
    MoveStatus.FAILED,
    MoveStatus.MOVED,
    MoveStatus.UNDONE,
    MoveStatus.MOVED_ON,
    MoveStatus.GONE,
)
"""The groups of a move's projects, in the order in which they are read: what wants a decision comes first."""


@bp.get("/models/<model>/moves")
@moving
def moves(model: str) -> ResponseReturnValue:
    """Choose from which version to which, and see earlier moves."""
    return _choose(model)


@bp.post("/models/<model>/moves")
@moving
def begin_move(model: str) -> ResponseReturnValue:
    """Begin to look at every running project of a version."""
    try:
        move = preview_move(
            request_context(),
            model=model,
            from_version=_number("from_version"),
            to_version=_number("to_version"),
            request_id=posted_request_id(),
        )
    except Refused as refused:
        return make_response(_choose(model, {refused.field: gettext(refused.message)}), refused.status)
    return redirect(url_for(".move", model=model, move_id=move), 303)


@bp.get("/models/<model>/moves/<move_id>")
@moving
def move(model: str, move_id: str) -> ResponseReturnValue:
    """Show how far the preview or the move has come, then what was found or done, project by project."""
    return _show(model, move_id)


@bp.post("/models/<model>/moves/<move_id>")
@moving
def carry_out(model: str, move_id: str) -> ResponseReturnValue:
    """Move the chosen projects."""
    try:
        move_projects(
            request_context(),
            move=move_id,
            projects=set(request.form.getlist("projects")) - _left(),
            reason=request.form.get("reason", ""),
            request_id=posted_request_id(),
        )
    except Refused as refused:
        if not isinstance(refused, NothingToMove) or _find(move_id).movable:
            errors = {refused.field: gettext(refused.message)}
            return make_response(_show(model, move_id, errors), refused.status)
    return redirect(url_for(".move", model=model, move_id=move_id), 303)  # where somebody else was first, it says so


@bp.post("/models/<model>/moves/<move_id>/steps")
@moving
def replace_steps_page(model: str, move_id: str) -> ResponseReturnValue:
    """Choose in which steps work goes on whose own step is gone, and try it."""
    said = {name.removeprefix(STEP): value for name, value in request.form.items() if name.startswith(STEP)}
    try:
        replace_steps(request_context(), move=move_id, steps=said, request_id=posted_request_id())
    except Refused as refused:
        return make_response(_show(model, move_id, {refused.field: gettext(refused.message)}), refused.status)
    return redirect(url_for(".move", model=model, move_id=move_id), 303)


@bp.post("/models/<model>/moves/<move_id>/retry")
@moving
def retry_move_page(model: str, move_id: str) -> ResponseReturnValue:
    """Look once more at the projects that could not be moved."""
    retry_move(request_context(), move=move_id, request_id=posted_request_id())
    return redirect(url_for(".move", model=model, move_id=move_id), 303)


@bp.route("/models/<model>/moves/<move_id>/undo", methods=["GET", "POST"])
@moving
def undo_move_page(model: str, move_id: str) -> ResponseReturnValue:
    """Undo a move, of one project or of all that have not gone on; where nothing is left to undo, the move says so."""
    found, projects = find_move(request_context(), move=move_id)
    if not found.count(MoveStatus.MOVED) and "project" not in request.values:
        return redirect(url_for(".move", model=model, move_id=move_id), 303)
    project = next((one for one in projects if one.project == request.values.get("project")), None)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            _undo(move_id, project)
            return redirect(url_for(".move", model=model, move_id=move_id), 303)
        except Refused as refused:
            errors = {"reason" if refused.field == "reason" else "projects": gettext(refused.message)}
        except MovedOn as refused:
            errors = {"reason": gettext(refused.message)}
    page = render_template(
        "designer/undo_move.html",
        move=found,
        project=project,
        number=found.count(MoveStatus.MOVED),
        errors=errors,
        reason=request.form.get("reason", ""),
    )
    return make_response(page, 422 if errors else 200)


def _undo(move_id: str, project: ProjectMove | None) -> None:
    ctx, reason = request_context(), request.form.get("reason", "")
    if project is not None:
        undo_move(ctx, move=move_id, project_id=project.project, reason=reason)
    else:
        undo_moves(ctx, move=move_id, reason=reason, request_id=posted_request_id())


def _find(move_id: str) -> ModelMove:
    return find_move(request_context(), move=move_id, done=True)[0]


def _left() -> set[str]:
    """Return the projects of the groups that stay as a whole, whichever of them are chosen one by one."""
    members = (request.form.get(f"{GROUP}{group}", "") for group in request.form.getlist("leave"))
    return {project for group in members for project in group.split()}


def _number(field: str) -> int:
    """Return a version's number as it was chosen; 0, which no version has, for anything else."""
    said = request.form.get(field, "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _choose(model: str, errors: dict[str, str] | None = None) -> str:
    ctx = request_context()
    with ctx.read() as session:
        versions = versions_of(session, tenant=ctx.tenant, model=model)
        running = running_by_version(session, tenant=ctx.tenant)
    if not versions:
        raise NotFound
    used = [one for one in versions if running.get(one.digest)]
    newest = next((one for one in versions if one.retired_at is None), versions[0])
    older = next((one.version for one in reversed(used) if one is not newest), None)
    return render_template(
        "designer/moves.html",
        key=model,
        name=versions[0].name,
        versions=versions,
        running=running,
        used=used,
        before=_number("from_version") or older,
        after=_number("to_version") or newest.version,
        earlier=moves_of(ctx, model=model),
        errors=errors or {},
    )


def _show(model: str, move_id: str, errors: dict[str, str] | None = None) -> ResponseReturnValue:
    found, projects = find_move(request_context(), move=move_id, done=True)
    if found.model != model:
        raise NotFound
    page = make_response(
        render_template(
            "designer/move.html",
            move=found,
            groups=_groups(projects),
            movable=MOVABLE,
            chosen=set(request.form.getlist("projects")) if errors else None,
            left=set(request.form.getlist("leave")),
            gone=() if found.busy else gone_steps(request_context(), move=move_id),
            errors=errors or {},
            reason=request.form.get("reason", ""),
            reads_projects=holds(PROJECT_OFFICE),
        )
    )
    return _polled(page, found) if found.busy else page


def _polled(page: Response, found: ModelMove) -> Response:
    """Answer a page that asks for itself again: 304 while nothing has happened."""
    page.set_etag("-".join(f"{status}{count}" for status, count in sorted(found.counts.items())))
    page.headers["Cache-Control"] = "no-cache, private"
    return page.make_conditional(request)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Projects of a move for which the same sentences hold."""

    notes: tuple[str, ...]
    projects: tuple[ProjectMove, ...]


def _groups(projects: Sequence[ProjectMove]) -> list[tuple[MoveStatus, int, list[Alike]]]:
    """Return the projects by what became of them, those with the same sentences together; the largest of these first.

    Groups without any are left out.
    """
    found = [(status, [one for one in projects if one.status is status]) for status in GROUPS]
    return [(status, len(rows), _alike(rows)) for status, rows in found if rows]


def _alike(rows: Sequence[ProjectMove]) -> list[Alike]:
    said: dict[tuple[str, ...], list[ProjectMove]] = {}
    for one in rows:
        said.setdefault(one.notes, []).append(one)
    found = [Alike(notes=notes, projects=tuple(same)) for notes, same in said.items()]
    return sorted(found, key=lambda one: -len(one.projects))
