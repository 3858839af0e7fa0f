"""An invented municipality for the stories: its people, bodies and roles, and a way to act as each of them."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from app.demo.playing import Answers, Player
from tests.stories.moments import played_once
from workflows.flow import tasks_of
from workflows.flow.inbox import InboxRow
from workflows.governance.answers import Entered
from workflows.governance.decide import DecisionReceipt, decide
from workflows.governance.decision import DecisionInput
from workflows.governance.project import Project, load_project
from workflows.governance.start import Idea, Started, start_project
from workflows.governance.submit import Receipt, submit_step
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import BodyId, PersonId
from workflows.models import publish, shipped
from workflows.people import (
    BodyKind,
    PersonDetails,
    SeatRole,
    add_person,
    assign_organisation_role,
    create_body,
    seat_member,
)

NAMES = {
    "olle": ("Olle Norin", "Enhetschef"),
    "karin": ("Karin Lind", "Projektledare"),
    "anna": ("Anna Berg", "Förvaltningschef"),
    "bo": ("Bo Rask", "Verksamhetschef"),
    "sara": ("Sara Holm", "Verksamhetschef"),
    "mats": ("Mats Åkerlund", "Utvecklingschef"),
    "lena": ("Lena Ek", "Rektor"),
    "per": ("Per Wallin", "Sekreterare"),
    "eva": ("Eva Sjödin", "Ekonom"),
    "ture": ("Ture Malm", "Projektkontoret"),
    "rut": ("Rut Ström", "Registrator"),
    "nils": ("Nils Öberg", "Handläggare"),
}
"""Invented people by the short names that stories use."""

ORGANISATION_ROLES = {
    "project_office": "ture",
    "controller": "eva",
    "secretary": "per",
    "registrar": "rut",
    "administrator": "ture",
}

_requests = itertools.count(1)


@dataclass(slots=True)
class Town:
    """People by short name, and verbs that act as one of them."""

    ctx: Context
    people: dict[str, PersonId] = field(default_factory=dict)
    group: BodyId | None = None

    def as_(self, who: str) -> Context:
        """Return the context of a person's request."""
        return replace(self.ctx, actor=self.people[who])

    def start(self, who: str, title: str, **idea: str) -> Started:
        """Hand in a new idea."""
        return start_project(self.as_(who), idea=Idea(title=title, **idea), request_id=request_id())

    def open(self, project_id: str) -> dict[str, InboxRow]:
        """Return a project's open tasks by step."""
        with self.ctx.read() as session:
            project = load_project(session, tenant=self.ctx.tenant, project_id=project_id)
            rows = tasks_of(session, tenant=self.ctx.tenant, instance_ids=[project.instance])
        return {row.node: row for row in rows}

    def project(self, project_id: str) -> Project:
        """Return a project as it stands."""
        with self.ctx.read() as session:
            return load_project(session, tenant=self.ctx.tenant, project_id=project_id)

    def do(self, who: str, project_id: str, node: str, answers: Mapping[str, Any] | None = None) -> Receipt:
        """Hand in the open step `node` of a project."""
        return submit_step(
            self.as_(who),
            task_id=self.open(project_id)[node].task_id,
            entered=Entered(answers=answers or {}),
            request_id=request_id(),
        )

    def fill(self, who: str, project_id: str, node: str, **chosen: Any) -> Receipt:
        """Hand in the open step `node` with `chosen` answers and plausible ones for what else is compulsory."""
        return self.player(project_id).hand_in(node, chosen, by=self.people[who])

    def player(self, project_id: str, usual: Mapping[str, Mapping[str, Any]] | None = None) -> Player:
        """Return what plays a project by itself, each step as whoever it waits for."""
        return Remembering(ctx=self.ctx, project_id=project_id, usual=usual or {})

    def decide(self, who: str, project_id: str, decision: DecisionInput) -> DecisionReceipt:
        """Decide the gate that waits in a project."""
        (task,) = [row for node, row in self.open(project_id).items() if row.kind == "decision"]
        return decide(self.as_(who), task_id=task.task_id, decision=decision, request_id=request_id())


_PLAIN = {one.name: one.default for one in fields(Player) if callable(one.default)}
"""What a player calls who has nothing special to say or to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembering(Player):
    """A player that goes each way once, and after that knows where it leads."""

    def until(self, target: str, **chosen: Answers) -> None:
        """Play on until a step or a gate is open, as Player does."""
        if all(getattr(self, name) is plain for name, plain in _PLAIN.items()):
            _go(Town(ctx=self.ctx), self.project_id, self.usual, target, chosen)
        else:
            Player.until(self, target, **chosen)


@played_once
def _go(town: Town, project_id: str, usual: Mapping[str, Answers], target: str, chosen: Mapping[str, Answers]) -> None:
    Player(ctx=town.ctx, project_id=project_id, usual=usual).until(target, **chosen)


def request_id() -> str:
    """Return an id no other request of the test run has."""
    return f"request-{next(_requests)}"


def build_town(ctx: Context, *, files: Mapping[str, bytes] | None = None) -> Town:
    """Add the people, the steering group and the roles, and publish a model (Härnösand's, unless another is given)."""
    town = Town(ctx=ctx)
    town.group = _settle(town)
    _publish(town, files or shipped("harnosand"))
    return town


@played_once
def _settle(town: Town) -> BodyId:
    ctx, today = town.ctx, local_date(town.ctx.now())
    for short, (name, title) in NAMES.items():
        details = PersonDetails(name=name, email=f"{short}@exempelkommun.se", title=title)
        town.people[short] = add_person(ctx, details=details)
    for role, who in ORGANISATION_ROLES.items():
        assign_organisation_role(ctx, role=role, person=town.people[who], valid_from=today)
    group = create_body(ctx, name="Styrgrupp Samhälle", kind=BodyKind.STEERING_GROUP)
    seats = [("anna", SeatRole.CHAIR), ("bo", SeatRole.MEMBER), ("sara", SeatRole.MEMBER), ("mats", SeatRole.MEMBER)]
    for who, seat in [*seats, ("per", SeatRole.SECRETARY)]:
        seat_member(ctx, body=group, person=town.people[who], role=seat, valid_from=today)
    return group


@played_once
def _publish(town: Town, files: Mapping[str, bytes]) -> None:
    publish(town.ctx, files)
