from __future__ import annotations

from datetime import timedelta

from flask.testing import FlaskClient

from tests.conftest import TestClock
from tests.people.conftest import Adding
from tests.stories.large_project import usual
from tests.stories.meetings import approve_on_condition
from tests.stories.town import build_town
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.people import (
    assign_organisation_role,
    find_person,
    holdings_of,
)

DAY = timedelta(days=1)


def test_a_leavers_roles_are_looked_at_then_handed_over(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    assert "Bo Rask" in admin.get(f"/people/{anna}/handover").text
    choice = {"person": bo, "valid_from": (clock.today + DAY).isoformat(), "reason": "Slutar sin anställning"}
    review = admin.post(f"/people/{anna}/handover", data=choice)
    assert "Bo Rask tar över från och med" in review.text
    assert "Inget har ändrats än" in review.text
    assert _roles(ctx, bo) == []
    request = {"request_id": "b" * 32}
    for _ in range(2):
        answer = admin.post(f"/people/{anna}/handover/confirm", data=choice | request)
        assert answer.headers["Location"] == f"/people/{anna}"
    assert _roles(ctx, bo) == ["registrar"]


def test_what_is_wrong_with_a_handover_is_said_at_its_field_and_nothing_moves(
    admin: FlaskClient, adding: Adding, ctx: Context, clock: TestClock
) -> None:
    anna, bo = adding("Anna Berg"), adding("Bo Rask")
    assign_organisation_role(ctx, role="registrar", person=anna, valid_from=clock.today)
    good = {"person": bo, "valid_from": clock.today.isoformat(), "reason": "Slutar"}
    for step in ("handover", "handover/confirm"):
        for wrong, sentence in (
            ({"person": ""}, "Välj en person"),
            ({"person": "nobody"}, "Välj en person som är aktiv"),
            ({"person": anna}, "Välj någon annan än Anna Berg"),
            ({"reason": ""}, "Skriv varför"),
            ({"valid_from": "2026-02-30"}, "Välj en dag som finns"),
            ({"valid_from": "2020-01-01"}, "Välj i dag eller en senare dag"),
        ):
            answer = admin.post(f"/people/{anna}/{step}", data=good | wrong)
            assert answer.status_code == 422
            assert answer.text.count(sentence) == 2
    assert _roles(ctx, bo) == []


def _roles(ctx: Context, person: PersonId) -> list[str]:
    with ctx.read() as session:
        assert find_person(session, tenant=ctx.tenant, person=person) is not None
        return [one.role for one in holdings_of(session, tenant=ctx.tenant, person=person)]


def test_a_projects_role_moves_under_the_projects_title(admin: FlaskClient, ctx: Context, clock: TestClock) -> None:
    town = build_town(ctx)
    town.start("olle", "Ny simhall")
    olle, nils = town.people["olle"], town.people["nils"]
    assert "Ny simhall" in admin.get(f"/people/{olle}").text
    choice = {"person": nils, "valid_from": clock.today.isoformat(), "reason": "Slutar"}
    review = admin.post(f"/people/{olle}/handover", data=choice).text
    assert "Idégivare" in review
    assert "Ny simhall" in review
    admin.post(f"/people/{olle}/handover/confirm", data=choice)
    assert _roles(ctx, nils) == ["idea_owner"]


def test_what_is_somebodys_by_name_is_shown_and_what_cannot_move_says_what_to_do(
    admin: FlaskClient, ctx: Context, clock: TestClock
) -> None:
    town = build_town(ctx)
    project = town.start("olle", "Ny simhall").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.decide(approve_on_condition(town, "eva", "VA-avtalet är klart"))
    player.hand_in("project_plan")
    player.hand_in("contract_provider", item="m2")
    eva, sara = town.people["eva"], town.people["sara"]
    choice = {"person": sara, "valid_from": clock.today.isoformat(), "reason": "Slutar"}
    review = admin.post(f"/people/{eva}/handover", data=choice).text
    assert "Villkor 1" in review
    assert "Sara Holm får dem så fort du lämnar över." in review
    assert "Följer inte med" in review
    assert "Skriv under som projektmedlem" in review
    assert "De gäller Eva Sjödin själv, så ingen annan kan svara." in review
    assert "VA-avtalet" not in review
    bo = admin.post(f"/people/{town.people['bo']}/handover", data=choice).text
    assert "Resursgivare för Nils Öberg" in bo
    assert "Följer inte med" not in bo
