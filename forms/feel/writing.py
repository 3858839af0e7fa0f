"""Values as text, the way `string()` writes them, and as JSON."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from forms.feel.temporal import write_duration, write_moment, write_time
from forms.feel.values import Meter, Months, Range, Value, bounded, check_depth

_PLAIN_KEY = re.compile(r"\w+")
_EXACT_IN_JSON = Decimal(2**53)


def written(value: Value, meter: Meter) -> str:
    """The value as a literal of the language, a text without its quotes. Raises FeelError when too long."""
    return value if isinstance(value, str) else _inside(value, meter, 0)


def as_json(value: Value) -> object:
    """The value as JSON: numbers as int where whole, else float (null beyond its range); dates, times and durations as
    ISO text with offsets, not zone names; ranges as they are written."""
    if isinstance(value, Decimal):
        return _json_number(value)
    if isinstance(value, list):
        return [as_json(item) for item in value]
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, datetime | time):
        return value.isoformat()
    if isinstance(value, Range):
        return _brackets(value, str(as_json(value.low)), str(as_json(value.high)))
    return value if value is None or isinstance(value, bool | str) else _scalar(value)


def _json_number(value: Decimal) -> int | float | None:
    if value == value.to_integral_value() and abs(value) < _EXACT_IN_JSON:
        return int(value)
    nearest = float(value)
    return nearest if isfinite(nearest) else None


def _inside(value: Value, meter: Meter, depth: int) -> str:
    check_depth(depth)
    if isinstance(value, str):
        text = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    elif isinstance(value, list):
        text = "[" + ", ".join(_inside(item, meter, depth + 1) for item in value) + "]"
    elif isinstance(value, dict):
        entries = (f"{_key(key)}: {_inside(item, meter, depth + 1)}" for key, item in value.items())
        text = "{" + ", ".join(entries) + "}"
    elif isinstance(value, Range):
        text = _range(value, meter, depth)
    else:
        text = _scalar(value)
    meter.charge(1 + (len(text) >> 6))
    return bounded(text)


def _range(value: Range, meter: Meter, depth: int) -> str:
    return _brackets(value, _inside(value.low, meter, depth + 1), _inside(value.high, meter, depth + 1))


def _brackets(value: Range, low: str, high: str) -> str:
    return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"


def _scalar(value: Value) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case Decimal():
            return _number(value)
        case datetime():
            return write_moment(value)
        case date():
            return value.isoformat()
        case time():
            return write_time(value)
        case timedelta() | Months():
            return write_duration(value)
    raise TypeError(type(value))


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _key(key: str) -> str:
    return key if _PLAIN_KEY.fullmatch(key) else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'
