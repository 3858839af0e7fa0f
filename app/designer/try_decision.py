"""What a decision in a trial says beside its outcome, as the real page asks: why, until when, who was there, votes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from workflows.governance.outcomes import Mode, Outcome
from workflows.kernel.clock import local_date
from workflows.kernel.errors import Text, _l
from workflows.models.trying import OpenStep, TrialStand, invented

MOST_WORDS = 2000
MEMBERS = 4
"""So many sit in an invented group."""

MOTIVATED = frozenset({Outcome.REWORK, Outcome.HOLD, Outcome.REJECT, Outcome.TERMINATE})
"""Outcomes that say why, as in a real decision."""

DAYS: Mapping[Outcome, tuple[str, Text, Text]] = {
    Outcome.REWORK: ("due_on", _l("Klart senast"), _l("Skriv när kompletteringen ska vara klar, i dag eller senare")),
    Outcome.DEFER: ("defer_to", _l("Tas upp igen"), _l("Skriv vilken dag ärendet tas upp igen, tidigast i morgon")),
    Outcome.HOLD: (
        "resume_on",
        _l("Återuppta tidigast"),
        _l("Skriv när projektet kan återupptas, tidigast i morgon"),
    ),
}
"""The day that an outcome asks for: its field, what it is called, and what to do when it is missing."""

WAYS: tuple[tuple[str, Text], ...] = (
    ("unanimous", _l("Enhälligt")),
    ("vote", _l("Efter votering")),
    ("casting_vote", _l("Med ordförandens utslagsröst")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """What a meeting or a board is asked for: nothing when one person decides. None of `members` exists."""

    asks: bool
    is_board: bool
    members: tuple[str, ...]


def gathering_of(now: TrialStand, step: OpenStep) -> Gathering:
    """Return who gathers to decide."""
    mode = step.task.definition.form
    count = len(now.bundle.model.roles)
    members = tuple(invented(count + number) for number in range(MEMBERS)) if mode == Mode.MEETING else ()
    return Gathering(asks=mode in (Mode.MEETING, Mode.BOARD), is_board=mode == Mode.BOARD, members=members)


def read_more(
    now: TrialStand, gathering: Gathering, outcome: Outcome, form: Mapping[str, str], present: list[str]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a decision says beside its outcome, and what is missing of it by field."""
    said = dict(_said(gathering, outcome, form, present))
    return said, dict(_missing(now, gathering, outcome, said))


def _said(
    gathering: Gathering, outcome: Outcome, form: Mapping[str, str], present: list[str]
) -> Iterator[tuple[str, Any]]:
    if words := form.get("motivation", "").strip()[:MOST_WORDS]:
        yield "motivation", words
    if outcome in DAYS and (day := form.get(DAYS[outcome][0], "").strip()[:10]):
        yield DAYS[outcome][0], day
    if not gathering.asks:
        return
    if day := form.get("held_on", "").strip()[:10]:
        yield "held_on", day
    if gathering.members:
        yield "present", [name for name in gathering.members if name in present]
    if (way := form.get("way", "")) in dict(WAYS):
        yield "way", way
    for name in ("in_favour", "against"):
        if (count := form.get(name, "").strip()).isdecimal() and len(count) < 4:
            yield name, int(count)


def _missing(
    now: TrialStand, gathering: Gathering, outcome: Outcome, said: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    today = local_date(now.now)
    if outcome in MOTIVATED and "motivation" not in said:
        yield "motivation", gettext("Skriv varför. Motiveringen blir en del av beslutet")
    if outcome in DAYS:
        name, _, wrong = DAYS[outcome]
        day = _day(said.get(name, ""))
        if day is None or day < today or (day == today and outcome is not Outcome.REWORK):
            yield name, gettext(wrong)
    if gathering.members and len(said.get("present", ())) * 2 <= len(gathering.members):
        yield "present", gettext("Kryssa i mer än hälften av ledamöterna, annars kan gruppen inte besluta")
    if gathering.asks and "way" not in said:
        yield "way", gettext("Välj hur det beslutades")
    elif said.get("way") in ("vote", "casting_vote"):
        yield from _votes(gathering, said)


def _votes(gathering: Gathering, said: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the votes: they are counted, and no more than those who were there."""
    in_favour, against = said.get("in_favour"), said.get("against")
    if in_favour is None or against is None:
        yield "in_favour", gettext("Skriv hur många som röstade ja och hur många som röstade nej")
    elif gathering.members and in_favour + against > len(said.get("present", ())):
        yield "in_favour", gettext("Rösterna är fler än de som var med. Räkna om")
    elif said["way"] == "vote" and in_favour <= against:
        yield (
            "in_favour",
            gettext("Fler ska ha röstat ja än nej. Annars avgör ordföranden, eller beslutet blir ett annat"),
        )
    elif said["way"] == "casting_vote" and in_favour != against:
        yield "in_favour", gettext("Ordföranden avgör bara när rösterna är lika många")


def said_words(name: str, value: Any) -> str:
    """Return what a decision says beside its outcome, as it goes on in a sentence."""
    shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    words = dict(WAYS)
    match name:
        case "motivation":
            return gettext("motivering: %(words)s", words=shown)
        case "due_on":
            return gettext("kompletteringen ska vara klar %(day)s", day=shown)
        case "defer_to":
            return gettext("tas upp igen %(day)s", day=shown)
        case "resume_on":
            return gettext("återupptas tidigast %(day)s", day=shown)
        case "held_on":
            return gettext("mötet hölls %(day)s", day=shown)
        case "present":
            return gettext("med i ärendet: %(names)s", names=shown)
        case "way":
            return gettext("beslutades %(way)s", way=gettext(words[shown]).lower()) if shown in words else shown
        case "in_favour":
            return gettext("röster för: %(number)s", number=shown)
        case "against":
            return gettext("röster emot: %(number)s", number=shown)
        case _:
            return gettext("något mer som sägs om beslutet")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
