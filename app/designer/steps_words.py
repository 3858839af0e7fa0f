"""What the table of steps says in words, and what its forms send: periods, kinds, outcomes, roles."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from app.shell.filters import say
from forms.swedish import alphabetical
from workflows.engine import TaskKind
from workflows.kernel.errors import Text, _l
from workflows.models import Bundle

KINDS: Mapping[str, Text] = {
    TaskKind.RECORD: _l("Något som fylls i"),
    TaskKind.DOCUMENT: _l("Ett dokument"),
    TaskKind.CHECKLIST: _l("En checklista"),
    TaskKind.REVIEW: _l("En granskning"),
    TaskKind.SIGN: _l("En underskrift"),
    TaskKind.DECISION: _l("Ett beslut"),
}

OUTCOMES: Mapping[str, Text] = {
    "approve": _l("Godkänn"),
    "approve_conditional": _l("Godkänn med villkor"),
    "approve_revised": _l("Fortsätt enligt reviderad plan"),
    "rework": _l("Komplettera"),
    "defer": _l("Skjut upp"),
    "hold": _l("Gör vilande"),
    "reject": _l("Avslå"),
    "terminate": _l("Avbryt projektet"),
}

UNITS: Mapping[str, Text] = {
    "D": _l("arbetsdagar"),
    "W": _l("veckor"),
    "M": _l("månader"),
    "Y": _l("år"),
    "H": _l("timmar"),
}

_PERIOD = re.compile(r"(?P<before>-?)P(?:(?P<days>\d{1,4})(?P<unit>[DWMY])|T(?P<hours>\d{1,4})H)")
_NUMBER = re.compile(r"\d{1,4}")
AS_DRAWN = "as_drawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period as it is typed: a number, a unit, and whether it counts back from the last day.

    `drawn` is a period that the diagram has and the form has no words for; it stays unless a number is typed.
    """

    number: str = ""
    unit: str = "D"
    before: bool = False
    drawn: str = ""

    @property
    def written(self) -> str:
        """The period in ISO 8601; "" for none."""
        if not self.number:
            return self.drawn if self.unit == AS_DRAWN else ""
        sign = "-" if self.before else ""
        return f"{sign}PT{int(self.number)}H" if self.unit == "H" else f"{sign}P{int(self.number)}{self.unit}"

    @property
    def fits(self) -> bool:
        """Tell whether what was typed can be used."""
        if not self.number:
            return True
        return _NUMBER.fullmatch(self.number) is not None and int(self.number) > 0 and self.unit in UNITS


def span_of(period: str | None) -> Span:
    """Return a period as it is typed."""
    found = _PERIOD.fullmatch(period or "")
    if found is None:
        return Span(drawn=period or "", unit=AS_DRAWN if period else "D")
    number, unit = (found["hours"], "H") if found["hours"] else (found["days"], found["unit"])
    return Span(number=number, unit=unit, before=bool(found["before"]))


def read_span(form: Mapping[str, str], name: str, drawn: str) -> Span:
    """Return a period as it was sent."""
    number = form.get(f"{name}_number", "").strip()
    unit = form.get(f"{name}_unit", "D")
    return Span(number=number, unit=unit, before=form.get(f"{name}_when") == "before", drawn=drawn)


def in_words(period: str | None) -> str:
    """Return a period as the table says it: ”20 dagar”, ”2 veckor”, ”3 dagar före”."""
    span = span_of(period)
    if not span.number:
        return period or ""
    number = int(span.number)
    words = {
        "D": ngettext("%(num)s dag", "%(num)s dagar", number),
        "W": ngettext("%(num)s vecka", "%(num)s veckor", number),
        "M": ngettext("%(num)s månad", "%(num)s månader", number),
        "Y": ngettext("%(num)s år", "%(num)s år", number),
        "H": ngettext("%(num)s timme", "%(num)s timmar", number),
    }[span.unit]
    return gettext("%(span)s före", span=words) if span.before else words


def role_name(bundle: Bundle, key: str | None) -> str:
    """Return what a role is called; its key when the model does not say."""
    if key == "board":
        return gettext("Nämnden")
    return next((say(role.label) for role in bundle.model.roles if role.key == key), key or "")


def form_options(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """Return what a step can show, checklists first, with their titles."""
    checklists = [(key, one.title.sv) for key, one in bundle.checklists.items()]
    forms = [(key, one.title.sv or key) for key, one in bundle.forms.items()]
    return (*sorted(checklists, key=_by_title), *sorted(forms, key=_by_title))


def _by_title(option: tuple[str, str]) -> str:
    return alphabetical(option[1])


def role_options(bundle: Bundle) -> tuple[tuple[str, str], ...]:
    """Return the roles of a model."""
    return tuple((role.key, say(role.label)) for role in bundle.model.roles)
