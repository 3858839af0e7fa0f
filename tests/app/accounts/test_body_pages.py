from __future__ import annotations

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.ids import BodyId
from workflows.people import BodyKind, SeatRole, bodies_on, create_body, find_body, seat_member, seats_of

DAY = timedelta(days=1)


@pytest.fixture
def group(ctx: Context) -> BodyId:
    return create_body(ctx, name="Styrgrupp Bad", kind=BodyKind.STEERING_GROUP)


def test_a_steering_group_is_made_and_listed(admin: FlaskClient) -> None:
    assert "Ingen styrgrupp eller nämnd finns än" in admin.get("/bodies").text
    assert "Mer än hälften" in admin.get("/bodies/new").text
    entry = {"name": "Styrgrupp Samhälle", "kind": "steering_group", "quorum_rule": "count", "quorum_count": "3"}
    answer = admin.post("/bodies/new", data=entry | {"request_id": "c" * 32})
    again = admin.post("/bodies/new", data=entry | {"request_id": "c" * 32})
    assert answer.headers["Location"] == again.headers["Location"]
    assert "Inga ledamöter än" in admin.get(answer.headers["Location"]).text
    page = admin.get("/bodies").text
    assert page.count("Styrgrupp Samhälle") == 1


def test_what_is_wrong_with_a_body_is_said_and_none_is_made(admin: FlaskClient, ctx: Context, clock: TestClock) -> None:
    good = {"name": "Bad", "kind": "board", "quorum_rule": "majority"}
    for wrong, sentence in (
        ({"name": ""}, "Skriv ett namn"),
        ({"kind": "club"}, "Välj ett av alternativen"),
        ({"quorum_rule": "count", "quorum_count": "tre"}, "Skriv ett helt tal, till exempel 3"),
        ({"quorum_rule": "count"}, "Skriv hur många som minst ska vara med, till exempel 3"),
    ):
        answer = admin.post("/bodies/new", data=good | wrong)
        assert answer.status_code == 422
        assert answer.text.count(sentence) == 2
    with ctx.read() as session:
        assert bodies_on(session, tenant=ctx.tenant, on=clock.today) == ()


def test_a_seat_is_given_and_ended(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock, group: BodyId
) -> None:
    bo = adding("Bo Rask", title="Ekonom")
    assert "Bo Rask, Ekonom" in admin.get(f"/bodies/{group}/seats/new").text
    entry = {"person": bo, "role": "chair", "valid_from": clock.today.isoformat(), "valid_to": ""}
    assert admin.post(f"/bodies/{group}/seats/new", data=entry).headers["Location"] == f"/bodies/{group}"
    page = admin.get(f"/bodies/{group}").text
    assert "1 ledamot." in page
    assert "Beslutförs" not in page
    with ctx.read() as session:
        (seat,) = seats_of(session, tenant=ctx.tenant, body=group)
    assert "Bo Rask, Ordförande" in " ".join(admin.get(f"/seats/{seat.id}/end").text.split())
    for wrong in ({"last_day": ""}, {"reason": ""}, {"last_day": "2020-01-01"}):
        end = {"last_day": clock.today.isoformat(), "reason": "Avsagt sig"}
        assert admin.post(f"/seats/{seat.id}/end", data=end | wrong).status_code == 422
    end = {"last_day": clock.today.isoformat(), "reason": "Avsagt sig"}
    assert admin.post(f"/seats/{seat.id}/end", data=end).headers["Location"] == f"/bodies/{group}"
    clock.forward(days=1)
    assert "1 tidigare plats" in admin.get(f"/bodies/{group}").text


def test_a_second_chair_is_refused_at_the_field(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock, group: BodyId
) -> None:
    bo, eva = adding("Bo Rask"), adding("Eva Lind")
    seat_member(ctx, body=group, person=bo, role=SeatRole.CHAIR, valid_from=clock.today)
    entry = {"person": eva, "role": "chair", "valid_from": clock.today.isoformat()}
    answer = admin.post(f"/bodies/{group}/seats/new", data=entry)
    assert answer.status_code == 422
    assert 'href="#role">Bo Rask är ordförande under de dagarna' in answer.text
    with ctx.read() as session:
        assert len(seats_of(session, tenant=ctx.tenant, body=group)) == 1


def test_a_body_is_renamed(admin: FlaskClient, ctx: Context, clock: TestClock, group: BodyId) -> None:
    assert 'value="Styrgrupp Bad"' in admin.get(f"/bodies/{group}/edit").text
    entry = {"name": "Styrgrupp Simhall", "quorum_rule": "count", "quorum_count": "2"}
    assert admin.post(f"/bodies/{group}/edit", data=entry).status_code == 303
    assert admin.post(f"/bodies/{group}/edit", data=entry | {"kind": "board"}).status_code == 400
    with ctx.read() as session:
        body = find_body(session, tenant=ctx.tenant, body=group, day=clock.today)
    assert body is not None
    assert (body.name, body.kind, body.needed) == ("Styrgrupp Simhall", BodyKind.STEERING_GROUP, 2)


def test_seats_to_come_and_past_stand_apart(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock, group: BodyId
) -> None:
    today = clock.today
    for name, first, last in (
        ("Anna Nu", today, None),
        ("Bo Sedan", today + DAY, None),
        ("Cia Förut", today - 9 * DAY, today - DAY),
    ):
        seat_member(ctx, body=group, person=adding(name), role=SeatRole.MEMBER, valid_from=first, valid_to=last)
    page = admin.get(f"/bodies/{group}").text
    assert page.index("Platser nu") < page.index("Anna Nu") < page.index("Tillträder senare")
    assert page.index("Bo Sedan") < page.index("1 tidigare plats") < page.index("Cia Förut")
