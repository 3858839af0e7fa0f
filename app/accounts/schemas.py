"""What each form of this feature may hold, and the dataclass it becomes; the core judges the contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, post_load, pre_load

from workflows.kernel.errors import _l
from workflows.people import BodyKind, PersonDetails, Quorum, QuorumRule


def a_text(missing: str) -> fields.String:
    """Return a compulsory text; `missing` is said when it is not there."""
    return fields.String(required=True, error_messages={"required": missing})


def a_choice(kind: Any) -> fields.Enum[Any]:
    """Return a compulsory choice among the members of an enum."""
    words = _l("Välj ett av alternativen")
    return fields.Enum(kind, by_value=True, required=True, error_messages={"required": words, "unknown": words})


class Entry(Schema):
    """A posted form. An empty field is one that was not filled in."""

    @pre_load
    def filled(self, typed: Mapping[str, str], **_more: Any) -> dict[str, str]:
        """Leave out what is empty, so that one rule decides about missing values."""
        return {name: value for name, value in typed.items() if value.strip()}


class LoginSchema(Entry):
    """Address, password and the page that was asked for."""

    email = a_text(_l("Skriv din e-postadress"))
    password = a_text(_l("Skriv ditt lösenord"))
    next = fields.String(load_default="")


class ForgottenSchema(Entry):
    """An address."""

    email = a_text(_l("Skriv din e-postadress"))


class ChooseSchema(Entry):
    """A new password and the token of the link."""

    token = a_text(_l("Öppna länken i mejlet en gång till"))
    password = a_text(_l("Skriv ett lösenord"))


class OwnPasswordSchema(Entry):
    """The present password and a new one."""

    current = a_text(_l("Skriv ditt nuvarande lösenord"))
    password = a_text(_l("Skriv ett nytt lösenord"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """A person, and whether to mail them a link to choose a password."""

    details: PersonDetails
    invite: bool


class PersonSchema(Entry):
    """What is known of a person."""

    name = a_text(_l("Skriv ett namn"))
    email = a_text(_l("Skriv en e-postadress"))
    title = fields.String(load_default="")
    department = fields.String(load_default="")
    phone = fields.String(load_default="")

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> PersonEntry:
        """Return the entry."""
        invite = bool(data.pop("invite", False))
        return PersonEntry(details=PersonDetails(**data), invite=invite)


class NewPersonSchema(PersonSchema):
    """A person to add."""

    invite = fields.Boolean(load_default=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEntry:
    """A body as its form describes it; `kind` is None where it cannot be changed."""

    name: str
    quorum: Quorum
    kind: BodyKind | None


class BodySchema(Entry):
    """A body's name and quorum."""

    name = a_text(_l("Skriv ett namn"))
    quorum_rule = a_choice(QuorumRule)
    quorum_count = fields.Integer(
        load_default=None, error_messages={"invalid": _l("Skriv ett helt tal, till exempel 3")}
    )

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> BodyEntry:
        """Return the body; the number counts only with its rule."""
        rule = data["quorum_rule"]
        count = data["quorum_count"] if rule is QuorumRule.COUNT else None
        return BodyEntry(name=data["name"], quorum=Quorum(rule=rule, count=count), kind=data.get("kind"))


class NewBodySchema(BodySchema):
    """A body to make."""

    kind = a_choice(BodyKind)
