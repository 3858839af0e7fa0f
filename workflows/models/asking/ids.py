"""Ids of questions and keys of files: proposed in the series they belong to, and never given twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from forms.checklist import FormRefused
from forms.source import load
from workflows.models.asking.errors import FileUnreadable
from workflows.models.asking.questions import outline

_ID = re.compile(r"([A-Za-z]+)(\d+)")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYZ"


def ids_in(files: Mapping[str, bytes]) -> frozenset[str]:
    """Return the ids of every question of a model, those of checklists with faults included."""
    found: set[str] = set()
    for path in files:
        if path.endswith(".checklist.json"):
            try:
                items = [item.raw.get("id") for item in load(files[path], file=None).children("items", called="Fråga")]
            except FormRefused:
                continue
            found |= {id for id in items if isinstance(id, str)}
    return frozenset(found)


def next_id(files: Mapping[str, bytes], key: str | None, *, used: Iterable[str] = ()) -> str:
    """Return the id of a new question of a checklist: F23 after F22, also where F22 is gone but stands in `used`.

    A new checklist (None) gets a letter that no series has.
    """
    taken = {*ids_in(files), *used}
    series = [match for id in taken if (match := _ID.fullmatch(id))]
    letter = _letter(files, key) or next((one for one in _LETTERS if one not in {m[1] for m in series}), "Q")
    numbers = [match[2] for match in series if match[1] == letter]
    width = max((len(number) for number in numbers), default=2)
    return f"{letter}{max(map(int, numbers), default=0) + 1:0{width}d}"


def key_of(title: str, taken: Iterable[str]) -> str:
    """Return a key made of a title that no file has: "Checklista Upphandling" becomes checklista_upphandling."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_")
    key = words if words[:1].isalpha() else f"form_{words}".rstrip("_")
    known, number = set(taken), 2
    free = key
    while free in known:
        free, number = f"{key}_{number}", number + 1
    return free


def keys_in(files: Mapping[str, bytes]) -> frozenset[str]:
    """Return the keys of every form and checklist of a model."""
    return frozenset(path.split("/")[1].split(".")[0] for path in files if path.startswith("forms/"))


def _letter(files: Mapping[str, bytes], key: str | None) -> str:
    """Return the letter of a checklist's series: that of its last question."""
    if key is None:
        return ""
    try:
        questions = outline(files, key).questions
    except (FileUnreadable, KeyError):
        return ""
    found = [match[1] for question in questions if (match := _ID.fullmatch(question.id))]
    return found[-1] if found else ""
