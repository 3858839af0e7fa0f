"""Who may open an address. Every view says it with one of these decorators; a test fails for a view that does not.

They stand next to the function, below `route`. What somebody may do with one object is the verb's own question.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar, cast

from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.shell.security import SignedIn, login_manager
from workflows.kernel.errors import Forbidden
from workflows.kernel.ids import ORGANISATION, Principal, role_principal

P = ParamSpec("P")
V = TypeVar("V", bound=Callable[..., ResponseReturnValue])
View = Callable[P, ResponseReturnValue]

RULE = "styr_rule"
PUBLIC, LOGGED_IN = "public", "logged in"


class Known(SignedIn, Protocol):
    """Somebody logged in, with everything they may act as today."""

    principals: frozenset[Principal]


def public(view: V) -> V:
    """Open the view to everybody, logged in or not."""
    setattr(view, RULE, PUBLIC)
    return view


def logged_in(view: View[P]) -> View[P]:
    """Open the view to everybody who is logged in; others are led to the login page and back."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if _asker().is_authenticated else _to_login()

    setattr(guarded, RULE, LOGGED_IN)
    return guarded


def allow(*roles: str) -> Callable[[View[P]], View[P]]:
    """Open the view to holders of one of these roles of the organisation, deputies included."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not _asker().is_authenticated:
                return _to_login()
            if not holds(*roles):
                raise Forbidden
            return view(*args, **kwargs)

        setattr(guarded, RULE, " or ".join(roles))
        return guarded

    return guard


def holds(*roles: str) -> bool:
    """Tell whether who asks is logged in and holds one of these roles of the organisation today."""
    asker = _asker()
    wanted = {role_principal(ORGANISATION, role) for role in roles}
    return asker.is_authenticated and bool(asker.principals & wanted)


def rule_of(view: Callable[..., object]) -> str:
    """Return the rule of a view in words, "" when it has none."""
    return str(getattr(view, RULE, ""))


def _asker() -> Known:
    return cast(Known, current_user)


def _to_login() -> ResponseReturnValue:
    answer: ResponseReturnValue = login_manager.unauthorized()  # type: ignore[no-untyped-call]  # ships no types
    return answer
