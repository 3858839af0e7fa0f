"""What the inbox shows: groups by when things are due, and the numbers of the sentence above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from flask import g
from sqlalchemy.orm import Session

from app.shell.dates import end_of_week
from workflows.flow import InboxRow, count_open, done_by, inbox, tasks_of
from workflows.governance.came_back import returned_by
from workflows.governance.decision_record import outcomes_of
from workflows.governance.facts import environment
from workflows.governance.loaded import require_actor
from workflows.governance.outcomes import OUTCOME_DONE
from workflows.governance.projects import Standing, followed_instances, item_names, standings, waiting_for
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import Text
from workflows.kernel.ids import PersonId, Principal
from workflows.models import RequestedDraft, requested_drafts, requests_select
from workflows.people import acting, names_of

COUNTED = "inbox_waiting"
"""Where a page that has counted the actor's tasks leaves the number for the menu."""

GROUP_ROLES = (":steering_group", ":chair", ":secretary")
"""Endings of the principals that a body's members act as."""

FEW = 5
"""Tasks of followed projects that an empty inbox shows."""

After = tuple[datetime, str]
"""Where the next page begins: the last row's due moment and task."""


class Tab(StrEnum):
    """Which tasks the inbox shows."""

    MINE = "mine"
    GROUP = "group"
    FOLLOWED = "followed"
    DONE = "done"


class When(StrEnum):
    """A heading of the inbox."""

    LATE = "late"
    THIS_WEEK = "this_week"
    LATER = "later"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """A page of the inbox; `mine` and `group` count what is open, `standings` are by project.

    `requests` are drafts of models that the reader may publish; they count among `mine`.

    `followed` is what the reader's projects wait for instead where the inbox is empty; `waits_for` names for whom, by
    task, where that is not the reader; `returned` who sent a task back, by task; `outcomes` what was decided, by task.
    `about` is which of many a task is for (a delivery, a member), by its project and the item's key.
    """

    tab: Tab
    groups: Mapping[When, tuple[InboxRow, ...]]
    followed: tuple[InboxRow, ...]
    requests: tuple[RequestedDraft, ...]
    mine: int
    group: int
    after: After | None
    names: Mapping[str, str]
    standings: Mapping[str, Standing]
    draft: InboxRow | None
    reader: str
    waits_for: Mapping[str, tuple[str, ...]]
    returned: Mapping[str, str]
    outcomes: Mapping[str, Text]
    about: Mapping[tuple[str, str], str]

    def number(self, when: str) -> int:
        """Return how many tasks of this page stand under a heading."""
        return len(self.groups.get(When(when), ()))


def load_inbox(ctx: Context, *, tab: Tab, after: After | None = None, search: str = "") -> Inbox:
    """Return what waits for the actor."""
    person, now = require_actor(ctx), ctx.now()
    with ctx.read() as session:
        mine = tuple(acting(session, tenant=ctx.tenant, person=person, on=local_date(now)).principals)
        group = tuple(principal for principal in mine if principal.endswith(GROUP_ROLES))
        rows, onward = _rows(session, ctx, tab, mine if tab is Tab.MINE else group, mine, after, search)
        requests = _requests(session, ctx, person, mine)
        alone = tab is Tab.MINE and not rows and not requests and not search
        followed = tuple(_rows(session, ctx, Tab.FOLLOWED, (), mine, None, "")[0][:FEW]) if alone else ()
        shown = (*rows, *followed)
        drafted = [row for row in rows if row.drafted_at and tab is Tab.MINE]
        return Inbox(
            tab=tab,
            groups=_grouped(rows, now) if tab is not Tab.DONE else {When.DONE: tuple(rows)},
            followed=followed,
            requests=requests if tab is Tab.MINE and not search and after is None else (),
            mine=count_open(session, tenant=ctx.tenant, principals=mine) + len(requests),
            group=count_open(session, tenant=ctx.tenant, principals=group) if group else 0,
            after=onward,
            names=names_of(session, tenant=ctx.tenant, people=_named(shown, requests)),
            standings=standings(session, tenant=ctx.tenant, projects={row.subject for row in shown}),
            draft=max(drafted, key=lambda row: row.drafted_at or now, default=None),
            reader=person,
            waits_for=_waits_for(session, ctx, rows if tab is Tab.FOLLOWED else followed),
            returned=returned_by(
                session,
                tenant=ctx.tenant,
                tasks=[row.task_id for row in rows if row.closed_at is None and row.sender not in (None, person)],
                env=environment(now),
            ),
            outcomes=_decided(session, ctx, rows) if tab is Tab.DONE else {},
            about=item_names(
                session, tenant=ctx.tenant, items={(row.subject, row.item) for row in shown if row.item is not None}
            ),
        )


def _named(rows: Sequence[InboxRow], requests: Sequence[RequestedDraft]) -> set[str]:
    """Return the people whose names stand on the page."""
    return {row.sender for row in rows if row.sender} | {one.asked_by for one in requests}


def _requests(
    session: Session, ctx: Context, person: PersonId, mine: Sequence[Principal]
) -> tuple[RequestedDraft, ...]:
    return requested_drafts(session, tenant=ctx.tenant, person=person, principals=mine, day=local_date(ctx.now()))


def _decided(session: Session, ctx: Context, rows: Sequence[InboxRow]) -> dict[str, Text]:
    tasks = [row.task_id for row in rows if row.kind == "decision"]
    return {task: OUTCOME_DONE[one] for task, one in outcomes_of(session, tenant=ctx.tenant, tasks=tasks).items()}


def _waits_for(session: Session, ctx: Context, rows: Sequence[InboxRow]) -> dict[str, tuple[str, ...]]:
    tasks = [row.task_id for row in rows]
    if not tasks:
        return {}
    people = waiting_for(session, tenant=ctx.tenant, tasks=tasks, day=local_date(ctx.now()))
    return {task: tuple(person.name for person in behind) for task, behind in people.items()}


def count_waiting(ctx: Context) -> int:
    """Return how much waits for the actor, for the main menu; a page that has counted it is not asked again."""
    if ctx.actor is None:
        return 0
    if COUNTED in g:
        return int(g.get(COUNTED))
    with ctx.read() as session:
        mine = tuple(acting(session, tenant=ctx.tenant, person=ctx.actor, on=local_date(ctx.now())).principals)
        besides = requests_select(tenant=ctx.tenant, person=ctx.actor, principals=mine, day=local_date(ctx.now()))
        return count_open(session, tenant=ctx.tenant, principals=mine, besides=besides)


def _rows(
    session: Session,
    ctx: Context,
    tab: Tab,
    wanted: Sequence[Principal],
    mine: Sequence[Principal],
    after: After | None,
    search: str,
) -> tuple[Sequence[InboxRow], After | None]:
    person = require_actor(ctx)
    if tab is Tab.DONE:
        return done_by(session, tenant=ctx.tenant, person=person), None
    if tab is Tab.FOLLOWED:
        instances = followed_instances(session, tenant=ctx.tenant, person=person, principals=mine)
        return tasks_of(session, tenant=ctx.tenant, instance_ids=instances), None
    page = inbox(session, tenant=ctx.tenant, principals=wanted, after=after, search=search)
    return page.rows, page.after


def _grouped(rows: Sequence[InboxRow], now: datetime) -> dict[When, tuple[InboxRow, ...]]:
    week = end_of_week(local_date(now))
    return {when: tuple(row for row in rows if _when(row, now, week) is when) for when in list(When)[:3]}


def _when(row: InboxRow, now: datetime, week: date) -> When:
    if row.due_at is None:
        return When.LATER
    if row.due_at < now:
        return When.LATE
    return When.THIS_WEEK if local_date(row.due_at) <= week else When.LATER
