"""JSON from strangers: bounded in size, depth and number of values; no key twice, no number without end, no half
characters. Two programs that read such a file would not read the same."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

MAX_DEPTH = 40
"""Lists within objects within lists; our deepest file has 12."""

MAX_WHOLE = 2**63 - 1
"""Whole numbers that every program writes as it has read them."""

_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class JsonRefused(ValueError):
    """The bytes are not JSON that we read; the message is Swedish and has no full stop."""


def read_json(data: bytes, *, most_values: int) -> Any:
    """Return what the bytes say. Raises JsonRefused; `most_values` counts everything in it, lists and objects too."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise JsonRefused("den är inte text i UTF-8") from error
    if text.count("[") + text.count("{") > most_values or text.count(",") > most_values:
        raise JsonRefused(f"den har fler än {most_values} värden")
    try:
        value = json.loads(
            text, parse_constant=_no_constant, parse_float=_number, parse_int=_whole, object_pairs_hook=_once
        )
    except RecursionError as error:
        raise JsonRefused("den har för många nivåer") from error
    except json.JSONDecodeError as error:
        raise JsonRefused(f"något saknas eller är för mycket på rad {error.lineno}, tecken {error.colno}") from error
    _bound(value)
    if _HALF.search(data):
        _refuse_half_characters(value)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        [twice, *_] = (key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise JsonRefused(f"”{_shown(twice)}” står två gånger i samma objekt")
    return found


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise JsonRefused(f"talet {_shown(text)} är för stort")
    return number


def _whole(text: str) -> int:
    if len(text) > 30 or abs(number := int(text)) > MAX_WHOLE:
        raise JsonRefused(f"talet {_shown(text)} är för stort")
    return number


def _no_constant(name: str) -> NoReturn:
    raise JsonRefused(f"{name} är inte ett tal")


def _bound(value: Any) -> None:
    """Refuse what is deeper than anything written by hand, level by level rather than by recursion."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return
    raise JsonRefused(f"den har fler än {MAX_DEPTH} nivåer")


def _refuse_half_characters(value: Any) -> None:
    """A lone surrogate is no character: it can be read, and never written again."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise JsonRefused("den har ett halvt tecken (\\ud800 och liknande)") from error


def _shown(text: str) -> str:
    return text[:40] + ("…" if len(text) > 40 else "")
