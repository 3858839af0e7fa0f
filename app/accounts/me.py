"""One's own page: what is known of one, what one holds, who stands in, and a new password."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.blueprint import bp, passwords
from app.accounts.entry import fill_in
from app.accounts.people import portrait
from app.accounts.schemas import OwnPasswordSchema
from app.accounts.session import begin_session
from app.shell.context import request_context
from app.shell.guard import logged_in
from app.shell.security import limiter
from workflows.kernel.errors import Forbidden
from workflows.people import set_password

GUESSES = "10 per hour"


@bp.get("/account")
@logged_in
def me() -> ResponseReturnValue:
    """Show who asks what Styr knows of them."""
    ctx = request_context()
    if ctx.actor is None:
        raise Forbidden
    return render_template("accounts/me.html", **portrait(ctx, ctx.actor))


@bp.route("/account/password", methods=["GET", "POST"])
@limiter.limit(GUESSES, methods=["POST"])
@logged_in
def own_password() -> ResponseReturnValue:
    """Change one's own password; every other session of one's ends."""
    ctx = request_context()
    person = ctx.actor
    if person is None:
        raise Forbidden

    def verb(entry: dict[str, str]) -> str:
        login = set_password(
            ctx, person=person, password=entry["password"], current=entry["current"], passwords=passwords()
        )
        begin_session(login)
        return url_for(".me")

    return fill_in("accounts/own_password.html", OwnPasswordSchema(), verb, str, values={})
