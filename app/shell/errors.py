"""One handler for everything that a user can meet: a page that says what happened and what to do."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask import Flask, g, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]  # ships no types
from werkzeug.exceptions import HTTPException, SecurityError

from app.shell.logs import incident_code, log
from workflows.kernel.errors import StyrError

DESIGNED = frozenset({403, 404, 409, 413, 429, 500, 507})
"""Statuses with a template of their own in `errors/`; the others share `errors/message.html`."""

TITLES = {
    400: lazy_gettext("Det gick inte att ta emot"),
    405: lazy_gettext("Det går inte att öppna sidan så"),
    422: lazy_gettext("Något behöver ändras"),
}
MESSAGES = {
    400: lazy_gettext("Servern förstod inte vad som skickades. Gå tillbaka, ladda om sidan och försök igen."),
    405: lazy_gettext("Adressen tar bara emot ett ifyllt formulär. Gå tillbaka och börja om därifrån."),
    422: lazy_gettext("Det som skickades går inte att läsa. Gå tillbaka, ladda om sidan och försök igen."),
}
UNKEPT = frozenset({"csrf_token", "request_id", "version"})
STALE = lazy_gettext("Sidan har varit öppen för länge. Gå tillbaka, ladda om den och skicka igen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What an error template shows. `facts` are the error's own (`by`, `url` …), `kept` what the user had written."""

    status: int
    code: str
    title: str
    message: str
    facts: dict[str, object] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    incident: str = ""


def handle_errors(app: Flask) -> None:
    """Show every error of ours and of HTTP as a page."""
    app.register_error_handler(StyrError, show_error)
    app.register_error_handler(HTTPException, show_error)


def show_error(error: StyrError | HTTPException) -> ResponseReturnValue:
    """Return the page of an error with its status; redirects and ready answers pass through."""
    if isinstance(error, StyrError):
        return make_response(_page(_of_ours(error)), error.status)
    # A host name that is not ours has no addresses to build a page with.
    if isinstance(error, SecurityError) or (error.code or 0) < 400 or error.response is not None:
        return error
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return make_response(_page(_of_http(error)), error.code, headers)


def _page(page: ErrorPage) -> str:
    name = f"errors/{page.status}.html" if page.status in DESIGNED else "errors/message.html"
    return render_template(name, error=page)


def _of_ours(error: StyrError) -> ErrorPage:
    if error.status >= 500:
        g.incident = incident_code()
        log.error("incident", incident=g.incident, code=error.code, exc_info=error)
    return ErrorPage(
        status=error.status,
        code=error.code,
        title=str(TITLES.get(error.status, TITLES[400])),
        message=gettext(error.message).format(**error.facts),
        facts=error.facts,
        kept=_written() if error.status == 409 else (),
        incident=g.get("incident", ""),
    )


def _of_http(error: HTTPException) -> ErrorPage:
    status = error.code or 500
    message = STALE if isinstance(error, CSRFError) else MESSAGES.get(status, MESSAGES[400])
    return ErrorPage(
        status=status,
        code=error.name.lower().replace(" ", "_"),
        title=str(TITLES.get(status, TITLES[400])),
        message=str(message),
        incident=g.get("incident", ""),
    )


def _written() -> tuple[str, ...]:
    """Return what the user had put into words: every posted value of more than one word."""
    fields = ((name, value.strip()) for name, value in request.form.items(multi=True))
    return tuple(value for name, value in fields if name not in UNKEPT and len(value.split()) > 1)
