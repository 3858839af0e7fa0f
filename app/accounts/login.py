"""Log in, log out, and a new password for who forgot it."""

from __future__ import annotations

from typing import cast

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from flask_login import current_user

from app.accounts.blueprint import bp, passwords
from app.accounts.entry import fill_in
from app.accounts.schemas import ChooseSchema, ForgottenSchema, LoginSchema
from app.accounts.session import begin_session, end_session
from app.shell.context import request_context, surroundings
from app.shell.guard import logged_in, public
from app.shell.security import SignedIn, limiter, local_path
from workflows.people import choose_password, forgot_password, log_in, log_out, open_link
from workflows.people.password_errors import LinkSpent

BY_ADDRESS = "50 per 15 minutes"
"""Failed attempts from one network address: a whole town hall may share it."""

BY_ACCOUNT = "10 per 15 minutes"
"""Failed attempts on one account, known or not, wherever they come from."""

MAILS = "20 per hour"


def _account() -> str:
    return "account:" + request.form.get("email", "").strip().casefold()[:254]


def _failed(response: Response) -> bool:
    return response.status_code == 422


@bp.route("/login", methods=["GET", "POST"])
@limiter.limit(BY_ADDRESS, methods=["POST"], deduct_when=_failed)
@limiter.limit(BY_ACCOUNT, methods=["POST"], deduct_when=_failed, key_func=_account)
@public
def login() -> ResponseReturnValue:
    """Log in and go on to the page that was asked for."""
    wanted = local_path(request.values.get("next")) or ""
    onward = wanted or url_for("shell.start")
    if cast(SignedIn, current_user).is_authenticated:
        return redirect(onward)

    def verb(entry: dict[str, str]) -> str:
        ctx = request_context()
        begin_session(log_in(ctx, email=entry["email"], password=entry["password"], passwords=passwords()))
        return onward

    return fill_in("accounts/login.html", LoginSchema(), verb, str, values={}, next=wanted)


@bp.post("/logout")
@logged_in
def logout() -> ResponseReturnValue:
    """End every session of who asks."""
    log_out(request_context())
    end_session()
    return redirect(url_for(".login"), 303)


@bp.route("/login/forgotten", methods=["GET", "POST"])
@limiter.limit(MAILS, methods=["POST"], key_func=get_remote_address)
@public
def forgotten() -> ResponseReturnValue:
    """Ask for a link to a new password."""

    def verb(entry: dict[str, str]) -> str:
        forgot_password(request_context(), email=entry["email"])
        return url_for(".sent")

    return fill_in("accounts/forgotten.html", ForgottenSchema(), verb, str, values={})


@bp.get("/login/forgotten/sent")
@public
def sent() -> ResponseReturnValue:
    """Say where to look, whether or not anybody has the address."""
    return render_template("accounts/sent.html")


@bp.route("/login/password", methods=["GET", "POST"])
@limiter.limit(MAILS, methods=["POST"], deduct_when=_failed, key_func=get_remote_address)
@public
def choose() -> ResponseReturnValue:
    """Choose a password by a link. The token stands in the query, which nothing of ours logs."""
    token, secret, ctx = request.values.get("token", ""), surroundings().settings.secret_key, request_context()
    with ctx.read() as session:
        link = open_link(session, tenant=ctx.tenant, token=token, secret=secret, at=ctx.now())

    def verb(entry: dict[str, str]) -> str:
        begin_session(
            choose_password(ctx, token=token, secret=secret, password=entry["password"], passwords=passwords())
        )
        return url_for("shell.start")

    page = fill_in("accounts/choose.html", ChooseSchema(), verb, str, values={}, link=link, token=token)
    return _unshared(page)


@bp.errorhandler(LinkSpent)
def spent(_error: LinkSpent) -> ResponseReturnValue:
    """Say that the link is of no use any more and offer a new one."""
    return _unshared(make_response(render_template("accounts/spent.html"), LinkSpent.status))


def _unshared(page: ResponseReturnValue) -> Response:
    """Keep a page whose address is a secret out of caches and referrers."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
