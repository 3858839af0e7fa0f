"""The administrator's page Inställningar: read as sentences, changed from a day, refused at the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.conftest import TestClock
from tests.models.telling import SECOND, files_of
from tests.people.conftest import Adding
from workflows.governance.settings import BOARD_COST_LIMIT, Settings, load_settings
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.models import publish
from workflows.people import ADMINISTRATOR, assign_organisation_role

DAY = timedelta(days=1)
LIMIT, STEP = "/settings/cost-limit", "/settings/steps/ny_tjanst/take_over"


@pytest.fixture(autouse=True)
def model(ctx: Context) -> None:
    """A small model whose ids and words nobody else uses."""
    publish(ctx, files_of(SECOND))


@pytest.fixture
def other_admin(browsing: Callable[[str], FlaskClient], ctx: Context, adding: Adding, clock: TestClock) -> FlaskClient:
    """A browser in which another administrator is logged in."""
    siv = adding("Siv Dahl")
    assign_organisation_role(ctx, role=ADMINISTRATOR, person=siv, valid_from=clock.today)
    return browsing(siv)


def _settings(ctx: Context) -> Settings:
    with ctx.read() as session:
        return load_settings(session, tenant=ctx.tenant)


def _text(page: str) -> str:
    """Return the words of a page as they are read, no-break spaces as spaces."""
    document: Any = html.fromstring(page)
    return " ".join(str(document.text_content()).replace("\u00a0", " ").split())


def _filled(page: str) -> dict[str, str]:
    """Return what the form of a page would post as it stands."""
    document: Any = html.fromstring(page)
    return dict(document.forms[-1].form_values())


def _entry(clock: TestClock, *, days: int = 0, version: int = 0, **values: str) -> dict[str, str]:
    first = (clock.today + days * DAY).isoformat()
    return {"valid_from": first, "reason": "Beslut i kommunstyrelsen", "version": str(version), **values}


def test_before_anything_is_set_the_page_says_what_holds_anyway(admin: FlaskClient) -> None:
    text = _text(admin.get("/settings").text)
    assert "Allt är som från början: ingen har ändrat något." in text
    assert "Projekt som kostar mer än 10 000 000 kr beslutas av nämnden." in text
    assert "Steg som redan är öppna behåller sina tider." in text
    assert "Ingen har ändrat något än." in text
    assert "Ta över tjänsten" in text and "10 arbetsdagar" in text
    assert "2 arbetsdagar före sista dagen" in text


def test_without_a_model_the_page_says_so(ctx: Context, admin: FlaskClient) -> None:
    with ctx.database.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS styr_bundle_no_delete")
        connection.exec_driver_sql("DELETE FROM styr_bundle")
    assert "Ingen processmodell är publicerad än" in admin.get("/settings").text


def test_a_limit_is_set_from_a_day_and_the_page_tells(
    admin: FlaskClient, ctx: Context, clock: TestClock, administrator: PersonId
) -> None:
    form = _entry(clock, days=1, amount="15 000 000 kr", request_id="d" * 32)
    for _ in range(2):
        answer = admin.post(LIMIT, data=form)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"/settings?changed={BOARD_COST_LIMIT}")
    text = _text(admin.get(answer.headers["Location"]).text)
    assert "Sparat" in text and "Beloppsgräns för nämnden: 15 000 000 kr, från tis 24 nov." in text
    assert "1 inställning är kommunens egen." in text
    assert "Projekt som kostar mer än 10 000 000 kr beslutas av nämnden." in text
    assert "Från tis 24 nov: 15 000 000 kr. Satt av Ada Ministratör." in text
    clock.on(clock.today + DAY)
    text = _text(admin.get("/settings").text)
    assert "Projekt som kostar mer än 15 000 000 kr beslutas av nämnden." in text
    assert "Gäller från tis 24 nov. Satt av Ada Ministratör i går 9.00." in text
    assert "Beslut i kommunstyrelsen" in text
    assert [one.by for one in _settings(ctx).changes[BOARD_COST_LIMIT]] == [administrator]


def test_a_steps_times_are_set_and_given_back_to_the_model(admin: FlaskClient, clock: TestClock) -> None:
    assert "Lämna tomt för modellens egen tid: 10 arbetsdagar." in _text(admin.get(STEP).text)
    assert "Modellen har ingen egen tid här." in _text(admin.get(STEP).text)
    answer = admin.post(STEP, data=_entry(clock, due="4", remind="2", escalate=""))
    assert answer.status_code == 303
    text = _text(admin.get(answer.headers["Location"]).text)
    assert (
        "Sparat" in text
        and "Ta över tjänsten: Klart inom 4 arbetsdagar, påminnelse efter 2 arbetsdagar, från mån 23 nov." in text
    )
    assert "1 med egna tider" in text
    assert 'name="due" type="text" value="4"' in admin.get(STEP).text
    assert admin.post(STEP, data=_entry(clock, version=1, due="", remind="")).status_code == 303
    text = _text(admin.get("/settings").text)
    assert "med egna tider" not in text
    assert "Modellens egna tider" in text


WRONG = [
    (LIMIT, {"amount": ""}, "amount", "Skriv ett belopp, till exempel 10 000 000"),
    (LIMIT, {"amount": "mycket"}, "amount", "Skriv hela kronor med siffror, till exempel 10 000 000"),
    (LIMIT, {"amount": "10,50"}, "amount", "Skriv hela kronor med siffror, till exempel 10 000 000"),
    (LIMIT, {"amount": "-5"}, "amount", "Skriv ett belopp i hela kronor, från 0 till 10 miljarder"),
    (LIMIT, {"amount": "9" * 30}, "amount", "Skriv ett belopp i hela kronor, från 0 till 10 miljarder"),
    (LIMIT, {"amount": "10 000 000"}, "amount", "Det gäller redan den dagen"),
    (LIMIT, {"valid_from": ""}, "valid_from", "Välj en dag"),
    (LIMIT, {"valid_from": "2026-11-22"}, "valid_from", "Välj i dag eller en senare dag"),
    (LIMIT, {"valid_from": "2206-11-23"}, "valid_from", "Välj en dag inom tio år"),
    (LIMIT, {"valid_from": "snart"}, "valid_from", "Välj en dag som finns"),
    (LIMIT, {"reason": " "}, "reason", "Skriv varför"),
    (STEP, {"due": "0"}, "due", "Skriv ett helt antal arbetsdagar från 1 till 250, eller lämna tomt"),
    (STEP, {"due": "-3"}, "due", "Skriv ett helt antal arbetsdagar från 1 till 250, eller lämna tomt"),
    (STEP, {"remind": "9999"}, "remind", "Skriv ett helt antal arbetsdagar från 1 till 250, eller lämna tomt"),
    (STEP, {"escalate": "en vecka"}, "escalate", "Skriv ett helt antal arbetsdagar med siffror, till exempel 15"),
    (STEP, {"remind": "7"}, "remind", "Påminn före sista dagen: färre än 7 arbetsdagar"),
    (STEP, {"escalate": "6"}, "escalate", "Lyft vidare tidigast när steget ska vara klart: minst 7 arbetsdagar"),
]


@pytest.mark.parametrize(("address", "wrong", "field", "sentence"), WRONG)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_set(
    admin: FlaskClient, ctx: Context, clock: TestClock, address: str, wrong: dict[str, str], field: str, sentence: str
) -> None:
    good = {"amount": "5000000"} if address == LIMIT else {"due": "7"}
    answer = admin.post(address, data=_entry(clock) | good | wrong)
    assert answer.status_code == 422
    assert f'href="#{field}">{sentence}' in answer.text
    assert answer.text.count(sentence) == 2
    assert _settings(ctx) == Settings()


def test_the_second_administrator_sees_what_the_first_set_and_keeps_the_words(
    admin: FlaskClient, other_admin: FlaskClient, ctx: Context, clock: TestClock
) -> None:
    opened = _filled(admin.get(LIMIT).text)
    assert other_admin.post(LIMIT, data=_entry(clock, amount="12000000")).status_code == 303
    answer = admin.post(LIMIT, data=opened | {"amount": "15000000", "reason": "Ny budget"})
    assert answer.status_code == 409
    text = _text(answer.text)
    assert "Siv Dahl ändrade det här medan du skrev" in text
    assert "Projekt som kostar mer än 12 000 000 kr beslutas av nämnden." in text
    assert 'value="15000000"' in answer.text
    assert _settings(ctx).board_cost_limit(clock.today) == 12_000_000
    assert admin.post(LIMIT, data=_filled(answer.text)).status_code == 303
    assert _settings(ctx).board_cost_limit(clock.today) == 15_000_000


def test_a_step_that_no_model_has_is_not_found(admin: FlaskClient, ctx: Context, clock: TestClock) -> None:
    assert admin.post("/settings/steps/ny_tjanst/none", data=_entry(clock, due="5")).status_code == 404
    assert _settings(ctx) == Settings()


def test_only_administrators_set(
    browsing: Callable[[str], FlaskClient], anna: PersonId, ctx: Context, clock: TestClock
) -> None:
    for address, data in ((LIMIT, {"amount": "1"}), (STEP, {"due": "5"})):
        assert browsing(anna).post(address, data=_entry(clock) | data).status_code == 403
    assert _settings(ctx) == Settings()
