"""Functions over texts, and between texts and numbers."""

import re
from decimal import Decimal

from forms.feel.evaluation import Run
from forms.feel.functions.signature import builtin
from forms.feel.patterns import compiled_pattern
from forms.feel.values import NUMBERS, Value, bounded, check_length
from forms.feel.writing import written

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_GROUPS = frozenset({" ", ",", "."})


@builtin("string", "from: any", run=True)
def _string(run: Run, value: Value) -> str | None:
    return None if value is None else written(value, run)


@builtin("number", "from: text", "grouping separator: text or null?", "decimal separator: text or null?")
def _number(text: str, grouping: str | None = None, decimal: str | None = None) -> Decimal | None:
    """Text to number: a grouping of space, comma or point, decimals after point or comma."""
    if grouping not in {None, *_GROUPS} or decimal not in {None, ".", ","} or (grouping and grouping == decimal):
        return None
    text = text.replace(grouping, "") if grouping else text
    text = text.replace(",", ".") if decimal == "," and "." not in text else text
    return NUMBERS.create_decimal(text) if _NUMBER.fullmatch(text) else None


@builtin("string length", "string: text")
def _string_length(string: str) -> Decimal:
    return Decimal(len(string))


@builtin("substring", "string: text", "start position: number", "length: number?")
def _substring(string: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """Positions count from 1, from the end when negative."""
    if start == 0 or abs(start) > len(string):
        return None if start == 0 else ""
    first = int(start) - 1 if start > 0 else len(string) + int(start)
    if length is None:
        return string[first:]
    return string[first : first + int(min(length, Decimal(len(string))))] if length >= 1 else None


@builtin("upper case", "string: text")
def _upper_case(string: str) -> str:
    return bounded(string.upper())


@builtin("lower case", "string: text")
def _lower_case(string: str) -> str:
    return bounded(string.lower())


@builtin("substring before", "string: text", "match: text")
def _substring_before(string: str, match: str) -> str:
    before, found, _ = string.partition(match) if match else ("", "", "")
    return before if found else ""


@builtin("substring after", "string: text", "match: text")
def _substring_after(string: str, match: str) -> str:
    return string.partition(match)[2] if match else string


@builtin("contains", "string: text", "match: text")
def _contains(string: str, match: str) -> bool:
    return match in string


@builtin("starts with", "string: text", "match: text")
def _starts_with(string: str, match: str) -> bool:
    return string.startswith(match)


@builtin("ends with", "string: text", "match: text")
def _ends_with(string: str, match: str) -> bool:
    return string.endswith(match)


@builtin("matches", "input: text", "pattern: text", "flags: text?", run=True)
def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    return compiled_pattern(pattern, flags or "").search(text, run)


@builtin("replace", "input: text", "pattern: text", "replacement: text", "flags: text?", run=True)
def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str | None:
    return compiled_pattern(pattern, flags or "").replace(text, replacement, run)


@builtin("split", "string: text", "delimiter: text", run=True)
def _split(run: Run, string: str, delimiter: str) -> list[Value] | None:
    return compiled_pattern(delimiter, "").split(string, run)


@builtin("string join", "list: list", "delimiter: text or null?", run=True)
def _string_join(run: Run, items: list[Value], delimiter: str | None = None) -> str | None:
    """Nulls are left out."""
    texts = [item for item in items if item is not None]
    if not all(isinstance(item, str) for item in texts):
        return None
    total = sum(map(len, texts)) + len(delimiter or "") * len(texts)
    run.charge(total >> 6)
    check_length(total)
    return (delimiter or "").join(texts)
