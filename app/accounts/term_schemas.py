"""What the forms on seats, roles and deputies may hold: people, days and reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields, post_load

from app.accounts.schemas import Entry, a_choice, a_text
from workflows.kernel.errors import _l
from workflows.kernel.ids import PersonId
from workflows.people import SeatRole


def a_day() -> fields.Date:
    """Return a compulsory day."""
    return fields.Date(
        required=True, error_messages={"required": _l("Välj en dag"), "invalid": _l("Välj en dag som finns")}
    )


def _perhaps_a_day() -> fields.Date:
    return fields.Date(load_default=None, allow_none=True, error_messages={"invalid": _l("Välj en dag som finns")})


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

    person = a_text(_l("Välj en person"))
    role = a_choice(SeatRole)
    valid_from = a_day()
    valid_to = _perhaps_a_day()

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> Term:
        """Return the seat."""
        return Term(**data)


class RoleSchema(Entry):
    """Who gets a role, and when."""

    person = a_text(_l("Välj en person"))
    valid_from = a_day()
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

    person = a_text(_l("Välj en person"))
    valid_from = a_day()
    reason = a_text(_l("Skriv varför"))

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

    last_day = a_day()
    reason = a_text(_l("Skriv varför"))

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

    person = a_text(_l("Välj en person"))
    valid_from = a_day()
    valid_to = a_day()
    legal_source = a_text(_l("Skriv vilket beslut eller vilken ordning som ger rätten"))

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> StandIn:
        """Return the deputy."""
        return StandIn(**data)
