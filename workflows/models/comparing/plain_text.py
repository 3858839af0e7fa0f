"""Files that cannot be read on one side, or are of no known kind: compared as text, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from workflows.models.comparing.change import Area, Change, Scribe, Weight

MAX_LINES = 1_500
"""Longer files are only told to differ: holding every line against every other takes too long."""


def compare_text(path: str, before: bytes, after: bytes, *, area: Area, unread: str = "") -> Iterator[Change]:
    """Yield one row for a file that differs; `unread` says on which side it cannot be read."""
    if before == after:
        return
    scribe = Scribe(area=area, file=path, where=path)
    old, new = (side.decode(errors="replace").splitlines() for side in (before, after))
    sentence = f"Filen {path} är ändrad"
    if unread:
        sentence = f"Filen {path} går inte att läsa i {unread}, så den jämförs som text"
    lines = _lines(old, new)
    if lines is None:
        yield scribe.row(path, f"{sentence}.", weight=Weight.DUTY)
        return
    gone, come = lines
    said = f"{sentence}: {_counted(len(gone), 'borttagen', 'borttagna')} och {_counted(len(come), 'ny', 'nya')}."
    yield scribe.row(path, said, weight=Weight.DUTY, before="\n".join(gone), after="\n".join(come))


def _lines(old: list[str], new: list[str]) -> tuple[list[str], list[str]] | None:
    """Return the lines that only one side has; None where there are too many to tell."""
    if max(len(old), len(new)) > MAX_LINES:
        return None
    gone: list[str] = []
    come: list[str] = []
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=True).get_opcodes():
        if kind != "equal":
            gone += old[first:last]
            come += new[start:end]
    return gone, come


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'ingen'} {one if number <= 1 else many} {'rad' if number <= 1 else 'rader'}"
