"""People with addresses and open tasks that wait for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from workflows.flow import InstanceStatus, WorkItem, open_item
from workflows.flow.tables import InstanceRow
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId, person_principal
from workflows.models.tables import BundleRow
from workflows.people import PersonDetails, add_person

Opening = Callable[..., str]
DUE = datetime(2026, 12, 4, 22, 0, tzinfo=UTC)
"""The end of Friday 4 December in Sweden."""


@pytest.fixture
def asa(ctx: Context) -> PersonId:
    return add_person(ctx, details=PersonDetails(name="Åsa Öberg", email="asa.oberg@example.se"))


@pytest.fixture
def bo(ctx: Context) -> PersonId:
    return add_person(ctx, details=PersonDetails(name="Bo Rask", email="bo.rask@example.se"))


@pytest.fixture
def opening(ctx: Context) -> Opening:
    """`opening(person, …)` opens a task that waits for these people, made by `sender`, and returns its id."""
    with ctx.write() as session:
        session.add(
            BundleRow(
                tenant=ctx.tenant,
                digest="b",
                model="m",
                version=1,
                content=b"",
                published_at=ctx.now(),
                published_by=None,
            )
        )
        session.flush()
        session.add(
            InstanceRow(
                tenant=ctx.tenant,
                id="i1",
                subject="p1",
                title="Förskolan Tallbacken",
                bundle="b",
                state=b"",
                version=1,
                status=InstanceStatus.ACTIVE,
                open_tasks=[],
                has_timers=False,
                seq=0,
                head="",
                started_at=ctx.now(),
                held_at=None,
                ended_at=None,
            )
        )

    def open_for(*people: PersonId, sender: PersonId | None = None, due: datetime | None = DUE) -> str:
        item = WorkItem(kind="condition", name="Skriv projektdirektiv", gate=None, round=1, role=None, due_at=due)
        with ctx.write() as session:
            return open_item(
                session,
                tenant=ctx.tenant,
                instance_id="i1",
                title="Förskolan Tallbacken",
                item=item,
                principals=[person_principal(person) for person in people],
                at=ctx.now(),
                sender=sender,
            )

    return open_for
