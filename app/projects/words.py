"""What statuses are called, and the words beside a project's way through its model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from app.shell import dates
from app.shell.filters import say
from app.shell.track import Piece, PieceKind, PieceState
from workflows.governance.outcomes import OUTCOME_DONE
from workflows.governance.project import ProjectStatus
from workflows.governance.project_track import Part, PartKind, PartState
from workflows.governance.registers import DocumentStanding

STATUSES: Mapping[ProjectStatus, LazyString] = {
    ProjectStatus.IDEA: lazy_gettext("Idé"),
    ProjectStatus.ACTIVE: lazy_gettext("Pågår"),
    ProjectStatus.ON_HOLD: lazy_gettext("Vilande"),
    ProjectStatus.TERMINATING: lazy_gettext("Avbryts"),
    ProjectStatus.CLOSED: lazy_gettext("Avslutat"),
    ProjectStatus.REJECTED: lazy_gettext("Avslaget"),
    ProjectStatus.TERMINATED: lazy_gettext("Avbrutet"),
    ProjectStatus.NOT_PROJECT: lazy_gettext("Blev inte projekt"),
}
"""A project's status in one or two words, neuter."""

LIGHTS: Mapping[str, tuple[str, LazyString]] = {
    "green": ("ok", lazy_gettext("Grönt läge")),
    "yellow": ("warn", lazy_gettext("Gult läge")),
    "red": ("bad", lazy_gettext("Rött läge")),
}
"""The newest status report's light: tone and words."""

STANDINGS: Mapping[DocumentStanding, tuple[str, LazyString]] = {
    DocumentStanding.NONE: ("wait", lazy_gettext("Inte påbörjat")),
    DocumentStanding.BEGUN: ("wait", lazy_gettext("Väntar på att skrivas")),
    DocumentStanding.PARTLY: ("warn", lazy_gettext("Delvis klart")),
    DocumentStanding.MADE: ("ok", lazy_gettext("Klart")),
    DocumentStanding.WAITING: ("now", lazy_gettext("I beslut")),
    DocumentStanding.DECIDED: ("ok", lazy_gettext("Beslutat")),
}
"""Where a document stands: tone and words."""


def pieces(parts: Sequence[Part], today: date) -> tuple[Piece, ...]:
    """Return a project's way with a line of dates under each part."""
    return tuple(
        Piece(
            kind=PieceKind(part.kind),
            label=say(part.label),
            note=_phase(part, today) if part.kind is PartKind.PHASE else _gate(part, today),
            state=PieceState(part.state),
        )
        for part in parts
    )


def in_sentence(label: str) -> str:
    """Return a label as it is written inside a sentence: "beslutspunkt 2", but "EU-samordnare"."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def in_words(parts: Sequence[Part]) -> str:
    """Return where a project stands, for those who do not see the little picture."""
    here = next((part for part in parts if part.state not in (PartState.DONE, PartState.LATER)), None)
    if here is None:
        return gettext("Klart") if all(part.state is PartState.DONE for part in parts) else gettext("Slutade i förtid")
    ahead = next((part for part in parts[parts.index(here) + 1 :] if part.kind is PartKind.GATE), None)
    if here.kind is PartKind.GATE or ahead is None:
        late = here.state is PartState.LATE
        return gettext("%(part)s, försenad", part=say(here.label)) if late else say(here.label)
    return gettext("%(part)s, nästa är %(gate)s", part=say(here.label), gate=say(ahead.label))


def _phase(part: Part, today: date) -> str:
    if part.begun and part.ended:
        return dates.day_span(part.begun, part.ended, today)
    if part.begun and part.state is not PartState.LATER:
        return gettext("från %(day)s", day=dates.short_day(part.begun, today))
    return ""


def _gate(part: Part, today: date) -> str:
    due = dates.long_day(part.due_at, today) if part.due_at else ""
    if part.requested:
        return gettext("beslut senast %(day)s", day=due) if due else gettext("väntar på beslut")
    if part.outcome and part.decided_on:
        outcome = gettext(OUTCOME_DONE[part.outcome])
        return f"{outcome[:1].lower()}{outcome[1:]} {dates.short_day(part.decided_on, today)}"
    if part.state in (PartState.DONE, PartState.LATER):
        return ""
    return gettext("begärs senast %(day)s", day=due) if due else gettext("ska begäras")
