"""What the forms on settings may hold: numbers as people write them, days and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from marshmallow import fields, post_load

from app.accounts.schemas import Entry, a_text
from app.accounts.term_schemas import a_day
from forms.swedish import parse_number
from workflows.governance.settings import Workdays
from workflows.kernel.errors import _l

STALE = _l("Ladda om sidan och skriv igen")


class WholeNumber(fields.Field[int]):
    """A whole number as it is written in Swedish: "10 000 000", also with "kr" behind it."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        number = parse_number(str(value).strip().casefold().removesuffix("kronor").removesuffix("kr"))
        if number is None or number != number.to_integral_value():
            raise self.make_error("invalid")
        return int(number)


def _days(words: str) -> WholeNumber:
    return WholeNumber(load_default=None, error_messages={"invalid": words})


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitEntry:
    """A limit in kronor with its first day; `version` is the last change that was on the page."""

    amount: int
    valid_from: date
    reason: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsEntry:
    """A step's periods with their first day."""

    workdays: Workdays
    valid_from: date
    reason: str
    version: int


class SettingSchema(Entry):
    """What every change has."""

    valid_from = a_day()
    reason = a_text(_l("Skriv varför"))
    version = fields.Integer(required=True, error_messages={"required": STALE, "invalid": STALE})


class LimitSchema(SettingSchema):
    """A limit to set."""

    amount = WholeNumber(
        required=True,
        error_messages={
            "required": _l("Skriv ett belopp, till exempel 10 000 000"),
            "invalid": _l("Skriv hela kronor med siffror, till exempel 10 000 000"),
        },
    )

    class Meta:
        """Fields in the order of the page, which is that of the error summary."""

        fields = ("amount", "valid_from", "reason", "version")

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> LimitEntry:
        """Return the limit."""
        return LimitEntry(**data)


class PeriodsSchema(SettingSchema):
    """Periods to set; an empty one follows the model."""

    due = _days(_l("Skriv ett helt antal arbetsdagar med siffror, till exempel 10"))
    remind = _days(_l("Skriv ett helt antal arbetsdagar med siffror, till exempel 5"))
    escalate = _days(_l("Skriv ett helt antal arbetsdagar med siffror, till exempel 15"))

    class Meta:
        """Fields in the order of the page."""

        fields = ("due", "remind", "escalate", "valid_from", "reason", "version")

    @post_load
    def entry(self, data: dict[str, Any], **_more: Any) -> PeriodsEntry:
        """Return the periods."""
        workdays = Workdays(**{name: data.pop(name) for name in ("due", "remind", "escalate")})
        return PeriodsEntry(workdays=workdays, **data)
