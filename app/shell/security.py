"""Login manager, request forgery, rate limits and response headers.

`login_manager`, `limiter` and `csrf` are made here and bound to an application by `secure`; the feature `accounts`
gives the login manager its user loader and puts limits on its views.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol, runtime_checkable
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]  # ships no types
from werkzeug.middleware.proxy_fix import ProxyFix

from app.settings import MEGABYTE, Settings
from app.shell.assets import BUILT, FOR_EVER

login_manager = LoginManager()  # type: ignore[no-untyped-call]  # ships no types
csrf = CSRFProtect()


@login_manager.user_loader  # type: ignore[untyped-decorator]  # ships no types
def _nobody(_person: str) -> None:
    """Until the feature `accounts` gives its own loader, nobody is logged in."""


limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", headers_enabled=True)

TEXT_LIMIT = 4 * MEGABYTE
"""The most that a form without files, or one text of a form, may hold, in bytes."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""The content security policy. A view may send its own, for instance the modeler's `style-src-attr`."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    # Not no-store: browsers then forget what was typed when one goes back to a form.
    "Cache-Control": "private, no-cache",
}


@runtime_checkable
class SignedIn(Protocol):
    """What the shell reads of `flask_login.current_user`: `title` is the role in words, "" when there is none."""

    name: str
    title: str

    @property
    def is_authenticated(self) -> bool:
        """Whether somebody is logged in."""

    def get_id(self) -> str:
        """The id of the person."""


def secure(app: Flask, settings: Settings) -> None:
    """Bind sessions, tokens, limits and headers to the application."""
    app.config.update(_session(settings), **_limits(settings))
    if settings.trusted_hosts:
        app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's documented way
    login_manager.login_view = "accounts.login"
    login_manager.login_message = ""  # no toasts: the login page itself says why one came there
    login_manager.session_protection = "basic"
    login_manager.init_app(app, add_context_processor=False)  # type: ignore[no-untyped-call]  # ships no types
    app.before_request(_limit_text)  # before the token is looked for, which reads the body
    csrf.init_app(app)
    limiter.init_app(app)
    app.after_request(_add_headers)


def local_path(target: str | None) -> str | None:
    """Return `target` when it is a path on this site, None when it leads anywhere else (open redirect)."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")) or "\\" in target:
        return None
    parts = urlsplit(target)
    return target if not parts.scheme and not parts.netloc and target.isprintable() else None


def _session(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        # The prefix makes browsers refuse a cookie that another host or an unencrypted page has set.
        "SESSION_COOKIE_NAME": "__Host-styr" if settings.secure_cookies else "styr",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=12),
        "REMEMBER_COOKIE_SECURE": settings.secure_cookies,
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
        "REMEMBER_COOKIE_DURATION": timedelta(days=30),
        "WTF_CSRF_TIME_LIMIT": None,  # a long form may stay open all day; the token dies with the session
    }


def _limits(settings: Settings) -> dict[str, object]:
    return {
        "MAX_CONTENT_LENGTH": settings.upload_limit + TEXT_LIMIT,
        "MAX_FORM_MEMORY_SIZE": TEXT_LIMIT,
        "MAX_FORM_PARTS": 3000,
    }


def _limit_text() -> None:
    """Give a body without files the smaller limit: it is read into memory whole (Werkzeug limits only multipart)."""
    if request.mimetype != "multipart/form-data":
        request.max_content_length = TEXT_LIMIT


def _add_headers(response: Response) -> Response:
    if request.endpoint == "static" and ("v" in request.args or request.path.startswith(BUILT)):
        response.headers["Cache-Control"] = FOR_EVER
    # One look for all of them: `setdefault` would go through every header for each.
    sent = {name.lower() for name, _ in response.headers}
    response.headers.extend([pair for pair in HEADERS.items() if pair[0].lower() not in sent])
    if request.is_secure:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
