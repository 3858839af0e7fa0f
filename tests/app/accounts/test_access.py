"""Who may open what: every route of this feature, as a stranger, as anybody and as an administrator."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.blueprint import bp
from app.shell.guard import rule_of
from tests.conftest import TestClock
from tests.models.telling import SECOND, files_of
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, PersonId
from workflows.kernel.jobs import MemoryJobs
from workflows.models import publish
from workflows.people import (
    BodyKind,
    SeatRole,
    appoint_deputy,
    assign_organisation_role,
    create_body,
    find_person_by_email,
    seat_member,
)

RULES = {
    "login": "public",
    "forgotten": "public",
    "sent": "public",
    "choose": "public",
    "logout": "logged in",
    "me": "logged in",
    "own_password": "logged in",
    "new_deputy": "logged in",
    "stop_deputy": "logged in",
    **dict.fromkeys(
        (
            "people", "new_person", "person", "edit_person", "invite_person", "invited", "close_person", "open_person",
            "waiting_for_nobody", "handover", "review_handover", "confirm_handover", "bodies", "new_body", "body",
            "edit_body", "new_seat", "end_seat", "roles", "role_history", "new_role", "replace", "end",
            "settings_now", "edit_cost_limit", "edit_step",
        ),
        "administrator",
    ),
}  # fmt: skip
"""A new route without an entry fails the first test."""

ADMINISTRATORS = sorted(endpoint for endpoint, rule in RULES.items() if rule == "administrator")


@pytest.fixture
def addresses(app: Flask, ctx: Context, adding: Adding, clock: TestClock) -> Callable[[str], tuple[str, str]]:
    """The method and a real address of a route: its person, body, seat, holder and deputy exist."""
    bo, eva = adding("Bo Rask"), adding("Eva Lind")
    body = create_body(ctx, name="Styrgrupp Bad", kind=BodyKind.STEERING_GROUP)
    seat = seat_member(ctx, body=body, person=bo, role=SeatRole.MEMBER, valid_from=clock.today)
    holder = assign_organisation_role(ctx, role="registrar", person=bo, valid_from=clock.today)
    deputy = appoint_deputy(
        ctx, scope=ORGANISATION, role="registrar", person=eva, valid_from=clock.today,
        valid_to=clock.today, legal_source="§ 1",
    )  # fmt: skip
    values = {
        "person_id": bo,
        "body_id": body,
        "seat_id": seat,
        "holder_id": holder,
        "deputy_id": deputy,
        "role": "auditor",
        "model": "ny_tjanst",
        "step": "mend",
    }

    def address(endpoint: str) -> tuple[str, str]:
        if endpoint == "edit_step":
            publish(ctx, files_of(SECOND))
        rule = next(one for one in app.url_map.iter_rules() if one.endpoint == f"accounts.{endpoint}")
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(f"<{name}>", values[name])
        query = f"?scope={ORGANISATION}&role=registrar" if endpoint == "new_deputy" else ""
        return method, path + query

    return address


def test_every_route_says_who_may_open_it(app: Flask) -> None:
    found = {
        endpoint.removeprefix("accounts."): rule_of(view)
        for endpoint, view in app.view_functions.items()
        if endpoint.startswith(f"{bp.name}.")
    }
    assert found == RULES


@pytest.mark.parametrize("endpoint", sorted(set(RULES) - {"login", "forgotten", "sent", "choose"}))
def test_a_stranger_is_led_to_the_login(
    addresses: Callable[[str], tuple[str, str]], stranger: FlaskClient, endpoint: str
) -> None:
    method, address = addresses(endpoint)
    answer = stranger.open(address, method=method)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login")


@pytest.mark.parametrize("endpoint", ADMINISTRATORS)
def test_only_an_administrator_comes_in(
    addresses: Callable[[str], tuple[str, str]],
    browsing: Callable[[str], FlaskClient],
    admin: FlaskClient,
    anna: PersonId,
    endpoint: str,
) -> None:
    method, address = addresses(endpoint)
    for sent in {method, "POST"} if method == "GET" else {method}:
        assert browsing(anna).open(address, method=sent).status_code in {403, 405}
    assert admin.open(address, method=method).status_code in {200, 303, 422}


@pytest.mark.parametrize("endpoint", ["new_deputy", "stop_deputy"])
def test_a_deputy_is_the_holders_or_the_administrators_business(
    addresses: Callable[[str], tuple[str, str]],
    browsing: Callable[[str], FlaskClient],
    admin: FlaskClient,
    anna: PersonId,
    ctx: Context,
    endpoint: str,
) -> None:
    _, address = addresses(endpoint)
    with ctx.read() as session:
        bo = find_person_by_email(session, tenant=ctx.tenant, email="bo.rask@exempelkommun.se")
    assert bo is not None
    assert browsing(anna).get(address).status_code == 404
    assert browsing(bo.id).get(address).status_code == 200
    assert admin.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/people/nobody", "/people/nobody/edit", "/people/nobody/handover", "/people/nobody/invited",
        "/bodies/none", "/bodies/none/edit", "/bodies/none/seats/new", "/seats/none/end", "/roles/king/new",
        "/holders/none/replace", "/holders/none/end", "/deputies/none/end", "/settings/steps/none/none",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(admin: FlaskClient, address: str) -> None:
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize("what", ["invite", "close", "open", "handover"])
def test_nothing_is_done_to_a_person_who_does_not_exist(admin: FlaskClient, jobs: MemoryJobs, what: str) -> None:
    assert admin.post(f"/people/nobody/{what}").status_code == 404
    assert jobs.jobs == []


def test_the_menu_shows_the_registers_to_administrators_only(
    admin: FlaskClient, browsing: Callable[[str], FlaskClient], anna: PersonId
) -> None:
    for address in ("/people", "/settings"):
        assert f'href="{address}"' in admin.get("/account").text
        assert f'href="{address}"' not in browsing(anna).get("/account").text
