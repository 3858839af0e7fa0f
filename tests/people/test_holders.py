from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from tests.people.holding import has_role, history
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden, NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId
from workflows.people import (
    ADMINISTRATOR,
    assign_organisation_role,
    deactivate_person,
    end_role,
    holders_on,
    holdings_of,
    replace_holder,
)
from workflows.people.errors import (
    AlreadyHolds,
    AlreadyOver,
    DayPassed,
    DaysReversed,
    LastAdministrator,
    PersonUnusable,
    ReasonMissing,
    RoleMissing,
    SamePerson,
)

DAY = timedelta(days=1)


def test_a_role_is_held_from_its_first_day_to_its_last(ctx: Context, adding: Adding, clock: TestClock) -> None:
    anna = adding("Anna Berg")
    first, last = clock.today + DAY, clock.today + 3 * DAY
    assign_organisation_role(ctx, role="registrar", person=anna, valid_from=first, valid_to=last)
    held = [has_role(ctx, anna, "registrar", clock.today + n * DAY) for n in range(5)]
    assert held == [False, True, True, True, False]


def test_a_handover_changes_who_acts_at_midnight_and_keeps_who_had_it(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    old = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    clock.forward(days=10)
    new = replace_holder(ctx, holder=old, person=bo, valid_from=clock.today + DAY, reason="Föräldraledig")
    assert has_role(ctx, anna, "registrar", clock.today)
    assert not has_role(ctx, bo, "registrar", clock.today)
    assert not has_role(ctx, anna, "registrar", clock.today + DAY)
    assert has_role(ctx, bo, "registrar", clock.today + DAY)
    before, after = history(ctx)
    assert (before.name, before.valid_to, before.replaced_by) == ("Anna Berg", clock.today, new)
    assert (after.name, after.valid_to, after.reason) == ("Bo Rask", None, "Föräldraledig")


def test_a_replacement_ends_when_the_one_before_would_have(ctx: Context, adding: Adding, clock: TestClock) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    last = clock.today + 30 * DAY
    old = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today, valid_to=last)
    replace_holder(ctx, holder=old, person=bo, valid_from=clock.today + DAY, reason="Byter tjänst")
    assert history(ctx)[-1].valid_to == last


def test_a_replacement_from_the_first_day_leaves_an_entry_that_never_took_effect(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    old = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    replace_holder(ctx, holder=old, person=bo, valid_from=clock.today, reason="Fel person")
    assert not has_role(ctx, anna, "registrar", clock.today)
    assert has_role(ctx, bo, "registrar", clock.today)
    with ctx.read() as session:
        assert [h.name for h in holders_on(session, tenant=ctx.tenant, scope=ORGANISATION, on=clock.today)] == [
            "Bo Rask"
        ]
        assert holdings_of(session, tenant=ctx.tenant, person=anna, day=clock.today) == ()
        assert len(holdings_of(session, tenant=ctx.tenant, person=anna)) == 1


def test_whoever_has_the_role_already_just_keeps_it_when_another_hands_it_over(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    old = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    his = assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today, valid_to=clock.today + DAY)
    assert replace_holder(ctx, holder=old, person=bo, valid_from=clock.today, reason="Slutar") == his
    assert has_role(ctx, bo, "registrar", clock.today + 100 * DAY)
    assert len(history(ctx)) == 2


def test_a_double_click_hands_over_once(ctx: Context, adding: Adding, clock: TestClock) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    old = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    request = RequestId("r1")
    new = replace_holder(ctx, holder=old, person=bo, valid_from=clock.today, reason="Slutar", request_id=request)
    with pytest.raises(AlreadyDone) as again:
        replace_holder(ctx, holder=old, person=bo, valid_from=clock.today, reason="Slutar", request_id=request)
    assert again.value.outcome == new
    assert len(history(ctx)) == 2


def test_what_is_wrong_with_an_appointment_is_said_and_nobody_gets_the_role(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, gone, today = adding("Anna Berg"), adding("Ulf Borta"), clock.today
    deactivate_person(ctx, person=gone)
    for refusal, role, person, first, last in (
        (RoleMissing, "kung", anna, today, None),
        (PersonUnusable, "registrar", gone, today, None),
        (PersonUnusable, "registrar", PersonId("nobody"), today, None),
        (DayPassed, "registrar", anna, today - DAY, None),
        (DaysReversed, "registrar", anna, today, today - DAY),
    ):
        with pytest.raises(refusal):
            assign_organisation_role(ctx, role=role, person=person, valid_from=first, valid_to=last)
    assert history(ctx) == []


def test_the_same_role_twice_at_the_same_time_is_refused(ctx: Context, adding: Adding, clock: TestClock) -> None:
    anna = adding("Anna Berg")
    today = clock.today
    assign_organisation_role(ctx, role="registrar", person=anna, valid_from=today, valid_to=today + DAY)
    with pytest.raises(AlreadyHolds, match="Anna Berg har redan rollen"):
        assign_organisation_role(ctx, role="registrar", person=anna, valid_from=today + DAY)
    assign_organisation_role(ctx, role="registrar", person=anna, valid_from=today + 2 * DAY)
    assert len(history(ctx)) == 2


def test_what_is_wrong_with_a_replacement_is_said_and_the_holder_stays(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    anna, bo, today = adding("Anna Berg"), adding("Bo Rask"), clock.today
    holder = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=today, valid_to=today + DAY)
    for refusal, who, first, reason in (
        (ReasonMissing, bo, today, "  "),
        (SamePerson, anna, today, "Slutar"),
        (DayPassed, bo, today - DAY, "Slutar"),
        (AlreadyOver, bo, today + 2 * DAY, "Slutar"),
        (PersonUnusable, PersonId("nobody"), today, "Slutar"),
    ):
        with pytest.raises(refusal):
            replace_holder(ctx, holder=holder, person=who, valid_from=first, reason=reason)
    with pytest.raises(NotFound):
        replace_holder(ctx, holder="none", person=bo, valid_from=today, reason="Slutar")
    assert [(one.name, one.valid_to) for one in history(ctx)] == [("Anna Berg", today + DAY)]


def test_a_role_ends_on_its_last_day_and_not_twice(ctx: Context, adding: Adding, clock: TestClock) -> None:
    anna = adding("Anna Berg")
    holder = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    end_role(ctx, holder=holder, last_day=clock.today, reason="Rollen behövs inte")
    assert has_role(ctx, anna, "registrar", clock.today)
    assert not has_role(ctx, anna, "registrar", clock.today + DAY)
    with pytest.raises(AlreadyOver):
        end_role(ctx, holder=holder, last_day=clock.today + DAY, reason="Ångrar mig")
    with pytest.raises(DayPassed):
        end_role(ctx, holder=holder, last_day=clock.today - 2 * DAY, reason="Bakåt")


def test_the_last_administrator_cannot_leave_the_role_without_a_successor(
    ctx: Context, adding: Adding, administrator: PersonId, clock: TestClock
) -> None:
    (only,) = history(ctx)
    with pytest.raises(LastAdministrator):
        end_role(ctx, holder=only.id, last_day=clock.today, reason="Slutar")
    assert has_role(ctx, administrator, ADMINISTRATOR, clock.today + 100 * DAY)
    bo = adding("Bo Rask")
    replace_holder(ctx, holder=only.id, person=bo, valid_from=clock.today, reason="Slutar")
    assert has_role(ctx, bo, ADMINISTRATOR, clock.today)
    assert not has_role(ctx, administrator, ADMINISTRATOR, clock.today)


def test_only_an_administrator_gives_and_takes_roles_of_the_organisation(
    acting: Callable[[str], Context], ctx: Context, adding: Adding, administrator: PersonId, clock: TestClock
) -> None:
    bo = adding("Bo Rask")
    holder = assign_organisation_role(acting(administrator), role="registrar", person=bo, valid_from=clock.today)
    his, before = acting(bo), history(ctx)
    with pytest.raises(Forbidden):
        assign_organisation_role(his, role=ADMINISTRATOR, person=bo, valid_from=clock.today)
    with pytest.raises(Forbidden):
        replace_holder(his, holder=before[0].id, person=bo, valid_from=clock.today, reason="Jag vill")
    with pytest.raises(Forbidden):
        end_role(his, holder=holder, last_day=clock.today, reason="Jag vill")
    assert history(ctx) == before
