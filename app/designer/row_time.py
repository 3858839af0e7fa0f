"""How long a scenario's row waits, as fields: a number of days or weeks, or a day."""

from __future__ import annotations

import re
from datetime import datetime

from flask_babel import gettext

from app.designer.row_asks import AskKind, Part, Raw, Typed, select, text
from app.designer.steps_words import UNITS, Span, span_of

_CLOCK = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
DRAWN = "drawn"


def wait_part(raw: Raw) -> Part:
    """Return the fields of a wait."""
    said = str(raw.get("wait") or "")
    span, day, clock = span_of(said) if said.startswith("P") else Span(), "", ""
    if said and not said.startswith("P"):
        day, clock = said[:10], said[11:16].replace(":", ".")
    units = [(key, gettext(words)) for key, words in UNITS.items()]
    if span.drawn:
        units.append((DRAWN, gettext("Så länge som det står i texten")))
    return Part(
        key="time",
        title=gettext("Hur länge"),
        hint=gettext("Skriv ett antal, eller välj en dag."),
        asks=(
            text("number", gettext("Antal"), span.number, kind=AskKind.NUMBER),
            select("unit", gettext("Räknat i"), units, DRAWN if span.drawn else span.unit),
            text("day", gettext("Eller till dagen"), day, kind=AskKind.DATE),
            text("clock", gettext("Klockan"), clock, gettext("Tomt: 08.00.")),
        ),
    )


def read_wait(raw: Raw, typed: Typed) -> str:
    """Return what the row waits for."""
    said, number, day = str(raw.get("wait") or ""), typed.words("number"), typed.day("day")
    unit = typed.choice(wait_part(raw).asks[1], gettext("Välj dagar, veckor, månader, år eller timmar"))
    if number and day:
        typed.errors["number"] = gettext("Skriv antingen ett antal eller en dag, inte båda")
    elif day:
        return _at(day, said, typed)
    elif number:
        span = Span(number=number, unit=unit)
        if not span.fits:
            typed.errors["number"] = gettext("Skriv antalet med siffror, till exempel 10")
        else:
            return span.written
    elif unit == DRAWN:
        return said
    elif not typed.errors:
        typed.errors["number"] = gettext("Skriv hur länge raden väntar, eller välj en dag")
    return ""


def _at(day: str, said: str, typed: Typed) -> str:
    clock = typed.words("clock")
    if not clock:
        return day
    found = _CLOCK.fullmatch(clock)
    if found is None:
        typed.errors["clock"] = gettext("Skriv klockslaget som 14.30, eller lämna det tomt")
        return ""
    at = f"{int(found[1]):02}:{found[2]}"
    if said[:10] == day and said[11:16] == at:
        return said
    return datetime.fromisoformat(f"{day}T{at}").isoformat(timespec="minutes")
