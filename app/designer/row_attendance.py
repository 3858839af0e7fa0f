"""Who took part in a decision, as lines of a scenario's row: there or not, steps aside and why, who served instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Ask, AskKind, Part, Raw, Typed, select, slots, text

TAKEN = ("present", "remote", "absent", "recused", "substitutes", "reservations")
"""What the lines say of a decision."""

LISTS, PAIRS = TAKEN[:3], TAKEN[3:]
MOST_SEATS = 50
"""A longer list stays as it is written."""


def fits(name: str, value: Any) -> bool:
    """Tell whether what a file says can stand in the lines."""
    if isinstance(value, list | Mapping) and len(value) > MOST_SEATS:
        return False
    if name in LISTS:
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    return isinstance(value, Mapping) and all(isinstance(one, str) for pair in value.items() for one in pair)


def attendance_part(said: Raw, form: Mapping[str, str]) -> Part:
    """Return a line for everybody whom the decision names, and as many more as were asked for."""
    seats = _seats(said)
    count = max(slots(form, "seat", len(seats)), 1)
    lines = tuple(_line(number, seats[number] if number < len(seats) else {}) for number in range(count))
    return Part(
        key="seat",
        title=gettext("Närvaro, jäv och reservation"),
        hint=gettext("Skriv påhittade namn. Tomt namn: ingen rad."),
        entries=lines,
        folded=True,
        says=bool(seats),
    )


def _seats(said: Raw) -> list[dict[str, str]]:
    """Return who took part and how, each once, in the order in which they are named."""
    named = [who for name in TAKEN for who in said.get(name) or ()]
    return [_seat(said, who) for who in dict.fromkeys(named)]


def _seat(said: Raw, who: str) -> dict[str, str]:
    part = "recused" if who in (said.get("recused") or {}) else "absent" if who in (said.get("absent") or ()) else ""
    part = part or ("remote" if who in (said.get("remote") or ()) else "")
    part = part or ("in_place" if who in (said.get("present") or ()) else "")
    found = {name: (said.get(name) or {}).get(who, "") for name in PAIRS}
    return {"name": who, "part": part, **found}


def _line(number: int, seat: Mapping[str, str]) -> tuple[Ask, ...]:
    name = f"seat-{number}"
    parts = (
        ("", gettext("Sägs inte")),
        ("in_place", gettext("På plats")),
        ("remote", gettext("På distans")),
        ("absent", gettext("Frånvarande")),
        ("recused", gettext("Jävig")),
    )
    return (
        text(f"{name}-name", gettext("Namn"), seat.get("name")),
        select(f"{name}-part", gettext("I ärendet"), parts, seat.get("part", "")),
        text(f"{name}-reason", gettext("Skäl till jäv"), seat.get("recused")),
        text(f"{name}-instead", gettext("Ersätts av"), seat.get("substitutes")),
        text(f"{name}-reservation", gettext("Reservation"), seat.get("reservations"), kind=AskKind.AREA),
    )


def read_attendance(part: Part, said: Raw, typed: Typed) -> dict[str, Any]:
    """Return who took part, in the order of the lines."""
    found: dict[str, Any] = {name: [] for name in LISTS} | {name: {} for name in PAIRS}
    seen: set[str] = set()
    for number, line in enumerate(part.entries):
        name = f"seat-{number}"
        who = typed.words(f"{name}-name")
        if not who:
            continue
        if who in seen:
            typed.errors[f"{name}-name"] = gettext("Namnet står redan på en annan rad")
        seen.add(who)
        _take(found, who, typed.choice(line[1], gettext("Välj hur personen deltar")), name, typed)
    return {name: said[name] if name in said and _same(said[name], value) else value for name, value in found.items()}


def _same(before: Any, after: Any) -> bool:
    """Tell whether the same people are named, in whatever order."""
    return before == after or (isinstance(before, list) and sorted(before) == sorted(after))


def _take(found: dict[str, Any], who: str, part: str, name: str, typed: Typed) -> None:
    reason = typed.words(f"{name}-reason")
    if part in ("in_place", "remote"):
        found["present"].append(who)
    if part in ("remote", "absent"):
        found[part].append(who)
    if part == "recused":
        found["recused"][who] = reason
    elif reason:
        typed.errors[f"{name}-part"] = gettext("Välj Jävig, eller ta bort skälet till jäv")
    if other := typed.words(f"{name}-instead"):
        found["substitutes"][who] = other
    if said := typed.lines(f"{name}-reservation"):
        found["reservations"][who] = said
        if part in ("absent", "recused") and not other:
            typed.errors[f"{name}-reservation"] = gettext("Bara den som deltog i beslutet kan reservera sig")
