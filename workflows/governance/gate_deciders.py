"""Who decides a gate: one person, a group in a meeting, or a board; who cannot take part, and who it waits for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.governance.gate_task import VOTING, GateTask
from workflows.governance.outcomes import Mode
from workflows.governance.roles import principals_of_task
from workflows.models.model import Label
from workflows.people import PersonName, SeatRole, people_behind, seats_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider:
    """Somebody with a part in the decision. `recusal` is the reason of a declared conflict of interest, else ""."""

    person: str
    name: str
    title: str
    seat: SeatRole | None
    recusal: str
    manages: bool

    @property
    def votes(self) -> bool:
        """Whether the seat counts for the quorum (who decides alone has none)."""
        return self.seat is None or self.seat in VOTING

    @property
    def able(self) -> bool:
        """Whether the person can take part: no conflict of interest, and not the project manager."""
        return not self.recusal and not self.manages


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciders:
    """Who decides. `role` is what they decide as; `waits_for` are the names of who decides alone, or who records."""

    mode: Mode
    role: Label
    people: tuple[Decider, ...]
    needed: int
    waits_for: tuple[str, ...]

    @property
    def names(self) -> dict[str, str]:
        """Return the names of all who have a part in it."""
        return {one.person: one.name for one in self.people}

    @property
    def members(self) -> tuple[Decider, ...]:
        """Return those who count for the quorum."""
        return tuple(decider for decider in self.people if decider.votes)

    @property
    def able(self) -> int:
        """Return how many members can take part."""
        return sum(decider.able for decider in self.members)

    @property
    def able_to_decide(self) -> bool:
        """Whether enough can take part. A board answers for its own quorum."""
        return self.mode is Mode.BOARD or self.able >= self.needed


def deciders_of(session: Session, *, tenant: str, gate: GateTask) -> Deciders:
    """Return who decides a gate today."""
    held = gate.held
    principals = principals_of_task(held.project, held.bundle.model, held.task)
    behind = people_behind(session, tenant=tenant, principals=principals, day=held.today)
    people = {person.id: person for principal in principals for person in behind[principal]}
    doers = tuple(people.values())
    role = next((role.label for role in held.bundle.model.roles if role.key == held.task.role), {})
    if gate.mode is Mode.SINGLE:
        alone = tuple(_decider(gate, person) for person in doers)
        return Deciders(
            mode=gate.mode,
            role=role,
            people=alone,
            needed=1,
            waits_for=tuple(decider.name for decider in alone if decider.able),
        )
    return Deciders(
        mode=gate.mode,
        role={"sv": gate.group.name} if gate.group and gate.mode is Mode.MEETING else {},
        people=_seats(session, tenant, gate) if gate.mode is Mode.MEETING else (),
        needed=gate.setting.needed,
        waits_for=tuple(person.name for person in doers if person.id not in gate.recusals),
    )


def _decider(gate: GateTask, person: PersonName, seat: SeatRole | None = None) -> Decider:
    return Decider(
        person=person.id,
        name=person.name,
        title=person.title,
        seat=seat,
        recusal=gate.recusals.get(person.id, ""),
        manages=person.id in gate.setting.managers,
    )


def _seats(session: Session, tenant: str, gate: GateTask) -> tuple[Decider, ...]:
    if gate.group is None:
        return ()
    return tuple(
        _decider(gate, PersonName(id=seat.person, name=seat.name, title=seat.title), seat.role)
        for seat in seats_on(session, tenant=tenant, body=gate.group.id, on=gate.held.today)
    )
