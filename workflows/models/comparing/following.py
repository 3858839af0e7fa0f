"""Rows that only follow another: what a phase or gate is called stands in its box, its drawing and on ways to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.models.comparing.change import Change, Weight
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.reading import text


def without_followers(changes: Iterable[Change], old: Lexicon, new: Lexicon) -> list[Change]:
    """Leave out the rows that say no more than that a phase or gate has another name, of which a row tells."""
    phases = [(was, now) for key, now in new.phases.items() if (was := old.phases.get(key)) and was != now]
    gates = dict(_gates(old, new))
    return [change for change in changes if not (_of_phase(change, phases) or _of_gate(change, gates))]


def _gates(old: Lexicon, new: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the new label of each gate that has another one, by its key."""
    for key, raw in new.gates.items():
        was, now = text(old.gates.get(key, {}).get("label")), text(raw.get("label"))
        if was and was != now:
            yield key, now


def _of_phase(change: Change, phases: list[tuple[str, str]]) -> bool:
    if not _only_words(change) or not (change.file.endswith(".bpmn") or change.element.startswith("boxes/")):
        return False
    return any(was in change.before and change.before.replace(was, now) == change.after for was, now in phases)


def _of_gate(change: Change, gates: dict[str, str]) -> bool:
    return _only_words(change) and change.file.endswith(".bpmn") and gates.get(change.element) == change.after


def _only_words(change: Change) -> bool:
    return change.weight is Weight.WORDING and bool(change.before and change.after)
