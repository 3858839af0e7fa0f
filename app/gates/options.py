"""What the selects of the panel offer, and what its paper leaves to tick and sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext

from app.gates.blueprint import outcome_words
from app.shell.filters import say
from workflows.governance.gate_room import GateRoom
from workflows.governance.outcomes import Mode, Outcome
from workflows.people import SeatRole

Option = tuple[str, str]
"""Value and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Lists to choose from; `signatures` are the lines on paper.

    `phases` names the last phase in which each checklist item can be mended, where one can go back to several.
    """

    owners: list[Option]
    targets: list[Option]
    plans: list[Option]
    outcomes: list[str]
    phases: Mapping[str, str]
    signatures: list[str]


def options_of(room: GateRoom) -> Options:
    """Return the lists of a room."""
    return Options(
        owners=list(room.task.setting.people.items()),
        targets=[
            (way.target, say(way.label)) for way in room.ways.values() if way.outcome is Outcome.REWORK and way.target
        ],
        plans=[("", gettext("Välj version")), *(_plan(version, number) for version, number in room.plans.items())],
        outcomes=[outcome_words(choice.outcome) for choice in room.choices],
        phases=_phases(room),
        signatures=_signatures(room),
    )


def _phases(room: GateRoom) -> Mapping[str, str]:
    back = [way for way in room.ways.values() if way.outcome is Outcome.REWORK and way.target]
    order = [phase.key for phase in room.held.bundle.model.phases]
    back.sort(key=lambda way: order.index(way.target) if way.target in order else len(order))
    reopenable = room.task.setting.reopenable
    found = {item: say(way.label) for way in back for item in reopenable.get(way.target or "", ())}
    return found if len(set(found.values())) > 1 else {}


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
