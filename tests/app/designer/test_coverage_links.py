"""What no scenario visits is told on list and diagram, and leads to a scenario that goes there."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.app.designer.conftest import LogIn
from tests.app.designer.test_scenarios_mending import with_phase
from tests.app.designer.test_scenarios_tab import files_of, post, text
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft, run_scenarios
from workflows.models.scenario import scenario_paths


def result(client: FlaskClient, draft: str, more: str = "") -> Any:
    return html.fromstring(client.get(f"/models/drafts/{draft}/scenarios/result{more}").text)


@pytest.fixture
def phased(studio: Studio, draft: str) -> str:
    """A draft with a phase that is behind what its only scenario does."""
    with_phase(studio, draft)
    left = {
        path: None for path in scenario_paths(files_of(studio, draft)) if not path.endswith("/rejected_at_bp1.yaml")
    }
    seen = find_model_draft(studio.as_("dag"), draft_id=draft).revision
    change_model_draft(studio.as_("dag"), draft_id=draft, changes=left, seen=seen, what="Tog bort resten")
    return draft


def test_a_new_phase_that_nothing_visits_is_told_on_list_and_diagram(designer: FlaskClient, phased: str) -> None:
    shown = result(designer, phased)
    notes = json.loads(shown.get_element_by_id("diagram-notes").text)
    assert notes.get("bp2b") == "aldrig"
    assert "bp2b" in json.loads(shown.get_element_by_id("diagram-marks").text)["is-unvisited"]
    listed = " ".join(shown.xpath("//section[@aria-labelledby='coverage']")[0].text_content().split())
    assert "Beslutspunkt 2b Gör ett scenario hit: Beslutspunkt 2b" in listed


def test_a_place_that_is_not_visited_leads_to_a_scenario_that_goes_there(
    designer: FlaskClient, studio: Studio, phased: str
) -> None:
    shown = result(designer, phased)
    (address,) = (one for one in shown.xpath("//a/@href") if "until=bp2b" in one)
    form: Any = html.fromstring(designer.get(address).text)
    assert form.get_element_by_id("title").value == "Projektet kommer till ”Beslutspunkt 2b”"
    typed = {"title": "Upphandlingen nås", "until": form.xpath("string(//input[@name='until']/@value)")}
    assert post(designer, studio, phased, "/new", **typed).status_code == 303
    assert b"- until: bp2b" in files_of(studio, phased)["scenarios/upphandlingen_nas.yaml"]
    run = run_scenarios(files_of(studio, phased))
    (played,) = (one for one in run.results if one.scenario.title == "Upphandlingen nås")
    assert played.failure is None and "bp2b" in run.coverage.nodes
    assert "until=bp2b" not in designer.get(f"/models/drafts/{phased}/scenarios/result").text


def test_what_the_model_does_not_have_is_no_place_to_go(designer: FlaskClient, studio: Studio, draft: str) -> None:
    assert "Första raden" not in text(designer, draft, "?until=gone_away")
    assert post(designer, studio, draft, "/new", title="Ingenstans", until="gone_away").status_code == 303
    assert b"until" not in files_of(studio, draft)["scenarios/ingenstans.yaml"]


def test_one_scenario_alone_offers_nothing_and_nor_does_an_auditor_see_it(
    designer: FlaskClient, log_in: LogIn, phased: str
) -> None:
    assert "Gör ett scenario hit" not in result(designer, phased, "?scenario=rejected_at_bp1").text_content()
    assert "Gör ett scenario hit" not in result(log_in("axel"), phased).text_content()
