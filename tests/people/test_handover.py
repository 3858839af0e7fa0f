from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden, NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId, role_principal
from workflows.people import (
    Appointment,
    BodyKind,
    Handover,
    SeatRole,
    appoint,
    appoint_deputy,
    assign_organisation_role,
    create_body,
    deactivate_person,
    deputies_in,
    hand_over_roles,
    holdings_of,
    people_page,
    preview_roles,
    principals_of,
    seat_member,
    seats_of,
    seats_on,
)
from workflows.people.errors import DayPassed, PersonUnusable, ReasonMissing, SamePerson

PROJECT, DAY = "p" * 32, timedelta(days=1)


def hand_over(ctx: Context, *, leaver: PersonId, successor: PersonId, **terms: Any) -> Handover:
    """Hand over as the verb does that this room's part belongs to."""
    with ctx.write() as session:
        return hand_over_roles(session, ctx, leaver=leaver, successor=successor, at=ctx.now(), **terms)


def preview_handover(ctx: Context, *, leaver: PersonId, successor: PersonId, valid_from: date) -> Handover:
    with ctx.read() as session:
        return preview_roles(session, ctx, leaver=leaver, successor=successor, valid_from=valid_from)


@pytest.fixture
def anna(ctx: Context, adding: Adding, clock: TestClock) -> PersonId:
    """Leads a project, is registrar, chairs a steering group, sits in a board and stands in for the sponsor."""
    anna, eva, today = adding("Anna Berg"), adding("Eva Lind"), clock.today
    with ctx.write() as session:
        wanted = [Appointment(role="project_manager", person=anna), Appointment(role="sponsor", person=eva)]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=today)
    assign_organisation_role(ctx, role="registrar", person=anna, valid_from=today)
    for name, kind in (("Styrgrupp Bad", BodyKind.STEERING_GROUP), ("Kulturnämnden", BodyKind.BOARD)):
        body = create_body(ctx, name=name, kind=kind)
        seat_member(ctx, body=body, person=anna, role=SeatRole.CHAIR, valid_from=today - 30 * DAY)
    appoint_deputy(
        ctx, scope=PROJECT, role="sponsor", person=anna, valid_from=today, valid_to=today + 60 * DAY, legal_source="§ 4"
    )
    return anna


@pytest.fixture
def bo(adding: Adding) -> PersonId:
    return adding("Bo Rask")


def _roles(ctx: Context, person: PersonId, clock: TestClock, days: int = 0) -> set[str]:
    with ctx.read() as session:
        found = principals_of(session, tenant=ctx.tenant, person=person, day=clock.today + days * DAY)
    return {one for one in found if one.startswith("role:")}


def test_everything_moves_on_the_day_and_the_leaver_can_then_be_deactivated(
    ctx: Context, clock: TestClock, anna: PersonId, bo: PersonId
) -> None:
    hand_over(ctx, leaver=anna, successor=bo, valid_from=clock.today + 7 * DAY, reason="Slutar")
    hers = {
        role_principal(PROJECT, "project_manager"),
        role_principal(PROJECT, "sponsor"),
        role_principal(ORGANISATION, "registrar"),
    }
    assert _roles(ctx, anna, clock, 6) == hers
    assert _roles(ctx, bo, clock, 6) == set()
    assert _roles(ctx, anna, clock, 7) == set()
    assert _roles(ctx, bo, clock, 7) == hers - {role_principal(PROJECT, "sponsor")}
    with ctx.read() as session:
        (board, group) = seats_of(session, tenant=ctx.tenant, person=anna)
        (his,) = seats_of(session, tenant=ctx.tenant, person=bo)
        assert deputies_in(session, tenant=ctx.tenant, scope=PROJECT, day=clock.today + 7 * DAY) == ()
    assert board.valid_to == group.valid_to == clock.today + 6 * DAY
    assert (his.body_name, his.role, his.valid_from) == ("Styrgrupp Bad", SeatRole.CHAIR, clock.today + 7 * DAY)
    clock.forward(days=7)
    deactivate_person(ctx, person=anna)


def test_the_preview_says_the_same_and_changes_nothing(
    ctx: Context, clock: TestClock, anna: PersonId, bo: PersonId
) -> None:
    before = _roles(ctx, anna, clock, 8)
    seen = preview_handover(ctx, leaver=anna, successor=bo, valid_from=clock.today)
    assert (seen.leaver, seen.successor, seen.count) == ("Anna Berg", "Bo Rask", 5)
    assert {(role.scope, role.role, role.clashes) for role in seen.roles} == {
        (PROJECT, "project_manager", False),
        (ORGANISATION, "registrar", False),
    }
    assert [(seat.body, seat.moves) for seat in seen.seats] == [("Kulturnämnden", False), ("Styrgrupp Bad", True)]
    assert seen.deputies_end == 1
    assert _roles(ctx, anna, clock, 8) == before
    assert hand_over(ctx, leaver=anna, successor=bo, valid_from=clock.today, reason="Slutar") == seen


def test_a_successor_who_would_manage_and_decide_is_pointed_out(ctx: Context, clock: TestClock, anna: PersonId) -> None:
    with ctx.read() as session:
        found = people_page(session, tenant=ctx.tenant, search="Eva Lind")
    (eva,) = [person.id for person in found.people]
    seen = preview_handover(ctx, leaver=anna, successor=eva, valid_from=clock.today)
    assert {role.role for role in seen.roles if role.clashes} == {"project_manager"}


def test_a_successor_who_sits_there_already_keeps_the_higher_seat_and_counts_once(
    ctx: Context, clock: TestClock, anna: PersonId, bo: PersonId
) -> None:
    with ctx.read() as session:
        group = next(
            s.body for s in seats_of(session, tenant=ctx.tenant, person=anna) if s.body_name == "Styrgrupp Bad"
        )
    seat_member(ctx, body=group, person=bo, role=SeatRole.MEMBER, valid_from=clock.today)
    hand_over(ctx, leaver=anna, successor=bo, valid_from=clock.today + DAY, reason="Slutar")
    with ctx.read() as session:
        (seat,) = seats_on(session, tenant=ctx.tenant, body=group, on=clock.today + DAY)
    assert (seat.name, seat.role) == ("Bo Rask", SeatRole.CHAIR)


def test_what_begins_later_moves_from_its_own_first_day(
    ctx: Context, clock: TestClock, adding: Adding, bo: PersonId
) -> None:
    eva = adding("Eva Ek")
    first, last = clock.today + 10 * DAY, clock.today + 20 * DAY
    assign_organisation_role(ctx, role="auditor", person=eva, valid_from=first, valid_to=last)
    hand_over(ctx, leaver=eva, successor=bo, valid_from=clock.today, reason="Slutar")
    with ctx.read() as session:
        (moved,) = holdings_of(session, tenant=ctx.tenant, person=bo)
        assert holdings_of(session, tenant=ctx.tenant, person=eva, day=clock.today) == ()
    assert (moved.valid_from, moved.valid_to) == (first, last)


def test_what_is_wrong_with_a_handover_is_said_and_everything_stays(
    ctx: Context, clock: TestClock, anna: PersonId, bo: PersonId, adding: Adding
) -> None:
    gone, before = adding("Ulf Borta"), _roles(ctx, anna, clock)
    deactivate_person(ctx, person=gone)
    for refusal, leaver, successor, day, reason in (
        (ReasonMissing, anna, bo, clock.today, " "),
        (DayPassed, anna, bo, clock.today - DAY, "Slutar"),
        (SamePerson, anna, anna, clock.today, "Slutar"),
        (PersonUnusable, anna, gone, clock.today, "Slutar"),
    ):
        with pytest.raises(refusal):
            hand_over(ctx, leaver=leaver, successor=successor, valid_from=day, reason=reason)
    with pytest.raises(NotFound):
        hand_over(ctx, leaver=PersonId("nobody"), successor=bo, valid_from=clock.today, reason="Slutar")
    assert _roles(ctx, anna, clock) == before
    assert _roles(ctx, bo, clock) == set()


def test_a_double_click_hands_over_once(ctx: Context, clock: TestClock, anna: PersonId, bo: PersonId) -> None:
    request = RequestId("r1")
    hand_over(ctx, leaver=anna, successor=bo, valid_from=clock.today, reason="Slutar", request_id=request)
    with pytest.raises(AlreadyDone):
        hand_over(ctx, leaver=anna, successor=bo, valid_from=clock.today, reason="Slutar", request_id=request)
    with ctx.read() as session:
        assert len(holdings_of(session, tenant=ctx.tenant, person=bo)) == 2


def test_only_an_administrator_hands_over_or_looks_at_it(
    acting: Callable[[str], Context],
    ctx: Context,
    clock: TestClock,
    anna: PersonId,
    bo: PersonId,
    administrator: PersonId,
) -> None:
    before = _roles(ctx, anna, clock)
    with pytest.raises(Forbidden):
        preview_handover(acting(bo), leaver=anna, successor=bo, valid_from=clock.today)
    with pytest.raises(Forbidden):
        hand_over(acting(bo), leaver=anna, successor=bo, valid_from=clock.today, reason="Jag vill")
    assert _roles(ctx, anna, clock) == before
    hand_over(acting(administrator), leaver=anna, successor=bo, valid_from=clock.today, reason="Slutar")
    assert _roles(ctx, anna, clock) == set()
