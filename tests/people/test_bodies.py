from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import BodyId, PersonId, role_principal
from workflows.people import (
    Appointment,
    BodyKind,
    SeatRole,
    appoint,
    create_body,
    principals_of,
    seat_member,
    seats_of,
    seats_on,
    unseat_member,
)
from workflows.people.errors import (
    AlreadyOver,
    AlreadySeated,
    BodyUnusable,
    ChairTaken,
    DayPassed,
    DaysReversed,
    PersonUnusable,
    ReasonMissing,
)

PROJECT, DAY = "p" * 32, timedelta(days=1)


@pytest.fixture
def group(ctx: Context) -> BodyId:
    return create_body(ctx, name="Styrgrupp Ny simhall", kind=BodyKind.STEERING_GROUP)


def _hold(ctx: Context, body: BodyId, clock: TestClock, role: str = "steering_group") -> None:
    with ctx.write() as session:
        wanted = [Appointment(role=role, body=body)]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=clock.today - 30 * DAY)


def _roles(ctx: Context, person: PersonId, clock: TestClock, days: int = 0) -> set[str]:
    prefix = role_principal(PROJECT, "")
    with ctx.read() as session:
        found = principals_of(session, tenant=ctx.tenant, person=person, day=clock.today + days * DAY)
    return {one.removeprefix(prefix) for one in found if one.startswith(prefix)}


def test_seats_of_a_steering_group_give_what_each_may_act_as(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    people = {role: adding(f"Person {role.value}") for role in SeatRole}
    for role, person in people.items():
        seat_member(ctx, body=group, person=person, role=role, valid_from=clock.today)
    _hold(ctx, group, clock)
    assert {role: _roles(ctx, person, clock) for role, person in people.items()} == {
        SeatRole.CHAIR: {"steering_group", "chair"},
        SeatRole.MEMBER: {"steering_group"},
        SeatRole.SUBSTITUTE: {"substitute"},
        SeatRole.SECRETARY: {"secretary"},
    }


def test_a_seat_counts_while_the_body_holds_the_role_and_the_person_the_seat(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    anna = adding("Anna Berg")
    seat_member(
        ctx, body=group, person=anna, role=SeatRole.MEMBER, valid_from=clock.today, valid_to=clock.today + 2 * DAY
    )
    with ctx.write() as session:
        wanted = [Appointment(role="steering_group", body=group)]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=clock.today + DAY)
    assert [bool(_roles(ctx, anna, clock, days)) for days in range(4)] == [False, True, True, False]


def test_a_body_that_holds_two_roles_gives_its_secretary_one_principal(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    eva = adding("Eva Lind")
    seat_member(ctx, body=group, person=eva, role=SeatRole.SECRETARY, valid_from=clock.today)
    _hold(ctx, group, clock)
    _hold(ctx, group, clock, role="reference_group")
    assert _roles(ctx, eva, clock) == {"secretary"}


def test_a_seat_may_be_written_down_after_the_election(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    anna = adding("Anna Berg")
    seat_member(ctx, body=group, person=anna, role=SeatRole.MEMBER, valid_from=clock.today - 20 * DAY)
    _hold(ctx, group, clock)
    assert _roles(ctx, anna, clock) == {"steering_group"}


def test_what_is_wrong_with_a_seat_is_said_and_nobody_is_seated(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    anna, bo, today = adding("Anna Berg"), adding("Bo Rask"), clock.today
    seat_member(ctx, body=group, person=anna, role=SeatRole.CHAIR, valid_from=today)
    for refusal, body, person, role, last in (
        (ChairTaken, group, bo, SeatRole.CHAIR, None),
        (AlreadySeated, group, anna, SeatRole.MEMBER, None),
        (DaysReversed, group, bo, SeatRole.MEMBER, today - DAY),
        (PersonUnusable, group, PersonId("nobody"), SeatRole.MEMBER, None),
        (BodyUnusable, BodyId("none"), bo, SeatRole.MEMBER, None),
    ):
        with pytest.raises(refusal):
            seat_member(ctx, body=body, person=person, role=role, valid_from=today, valid_to=last)
    with ctx.read() as session:
        assert [seat.name for seat in seats_of(session, tenant=ctx.tenant, body=group)] == ["Anna Berg"]


def test_a_secretary_may_also_be_a_member_and_a_new_chair_follows_the_old(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    anna, bo, today = adding("Anna Berg"), adding("Bo Rask"), clock.today
    seat_member(ctx, body=group, person=anna, role=SeatRole.CHAIR, valid_from=today, valid_to=today + DAY)
    seat_member(ctx, body=group, person=anna, role=SeatRole.SECRETARY, valid_from=today)
    seat_member(ctx, body=group, person=bo, role=SeatRole.CHAIR, valid_from=today + 2 * DAY)
    with ctx.read() as session:
        now = seats_on(session, tenant=ctx.tenant, body=group, on=today)
        later = seats_on(session, tenant=ctx.tenant, body=group, on=today + 2 * DAY)
    assert [(seat.name, seat.role) for seat in now] == [
        ("Anna Berg", SeatRole.CHAIR),
        ("Anna Berg", SeatRole.SECRETARY),
    ]
    assert later[0].name == "Bo Rask"


def test_a_seat_ends_on_its_last_day(ctx: Context, adding: Adding, clock: TestClock, group: BodyId) -> None:
    anna = adding("Anna Berg")
    seat = seat_member(ctx, body=group, person=anna, role=SeatRole.MEMBER, valid_from=clock.today - DAY)
    _hold(ctx, group, clock)
    for refusal, last, reason in ((ReasonMissing, clock.today, ""), (DayPassed, clock.today - 2 * DAY, "Avsagt sig")):
        with pytest.raises(refusal):
            unseat_member(ctx, seat=seat, last_day=last, reason=reason)
    assert _roles(ctx, anna, clock, 100) == {"steering_group"}
    unseat_member(ctx, seat=seat, last_day=clock.today, reason="Avsagt sig")
    assert _roles(ctx, anna, clock) == {"steering_group"}
    assert _roles(ctx, anna, clock, 1) == set()
    with pytest.raises(AlreadyOver):
        unseat_member(ctx, seat=seat, last_day=clock.today + DAY, reason="Ångrat sig")
    with pytest.raises(NotFound):
        unseat_member(ctx, seat="none", last_day=clock.today, reason="Avsagt sig")
