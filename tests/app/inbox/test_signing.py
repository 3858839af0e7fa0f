"""Who signs is told so, and nothing says that anything is signed before it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.app.inbox.test_offers import offered as offered
from tests.stories.town import Town
from workflows.kernel.ids import new_id

Client = Callable[[str], FlaskClient]
WORDS = {"decision": "propose", "comment": "Inte före februari.", "hours": "80", "version": "0", "_review": "1"}
UNSAID = {"comment": "", "place": "", "special_competence": ""}
PERIOD = {"period_start": "2027-02-01", "period_end": "2027-04-30"}


def checked(client: FlaskClient, town: Town, project: str, node: str, **answers: str) -> str:
    """Fill in a step and return Granska svaren."""
    task = town.player(project).task(node).id
    return client.post(f"/tasks/{task}", data={"version": "0", **answers}, follow_redirects=True).text


def handed_in(client: FlaskClient, town: Town, project: str, node: str) -> str:
    """Hand in the draft of a step and return the receipt."""
    task = town.player(project).task(node).id
    sent = {"version": "1", "request_id": new_id()}
    return client.post(f"/tasks/{task}/submit", data=sent, follow_redirects=True).text


def test_a_signature_is_asked_for_and_received_as_one(town: Town, client: Client, offered: str) -> None:
    bo = client("bo")
    page = checked(bo, town, offered, "contract_provider", decision="sign", comment="")
    assert ">Skriv under</button>" in page
    assert "<h1>Du har skrivit under</h1>" in handed_in(bo, town, offered, "contract_provider")


def test_a_proposal_is_no_signature(town: Town, client: Client, offered: str) -> None:
    bo = client("bo")
    page = checked(bo, town, offered, "contract_provider", **{**WORDS, **PERIOD})
    assert ">Lämna svaret</button>" in page and "skriver under" not in page
    assert "<h1>Svaret är inlämnat</h1>" in handed_in(bo, town, offered, "contract_provider")


def test_a_discussion_is_no_document(town: Town, client: Client, offered: str) -> None:
    town.fill("bo", offered, "contract_provider", decision="sign")
    words = {**UNSAID, "comment": "Bara på tisdagar."}
    page = checked(client("nils"), town, offered, "contract_member", decision="discuss", **words)
    assert ">Lämna svaret</button>" in page and "allmän handling" not in page


@pytest.mark.parametrize("check", [False, True])
def test_no_line_is_signed_beforehand(town: Town, client: Client, offered: str, check: bool) -> None:
    town.fill("bo", offered, "contract_provider", decision="sign")
    nils, task = client("nils"), town.player(offered).task("contract_member").id
    answers = {"decision": "accept", "accept_terms": "true", "version": "0", **UNSAID}
    if check:
        page = nils.post(f"/tasks/{task}", data=answers, follow_redirects=True).text
    else:
        page = nils.post(f"/tasks/{task}", data={**answers, "_show": "1"}).text
    assert "Granska svaren" in page and "Bo Rask" in page
    assert "Underskrift av projektmedlem" not in page


def test_what_was_signed_shows_the_line(town: Town, client: Client, offered: str) -> None:
    town.fill("bo", offered, "contract_provider", decision="sign")
    task = town.fill("nils", offered, "contract_member", decision="accept", accept_terms=True).task_id
    page = client("nils").get(f"/tasks/{task}/answers").text
    assert "Underskrift av projektmedlem" in page and "Nils Öberg" in page


def test_a_request_lists_the_earlier_ones_of_its_own_gate(town: Town, client: Client, offered: str) -> None:
    player = town.player(offered)
    player.until("bp2")
    page = client("karin").get(f"/tasks/{player.task('request').id}").text
    assert "Tidigare inlämnat" not in page
