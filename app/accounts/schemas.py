"""What each form of this feature may hold, and the dataclass it becomes; the core judges the contents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import Schema, fields, post_load, pre_load

from workflows.kernel.errors import _l
from workflows.kernel.ids import PersonId
from workflows.people import BodyKind, PersonDetails, Quorum, QuorumRule, SeatRole


def _text(missing: str) -> fields.String:
    return fields.String(required=True, error_messages={"required": missing})


def _choice(kind: Any) -> fields.Enum[Any]:
    words = _l("Välj ett av alternativen")
    return fields.Enum(kind, by_value=True, required=True, error_messages={"required": words, "unknown": words})


def _day() -> fields.Date:
    return fields.Date(
        required=True, error_messages={"required": _l("Välj en dag"), "invalid": _l("Välj en dag som finns")}
    )


def _perhaps_a_day() -> fields.Date:
    return fields.Date(load_default=None, allow_none=True, error_messages={"invalid": _l("Välj en dag som finns")})


class Entry(Schema):
    """A posted form. An empty field is one that was not filled in."""

    @pre_load
    def filled(self, typed: Mapping[str, str], **_more: Any) -> dict[str, str]:
        """Leave out what is empty, so that one rule decides about missing values."""
        return {name: value for name, value in typed.items() if value.strip()}


class LoginSchema(Entry):
    """Address, password and the page that was asked for."""

    email = _text(_l("Skriv din e-postadress"))
    password = _text(_l("Skriv ditt lösenord"))
    next = fields.String(load_default="")


class ForgottenSchema(Entry):
    """An address."""

    email = _text(_l("Skriv din e-postadress"))


class ChooseSchema(Entry):
    """A new password and the token of the link."""

    token = _text(_l("Öppna länken i mejlet en gång till"))
    password = _text(_l("Skriv ett lösenord"))


class OwnPasswordSchema(Entry):
    """The present password and a new one."""

    current = _text(_l("Skriv ditt nuvarande lösenord"))
    password = _text(_l("Skriv ett nytt lösenord"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    """A person, and whether to mail them a link to choose a password."""

    details: PersonDetails
    invite: bool


class PersonSchema(Entry):
    """What is known of a person."""

    name = _text(_l("Skriv ett namn"))
    email = _text(_l("Skriv en e-postadress"))
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

    name = _text(_l("Skriv ett namn"))
    quorum_rule = _choice(QuorumRule)
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

    kind = _choice(BodyKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A person and the days of a seat or role, the last one perhaps open."""

    person: PersonId
    valid_from: date
    valid_to: date | None
    role: SeatRole | None = None
    reason: str = ""


class SeatSchema(Entry):
    """A seat with its days."""

    person = _text(_l("Välj en person"))
    role = _choice(SeatRole)
    valid_from = _day()
    valid_to = _perhaps_a_day()

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> Term:
        """Return the seat."""
        return Term(**data)


class RoleSchema(Entry):
    """Who gets a role, and when."""

    person = _text(_l("Välj en person"))
    valid_from = _day()
    valid_to = _perhaps_a_day()
    reason = fields.String(load_default="")

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> Term:
        """Return the role."""
        return Term(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Who follows, from when and why."""

    person: PersonId
    valid_from: date
    reason: str


class SuccessionSchema(Entry):
    """A handing over of one role or of everything."""

    person = _text(_l("Välj en person"))
    valid_from = _day()
    reason = _text(_l("Skriv varför"))

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> Succession:
        """Return the handing over."""
        return Succession(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A last day and why."""

    last_day: date
    reason: str


class EndingSchema(Entry):
    """The end of a role, a seat or a deputy's time."""

    last_day = _day()
    reason = _text(_l("Skriv varför"))

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> Ending:
        """Return the end."""
        return Ending(**data)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Who stands in, when and by which right."""

    person: PersonId
    valid_from: date
    valid_to: date
    legal_source: str


class DeputySchema(Entry):
    """A deputy; the last day is compulsory."""

    person = _text(_l("Välj en person"))
    valid_from = _day()
    valid_to = _day()
    legal_source = _text(_l("Skriv vilket beslut eller vilken ordning som ger rätten"))

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> StandIn:
        """Return the deputy."""
        return StandIn(**data)
