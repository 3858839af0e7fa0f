from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient

from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs
from workflows.people import (
    BodyKind,
    Person,
    SeatRole,
    appoint_deputy,
    assign_organisation_role,
    create_body,
    find_person_by_email,
    seat_member,
)

DAY = timedelta(days=1)
BO = {"name": "Bo Rask", "email": "bo.rask@exempelkommun.se", "title": "Ekonom", "department": "", "phone": ""}


def _find(ctx: Context, email: str) -> Person | None:
    with ctx.read() as session:
        return find_person_by_email(session, tenant=ctx.tenant, email=email)


def test_a_person_is_added_and_mailed_a_link(admin: FlaskClient, ctx: Context, jobs: MemoryJobs) -> None:
    assert "Lägg till personen" in admin.get("/people/new").text
    answer = admin.post("/people/new", data=BO | {"invite": "1"})
    bo = _find(ctx, BO["email"])
    assert bo is not None
    assert answer.headers["Location"] == f"/people/{bo.id}"
    assert [job.name for job in jobs.jobs] == ["mail.password"]
    assert "Har inga uppdrag just nu" in admin.get(answer.headers["Location"]).text


def test_a_double_click_adds_one_person_and_both_clicks_see_them(admin: FlaskClient, jobs: MemoryJobs) -> None:
    first, second = (admin.post("/people/new", data=BO | {"request_id": "a" * 32, "invite": "1"}) for _ in range(2))
    assert first.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert len(jobs.jobs) == 1


def test_what_must_be_corrected_is_said_twice_and_what_was_typed_is_kept(
    admin: FlaskClient, ctx: Context, adding: Adding
) -> None:
    adding("Bo Ek", email="bo.rask@exempelkommun.se")
    answer = admin.post("/people/new", data=BO | {"name": "Bo <b>Rask</b>"})
    assert answer.status_code == 422
    sentence = "Bo Ek har redan den e-postadressen. Skriv en annan, eller ändra hos Bo Ek"
    assert answer.text.count(sentence) == 2
    assert "Bo &lt;b&gt;Rask&lt;/b&gt;" in answer.text
    assert "<title>Fel: " in answer.text
    assert admin.post("/people/new", data={"name": "", "email": ""}).text.count("Skriv ett namn") == 2
    assert admin.post("/people/new", data=BO | {"active": "0"}).status_code == 400
    assert admin.post("/people/new", data=BO | {"name": "x" * 100_000}).status_code == 422


def test_a_person_is_found_by_search_without_dots(admin: FlaskClient, adding: Adding) -> None:
    adding("Åsa Öberg", title="Registrator")
    page = admin.get("/people?q=asa+OBERG").text
    assert "Åsa Öberg" in page
    assert "1 person passar ”asa OBERG”" in page
    assert "Ingen passar" in admin.get("/people?q=finns+inte").text
    assert admin.get("/people?page=99&q=%27%3B--").status_code == 200
    assert admin.get("/people?page=x").status_code == 200


def test_details_are_corrected(admin: FlaskClient, adding: Adding, ctx: Context) -> None:
    bo = adding("Bo Rask")
    assert 'value="Bo Rask"' in admin.get(f"/people/{bo}/edit").text
    answer = admin.post(f"/people/{bo}/edit", data=BO | {"phone": "0611-12 34 56"})
    assert answer.headers["Location"] == f"/people/{bo}"
    found = _find(ctx, BO["email"])
    assert found is not None
    assert found.phone == "0611-12 34 56"
    assert admin.post(f"/people/{bo}/edit", data=BO | {"email": "fel"}).status_code == 422


def test_a_link_is_mailed_again(admin: FlaskClient, adding: Adding, jobs: MemoryJobs) -> None:
    bo = adding("Bo Rask")
    answer = admin.post(f"/people/{bo}/invite")
    assert "bo.rask@exempelkommun.se" in admin.get(answer.headers["Location"]).text
    assert len(jobs.jobs) == 1


def test_no_link_is_mailed_to_a_closed_account(admin: FlaskClient, adding: Adding, jobs: MemoryJobs) -> None:
    bo = adding("Bo Rask")
    admin.post(f"/people/{bo}/close")
    answer = admin.post(f"/people/{bo}/invite")
    assert answer.status_code == 422
    assert "Välj en person som är aktiv" in answer.text
    assert jobs.jobs == []


def test_an_account_is_closed_and_opened_again(admin: FlaskClient, adding: Adding) -> None:
    bo = adding("Bo Rask")
    admin.post(f"/people/{bo}/close")
    assert "Bo Rask" not in admin.get("/people").text
    assert "Bo Rask" in admin.get("/people?closed=1").text
    assert "Kontot är stängt" in admin.get(f"/people/{bo}").text
    admin.post(f"/people/{bo}/open")
    assert "Bo Rask" in admin.get("/people").text


def test_an_account_with_roles_is_not_closed_and_the_page_says_why(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock
) -> None:
    bo = adding("Bo Rask")
    assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today)
    answer = admin.post(f"/people/{bo}/close")
    assert answer.status_code == 422
    assert 'href="#holds">Bo Rask har fortfarande uppdrag' in answer.text
    assert "Bo Rask" in admin.get("/people").text


def test_a_persons_page_shows_roles_seats_and_standing_in(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock
) -> None:
    bo, eva = adding("Bo Rask"), adding("Eva Lind")
    assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today)
    group = create_body(ctx, name="Styrgrupp Bad", kind=BodyKind.STEERING_GROUP)
    seat_member(ctx, body=group, person=bo, role=SeatRole.CHAIR, valid_from=clock.today)
    appoint_deputy(
        ctx, scope="organisation", role="registrar", person=eva, valid_from=clock.today,
        valid_to=clock.today + 30 * DAY, legal_source="Beslut 7 §",
    )  # fmt: skip
    page = admin.get(f"/people/{bo}").text
    for words in (
        "Har 2 uppdrag",
        "Registrator",
        "Granviks kommun",
        "Ordförande",
        "Styrgrupp Bad",
        "Eva Lind från",
    ):
        assert words in page
    hers = admin.get(f"/people/{eva}").text
    assert "Ställföreträdare för" in hers
    assert "Beslut 7 §" in hers


def test_ones_own_page_shows_ones_roles_and_lets_one_appoint_a_deputy(
    browsing: Callable[[str], FlaskClient], adding: Adding, ctx: Context, clock: TestClock
) -> None:
    bo, eva = adding("Bo Rask"), adding("Eva Lind")
    assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today)
    his = browsing(bo)
    assert "Du har 1 roll." in his.get("/account").text
    entry = {
        "person": eva, "valid_from": clock.today.isoformat(), "valid_to": (clock.today + DAY).isoformat(),
        "legal_source": "Beslut 7 §",
    }  # fmt: skip
    address = "/deputies/new?scope=organisation&role=registrar"
    assert "Vad ger rätten?" in his.get(address).text
    assert his.post(address, data=entry | {"legal_source": ""}).status_code == 422
    assert his.post(address, data=entry).headers["Location"] == "/account"
    page = his.get("/account").text
    assert "Eva Lind från" in page
    hers = browsing(eva).get("/account").text
    assert "Du är ställföreträdare" in hers
    assert browsing(eva).get(address).status_code == 404
