"""What the form of a decision asks and offers, and what its paper leaves to tick and sign."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from app.gates.blueprint import outcome_words
from app.shell.decision_panel import Option, Panel, Point, Seat, phases_of, targets_of
from app.shell.filters import say
from workflows.governance.gate_deciders import Decider
from workflows.governance.gate_room import GateRoom
from workflows.governance.outcomes import Mode
from workflows.people import SeatRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the paper leaves to tick, and the lines to sign on it."""

    outcomes: list[str]
    signatures: list[str]


def options_of(room: GateRoom) -> Options:
    """Return what the paper of a room needs."""
    return Options(outcomes=[outcome_words(choice.outcome) for choice in room.choices], signatures=_signatures(room))


def panel_of(room: GateRoom) -> Panel:
    """Return what the form of a room's decision asks and offers."""
    setting, still = room.task.setting, room.view.open_conditions
    return Panel(
        mode=room.mode,
        choices=room.choices,
        closing=room.task.gate.closing,
        manager=room.manager,
        open_conditions=setting.open_conditions,
        only_open=still[0].number if len(still) == 1 else None,
        points=[Point(id=item.id, topic=item.topic, deviates=item.deviates) for item in room.items],
        owners=list(setting.people.items()),
        targets=targets_of(room.ways),
        plans=[("", gettext("Välj version")), *(_plan(version, number) for version, number in room.plans.items())],
        phases=phases_of(room.ways, room.held.bundle.model.phases, setting.reopenable),
        seats=[_seat(member) for member in room.deciders.members],
        substitutes=room.substitutes,
        adjusters=room.adjusters,
        boards=room.boards,
        proposal=room.view.proposal,
    )


def _seat(member: Decider) -> Seat:
    return Seat(
        person=member.person,
        name=member.name,
        chairs=member.seat is SeatRole.CHAIR,
        manages=member.manages,
        recusal=member.recusal,
    )


def _plan(version: int, number: str | None) -> Option:
    words = gettext("version %(number)s", number=version)
    return str(version), f"{words}, {number}" if number else words


def _signatures(room: GateRoom) -> list[str]:
    """Return who signs: who decides alone; secretary, chair and who adjusts the minutes; for a board nobody here."""
    place = gettext("Ort och datum")
    if room.mode is Mode.SINGLE:
        role = say(room.deciders.role).lower()
        return [", ".join([*room.deciders.waits_for[:1], role]), place]
    if room.mode is Mode.BOARD:
        return [gettext("Nämndens protokoll, paragraf"), place]
    seats = ((SeatRole.SECRETARY, gettext("sekreterare")), (SeatRole.CHAIR, gettext("ordförande")))
    named = [", ".join([*_seated(room, seat)[:1], title]) for seat, title in seats]
    return [*named, gettext("Justerare"), place]


def _seated(room: GateRoom, seat: SeatRole) -> list[str]:
    return [one.name for one in room.deciders.people if one.seat is seat]
