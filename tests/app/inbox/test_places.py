"""A task says which part of the model it belongs to, wherever its project stands by now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from lxml import html

from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town, request_id
from workflows.governance.anytime import terminate_project
from workflows.governance.places import place_of
from workflows.models import read_bundle, shipped

Client = Callable[[str], FlaskClient]


def rows(page: str) -> dict[str, str]:
    """Return the rows of a list by their headings, in words."""
    found: Any = html.fromstring(page).xpath("//main//li[.//h3]")
    return {" ".join(row.xpath("string(.//h3)").split()): " ".join(row.text_content().split()) for row in found}


def test_what_is_done_keeps_its_phase_and_says_what_was_decided(client: Client, town: Town) -> None:
    player = town.player(town.start("olle", "Elbussar").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    done = rows(client("anna").get("/tasks?tab=done").text)
    assert "Förberedelse" in done["Elbussar Utse projektledare"]
    decided = next(words for heading, words in done.items() if "värt att genomföra" in heading)
    assert "Beslutspunkt 1" in decided and "Godkänd" in decided


def test_the_short_closure_is_no_phase_of_the_project(client: Client, town: Town) -> None:
    player = town.player(town.start("olle", "Elbussar").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    terminate_project(town.as_("anna"), project_id=player.project_id, reason="Inga pengar.", request_id=request_id())
    karin = client("karin")
    (row,) = [words for heading, words in rows(karin.get("/tasks").text).items() if "slutrapport" in heading]
    assert "Kort avslut" in row and "Planering" not in row
    page = karin.get(f"/tasks/{player.task('short_final_report').id}").text
    read: Any = html.fromstring(page)
    assert "Elbussar · Kort avslut" in " ".join(read.text_content().split())


def test_a_process_called_from_one_phase_belongs_to_it_and_a_gate_to_none() -> None:
    bundle = read_bundle(shipped("harnosand"))
    assert place_of(bundle, "contract_member")["sv"] == "Planering"
    assert place_of(bundle, "delivery_ready")["sv"] == "Genomförande"
    assert place_of(bundle, "decide_single") == {}
    assert place_of(bundle, "no_such_step") == {}
