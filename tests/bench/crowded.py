"""The inbox in a municipality with 100,000 open tasks in 2,000 projects, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.bench.browser import Browsers
from tests.bench.installation import Installation
from workflows.flow import fold
from workflows.flow.tables import InstanceRow, TaskPrincipalRow, TaskRow
from workflows.governance.tables import ProjectRow
from workflows.kernel.database import Table
from workflows.kernel.ids import ORGANISATION, new_id, person_principal, role_principal
from workflows.people.tables import FOREVER, MembershipRow

PROJECTS = 2000
TASKS = 50
"""Open tasks of each project."""

TIMES = 30
READERS = ("nils", "karin", "ture")
"""A member of projects, a manager of many, and the project office, whom the whole municipality asks."""

SHARES = {"nils": (8, "project_member"), "karin": (30, "project_manager"), "anna": (120, "sponsor")}
"""In how many projects a person holds a role; the others are held by nobody who logs in here."""

SUBJECTS = ("belysning", "avtal", "bibliotek", "skolmat", "vattenledning", "e-tjänst", "lekplats", "arkiv")
NAMES = ("Skriv statusrapporten", "Bedöm risker", "Skriv projektdirektivet", "Svara på checklistan", "Läs rapporten")


def inbox(place: Installation, clients: Browsers) -> Iterator[tuple[str, float]]:
    """Yield the times of the first page, the second and a search: of whoever waits longest of three readers."""
    place.log_in(clients, *READERS)
    pages = {"http.inbox_100k_ms": "/tasks", "http.inbox_100k_search_ms": "/tasks?q=belysning+riske"}
    onward = {who: _second(clients, place.town.people[who]) for who in READERS}
    worst: dict[str, float] = {}
    for who in READERS:
        own = {**pages, "http.inbox_100k_page2_ms": onward[who]}
        for name, address in own.items():
            taken = _median(clients, place.town.people[who], address)
            worst[name] = max(worst.get(name, 0.0), taken)
    yield from worst.items()


def crowd(place: Installation) -> None:
    """Fill the database."""
    town = place.town
    first = town.start("olle", "Digital avtalssignering")
    with town.ctx.write() as session:
        pattern = _Pattern.read(session, town.ctx.tenant, first.project_id, first.task_id)
        made = list(_projects(pattern, Random(1)))
        session.execute(insert(InstanceRow), [project.instance for project in made])
        session.execute(insert(ProjectRow), [project.project for project in made])
        session.execute(insert(TaskRow), [task for project in made for task in project.tasks])
        session.execute(insert(TaskPrincipalRow), [row for project in made for row in _waiting(place, project)])
        session.execute(insert(MembershipRow), list(_memberships(place, made)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """The rows of one project."""

    project: dict[str, Any]
    instance: dict[str, Any]
    tasks: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    """Rows of a project that was started as people do; the others differ in what the inbox shows."""

    project: dict[str, Any]
    instance: dict[str, Any]
    task: dict[str, Any]

    @classmethod
    def read(cls, session: Session, tenant: str, project_id: str, task_id: str) -> _Pattern:
        """Read the pattern."""
        project = session.get_one(ProjectRow, (tenant, project_id))
        instance = session.get_one(InstanceRow, (tenant, project.instance))
        task = session.get_one(TaskRow, (tenant, task_id))
        return cls(project=_columns(project), instance=_columns(instance), task=_columns(task))


def _projects(pattern: _Pattern, chance: Random) -> Iterator[_Made]:
    begun = pattern.task["opened_at"]
    for number, subject in zip(range(PROJECTS), cycle(SUBJECTS), strict=False):
        project, instance = new_id(), new_id()
        title = f"Bättre {subject} i kommunens norra delar, etapp {number}"
        names = [NAMES[(number + place) % len(NAMES)] for place in range(TASKS)]
        tasks = [
            {
                **pattern.task,
                "id": new_id(),
                "instance": instance,
                "name": name,
                "search": fold(f"{name} {title}"),
                "due_at": begun + timedelta(days=chance.randint(-20, 60), minutes=chance.randint(0, 1440)),
            }
            for name in names
        ]
        numbered = {"id": project, "instance": instance, "number": f"P-2025-{number:04}", "title": title}
        yield _Made(
            project={**pattern.project, **numbered, "search": fold(title)},
            instance={**pattern.instance, "id": instance, "subject": project, "title": title},
            tasks=tasks,
        )


def _waiting(place: Installation, made: _Made) -> Iterator[dict[str, Any]]:
    """Yield who a project's tasks wait for: its roles, one in fifty the project office, one in a hundred a person."""
    project, tenant = made.project["id"], place.town.ctx.tenant
    roles = cycle(("project_manager", "project_member", "project_member", "sponsor", "steering_group"))
    for number, task in enumerate(made.tasks):
        principal = role_principal(project, next(roles))
        if number % 50 == 0:
            principal = role_principal(ORGANISATION, "project_office")
        if number % 100 == 1:
            principal = person_principal(place.town.people["nils"])
        yield {"tenant": tenant, "principal": principal, "due_at": task["due_at"], "task": task["id"]}


def _memberships(place: Installation, made: list[_Made]) -> Iterator[dict[str, Any]]:
    tenant = place.town.ctx.tenant
    for who, (count, role) in SHARES.items():
        for one in made[:: PROJECTS // count]:
            scope = one.project["id"]
            yield {
                "tenant": tenant,
                "person": place.town.people[who],
                "principal": role_principal(scope, role),
                "via": f"holder:{new_id()}",
                "valid_from": date(2026, 1, 1),
                "valid_to": FOREVER,
                "scope": scope,
                "on_behalf_of": None,
            }


def _second(clients: Browsers, who: str) -> str:
    """Return the address of the second page, as the first one gives it."""
    body = clients.get(who, "/tasks", keep=True).body
    return "/tasks?" + body.partition("?after=")[2].partition('"')[0].join(("after=", "")).replace("&amp;", "&")


def _median(clients: Browsers, who: str, address: str) -> float:
    answers = [clients.get(who, address) for _ in range(TIMES)]
    assert all(answer.status == 200 for answer in answers), address
    return median(answer.ms for answer in answers[3:])


def _columns(row: Table) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in type(row).__table__.columns}
