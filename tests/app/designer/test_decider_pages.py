"""Who decides a gate, changed on a page that needs nothing but HTML."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.app.designer.conftest import LogIn
from tests.models.deciders.asking import decided
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft, shipped

SHIPPED = shipped("harnosand")["authority.dmn"]
SPONSOR = {"who": "sponsor/single", "legal_basis": "internal", "note": "Små projekt."}


def table(studio: Studio, draft: str) -> bytes:
    return find_model_draft(studio.ctx, draft_id=draft).files["authority.dmn"]


def amount_field(page: str) -> str:
    """Return the name of the condition on the cost."""
    found = re.search(r'<label for="(c\d+)">Kostnad</label>', page)
    assert found is not None
    return found[1]


def below(client: FlaskClient, draft: str, amount: str, **more: str) -> dict[str, str]:
    """Return what the form on a new row for the second gate sends: the sponsor, below an amount."""
    cost = amount_field(client.get(f"/models/drafts/{draft}/deciders/bp2/new").text)
    sent = {"seen": "1", "request_id": "one", "gates": "only", "before": "rule_group", cost: "<"}
    return {**SPONSOR, **sent, f"{cost}_amount": amount, **more}


def test_every_gate_is_listed_with_who_decides_it(designer: FlaskClient, draft: str) -> None:
    page = designer.get(f"/models/drafts/{draft}/tables").text
    assert "Styrgrupp, på möte" in page and "Kostnad över nämndens gräns: ja" in page
    assert f'href="/models/drafts/{draft}/deciders/bp2"' in page


def test_whoever_reads_sees_the_whole_table_in_words_and_no_code(log_in: LogIn, draft: str) -> None:
    page = log_in("axel").get(f"/models/drafts/{draft}/tables").text.partition("Hela tabellen")[2]
    assert "Alla beslutspunkter utom BP1 beslutas av styrgruppen när ”Styrgrupp finns” är ja." in page
    for code in ("board", "not(", "bp1", "steering_group", "authority.dmn"):
        assert code not in page


def test_whoever_changes_the_table_is_told_how_its_values_are_written(designer: FlaskClient, draft: str) -> None:
    page = unescape(designer.get(f"/models/drafts/{draft}/tables").text)
    told = dict(re.findall(r'<code>([^<]+)</code></th><td data-label="Betyder">([^<]+)</td>', page))
    assert told['"board"'] == "Nämnden" and told['"steering_group"'] == "Styrgrupp"
    assert told['not("bp1")'] == "Alla utom Beslutspunkt 1" and told['"bp2"'] == "Beslutspunkt 2"
    assert told['"meeting"'] == "På möte" and told["true"] == "Ja"
    written = set(re.findall(r"&quot;|\"(\w+)\"(?=\)?</text>)", SHIPPED.decode())) - {""}
    assert {f'"{one}"' for one in written} <= told.keys()


def test_the_second_gate_gets_another_decider_below_an_amount(
    designer: FlaskClient, draft: str, studio: Studio
) -> None:
    answer = designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=below(designer, draft, "500 000 kr"))
    assert answer.status_code == 303
    changed = table(studio, draft)
    assert decided(changed, "bp2", total_cost=499_999, has_steering_group=True) == ("sponsor", "single")
    assert decided(changed, "bp2", total_cost=500_000, has_steering_group=True) == ("steering_group", "meeting")
    page = designer.get(answer.location).text
    assert "Kostnad: under 500" in page
    history = designer.get(f"/models/drafts/{draft}/history").text.replace("\u00a0", " ")
    assert "BP2 beslutas nu av beställaren vid kostnad under 500 000 kr." in history


@pytest.mark.full
def test_a_row_that_hides_those_below_it_is_told_where_it_stands(
    designer: FlaskClient, draft: str, studio: Studio
) -> None:
    sent = {**SPONSOR, "seen": "1", "request_id": "one", "gates": "only", "before": "rule_group"}
    page = designer.get(designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=sent).location).text
    said = "BP2: raden ”Beställare” gäller alltid, så raderna under den används aldrig."
    assert said in page and 'id="row-rule_1"' in page
    check_page = designer.get(f"/models/drafts/{draft}/check").text
    assert said in check_page and f'href="/models/drafts/{draft}/deciders/bp2#row-rule_1"' in check_page
    assert said not in designer.get(f"/models/drafts/{draft}/deciders/bp3").text


def test_the_first_gate_shows_its_decider_once(designer: FlaskClient, draft: str) -> None:
    page = designer.get(f"/models/drafts/{draft}/deciders/bp1").text
    assert page.count("<strong>Beställare</strong>") == 1
    assert designer.get(f"/models/drafts/{draft}/deciders/bp2").text.count("<strong>Beställare</strong>") == 1


def test_a_double_click_adds_one_row(designer: FlaskClient, draft: str, studio: Studio) -> None:
    sent = below(designer, draft, "500000")
    for _ in range(2):
        assert designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=sent).status_code == 303
    assert table(studio, draft).count(b"<rule ") == SHIPPED.count(b"<rule ") + 1


def test_an_amount_that_is_none_is_refused_with_what_was_typed(
    designer: FlaskClient, draft: str, studio: Studio
) -> None:
    answer = designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=below(designer, draft, "en halv miljon"))
    assert answer.status_code == 422
    assert "Skriv ett belopp i kronor" in answer.text and "en halv miljon" in answer.text
    assert table(studio, draft) == SHIPPED


def test_who_decides_has_to_be_chosen(designer: FlaskClient, draft: str, studio: Studio) -> None:
    answer = designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=below(designer, draft, "1", who=""))
    assert answer.status_code == 422 and "Välj vem som beslutar" in answer.text
    assert table(studio, draft) == SHIPPED


def test_a_group_cannot_decide_by_delegation(designer: FlaskClient, draft: str, studio: Studio) -> None:
    sent = below(designer, draft, "1", who="steering_group/meeting", legal_basis="delegated")
    answer = designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=sent)
    assert answer.status_code == 422 and "En grupp kan inte besluta på delegation" in answer.text
    assert table(studio, draft) == SHIPPED


def test_a_shared_row_can_be_made_this_gates_own(designer: FlaskClient, draft: str, studio: Studio) -> None:
    sent = {**SPONSOR, "seen": "1", "request_id": "one", "gates": "only"}
    assert designer.post(f"/models/drafts/{draft}/deciders/bp2/rule_group", data=sent).status_code == 303
    changed = table(studio, draft)
    assert decided(changed, "bp2", has_steering_group=True) == ("sponsor", "single")


@pytest.mark.full
def test_the_second_to_save_is_told_who_was_first(
    log_in: LogIn, designer: FlaskClient, draft: str, studio: Studio
) -> None:
    sent = below(designer, draft, "500000")
    assert designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=sent).status_code == 303
    saved = table(studio, draft)
    late = log_in("ulla")
    later = {**sent, "request_id": "two"}
    assert late.post(f"/models/drafts/{draft}/deciders/bp2/new", data=later).status_code == 409
    part = late.post(f"/models/drafts/{draft}/deciders/bp2/new?part=1", data=later)
    assert part.status_code == 409 and "Någon annan har ändrat tabellen" in part.text
    assert table(studio, draft) == saved


def test_a_row_of_the_gates_own_is_moved_and_removed(designer: FlaskClient, draft: str, studio: Studio) -> None:
    designer.post(f"/models/drafts/{draft}/deciders/bp2/new", data=below(designer, draft, "500000"))
    address = f"/models/drafts/{draft}/deciders/bp2/rule_1"
    designer.post(address, data={"seen": "2", "request_id": "two", "down": "1"})
    facts = {"total_cost": 1, "has_steering_group": True}
    assert decided(table(studio, draft), "bp2", **facts) == ("steering_group", "meeting")
    designer.post(address, data={"seen": "3", "request_id": "three", "up": "1"})
    assert decided(table(studio, draft), "bp2", **facts) == ("sponsor", "single")
    designer.post(address, data={"seen": "4", "request_id": "four", "remove": "1"})
    assert table(studio, draft).count(b"<rule ") == SHIPPED.count(b"<rule ")


def test_the_part_for_the_panel_is_the_same_form_without_the_page(designer: FlaskClient, draft: str) -> None:
    part = designer.get(f"/models/drafts/{draft}/deciders/bp2/new?part=1").text
    assert "<html" not in part and "Prövas före" in part and "data-deciders" in part


def test_an_unknown_gate_or_row_is_not_found(designer: FlaskClient, draft: str) -> None:
    assert designer.get(f"/models/drafts/{draft}/deciders/bp9").status_code == 404
    assert designer.get(f"/models/drafts/{draft}/deciders/bp2/nothing").status_code == 404
