"""Where a project stands in its model, in words and as the little picture."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext, ngettext

from app.shell import dates
from app.shell.filters import say
from app.shell.track import Piece, PieceKind, PieceState
from workflows.governance.gate_receipt import Receipt
from workflows.governance.outcomes import OUTCOME_DONE, Outcome
from workflows.governance.project_track import Part, PartKind, PartState

BREAK = "\u200b"
"""Where a long label may break: after the stroke of "Relevans/Förberedelse"."""


def pieces(parts: Sequence[Part], today: date) -> tuple[Piece, ...]:
    """Return the track's pieces, each with its dates or its outcome."""
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
    done = [say(part.label) for part in parts if part.state is PartState.DONE]
    here = next((say(part.label) for part in parts if part.state not in (PartState.DONE, PartState.LATER)), "")
    passed = gettext("%(parts)s klart", parts=", ".join(done)) if done else ""
    return ", ".join(filter(None, [passed, gettext("nu %(part)s", part=here) if here else ""]))


def came_of_it(receipt: Receipt) -> str:
    """Return where the decision led, in a sentence or two."""
    shown, decision = receipt.shown, receipt.shown.decision
    phase = say(shown.way.phase.label) if shown.way and shown.way.phase else ""
    match decision.outcome:
        case Outcome.APPROVE | Outcome.APPROVE_CONDITIONAL | Outcome.APPROVE_REVISED:
            went = (
                gettext("Projektet går vidare till %(phase)s.", phase=phase)
                if phase
                else gettext("Arbetet fortsätter.")
            )
            went = gettext("Projektet är avslutat.") if shown.gate.closing else went
        case Outcome.REWORK:
            went = gettext("Underlaget går tillbaka till %(where)s för komplettering.", where=say(shown.target))
        case Outcome.DEFER:
            went = gettext("Samma underlag kommer tillbaka.")
        case Outcome.HOLD:
            went = gettext("Projektet är vilande, och allt arbete pausar.")
        case Outcome.REJECT:
            went = gettext("Idén ligger kvar i projektbanken som avslagen.")
        case _:
            went = gettext("Projektet avslutas i kortform med en slutrapport.")
    number = len(shown.conditions)
    told = ngettext("%(num)s villkor följs upp.", "%(num)s villkor följs upp.", number) if number else ""
    return " ".join(filter(None, [went, told]))


def _phase(part: Part, today: date) -> str:
    if part.begun is None or part.state is PartState.LATER:
        return ""
    if part.ended:
        return dates.day_span(part.begun, part.ended, today)
    if part.begun == today:
        return gettext("börjar i dag")
    return gettext("från %(day)s", day=dates.short_day(part.begun, today))


def _gate(part: Part, today: date) -> str:
    if part.requested:
        return gettext("väntar på beslut")
    if part.outcome is None or part.decided_on is None:
        return ""
    outcome = gettext(OUTCOME_DONE[part.outcome])
    return f"{outcome[:1].lower()}{outcome[1:]} {dates.short_day(part.decided_on, today)}"
