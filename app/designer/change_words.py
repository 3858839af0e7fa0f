"""What a saved change does, in a sentence or two, for the history of a draft."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext, ngettext

from workflows.models.comparing import MAX_SENTENCES, Weight, compare, summary

TOLD = 2
"""So many sentences stand in a line of the history; the rest is counted."""

LONGEST = 300
"""Characters of a line of the history."""


def change_words(files: Mapping[str, bytes], changes: Mapping[str, bytes | None], otherwise: str) -> str:
    """Return what changes of files mean; `otherwise` where they mean nothing or only looks, followed by why."""
    after = {path: data for path, data in {**files, **changes}.items() if data is not None}
    compared = compare(files, after)
    if not compared.changes:
        return otherwise
    if all(change.weight is Weight.LAYOUT for change in compared.changes):
        return gettext("%(what)s: bara utseendet", what=otherwise)[:LONGEST]
    said = summary(compared)[: MAX_SENTENCES - 1]
    words, rest = " ".join(said[:TOLD]), len(said) - TOLD
    if rest > 0:
        words += " " + ngettext("Och %(num)s ändring till.", "Och %(num)s ändringar till.", rest)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
