from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from tests.people.holding import has_role, history
from workflows.kernel import chain
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import PersonId
from workflows.people import (
    STREAM,
    Appointment,
    BodyKind,
    appoint,
    assign_role,
    create_body,
    holders_on,
    replace_holder,
    steering_groups,
    succeed,
)
from workflows.people.errors import (
    BodyUnusable,
)

PROJECT = "p" * 32
DAY = timedelta(days=1)


def _appoint(ctx: Context, person: PersonId, role: str, first: date, last: date | None = None) -> str:
    with ctx.write() as session:
        wanted = [Appointment(role=role, person=person)]
        (holder,) = appoint(
            session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=first, valid_to=last, reason="Start"
        )
    return holder


def test_a_projects_role_is_not_changed_through_the_organisation(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    holder = _appoint(ctx, anna, "sponsor", clock.today)
    with pytest.raises(NotFound):
        replace_holder(ctx, holder=holder, person=bo, valid_from=clock.today, reason="Slutar")
    assert [one.name for one in history(ctx, PROJECT)] == ["Anna Berg"]


def test_a_project_passes_a_role_on_inside_its_own_transaction_or_not_at_all(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    holder = _appoint(ctx, anna, "project_manager", clock.today)
    successor = Appointment(role="project_manager", person=bo)
    with pytest.raises(ZeroDivisionError), ctx.write() as session:
        succeed(session, ctx.tenant, holder=holder, successor=successor, valid_from=clock.today + DAY, reason="Byter")
        raise ZeroDivisionError
    assert not has_role(ctx, bo, "project_manager", clock.today + DAY, PROJECT)
    with ctx.write() as session:
        succeed(session, ctx.tenant, holder=holder, successor=successor, valid_from=clock.today + DAY, reason="Byter")
    assert has_role(ctx, bo, "project_manager", clock.today + DAY, PROJECT)
    assert has_role(ctx, anna, "project_manager", clock.today, PROJECT)


def test_a_body_that_does_not_exist_is_refused(ctx: Context, clock: TestClock) -> None:
    with pytest.raises(BodyUnusable), ctx.write() as session:
        appoint(
            session,
            ctx.tenant,
            scope=PROJECT,
            appointments=[Appointment(role="steering_group")],
            valid_from=clock.today,
        )
    assert history(ctx, PROJECT) == []


def _assign(ctx: Context, person: PersonId, day: date, *, sole: bool = True) -> str:
    with ctx.write() as session:
        return assign_role(
            session, tenant=ctx.tenant, scope=PROJECT, role="sponsor", person=person,
            valid_from=day, reason="Idébladet", actor=None, at=ctx.now(), sole=sole,
        )  # fmt: skip


def test_a_sole_role_passes_from_whoever_has_it_or_would_get_it(ctx: Context, adding: Adding, clock: TestClock) -> None:
    anna, bo, eva = adding("Anna Berg"), adding("Bo Rask"), adding("Eva Lind")
    _appoint(ctx, anna, "sponsor", clock.today - DAY, clock.today + DAY)
    _appoint(ctx, bo, "sponsor", clock.today + 2 * DAY)
    _assign(ctx, eva, clock.today)
    for day in (clock.today, clock.today + 5 * DAY):
        with ctx.read() as session:
            assert [one.name for one in holders_on(session, tenant=ctx.tenant, scope=PROJECT, on=day)] == ["Eva Lind"]
    assert len(history(ctx, PROJECT)) == 3


def test_a_shared_role_is_held_side_by_side(ctx: Context, adding: Adding, clock: TestClock) -> None:
    for name in ("Anna Berg", "Bo Rask"):
        _assign(ctx, adding(name), clock.today, sole=False)
    with ctx.read() as session:
        held = holders_on(session, tenant=ctx.tenant, scope=PROJECT, on=clock.today)
    assert [one.name for one in held] == ["Anna Berg", "Bo Rask"]


def test_assigning_a_role_again_changes_nothing_and_writes_no_event(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna = adding("Anna Berg")
    first = _assign(ctx, anna, clock.today)
    with ctx.read() as session:
        seq = session.get_one(chain.StreamRow, {"tenant": ctx.tenant, "id": STREAM}).seq
    assert _assign(ctx, anna, clock.today) == first
    with ctx.read() as session:
        assert session.get_one(chain.StreamRow, {"tenant": ctx.tenant, "id": STREAM}).seq == seq
        assert chain.verify_stream(session, tenant=ctx.tenant, stream=STREAM) is None


def test_a_board_steers_no_project(ctx: Context, clock: TestClock) -> None:
    board = create_body(ctx, name="Samhällsnämnden", kind=BodyKind.BOARD)
    with pytest.raises(BodyUnusable), ctx.write() as session:
        appoint(
            session,
            ctx.tenant,
            scope=PROJECT,
            appointments=[Appointment(role="steering_group", body=board)],
            valid_from=clock.today,
        )
    with ctx.read() as session:
        assert steering_groups(session, tenant=ctx.tenant) == ()
    assert history(ctx, PROJECT) == []
