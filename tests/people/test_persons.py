from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel import chain
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden, NotFound, RequestReused
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId, person_principal
from workflows.people import (
    STREAM,
    BodyKind,
    Passwords,
    PersonDetails,
    Refused,
    add_person,
    assign_organisation_role,
    change_person,
    create_body,
    deactivate_person,
    end_role,
    find_account,
    find_person,
    holders_on,
    holdings_of,
    log_in,
    people_page,
    principals_of,
    reactivate_person,
    set_password,
)
from workflows.people.errors import EmailTaken, EmailUnusable, NameMissing, StillHolds, TooLong
from workflows.people.password_errors import LoginRefused

ANNA = PersonDetails(name="Anna Berg", email="anna.berg@exempelkommun.se", title="Förvaltningschef")


def _people(ctx: Context, search: str = "", *, inactive: bool = False) -> list[str]:
    with ctx.read() as session:
        page = people_page(session, tenant=ctx.tenant, search=search, inactive=inactive)
    return [person.name for person in page.people]


def test_a_person_who_is_added_is_in_the_list_and_may_act_as_herself(ctx: Context, clock: TestClock) -> None:
    anna = add_person(ctx, details=replace(ANNA, name="  Anna \u200b Berg "))
    assert _people(ctx) == ["Anna Berg"]
    with ctx.read() as session:
        assert principals_of(session, tenant=ctx.tenant, person=anna, day=clock.today) == {person_principal(anna)}


@pytest.mark.parametrize(
    ("details", "refusal", "field"),
    [
        (replace(ANNA, name="  "), NameMissing, "name"),
        (replace(ANNA, name="A" * 201), TooLong, "name"),
        (replace(ANNA, title="T" * 201), TooLong, "title"),
        (replace(ANNA, email="anna"), EmailUnusable, "email"),
        (replace(ANNA, email="anna@kommun.se\nBcc: alla@kommun.se"), EmailUnusable, "email"),
        (replace(ANNA, email="anna@kommun.se,bo@kommun.se"), EmailUnusable, "email"),
    ],
)
def test_an_unusable_entry_is_refused_at_its_field_and_nobody_is_added(
    ctx: Context, details: PersonDetails, refusal: type[Refused], field: str
) -> None:
    with pytest.raises(refusal) as caught:
        add_person(ctx, details=details)
    assert caught.value.field == field
    assert _people(ctx) == []


def test_two_people_cannot_have_the_same_address_however_it_is_written(ctx: Context) -> None:
    add_person(ctx, details=ANNA)
    with pytest.raises(EmailTaken, match="Anna Berg har redan den e-postadressen"):
        add_person(ctx, details=replace(ANNA, name="Bo Rask", email="ANNA.Berg@ExempelKommun.se"))
    assert _people(ctx) == ["Anna Berg"]


def test_a_double_click_adds_one_person_and_tells_who_it_was(ctx: Context) -> None:
    request = RequestId("r1")
    anna = add_person(ctx, details=ANNA, request_id=request)
    with pytest.raises(AlreadyDone) as again:
        add_person(ctx, details=ANNA, request_id=request)
    assert again.value.outcome == anna
    assert _people(ctx) == ["Anna Berg"]


def test_a_request_id_stands_for_one_verb_of_one_person(
    ctx: Context, acting: Callable[[str], Context], administrator: PersonId
) -> None:
    request = RequestId("r1")
    add_person(ctx, details=ANNA, request_id=request)
    with pytest.raises(RequestReused):
        create_body(ctx, name="Styrgrupp Bad", kind=BodyKind.BOARD, request_id=request)
    with pytest.raises(RequestReused) as refused:
        add_person(acting(administrator), details=replace(ANNA, email="b@k.se"), request_id=request)
    assert refused.value.facts == {}
    assert _people(ctx) == ["Anna Berg", "Ada Ministratör"]


def test_roles_come_with_the_person_or_not_at_all(ctx: Context, clock: TestClock) -> None:
    anna = add_person(ctx, details=ANNA, roles=["administrator", "registrar"])
    with ctx.read() as session:
        held = holdings_of(session, tenant=ctx.tenant, person=anna, day=clock.today)
    assert [one.role for one in held] == ["administrator", "registrar"]
    with pytest.raises(EmailTaken):
        add_person(ctx, details=ANNA, roles=["auditor"])
    with ctx.read() as session:
        assert len(holders_on(session, tenant=ctx.tenant, scope=ORGANISATION, on=clock.today)) == 2


def test_what_is_known_of_a_person_can_be_corrected_and_the_event_keeps_no_contact_details(ctx: Context) -> None:
    anna = add_person(ctx, details=ANNA)
    change_person(ctx, person=anna, details=replace(ANNA, name="Anna Åberg", phone="0611-12 34 56"))
    assert _people(ctx, "aberg") == ["Anna Åberg"]
    with ctx.read() as session:
        event = session.get_one(chain.EventRow, {"tenant": ctx.tenant, "stream": STREAM, "seq": 2})
        assert event.body == {"subject": anna, "fields": ["name", "phone"]}
        assert chain.verify_stream(session, tenant=ctx.tenant, stream=STREAM) is None


def test_changing_nothing_leaves_no_event(ctx: Context) -> None:
    anna = add_person(ctx, details=ANNA)
    change_person(ctx, person=anna, details=ANNA)
    with ctx.read() as session:
        assert session.get_one(chain.StreamRow, {"tenant": ctx.tenant, "id": STREAM}).seq == 1


def test_changing_somebody_who_does_not_exist_is_not_found(ctx: Context) -> None:
    with pytest.raises(NotFound):
        change_person(ctx, person=PersonId("nobody"), details=ANNA)


def test_a_deactivated_person_is_logged_out_and_cannot_log_in(
    ctx: Context, clock: TestClock, passwords: Passwords
) -> None:
    anna = add_person(ctx, details=ANNA)
    login = set_password(ctx, person=anna, password="korrekt häst batteri", passwords=passwords)
    deactivate_person(ctx, person=anna)
    with ctx.read() as session:
        found = find_account(
            session, tenant=ctx.tenant, person=anna, session_version=login.session_version, day=clock.today
        )
        assert principals_of(session, tenant=ctx.tenant, person=anna, day=clock.today) == frozenset()
    assert found is None
    with pytest.raises(LoginRefused):
        log_in(ctx, email=ANNA.email, password="korrekt häst batteri", passwords=passwords)
    assert _people(ctx) == []
    assert _people(ctx, inactive=True) == ["Anna Berg"]


def test_a_person_who_has_a_role_cannot_be_deactivated_until_it_has_ended(ctx: Context, clock: TestClock) -> None:
    anna = add_person(ctx, details=ANNA)
    holder = assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    with pytest.raises(StillHolds, match="Anna Berg har fortfarande uppdrag"):
        deactivate_person(ctx, person=anna)
    assert _people(ctx) == ["Anna Berg"]
    end_role(ctx, holder=holder, last_day=clock.today, reason="Slutar")
    clock.forward(days=1)
    deactivate_person(ctx, person=anna)
    assert _people(ctx) == []


def test_an_opened_account_is_whole_again_but_roles_that_ended_stay_ended(ctx: Context, clock: TestClock) -> None:
    anna = add_person(ctx, details=ANNA)
    deactivate_person(ctx, person=anna)
    deactivate_person(ctx, person=anna)
    reactivate_person(ctx, person=anna)
    reactivate_person(ctx, person=anna)
    with ctx.read() as session:
        assert principals_of(session, tenant=ctx.tenant, person=anna, day=clock.today) == {person_principal(anna)}


def test_only_an_administrator_manages_people_and_nothing_is_left_behind(
    acting: Callable[[str], Context], adding: Adding, administrator: PersonId
) -> None:
    bo = adding("Bo Rask")
    mine = acting(bo)
    for attempt in (
        lambda: add_person(mine, details=ANNA),
        lambda: change_person(mine, person=administrator, details=ANNA),
        lambda: deactivate_person(mine, person=administrator),
        lambda: reactivate_person(mine, person=administrator),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with mine.read() as session:
        person = find_person(session, tenant=mine.tenant, person=administrator)
        assert person is not None
        assert (person.name, person.active) == ("Ada Ministratör", True)
    assert _people(mine) == ["Ada Ministratör", "Bo Rask"]
    add_person(acting(administrator), details=ANNA)
    assert _people(mine, "anna") == ["Anna Berg"]
