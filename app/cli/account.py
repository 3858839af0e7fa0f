"""One person's account: found by its address, and the link with which they choose a password."""

from __future__ import annotations

from app.settings import Settings
from workflows.kernel.context import Context
from workflows.kernel.errors import StyrError, _l
from workflows.kernel.ids import PersonId
from workflows.people import (
    LinkKind,
    Person,
    find_person_by_email,
    link_token,
    make_link,
)


class NoSuchUser(StyrError):
    """An address that nobody has."""

    status = 404
    code = "no_such_user"
    message = _l("Ingen har adressen {email}. Se vilka som finns: styr user list")


def account_of(ctx: Context, email: str) -> Person:
    """Return the person with this address. Raises NoSuchUser."""
    with ctx.read() as session:
        person = find_person_by_email(session, tenant=ctx.tenant, email=email)
    if person is None:
        raise NoSuchUser(email=email)
    return person


def password_link(ctx: Context, settings: Settings, person: PersonId, kind: LinkKind) -> str:
    """Return the address of a page where the person chooses a password, good once."""
    with ctx.write() as session:
        link = make_link(session, ctx.tenant, person, kind, ctx.now())
    return f"{settings.base_url}/login/password?token={link_token(settings.secret_key, link)}"
