"""What time brings in a trial, in words: what has come for steps while days passed, and what lies ahead."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from app.designer.try_words import day_words, item_name, node_name
from app.shell.dates import clock
from workflows.kernel.errors import Text, _l
from workflows.models.deadlines import Mark
from workflows.models.trying import TrialMark, TrialStand, innermost

CAME: Mapping[Mark, Text] = {
    Mark.REMIND: _l("%(day)s: påminnelse om ”%(step)s”"),
    Mark.DUE: _l("%(day)s: tiden gick ut för ”%(step)s”"),
    Mark.ESCALATE: _l("%(day)s: ”%(step)s” är försenat och lyftes vidare"),
}
COMES: Mapping[Mark | None, Text] = {
    Mark.REMIND: _l("påminnelse om ”%(step)s”"),
    Mark.DUE: _l("tiden går ut för ”%(step)s”"),
    Mark.ESCALATE: _l("”%(step)s” lyfts vidare"),
    None: _l("”%(step)s” i diagrammet"),
}
MOST = 40
"""Moments ahead that are listed; whoever looks for a later one lets days pass first."""


def came_words(now: TrialStand, one: TrialMark) -> str:
    """Return what came for a step, and when."""
    item = innermost(one.task)
    step = one.task.definition.name + (f", {item_name(now, item)}" if item else "")
    return gettext(CAME[one.mark], day=day_words(now, one.at), step=step)


def moments_of(now: TrialStand) -> list[tuple[str, str]]:
    """Return the moments ahead with what comes then, the earliest first."""
    words: dict[str, list[str]] = {}
    when: dict[str, str] = {}
    for one in now.ahead:
        key = one.at.isoformat()
        when[key] = f"{day_words(now, one.at)} {clock(one.at)}"
        said = gettext(COMES[one.mark], step=node_name(now, one.node))
        if said not in words.setdefault(key, []):
            words[key].append(said)
    return [(key, f"{when[key]}: {_some(said)}") for key, said in list(words.items())[:MOST]]


def _some(said: list[str]) -> str:
    more = gettext(" med mera") if len(said) > 2 else ""
    return ", ".join(said[:2]) + more
