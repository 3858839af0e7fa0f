"""When a step shall be done, reminded of and lifted: *Steget ”…” fick 15 arbetsdagar i stället för 20.*"""

from __future__ import annotations

from collections.abc import Mapping

from workflows.models.comparing.said import Said, Told
from workflows.models.comparing.swedish import period

PERIODS: Mapping[str, tuple[str, str]] = {
    "styr.task.@due": ("", "har inte längre någon sista dag"),
    "styr.task.@remind": ("Påminnelsen om {name} går nu efter {after}", "har inte längre någon påminnelse"),
    "styr.task.@escalate": ("{Name} lyfts nu till nästa nivå efter {after}", "lyfts inte längre till nästa nivå"),
}


def period_said(one: Told) -> Said:
    """Say another time of a step; one of the attributes of `PERIODS`."""
    before, after = period(one.before) if one.before else "", period(one.after) if one.after else ""
    name = one.new.call(one.key)
    said, gone = PERIODS[one.path]
    if not after:
        sentence = f"{one.name} {gone}."
    elif said:
        sentence = said.format(name=name, Name=one.name, after=after).replace("efter " + after, _when(after)) + "."
    elif before:
        sentence = f"{one.name} fick {after} i stället för {_shorter(before, after)}."
    else:
        sentence = f"{one.name} ska nu vara klart inom {after}."
    return Said(sentence=sentence, before=before, after=after)


def _when(words: str) -> str:
    """ "efter 10 arbetsdagar", but "3 arbetsdagar före sista dagen"."""
    return words if words.endswith("före sista dagen") else f"efter {words}"


def _shorter(before: str, after: str) -> str:
    """ "20" beside "15 arbetsdagar", where the unit is the same."""
    number, _, unit = before.partition(" ")
    return number if unit and after.endswith(f" {unit}") else before
