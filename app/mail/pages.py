"""The mails that were kept instead of sent: /dev/mail, only on one's own machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from app.shell.context import surroundings
from app.shell.guard import public
from workflows.kernel.mail import outbox

bp = Blueprint("mail", __name__, url_prefix="/dev/mail", template_folder="templates")


@bp.before_request
def only_on_ones_own_machine() -> None:
    """Answer 404 unless the installation keeps its mail and both ends of the connection are this machine.

    The mails hold links to new passwords, so a setting alone is not enough: an application that was put on a network
    by mistake, directly or behind a proxy, shows nothing.
    """
    settings = surroundings().settings
    forwarded = settings.proxies or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    hosts = (request.remote_addr or "", request.environ.get("SERVER_NAME", ""), urlsplit(request.host_url).hostname)
    if not settings.dev_mail or settings.smtp_url or forwarded or not all(_is_loopback(host or "") for host in hosts):
        abort(404)


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """List the mails, newest first."""
    shared = surroundings()
    return render_template("mail/index.html", mails=outbox(shared.database, shared.settings.tenant))


@bp.get("/<path:key>")
@public
def show(key: str) -> ResponseReturnValue:
    """Show one mail."""
    shared = surroundings()
    kept = next((kept for kept in outbox(shared.database, shared.settings.tenant) if kept.mail.key == key), None)
    return render_template("mail/show.html", kept=kept, mail=kept.mail) if kept else abort(404)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
