"""Pages and files that belong to no feature: style sheet, health, accessibility statement."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from app.shell.assets import FOR_EVER, stylesheet
from app.shell.context import surroundings
from app.shell.filters import href
from app.shell.guard import public
from app.shell.security import limiter

bp = Blueprint("shell", __name__)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """Lead to Att göra."""
    return redirect(href("inbox.index") or href("projects.index") or href("shell.accessibility"))


@bp.get("/styr.css")
@limiter.exempt
@public
def stylesheet_file() -> Response:
    """Send the one style sheet; its address carries the digest, so it is kept for ever."""
    sheet = stylesheet()
    small = request.accept_encodings.quality("gzip") > 0
    response = Response(sheet.compressed if small else sheet.content, mimetype="text/css")
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") == sheet.digest else "no-cache"
    if small:
        response.headers["Content-Encoding"] = "gzip"
    return response


@bp.get("/healthz")
@limiter.exempt
@public
def healthz() -> ResponseReturnValue:
    """Say whether the database answers; for load balancers, without login and without details."""
    with surroundings().database.read() as session:
        session.execute(text("SELECT 1"))
    return Response("ok\n", mimetype="text/plain")


@bp.get("/tillganglighet")
@public
def accessibility() -> str:
    """Show the accessibility statement that the law asks for."""
    return render_template("accessibility.html")
