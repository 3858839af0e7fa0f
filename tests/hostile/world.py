"""A town with two projects that are strangers to each other, and a way to tell whether anything in it changed."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from tests.conftest import TestClock
from tests.databases import hurried
from tests.stories.moments import played_once
from tests.stories.town import Town, build_town, request_id
from workflows.flow.tables import SubmissionRow
from workflows.governance.anytime import replace_project_holder, terminate_project
from workflows.governance.decision import DecisionInput, NewCondition
from workflows.governance.files import add_file
from workflows.governance.holding import hold_project
from workflows.governance.moving import preview_move
from workflows.governance.outcomes import Outcome
from workflows.governance.tables import ConditionRow, DecisionRow, PackRow, ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, PersonId
from workflows.kernel.jobs import MemoryJobs
from workflows.models import Imported, ask_for_publication, begin_model_draft, keep_import, latest, load_bundle, publish
from workflows.people import (
    PersonDetails,
    add_person,
    appoint_deputy,
    assign_organisation_role,
    holdings_in,
    seats_on,
)

EXTRA = {
    "frida": "Frida Lilja",
    "ada": "Ada Norberg",
    "ulla": "Ulla Hed",
    "axel": "Axel Sundin",
    "sofia": "Sofia Dahl",
    "bea": "Bea Lund",
    "cilla": "Cilla Frost",
    "disa": "Disa Vik",
    "dag": "Dag Ritter",
}
"""People whom the stories do not know: an outsider; an administrator, an auditor, one of the project office
and a process designer who are nothing else; a sponsor; and the three people of the other project."""

PERSONAS = {
    "nobody": None,
    "stranger": "frida",
    "idea_owner": "olle",
    "manager": "karin",
    "sponsor": "sofia",
    "member": "bo",
    "chair": "anna",
    "secretary": "per",
    "receiver": "lena",
    "office": "ulla",
    "administrator": "ada",
    "auditor": "axel",
    "designer": "dag",
}
"""Kinds of visitors to the first project, by the short name of the person; nobody is not logged in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A project and what can be asked for in it, by id.

    `task` is an open step, `handed` one that was handed in, `decided` the gate's deciding task once it is closed.
    """

    project: str
    task: str = ""
    handed: str = ""
    decided: str = ""
    decision: str = ""
    pack: str = ""
    condition: str = ""
    file: str = ""
    deputy: str = ""


@dataclass(slots=True)
class World:
    """The town at one moment.

    `var` holds the database and the files; `places` the projects by what they are for; `registers` the ids of a seat,
    a holder and a deputy that the administrator has entered.
    """

    var: Path
    ctx: Context
    people: dict[str, PersonId]
    places: dict[str, Place] = field(default_factory=dict)
    group: str = ""
    registers: dict[str, str] = field(default_factory=dict)

    @property
    def town(self) -> Town:
        """Return the town's verbs over this world."""
        return Town(ctx=self.ctx, people=self.people)

    def as_(self, who: str) -> Context:
        """Return the context of a person's request."""
        return replace(self.ctx, actor=self.people[who])

    def task(self, place: str, node: str) -> str:
        """Return the id of the open task at a step of a project."""
        return self.town.open(self.places[place].project)[node].task_id

    def files(self) -> dict[str, bytes]:
        """Return everything that lies in the file store, unfinished uploads included."""
        return {
            str(path.relative_to(self.ctx.files)): path.read_bytes()
            for path in sorted(self.ctx.files.rglob("*"))
            if path.is_file()
        }

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table, the committed jobs and the kept files."""
        assert isinstance(self.ctx.jobs, MemoryJobs)
        kept: list[tuple[object, ...]] = [(name, content) for name, content in self.files().items()]
        jobs: list[tuple[object, ...]] = [(job.name, job.arguments, job.key) for job in self.ctx.jobs.jobs]
        return {**rows_of(self.var / "styr.sqlite"), "files": kept, "jobs": jobs}

    @contextmanager
    def untouched(self) -> Iterator[None]:
        """Fail when anything at all was written meanwhile."""
        before = self.dump()
        yield
        after = self.dump()
        changed = [name for name in before.keys() | after.keys() if before.get(name) != after.get(name)]
        assert changed == [], {name: _difference(before.get(name, []), after.get(name, [])) for name in changed}


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every table of ours, by name."""
    connection = sqlite3.connect(path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'styr_%'")
        return {name: list(connection.execute(f'SELECT * FROM "{name}"')) for (name,) in tables.fetchall()}
    finally:
        connection.close()


def _difference(before: list[tuple[object, ...]], after: list[tuple[object, ...]]) -> dict[str, object]:
    return {
        "gone": [row for row in before if row not in after][:3],
        "new": [row for row in after if row not in before][:3],
    }


def copy_of(seed: World, var: Path, clock: TestClock) -> World:
    """Return the same town on files of its own."""
    shutil.copytree(seed.var, var, dirs_exist_ok=True)
    ctx = Context(database=hurried(var / "styr.sqlite"), jobs=MemoryJobs(), files=var / "files", clock=clock)
    return replace(seed, var=var, ctx=ctx, people=dict(seed.people), places=dict(seed.places))


def build_world(ctx: Context) -> World:
    """Play both projects past their first gate, and others to where something can come between."""
    town = build_town(ctx)
    for short, name in EXTRA.items():
        town.people[short] = add_person(ctx, details=PersonDetails(name=name, email=f"{short}@exempelkommun.se"))
    for role, who in (
        ("administrator", "ada"),
        ("auditor", "axel"),
        ("project_office", "ulla"),
        ("process_designer", "dag"),
    ):
        assign_organisation_role(ctx, role=role, person=town.people[who], valid_from=ctx.now().date())
    world = World(var=ctx.files.parent, ctx=ctx, people=town.people, group=str(town.group))
    ours = {"owner": "olle", "sponsor": "sofia", "manager": "karin", "receiver": "lena"}
    theirs = {"owner": "bea", "sponsor": "cilla", "manager": "disa", "receiver": "nils"}
    world.places = {
        "ours": _past_the_gate(town, "Digital avtalssignering", **ours),
        "theirs": _past_the_gate(town, "Hemlig omorganisation", **theirs),
        "gate": _at_the_gate(town, "Ny simhall", **ours),
        "their gate": _at_the_gate(town, "Hemligt markköp", **theirs),
        "held": _held(town, "Nytt arkiv", **ours),
        "their held": _held(town, "Hemlig flytt", **theirs),
        "idea": _idea(town, "Cykelgarage vid stationen"),
        "stopping": _stopping(town, "Ny hemsida", **ours),
        "rejected": _rejected(town, "Flygande bussar", **ours),
    }
    for place in ("ours", "gate"):
        replace_project_holder(
            town.as_("ture"),
            project_id=world.places[place].project,
            role="steering_group",
            holder=f"body:{world.group}",
            reason="Styrgrupp utses",
            request_id=request_id(),
        )
    for place, manager in (("ours", "karin"), ("theirs", "disa")):
        scope = world.places[place].project
        deputy = _stands_in(town, scope=scope, role="project_manager", of=manager)
        world.places[place] = replace(world.places[place], deputy=deputy)
    world.registers = _registers(town) | _move(town) | _drafts(town)
    return world


def _registers(town: Town) -> dict[str, str]:
    today = town.ctx.now().date()
    with town.ctx.read() as session:
        held = holdings_in(session, tenant=town.ctx.tenant, scope=ORGANISATION, day=today)
        assert town.group is not None
        seats = seats_on(session, tenant=town.ctx.tenant, body=town.group, on=today)
    return {
        "body": str(town.group),
        "seat": next(seat.id for seat in seats if seat.person == town.people["sara"]),
        "holder": next(one.id for one in held if one.role == "registrar"),
        "stand_in": _stands_in(town, scope=ORGANISATION, role="registrar", of="rut"),
    }


def _drafts(town: Town) -> dict[str, str]:
    """Let the designer begin a draft of the model, and another that waits for somebody else to publish it."""
    ctx = town.as_("dag")
    with ctx.read() as session:
        newest = latest(session, tenant=ctx.tenant)
        files = load_bundle(session, tenant=ctx.tenant, digest=newest.digest).files
    begun = [
        begin_model_draft(ctx, model=newest.model, name="Utkast", files=files, base=newest.digest, what="Började")
        for _ in range(2)
    ]
    ask_for_publication(ctx, draft_id=begun[1], seen=1, note="Bättre frågor")
    kept = keep_import(ctx, Imported(name="Inlagd", source="Styr", files=files, rows=()))
    return {"model_import": kept, "model_draft": begun[0], "asked_draft": begun[1], "model": newest.model}


def _move(town: Town) -> dict[str, str]:
    """Publish the model again, and let the project office prepare to move the projects to the new version."""
    with town.ctx.read() as session:
        newest = latest(session, tenant=town.ctx.tenant)
        files = load_bundle(session, tenant=town.ctx.tenant, digest=newest.digest).files
    version = publish(town.ctx, {**files, "model.json": files["model.json"] + b"\n"}).version
    ctx = town.as_("ture")
    return {"model_move": preview_move(ctx, model=newest.model, from_version=newest.version, to_version=version)}


def _stands_in(town: Town, *, scope: str, role: str, of: str) -> str:
    """Let Eva stand in for somebody who is away for a week."""
    today = town.ctx.now().date()
    return appoint_deputy(
        town.as_("ada"),
        scope=scope,
        role=role,
        person=town.people["eva"],
        valid_from=today,
        valid_to=today + timedelta(days=6),
        legal_source=f"Beslut om ersättare för {of}",
    )


@played_once
def to_the_gate(town: Town, title: str, *, owner: str, sponsor: str, manager: str, receiver: str) -> str:
    """Play a small project until the first gate waits for its sponsor; return its id."""
    people = town.people
    project = town.start(owner, title).project_id
    town.fill(owner, project, "idea_sheet", sponsor=people[sponsor], size_class="small", total_cost=600_000)
    town.fill(owner, project, "c1_relevance")
    town.fill(sponsor, project, "sponsor_answer", decision="go")
    town.fill(sponsor, project, "appoint_manager", project_manager=people[manager])
    town.fill(manager, project, "risk_assessment")
    town.fill("eva", project, "cost_benefit", total_cost=650_000)
    town.fill(manager, project, "organisation")
    town.fill(manager, project, "resource_needs")
    town.fill(manager, project, "project_directive", receiver=people[receiver])
    town.fill("ture", project, "office_review", outcome="approve")
    town.fill(manager, project, "c2_preparation")
    town.fill(manager, project, "request", proposal="Beställaren godkänner projektdirektivet.")
    return project


def _past_the_gate(town: Town, title: str, *, owner: str, sponsor: str, manager: str, receiver: str) -> Place:
    place = _at_the_gate(town, title, owner=owner, sponsor=sponsor, manager=manager, receiver=receiver)
    condition = NewCondition(
        text="Komplettera budgeten", owner=town.people["mats"], due_on=town.ctx.now().date().replace(day=30)
    )
    outcome, project = Outcome.APPROVE_CONDITIONAL, place.project
    town.decide(sponsor, project, DecisionInput(outcome=outcome, conditions=(condition,), no_conflict=True))
    file = add_file(
        town.as_(manager), project_id=project, stream=io.BytesIO(b"Anteckningar"), name="minnen.txt", limit=1000
    )
    with town.ctx.read() as session:
        decision = session.scalars(select(DecisionRow.id).where(DecisionRow.project == project)).one()
        work = session.scalars(select(ConditionRow.task).where(ConditionRow.project == project)).one()
    plan = town.open(project)["project_plan"].task_id
    return replace(place, task=plan, decided=place.task, decision=decision, condition=work, file=file.id)


def _at_the_gate(town: Town, title: str, *, owner: str, sponsor: str, manager: str, receiver: str) -> Place:
    project = to_the_gate(town, title, owner=owner, sponsor=sponsor, manager=manager, receiver=receiver)
    with town.ctx.read() as session:
        pack = session.scalars(select(PackRow.id).where(PackRow.project == project)).one()
        query = select(SubmissionRow.task).join(ProjectRow, ProjectRow.instance == SubmissionRow.instance)
        handed = session.scalars(query.where(ProjectRow.id == project, SubmissionRow.form == "project_directive")).one()
    return Place(project=project, task=town.open(project)["decide_single"].task_id, handed=handed, pack=pack)


def _idea(town: Town, title: str) -> Place:
    started = town.start("olle", title)
    return Place(project=started.project_id, task=started.task_id)


def _held(town: Town, title: str, **roles: str) -> Place:
    place = _past_the_gate(town, title, **roles)
    hold_project(
        town.as_(roles["sponsor"]),
        project_id=place.project,
        resume_on=town.ctx.now().date().replace(month=12, day=20),
        reason="Pengarna dröjer",
        request_id=request_id(),
    )
    return place


def _stopping(town: Town, title: str, **roles: str) -> Place:
    place = _past_the_gate(town, title, **roles)
    sponsor = town.as_(roles["sponsor"])
    terminate_project(sponsor, project_id=place.project, reason="Behövs inte", request_id=request_id())
    return replace(place, task=town.open(place.project)["short_final_report"].task_id, handed=place.task)


def _rejected(town: Town, title: str, **roles: str) -> Place:
    place = _at_the_gate(town, title, **roles)
    no = DecisionInput(outcome=Outcome.REJECT, motivation="Går inte", no_conflict=True)
    town.decide(roles["sponsor"], place.project, no)
    return replace(place, task="", decided=place.task)
