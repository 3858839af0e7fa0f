from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import BodyId
from workflows.people import (
    BodyKind,
    Quorum,
    QuorumRule,
    SeatRole,
    bodies_on,
    change_body,
    create_body,
    find_body,
    seat_member,
    seats_of,
    unseat_member,
)
from workflows.people.errors import (
    NameMissing,
    QuorumUnusable,
)

PROJECT, DAY = "p" * 32, timedelta(days=1)


@pytest.fixture
def group(ctx: Context) -> BodyId:
    return create_body(ctx, name="Styrgrupp Ny simhall", kind=BodyKind.STEERING_GROUP)


@pytest.mark.parametrize(("members", "needed"), [(1, 1), (2, 2), (3, 2), (5, 3), (6, 4)])
def test_more_than_half_is_a_quorum(members: int, needed: int) -> None:
    assert Quorum().of(members) == needed
    assert Quorum(rule=QuorumRule.COUNT, count=3).of(members) == 3


def test_a_body_shows_its_members_and_how_many_it_takes(
    ctx: Context, adding: Adding, clock: TestClock, group: BodyId
) -> None:
    for name, role in (("A", SeatRole.CHAIR), ("B", SeatRole.MEMBER), ("C", SeatRole.SUBSTITUTE)):
        seat_member(ctx, body=group, person=adding(name, email=f"{name}@k.se"), role=role, valid_from=clock.today)
    create_body(ctx, name="Ägarråd", kind=BodyKind.BOARD)
    with ctx.read() as session:
        found = bodies_on(session, tenant=ctx.tenant, on=clock.today)
    assert [(body.name, body.members, body.needed) for body in found] == [
        ("Styrgrupp Ny simhall", 2, 2),
        ("Ägarråd", 0, 1),
    ]


def test_a_body_changes_its_name_and_quorum_but_refuses_nonsense(ctx: Context, clock: TestClock, group: BodyId) -> None:
    fixed = Quorum(rule=QuorumRule.COUNT, count=4)
    for refusal, name, quorum in (
        (NameMissing, " ", fixed),
        (QuorumUnusable, "Namn", Quorum(rule=QuorumRule.COUNT)),
        (QuorumUnusable, "Namn", Quorum(rule=QuorumRule.COUNT, count=0)),
    ):
        with pytest.raises(refusal):
            change_body(ctx, body=group, name=name, quorum=quorum)
    with pytest.raises(NotFound):
        change_body(ctx, body=BodyId("none"), name="Namn", quorum=fixed)
    change_body(ctx, body=group, name="Styrgrupp Bad", quorum=fixed)
    with ctx.read() as session:
        body = find_body(session, tenant=ctx.tenant, body=group, day=clock.today)
    assert body is not None
    assert (body.name, body.needed) == ("Styrgrupp Bad", 4)


def test_only_an_administrator_makes_bodies_and_seats(
    acting: Callable[[str], Context], adding: Adding, clock: TestClock, group: BodyId, ctx: Context
) -> None:
    bo = adding("Bo Rask")
    his = acting(bo)
    seat = seat_member(ctx, body=group, person=bo, role=SeatRole.MEMBER, valid_from=clock.today)
    for attempt in (
        lambda: create_body(his, name="Min grupp", kind=BodyKind.BOARD),
        lambda: change_body(his, body=group, name="Min grupp", quorum=Quorum()),
        lambda: seat_member(his, body=group, person=bo, role=SeatRole.SECRETARY, valid_from=clock.today),
        lambda: unseat_member(his, seat=seat, last_day=clock.today, reason="Jag vill"),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with ctx.read() as session:
        assert [body.name for body in bodies_on(session, tenant=ctx.tenant, on=clock.today)] == ["Styrgrupp Ny simhall"]
        (only,) = seats_of(session, tenant=ctx.tenant, body=group)
    assert (only.role, only.valid_to) == (SeatRole.MEMBER, None)
