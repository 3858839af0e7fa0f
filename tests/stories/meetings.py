"""How the invented town meets and decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from app.demo.playing import Player
from tests.stories.town import Town
from workflows.governance.decision import Attendance, DecisionInput, Meeting, NewCondition, Presence, Way
from workflows.governance.outcomes import Outcome
from workflows.kernel.clock import local_date

APPROVE = DecisionInput(outcome=Outcome.APPROVE, no_conflict=True)


def approve_on_condition(town: Town, owner: str, *texts: str, days: int = 30) -> DecisionInput:
    """Approve, with conditions that one person answers for."""
    due_on = local_date(town.ctx.now()) + timedelta(days=days)
    conditions = tuple(NewCondition(text=text, owner=town.people[owner], due_on=due_on) for text in texts)
    return DecisionInput(outcome=Outcome.APPROVE_CONDITIONAL, no_conflict=True, conditions=conditions)


def rework(town: Town, target: str, *reopen: str, days: int = 20) -> DecisionInput:
    """Send named items back to a phase."""
    return DecisionInput(
        outcome=Outcome.REWORK,
        target=target,
        reopen=reopen,
        motivation="Kalkylen saknar driftskostnaden.",
        due_on=local_date(town.ctx.now()) + timedelta(days=days),
        no_conflict=True,
    )


def seat(town: Town, who: str, *, recusal: str = "", reservation: str = "") -> Attendance:
    """A member in the room; with a recusal they leave it when the case comes up."""
    return Attendance(
        person=town.people[who],
        presence=Presence.IN_PLACE,
        recused=bool(recusal),
        recusal_reason=recusal,
        reservation=reservation,
    )


def met(town: Town, outcome: Outcome, seats: Sequence[Attendance] | None = None, **more: object) -> DecisionInput:
    """A decision of the steering group, which met today; without seats all were there and agreed."""
    present = tuple(seat(town, who) for who in ("anna", "bo", "sara", "mats"))
    meeting = Meeting(
        held_on=local_date(town.ctx.now()),
        place="Rådhuset, Bergsalen",
        attendance=tuple(seats) if seats is not None else present,
        way=Way.UNANIMOUS,
        in_favour=None,
        against=None,
        minutes="Styrgruppen beslutar enligt förslaget.",
    )
    return DecisionInput(outcome=outcome, meeting=meeting, **more)  # type: ignore[arg-type]  # fields by name


def approve_delivery(town: Town, player: Player) -> str | None:
    """The group approves the delivery that comes to its gate first; returns which."""
    player.until("decide_meeting")
    item = next(task.item for task in player.open() if task.node == "decide_meeting")
    player.decide(met(town, Outcome.APPROVE), item=item)
    return item


def sent_back_by_group(town: Town, target: str, *reopen: str) -> DecisionInput:
    """The group sends named items back to a phase."""
    asked = rework(town, target, *reopen)
    return met(town, Outcome.REWORK, target=target, reopen=reopen, motivation=asked.motivation, due_on=asked.due_on)
