"""Numbers as they are written in Swedish: 27 400, 48,9 mkr, +1,5 %; every space is a no-break space."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from forms.swedish import NBSP, format_number

MILLION = 1_000_000

Number = int | float | str | Decimal
"""Texts are decimals with a point, as answers keep them."""


def number(value: Number, decimals: int | None = None) -> str:
    """Return "27 400" or "4,5"; `decimals` rounds half up, without it the number keeps those that say something."""
    exact = Decimal(str(value))
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return format_number(exact, decimals)


def signed(value: Number, decimals: int | None = None) -> str:
    """Return a difference with its sign: "+0,5", "−3", "0"."""
    text = number(value, decimals)
    return text if Decimal(str(value)) <= 0 else f"+{text}"


def percent(value: Number, decimals: int | None = None) -> str:
    """Return "5 %"; the value is in per cent already."""
    return f"{number(value, decimals)}{NBSP}%"


def kronor(value: Number) -> str:
    """Return an amount: "140 000 kr" below a million, "48,9 mkr" from there."""
    exact = Decimal(str(value))
    if abs(exact) < MILLION:
        return f"{number(exact, 0 if exact == exact.to_integral_value() else 2)}{NBSP}kr"
    return f"{number(exact / MILLION, 1)}{NBSP}mkr"


def unit(value: Number, word: str) -> str:
    """Return a number with its unit: "120 timmar"."""
    return f"{number(value)}{NBSP}{word}"


def file_size(size: int) -> str:
    """Return a size in bytes as "812 byte", "31 kB" or "3,1 MB" (thousands, as storage is sold)."""
    if size < 1000:
        return unit(size, "byte")
    if size < MILLION:
        return f"{number(Decimal(size) / 1000, 0)}{NBSP}kB"
    megabytes = (Decimal(size) / MILLION).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(megabytes)}{NBSP}MB"


def digest(value: str) -> str:
    """Return a checksum in groups of four, as it is read aloud and printed: "9f3c 04e7 b2d1 71ab" (first 16)."""
    return NBSP.join(value[i : i + 4] for i in range(0, min(len(value), 16), 4))
