from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import PersonId, role_principal
from workflows.people import (
    Appointment,
    BodyKind,
    appoint,
    appoint_deputy,
    create_body,
    deputies_in,
    end_deputy,
    people_behind,
)
from workflows.people import acting as acting_as
from workflows.people.errors import (
    AlreadyHolds,
    AlreadyOver,
    BodyHasSubstitutes,
    DayPassed,
    DaysReversed,
    LegalSourceMissing,
    RoleMissing,
    SamePerson,
)

PROJECT, DAY = "p" * 32, timedelta(days=1)
SPONSOR = role_principal(PROJECT, "sponsor")
ORDER = "Delegationsordning KS punkt 3.2"


@pytest.fixture
def anna(ctx: Context, adding: Adding, clock: TestClock) -> PersonId:
    """The sponsor."""
    person = adding("Anna Berg")
    with ctx.write() as session:
        wanted = [Appointment(role="sponsor", person=person)]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=clock.today)
    return person


def _appoint(ctx: Context, person: PersonId, clock: TestClock, days: int = 5, source: str = ORDER) -> str:
    return appoint_deputy(
        ctx, scope=PROJECT, role="sponsor", person=person, valid_from=clock.today,
        valid_to=clock.today + days * DAY, legal_source=source,
    )  # fmt: skip


@pytest.mark.usefixtures("anna")
def test_a_deputy_acts_on_behalf_of_the_function_between_two_days(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    bo = adding("Bo Rask")
    _appoint(ctx, bo, clock)
    with ctx.read() as session:
        found = [acting_as(session, tenant=ctx.tenant, person=bo, on=clock.today + n * DAY) for n in (0, 5, 6)]
    assert [SPONSOR in one.principals for one in found] == [True, True, False]
    assert found[0].on_behalf_of(SPONSOR) == SPONSOR


def test_the_holder_acts_in_her_own_right_while_a_deputy_is_appointed(
    ctx: Context, adding: Adding, clock: TestClock, anna: PersonId
) -> None:
    _appoint(ctx, adding("Bo Rask"), clock)
    with ctx.read() as session:
        hers = acting_as(session, tenant=ctx.tenant, person=anna, on=clock.today)
        names = people_behind(session, tenant=ctx.tenant, principals=[SPONSOR], day=clock.today)
    assert SPONSOR in hers.principals
    assert hers.on_behalf_of(SPONSOR) is None
    assert [person.name for person in names[SPONSOR]] == ["Anna Berg", "Bo Rask"]


def test_standing_in_does_not_cascade(ctx: Context, adding: Adding, clock: TestClock, anna: PersonId) -> None:
    """Who stands in for Bo in what is Bo's own does not get what Bo only stands in for."""
    bo, eva = adding("Bo Rask"), adding("Eva Lind")
    _appoint(ctx, bo, clock)
    with ctx.write() as session:
        wanted = [Appointment(role="project_manager", person=bo)]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=clock.today)
    appoint_deputy(
        ctx, scope=PROJECT, role="project_manager", person=eva, valid_from=clock.today,
        valid_to=clock.today, legal_source=ORDER,
    )  # fmt: skip
    with ctx.read() as session:
        hers = acting_as(session, tenant=ctx.tenant, person=eva, on=clock.today)
    assert role_principal(PROJECT, "project_manager") in hers.principals
    assert SPONSOR not in hers.principals


def test_the_holder_appoints_and_a_deputy_or_stranger_does_not(
    acting: Callable[[str], Context], adding: Adding, clock: TestClock, anna: PersonId, ctx: Context
) -> None:
    bo, eva, ulf = adding("Bo Rask"), adding("Eva Lind"), adding("Ulf Främling")
    deputy = _appoint(acting(anna), bo, clock)
    with pytest.raises(Forbidden):
        _appoint(acting(bo), eva, clock)
    with pytest.raises(NotFound):
        _appoint(acting(ulf), ulf, clock)
    with pytest.raises(NotFound):
        end_deputy(acting(ulf), deputy=deputy, last_day=clock.today, reason="Jag vill")
    with ctx.read() as session:
        (only,) = deputies_in(session, tenant=ctx.tenant, scope=PROJECT, day=clock.today)
    assert (only.name, only.valid_to, only.legal_source) == ("Bo Rask", clock.today + 5 * DAY, ORDER)


@pytest.mark.usefixtures("anna")
def test_an_administrator_appoints_for_anybody(
    acting: Callable[[str], Context], adding: Adding, clock: TestClock, administrator: PersonId, ctx: Context
) -> None:
    _appoint(acting(administrator), adding("Bo Rask"), clock)
    with ctx.read() as session:
        assert len(deputies_in(session, tenant=ctx.tenant, scope=PROJECT, day=clock.today)) == 1


def test_what_is_wrong_with_a_deputy_is_said_and_nobody_stands_in(
    ctx: Context, adding: Adding, clock: TestClock, anna: PersonId
) -> None:
    bo = adding("Bo Rask")
    with pytest.raises(LegalSourceMissing):
        _appoint(ctx, bo, clock, source=" ")
    with pytest.raises(DaysReversed):
        _appoint(ctx, bo, clock, days=-1)
    with pytest.raises(SamePerson):
        _appoint(ctx, anna, clock)
    with pytest.raises(DayPassed):
        appoint_deputy(
            ctx, scope=PROJECT, role="sponsor", person=bo, valid_from=clock.today - DAY,
            valid_to=clock.today, legal_source=ORDER,
        )  # fmt: skip
    with pytest.raises(RoleMissing):
        appoint_deputy(
            ctx, scope=PROJECT, role="receiver", person=bo, valid_from=clock.today,
            valid_to=clock.today, legal_source=ORDER,
        )  # fmt: skip
    with ctx.read() as session:
        assert deputies_in(session, tenant=ctx.tenant, scope=PROJECT, day=clock.today) == ()


def test_a_body_has_substitutes_and_no_deputy(ctx: Context, adding: Adding, clock: TestClock) -> None:
    group = create_body(ctx, name="Styrgrupp Ny simhall", kind=BodyKind.STEERING_GROUP)
    with ctx.write() as session:
        wanted = [Appointment(role="sponsor", body=group)]
        appoint(session, ctx.tenant, scope=PROJECT, appointments=wanted, valid_from=clock.today)
    with pytest.raises(BodyHasSubstitutes, match="Styrgrupp Ny simhall"):
        _appoint(ctx, adding("Bo Rask"), clock)


@pytest.mark.usefixtures("anna")
def test_nobody_stands_in_twice_at_the_same_time_and_an_early_end_is_final(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    bo = adding("Bo Rask")
    deputy = _appoint(ctx, bo, clock)
    with pytest.raises(AlreadyHolds):
        _appoint(ctx, bo, clock)
    end_deputy(ctx, deputy=deputy, last_day=clock.today, reason="Åter i tjänst")
    with pytest.raises(AlreadyOver):
        end_deputy(ctx, deputy=deputy, last_day=clock.today + DAY, reason="Åter i tjänst")
    with ctx.read() as session:
        assert SPONSOR not in acting_as(session, tenant=ctx.tenant, person=bo, on=clock.today + DAY).principals
