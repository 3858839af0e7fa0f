"""Where a project stands in its model: the pieces of its track with words and dates, and the same in one sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext

from app.shell import dates
from app.shell.filters import say
from app.shell.track import Piece, PieceKind, PieceState
from workflows.governance.outcomes import OUTCOME_DONE
from workflows.governance.project_track import Part, PartKind, PartState

BREAK = "\u200b"
"""Where a long label may break: after the stroke of "Relevans/Förberedelse"."""


def pieces(parts: Sequence[Part], today: date) -> tuple[Piece, ...]:
    """Return a project's way with a line of dates, or an outcome, under each part."""
    return tuple(
        Piece(
            kind=PieceKind(part.kind),
            label=say(part.label).replace("/", f"/{BREAK}"),
            note=_phase(part, today) if part.kind is PartKind.PHASE else _gate(part, today),
            state=PieceState(part.state),
        )
        for part in parts
    )


def in_words(parts: Sequence[Part]) -> str:
    """Return where a project stands, for those who do not see the picture."""
    here = next((part for part in parts if part.state not in (PartState.DONE, PartState.LATER)), None)
    if here is None:
        return gettext("Klart") if all(part.state is PartState.DONE for part in parts) else gettext("Slutade i förtid")
    ahead = next((part for part in parts[parts.index(here) + 1 :] if part.kind is PartKind.GATE), None)
    if here.kind is PartKind.GATE or ahead is None:
        late = here.state is PartState.LATE
        return gettext("%(part)s, försenad", part=say(here.label)) if late else say(here.label)
    return gettext("%(part)s, nästa är %(gate)s", part=say(here.label), gate=say(ahead.label))


def _phase(part: Part, today: date) -> str:
    if part.begun is None or part.state is PartState.LATER:
        return ""
    if part.ended:
        return dates.day_span(part.begun, part.ended, today)
    if part.begun == today:
        return gettext("börjar i dag")
    return gettext("från %(day)s", day=dates.short_day(part.begun, today))


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
