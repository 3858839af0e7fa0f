"""A project's way through its model: phase boxes and gates in order, each done, now or later, with its dates."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from workflows.governance.decision_record import Decision
from workflows.governance.outcomes import Outcome
from workflows.governance.packs import Pack, PackStatus
from workflows.governance.project import Project, ProjectStatus
from workflows.kernel.clock import local_date
from workflows.models.model import Box, Gate, Label, Model


class PartKind(StrEnum):
    """A phase box or a gate."""

    PHASE = "phase"
    GATE = "gate"


class PartState(StrEnum):
    """Where a part stands. `late` = now and too late, `stopped` = now, but nothing goes on."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    STOPPED = "stopped"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A phase box or a gate of one project.

    A phase has `begun` and `ended`; a gate its last `outcome` with `decided_on`, or `requested` while it waits, and
    `due_at` until then.
    """

    kind: PartKind
    key: str
    label: Label
    state: PartState
    begun: date | None = None
    ended: date | None = None
    outcome: Outcome | None = None
    decided_on: date | None = None
    requested: bool = False
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What of a project decides where it stands in its model."""

    status: ProjectStatus
    phase: str | None
    gate: str | None
    late: bool = False


_STOPPED = frozenset({ProjectStatus.ON_HOLD, ProjectStatus.TERMINATING})
_OVER = frozenset({ProjectStatus.REJECTED, ProjectStatus.TERMINATED, ProjectStatus.NOT_PROJECT})


def parts_of(model: Model, place: Place, decided: Collection[str | None] | None = None) -> tuple[Part, ...]:
    """Return the model's boxes and gates in order, as far as the project has come; no dates.

    With the gates that were `decided` in it, those are left out that the project has gone past without a decision, and
    their boxes: they came with a newer version of the model, and nothing of them ever happened.
    """
    left_out = frozenset() if decided is None else _passed_by(model, place, decided)
    return tuple(part for part in _parts(model, place) if part.key not in left_out)


def _parts(model: Model, place: Place) -> tuple[Part, ...]:
    sequence = tuple(_sequence(model))
    here = _position(model, sequence, place)
    return tuple(
        Part(
            kind=PartKind.GATE if isinstance(one, Gate) else PartKind.PHASE,
            key=one.key if isinstance(one, Gate) else str(one.number),
            label=one.short if isinstance(one, Gate) else _name(model, one, place),
            state=_state(number - here, place),
        )
        for number, one in enumerate(sequence)
    )


def dated_parts(
    model: Model,
    project: Project,
    *,
    decisions: Sequence[Decision],
    packs: Sequence[Pack],
    due_at: datetime | None,
    late: bool,
) -> tuple[Part, ...]:
    """Return the parts with dates and outcomes. `decisions` newest first; `due_at` is when the gate now open is due."""
    place = Place(status=project.status, phase=project.phase, gate=project.gate, late=late)
    begun: date | None = local_date(project.created_at)
    dated: list[Part] = []
    for part in parts_of(model, place, {decision.gate for decision in decisions}):
        if part.kind is PartKind.PHASE:
            gate = model.next_gate(int(part.key))
            dated.append(_phase(part, begun, _requested_on(gate, packs), project))
        else:
            newest = next((one for one in decisions if one.gate == part.key and one.item is None), None)
            waiting = any(one.gate == part.key and one.status is PackStatus.WAITING for one in packs)
            dated.append(_gate(part, newest, waiting, due_at))
            begun = newest.decided_on if newest and newest.outcome.goes_on else None
    return tuple(dated)


def _passed_by(model: Model, place: Place, decided: Collection[str | None]) -> frozenset[str]:
    """Return the keys of gates, and of their boxes, that lie behind a project and were never decided in it."""
    sequence = tuple(_sequence(model))
    behind = sequence[: _position(model, sequence, place)]
    gates = [one for one in behind if isinstance(one, Gate) and one.key not in decided]
    return frozenset(key for gate in gates for key in (gate.key, str(gate.box)))


def current_gate(model: Model, project: Project) -> Gate | None:
    """Return the gate that the project is in, or that closes the box it is in; None when there is none ahead."""
    if project.gate is not None and model.gate(project.gate).of is None:
        return model.gate(project.gate)
    if project.phase is None:
        return None
    return model.next_gate(model.phase(project.phase).box)


def _name(model: Model, box: Box, place: Place) -> Label:
    """Return what a box is called: the phase the project is in, else the box's last phase, where it holds several."""
    own = [phase for phase in model.phases if phase.box == box.number]
    if len(own) < 2:
        return box.label
    return next((phase.label for phase in own if phase.key == place.phase), own[-1].label)


def _sequence(model: Model) -> Iterator[Box | Gate]:
    for box in model.boxes:
        yield box
        gate = model.next_gate(box.number)
        if gate is not None:
            yield gate


def _position(model: Model, sequence: Sequence[Box | Gate], place: Place) -> int:
    """Return the number of the part where the project stands; past the end once it is closed."""
    if place.status is ProjectStatus.CLOSED:
        return len(sequence)
    gate = model.gate(place.gate) if place.gate else None
    if gate is not None and gate.of is None:
        return sequence.index(gate)
    box = model.phase(place.phase).box if place.phase else model.boxes[0].number
    return next(number for number, one in enumerate(sequence) if isinstance(one, Box) and one.number == box)


def _state(distance: int, place: Place) -> PartState:
    if distance:
        return PartState.DONE if distance < 0 else PartState.LATER
    if place.status in _OVER:
        return PartState.DONE
    if place.status in _STOPPED:
        return PartState.STOPPED
    return PartState.LATE if place.late and place.gate else PartState.NOW


def _requested_on(gate: Gate | None, packs: Sequence[Pack]) -> date | None:
    asked = [pack for pack in packs if gate and pack.gate == gate.key and pack.status is not PackStatus.WITHDRAWN]
    return local_date(asked[-1].requested_at) if asked else None


def _phase(part: Part, begun: date | None, requested: date | None, project: Project) -> Part:
    if part.state is PartState.LATER:
        return part
    ended = requested if part.state is PartState.DONE else None
    if part.state is PartState.DONE and ended is None and project.closed_at is not None:
        ended = local_date(project.closed_at)
    return replace(part, begun=begun, ended=ended)


def _gate(part: Part, decision: Decision | None, waiting: bool, due_at: datetime | None) -> Part:
    now = part.state not in (PartState.DONE, PartState.LATER)
    if decision is not None and not waiting:
        part = replace(part, outcome=decision.outcome, decided_on=decision.decided_on)
    return replace(part, requested=waiting, due_at=due_at if now else None)
