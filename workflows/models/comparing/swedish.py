"""Words as they stand in a Swedish sentence: roles in definite form, periods, lists, values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from forms.swedish import format_number, lower_first

_DEFINITE = (
    ("grupp", "en"),
    ("nämnd", "en"),
    ("kontor", "et"),
    ("ombud", "et"),
    ("råd", "et"),
    ("ansvarig", "e"),
    ("medlem", "men"),
    ("are", "n"),
    ("arie", "n"),
    ("ekonom", "en"),
    ("designer", "n"),
    ("ledamot", "en"),
    ("jurist", "en"),
    ("strateg", "en"),
    ("chef", "en"),
    ("atör", "en"),
    ("tor", "n"),
    ("sor", "n"),
)
"""Endings of the words that roles are made of, and what makes them definite; other words stay as they are."""

_PERIOD = re.compile(r"(?P<minus>-?)P(?:(?P<d>\d+)D|(?P<w>\d+)W|(?P<m>\d+)M|(?P<y>\d+)Y|T(?P<t>[0-9HM]+))")
_UNITS = {"d": ("arbetsdag", "arbetsdagar"), "w": ("vecka", "veckor"), "m": ("månad", "månader"), "y": ("år", "år")}
_CLOCK = re.compile(r"(?:(\d+)H)?(?:(\d+)M)?")


def definite(label: str) -> str:
    """ "Beställare" as "beställaren"; a word that is not known stays indefinite."""
    word = lower_first(label)
    ending = next((added for end, added in _DEFINITE if word.endswith(end)), "")
    return word + ending if " " not in word else word


def upper_first(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def joined(words: Iterable[str], last: str = "och") -> str:
    """ "a, b och c"."""
    *first, end = [word for word in words if word] or [""]
    return f"{', '.join(first)} {last} {end}" if first else end


def quoted(words: str) -> str:
    """ "”så”", cut where it is long."""
    return f"”{words if len(words) <= 120 else words[:120].rstrip() + '…'}”"


def period(text: str) -> str:
    """ "15 arbetsdagar" for P15D; "3 arbetsdagar före sista dagen" for -P3D; what is no period is quoted."""
    parts = _PERIOD.fullmatch(text.strip())
    if parts is None:
        return quoted(text)
    words = _clock(parts["t"]) if parts["t"] else _span(parts.groupdict())
    return f"{words} före sista dagen" if parts["minus"] else words


def calendar_period(text: str) -> str:
    """ "7 dagar" for P7D in an expression, where every day counts."""
    return period(text).replace("arbetsdag", "dag")


def _span(parts: Mapping[str, str | None]) -> str:
    unit, number = next((unit, number) for unit in _UNITS if (number := parts[unit]))
    one, many = _UNITS[unit]
    return f"{number.lstrip('0') or 0} {one if number.lstrip('0') == '1' else many}"


def _clock(text: str) -> str:
    parts = _CLOCK.fullmatch(text)
    hours, minutes = parts.groups() if parts else (None, None)
    said = [f"{hours} {'timme' if hours == '1' else 'timmar'}" if hours else ""]
    said.append(f"{minutes} {'minut' if minutes == '1' else 'minuter'}" if minutes else "")
    return joined(said) or quoted(f"PT{text}")


def number(value: Decimal | float, unit: str = "") -> str:
    """ "500 000 kr"."""
    return f"{format_number(value)} {unit}".strip()


def shown(value: Any) -> str:
    """A value of a file as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case str():
            return value
        case int() | float() | Decimal():
            return format_number(value, grouped=False) if isinstance(value, Decimal) else str(value)
        case list() | tuple():
            return ", ".join(map(shown, value))
        case Mapping():
            if set(value) <= {"sv", "en"} and "sv" in value:
                return shown(value["sv"])
            return ", ".join(f"{key}: {shown(inner)}" for key, inner in value.items())
        case _:
            return str(value)
