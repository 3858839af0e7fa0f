"""What the pages show that change a project at any time: who has the right, what moves, who can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.flow import Task, open_tasks
from workflows.governance.anytime import tasks_of_role
from workflows.governance.loaded import Opened, open_project
from workflows.governance.project import Project
from workflows.governance.project_page import Right, RoleLine, rights_of, role_lines
from workflows.governance.repeats import refuse_repeat
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden
from workflows.people import active_people, steering_groups


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage:
    """A project for a page that changes it. `tasks` are open; of them `moving` go with the role in question.

    `choices` are (person's id or `body:<id>`, name); `line` and `apart` (the role that the same person should not
    have) only where a role changes.
    """

    opened: Opened
    rights: frozenset[Right]
    tasks: tuple[Task, ...]
    line: RoleLine | None
    moving: tuple[Task, ...]
    choices: tuple[tuple[str, str], ...]
    apart: RoleLine | None

    @property
    def project(self) -> Project:
        """The project itself."""
        return self.opened.project

    @property
    def holders(self) -> frozenset[str]:
        """Who has the role now, written as a choice."""
        now = self.line.now if self.line else ()
        return frozenset(str(one.person) if one.person else f"body:{one.body}" for one in now)

    @property
    def barred(self) -> frozenset[str]:
        """Who would manage the project and decide on it, if chosen: they can have both roles, but not decide."""
        now = self.apart.now if self.apart else ()
        return frozenset(str(one.person) for one in now if one.person)

    def name_of(self, choice: str) -> str:
        """Return the name behind a choice."""
        return dict(self.choices).get(choice, "")


def change_page(
    ctx: Context,
    *,
    project_id: str,
    wants: Sequence[Right],
    role: str | None = None,
    request_id: str | None = None,
) -> ChangePage:
    """Return what such a page shows to somebody with one of the rights.

    Raises NotFound, Forbidden, and AlreadyDone when the change that `request_id` asks for has been made.
    """
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=project_id)
        rights = rights_of(opened)
        if rights.isdisjoint(wants):
            raise Forbidden
        lines = role_lines(session, ctx, opened) if role else ()
        return ChangePage(
            opened=opened,
            rights=rights,
            tasks=open_tasks(session, tenant=ctx.tenant, instance_id=opened.project.instance),
            line=next((line for line in lines if line.key == role), None),
            moving=tasks_of_role(session, ctx, opened.project, role) if role else (),
            choices=_choices(session, ctx, opened, role),
            apart=next((line for line in lines if line.key == _apart(opened, role)), None),
        )


def _choices(session: Session, ctx: Context, opened: Opened, role: str | None) -> tuple[tuple[str, str], ...]:
    """A group's role is held by a body; every other by a person."""
    if role is None:
        return ()
    if role == opened.bundle.model.duties.group:
        return tuple((f"body:{body.id}", body.name) for body in steering_groups(session, tenant=ctx.tenant))
    people = active_people(session, tenant=ctx.tenant, on=opened.today)
    return tuple((str(one.id), f"{one.name}, {one.title}" if one.title else one.name) for one in people)


def _apart(opened: Opened, role: str | None) -> str | None:
    """Return the role that should be somebody else's: nobody decides a gate they manage."""
    duties = opened.bundle.model.duties
    return {duties.manager: duties.sponsor, duties.sponsor: duties.manager}.get(role or "")
