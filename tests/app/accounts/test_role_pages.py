from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.conftest import TestClock
from tests.models.telling import SECOND, files_of
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, PersonId
from workflows.models import publish
from workflows.people import (
    ADMINISTRATOR,
    appoint_deputy,
    assign_organisation_role,
    deputies_in,
    holders_on,
    holdings_in,
)
from workflows.people.errors import RoleMissing

DAY = timedelta(days=1)


@pytest.fixture
def holder(ctx: Context, adding: Adding, clock: TestClock) -> str:
    """Bo, the registrar."""
    return assign_organisation_role(ctx, role="registrar", person=adding("Bo Rask"), valid_from=clock.today)


def _who(ctx: Context, clock: TestClock, role: str = "registrar", days: int = 0) -> list[str]:
    with ctx.read() as session:
        held = holders_on(session, tenant=ctx.tenant, scope=ORGANISATION, on=clock.today + days * DAY)
    return [one.name for one in held if one.role == role]


def test_a_role_is_given(admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock) -> None:
    eva = adding("Eva Lind")
    assert "Ingen har rollen" in admin.get("/roles").text
    assert "Diarieför" in admin.get("/roles/registrar/new").text
    entry = {"person": eva, "valid_from": clock.today.isoformat(), "reason": "Beslut 12 mars", "request_id": "d" * 32}
    for _ in range(2):
        assert admin.post("/roles/registrar/new", data=entry).headers["Location"] == "/roles"
    assert _who(ctx, clock) == ["Eva Lind"]
    assert "Eva Lind" in admin.get("/roles").text
    assert "Beslut 12 mars" in admin.get("/roles/history").text


def test_what_is_wrong_with_a_role_is_said_and_nobody_gets_it(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock
) -> None:
    good = {"person": adding("Eva Lind"), "valid_from": clock.today.isoformat()}
    for wrong, sentence in (
        ({"person": ""}, "Välj en person"),
        ({"valid_from": ""}, "Välj en dag"),
        ({"valid_from": "i morgon"}, "Välj en dag som finns"),
        ({"valid_to": "2026-01-01"}, "Sista dagen kan inte ligga före den första"),
    ):
        answer = admin.post("/roles/registrar/new", data=good | wrong)
        assert answer.status_code == 422
        assert answer.text.count(sentence) == 2
    assert _who(ctx, clock) == []


def test_a_holder_is_replaced_from_a_day(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock, holder: str
) -> None:
    eva = adding("Eva Lind")
    assert "Ersätt Bo Rask" in admin.get(f"/holders/{holder}/replace").text
    entry = {"person": eva, "valid_from": (clock.today + DAY).isoformat(), "reason": "Byter tjänst"}
    assert admin.post(f"/holders/{holder}/replace", data=entry | {"reason": ""}).status_code == 422
    assert admin.post(f"/holders/{holder}/replace", data=entry).status_code == 303
    assert _who(ctx, clock) == ["Bo Rask"]
    assert _who(ctx, clock, days=1) == ["Eva Lind"]


def test_a_role_is_ended_but_not_the_last_administrators(
    admin: FlaskClient, ctx: Context, clock: TestClock, holder: str, administrator: PersonId
) -> None:
    entry = {"last_day": clock.today.isoformat(), "reason": "Behövs inte"}
    assert "Bo Rask" in admin.get(f"/holders/{holder}/end").text
    assert admin.post(f"/holders/{holder}/end", data=entry).status_code == 303
    assert _who(ctx, clock, days=1) == []
    with ctx.read() as session:
        (last,) = [
            one for one in holdings_in(session, tenant=ctx.tenant, scope=ORGANISATION) if one.person == administrator
        ]
    answer = admin.post(f"/holders/{last.id}/end", data=entry)
    assert answer.status_code == 422
    assert 'href="#last_day">Det måste finnas minst en administratör' in answer.text
    assert _who(ctx, clock, ADMINISTRATOR, 100) == ["Ada Ministratör"]


def test_a_deputys_time_is_ended_early(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock, holder: str
) -> None:
    deputy = appoint_deputy(
        ctx, scope=ORGANISATION, role="registrar", person=adding("Eva Lind"), valid_from=clock.today,
        valid_to=clock.today + 9 * DAY, legal_source="Beslut 7 §",
    )  # fmt: skip
    assert "Eva Lind från" in admin.get("/roles").text
    assert "Eva Lind" in admin.get(f"/deputies/{deputy}/end").text
    entry = {"last_day": clock.today.isoformat(), "reason": "Bo är åter"}
    assert admin.post(f"/deputies/{deputy}/end", data=entry).headers["Location"] == "/roles"
    with ctx.read() as session:
        assert deputies_in(session, tenant=ctx.tenant, scope=ORGANISATION, day=clock.today + DAY) == ()


def test_a_models_own_role_is_given_and_shown_in_the_models_words(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock
) -> None:
    eva = adding("Eva Lind")
    assert admin.get("/roles/tester/new").status_code == 404
    publish(ctx, files_of(SECOND))
    page = admin.get("/roles").text
    assert "Testare" in page
    assert "Gör sin del av uppgifterna i Björkviks modell för nya tjänster." in page
    assert page.count(">Sekreterare<br>") == 1
    entry = {"person": eva, "valid_from": clock.today.isoformat()}
    assert admin.post("/roles/tester/new", data=entry).headers["Location"] == "/roles"
    assert _who(ctx, clock, "tester") == ["Eva Lind"]
    for address in (f"/people/{eva}", "/roles/history"):
        shown = admin.get(address).text
        assert "Testare" in shown
        assert ">tester<" not in shown
    assert admin.post("/roles/reviewer/new", data=entry).status_code == 404


def test_a_role_that_no_model_names_is_refused_and_nobody_gets_it(
    ctx: Context, adding: Adding, clock: TestClock
) -> None:
    eva = adding("Eva Lind")
    with pytest.raises(RoleMissing):
        assign_organisation_role(ctx, role="tester", person=eva, valid_from=clock.today, more=lambda _session: {"king"})
    with ctx.read() as session:
        assert holdings_in(session, tenant=ctx.tenant, scope=ORGANISATION) == ()
