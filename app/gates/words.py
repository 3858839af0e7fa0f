"""What a decision led to, in words."""

from __future__ import annotations

from flask_babel import gettext, ngettext

from app.shell.filters import say
from workflows.governance.gate_decision import DecisionView
from workflows.governance.gate_receipt import Receipt
from workflows.governance.outcomes import Outcome


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


def signatures(shown: DecisionView) -> list[str]:
    """Return who signs: who decided alone; for a meeting its secretary, chair and who adjusts the minutes."""
    recorded_by = shown.names.get(shown.decision.recorded_by, "")
    if not shown.meeting:
        as_deputy = gettext("%(name)s, som ersättare", name=recorded_by)
        return [as_deputy if shown.decision.on_behalf_of else recorded_by]
    chair, adjuster = (shown.names.get(str(shown.meeting.get(part)), "") for part in ("chair", "adjusted_by"))
    titled = {recorded_by: gettext("sekreterare"), chair: gettext("ordförande"), adjuster: gettext("justerare")}
    return [f"{name}, {title}" for name, title in titled.items() if name]
