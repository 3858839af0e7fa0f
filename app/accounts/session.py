"""The session: a signed cookie that names a person and the version of their credential it was begun with.

The version is compared on every request, so that a new password, a closed account or a log-out ends the session
wherever it is open, and a copied cookie with it. A session ends with the browser, and after 12 hours in any case.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from app.shell.context import surroundings, today
from app.shell.security import login_manager
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import Principal
from workflows.people import Account, Login, find_account

VERSION = "session_version"


@dataclass(frozen=True, slots=True)
class User:
    """An account as Flask-Login and the layout want to see it."""

    account: Account

    is_authenticated = True
    is_active = True
    is_anonymous = False

    @property
    def name(self) -> str:
        """The person's name."""
        return self.account.name

    @property
    def title(self) -> str:
        """The person's function in words."""
        return self.account.title

    @property
    def principals(self) -> frozenset[Principal]:
        """Everything the person may act as today."""
        return self.account.principals

    def get_id(self) -> str:
        """The person's id."""
        return self.account.person


def begin_session(login: Login) -> None:
    """Log in: nothing of the session before survives, so that nobody can have planted it."""
    user = _user(login.person, login.session_version)
    if user is None:
        raise NotFound
    session.clear()
    session[VERSION] = login.session_version
    login_user(user)  # type: ignore[no-untyped-call]  # ships no types


def end_session() -> None:
    """Forget who was logged in, and everything else in the session."""
    logout_user()  # type: ignore[no-untyped-call]  # ships no types
    session.clear()


@login_manager.user_loader  # type: ignore[untyped-decorator]  # ships no types
def load_user(person: str) -> User | None:
    """Return who the session names, unless it has been ended since."""
    version = session.get(VERSION)
    return _user(person, version) if isinstance(version, int) else None


@login_manager.unauthorized_handler  # type: ignore[untyped-decorator]  # ships no types
def ask_to_log_in() -> ResponseReturnValue:
    """Lead to the login page, and from there back to a page that can be opened (a form that was sent cannot)."""
    wanted = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("accounts.login", next=wanted))


def _user(person: str, version: int) -> User | None:
    ctx = surroundings().context()
    with ctx.read() as database:
        account = find_account(database, tenant=ctx.tenant, person=person, session_version=version, day=today())
    return None if account is None else User(account)
