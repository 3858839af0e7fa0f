"""JSON as the text it is: one value put, added or taken out, while all the rest keeps its lines and its spelling."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A member of an object or an entry of a list: `start` with its key, `value`–`end` its value."""

    key: str | int
    start: int
    value: int
    end: int


def value_at(text: str, path: Sequence[str | int]) -> Any:
    """Return what stands at a path; KeyError when nothing does."""
    value, _ = _DECODER.raw_decode(text, _find(text, path)[0])
    return value


def put(text: str, path: Sequence[str | int], value: Any) -> str:
    """Return the text with `value` at a path; a member that an object lacks is added last. The same value changes
    nothing.
    """
    *outer, key = path
    start = _find(text, outer)[0]
    parts = _parts(text, start)
    found = next((part for part in parts if part.key == key), None)
    if found is None:
        return _added(text, start, parts, len(parts), f"{json.dumps(key)}: {written(value)}")
    if _DECODER.raw_decode(text, found.value)[0] == value:
        return text
    return text[: found.value] + written(value) + text[found.end :]


def insert(text: str, path: Sequence[str | int], index: int, value: Any) -> str:
    """Return the text with one more entry at `index` of the list at a path, laid out as its neighbours are."""
    start = _find(text, path)[0]
    parts = _parts(text, start)
    like = parts[min(index, len(parts) - 1)] if parts else None
    spread = isinstance(value, dict) and like is not None and "\n" in text[like.value : like.end]
    entry = _spread(text, like.start, value) if spread and like is not None else written(value)
    return _added(text, start, parts, index, entry)


def drop(text: str, path: Sequence[str | int]) -> str:
    """Return the text without what stands at a path."""
    *outer, key = path
    parts = _parts(text, _find(text, outer)[0])
    at = next(n for n, part in enumerate(parts) if part.key == key)
    if len(parts) == 1:
        return text[: parts[0].start] + text[parts[0].end :]
    if at:
        return text[: parts[at - 1].end] + text[parts[at].end :]
    return text[: parts[0].start] + text[parts[1].start :]


def written(value: Any) -> str:
    """Return a value on one line."""
    return json.dumps(value, ensure_ascii=False)


def _added(text: str, start: int, parts: list[_Part], index: int, entry: str) -> str:
    if not parts:
        return f"{text[: start + 1]}{entry}{text[start + 1 :]}"
    apart = text[parts[0].end : parts[1].start] if len(parts) > 1 else _usual_gap(text, start, parts[0])
    if index >= len(parts):
        return f"{text[: parts[-1].end]}{apart}{entry}{text[parts[-1].end :]}"
    return f"{text[: parts[index].start]}{entry}{apart}{text[parts[index].start :]}"


def _usual_gap(text: str, start: int, part: _Part) -> str:
    return f",{text[start + 1 : part.start] or ' '}"


def _spread(text: str, like: int, value: dict[str, Any]) -> str:
    """Return an object with a line for each member, indented as the neighbour that begins at `like`."""
    indent = " " * (like - text.rfind("\n", 0, like) - 1)
    members = f",\n{indent}  ".join(f"{json.dumps(key)}: {written(inner)}" for key, inner in value.items())
    return f"{{\n{indent}  {members}\n{indent}}}"


def _find(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """Return where the value at a path begins and ends."""
    start = _skip(text, 0)
    end = len(text)
    for key in path:
        found = next((part for part in _parts(text, start) if part.key == key), None)
        if found is None:
            raise KeyError(key)
        start, end = found.value, found.end
    return start, end


def _parts(text: str, start: int) -> list[_Part]:
    """Return the members or entries of the object or list that begins at `start`."""
    keyed = text[start : start + 1] == "{"
    if not keyed and text[start : start + 1] != "[":
        raise KeyError(start)
    parts: list[_Part] = []
    here = _skip(text, start + 1)
    while text[here : here + 1] not in ("}", "]"):
        key: str | int = len(parts)
        value = here
        if keyed:
            key, colon = _DECODER.raw_decode(text, here)
            value = _skip(text, _skip(text, colon) + 1)
        _, end = _DECODER.raw_decode(text, value)
        parts.append(_Part(key=key, start=here, value=value, end=end))
        here = _skip(text, end)
        if text[here : here + 1] == ",":
            here = _skip(text, here + 1)
    return parts


def _skip(text: str, here: int) -> int:
    found = _SPACE.match(text, here)
    return found.end() if found else here
