"""Changes a checklist's file where it is meant to change: the text of every other question stays as it is, to the byte.

The file is cut at its questions, and a question at its members. So a comparison, and whoever reads the file in a
repository, sees the one line that was changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()
_APART = ",\n    "
_WITHIN = "\n      "


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A file's text: what stands before its questions, the questions and what parts them, what stands after."""

    before: str
    items: tuple[str, ...]
    apart: tuple[str, ...]
    after: str

    @property
    def text(self) -> str:
        """The whole file."""
        return self.before + "".join(_woven(self.items, self.apart)) + self.after

    def with_item(self, place: int, values: Mapping[str, Any]) -> Laid:
        """Return the file with the question at `place` saying `values`."""
        items = list(self.items)
        items[place] = rewritten(items[place], values)
        return replace(self, items=tuple(items))

    def adding(self, place: int, values: Mapping[str, Any]) -> Laid:
        """Return the file with one more question at `place`, laid out as its neighbour is."""
        like = self.items[min(place, len(self.items) - 1)] if self.items else "{" + _WITHIN + '"id": ""\n    }'
        apart = self.apart[0] if self.apart else _APART
        items = (*self.items[:place], rewritten(like, values), *self.items[place:])
        before = self.before if self.items else self.before + "\n    "
        after = self.after if self.items else "\n  " + self.after
        return replace(self, before=before, items=items, apart=(*self.apart, apart)[: len(items) - 1], after=after)

    def without(self, place: int) -> Laid:
        """Return the file without the question at `place`."""
        gap = min(place, len(self.apart) - 1)
        apart = self.apart[:gap] + self.apart[gap + 1 :] if self.apart else ()
        return replace(self, items=self.items[:place] + self.items[place + 1 :], apart=apart)

    def moved(self, place: int, to: int) -> Laid:
        """Return the file with the question at `place` at `to` instead."""
        items = list(self.items)
        items.insert(to, items.pop(place))
        return replace(self, items=tuple(items))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    key: str
    start: int
    value: int
    end: int


def cut(text: str, key: str = "items") -> Laid:
    """Cut a file at the list under `key`. Raises ValueError for what is not JSON or has no such list."""
    members, _ = _members(text, _skip(text, 0))
    found = next((member for member in members if member.key == key), None)
    if found is None or text[found.value] != "[":
        raise ValueError(f"{key} is not a list")
    spans = list(_spans(text, found.value))
    if not spans:
        return Laid(before=text[: found.value + 1], items=(), apart=(), after=text[found.end - 1 :])
    return Laid(
        before=text[: spans[0][0]],
        items=tuple(text[start:end] for start, end in spans),
        apart=tuple(text[one[1] : other[0]] for one, other in pairwise(spans)),
        after=text[spans[-1][1] :],
    )


def with_member(text: str, key: str, value: Any) -> str:
    """Return a file with one member of its outermost object changed. Raises ValueError when it has no such member."""
    members, _ = _members(text, _skip(text, 0))
    for member in members:
        if member.key == key:
            return text[: member.value] + written(value) + text[member.end :]
    raise ValueError(f"{key} is missing")


def rewritten(item: str, values: Mapping[str, Any]) -> str:
    """Return an object's text that says `values` in that order; what says the same already keeps its own text."""
    members, end = _members(item, 0)
    kept = {member.key: (item[member.start : member.end], item[member.value : member.end]) for member in members}
    within = item[1 : members[0].start] if members else ""
    closing = item[members[-1].end : end - 1] if members else ""
    lines = []
    for key, value in values.items():
        whole, said = kept.get(key, ("", ""))
        same = bool(whole) and json.loads(said) == value and type(json.loads(said)) is type(value)
        lines.append(whole if same else f"{json.dumps(key)}: {written(value)}")
    return "{" + within + f",{within or ' '}".join(lines) + closing + "}"


def written(value: Any) -> str:
    """Return a value on one line."""
    return json.dumps(value, ensure_ascii=False)


def _members(text: str, start: int) -> tuple[list[_Member], int]:
    """Return the members of the object that begins at `start`, and where it ends."""
    if text[start : start + 1] != "{":
        raise ValueError("an object is expected")
    members: list[_Member] = []
    here = _skip(text, start + 1)
    while text[here : here + 1] != "}":
        key, colon = _DECODER.raw_decode(text, here)
        value = _skip(text, _skip(text, colon) + 1)
        _, end = _DECODER.raw_decode(text, value)
        members.append(_Member(key=key, start=here, value=value, end=end))
        here = _next(text, end)
    return members, here + 1


def _spans(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each entry of the list that begins at `start` begins and ends."""
    here = _skip(text, start + 1)
    while text[here : here + 1] != "]":
        _, end = _DECODER.raw_decode(text, here)
        yield here, end
        here = _next(text, end)


def _next(text: str, end: int) -> int:
    here = _skip(text, end)
    return _skip(text, here + 1) if text[here : here + 1] == "," else here


def _skip(text: str, here: int) -> int:
    found = _SPACE.match(text, here)
    return found.end() if found else here


def _woven(items: tuple[str, ...], apart: tuple[str, ...]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield item
        if number < len(items) - 1:
            yield apart[number]
