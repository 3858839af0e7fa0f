"""The page of the diagram: what it tells its island, and that it opens whatever the draft's files are like."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from forms import feel
from forms.swedish import alphabetical
from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.engine.diagram import NodeKind
from workflows.engine.reading import EXTENSIONS, STYR_NAMESPACE
from workflows.models import change_model_draft, find_model_draft, read_model

SOURCES = Path(__file__).parents[3] / "app/ui/src/designer"


def told(client: FlaskClient, address: str) -> dict[str, Any]:
    """Return what a page tells its island."""
    answer = client.get(address)
    assert answer.status_code == 200
    found = re.search(r'data-around="([^"]*)"', answer.text)
    assert found is not None
    data: dict[str, Any] = json.loads(unescape(found[1]))
    return data


def test_the_main_process_comes_first_and_the_others_can_be_chosen(designer: FlaskClient, draft: str) -> None:
    data = told(designer, f"/models/drafts/{draft}/diagram")
    assert data["path"] == "project.bpmn"
    assert {"delivery.bpmn", "gate.bpmn", "person_contract.bpmn"} <= {path for path, _ in data["files"]}
    assert told(designer, f"/models/drafts/{draft}/diagram?file=gate.bpmn")["path"] == "gate.bpmn"
    assert designer.get(f"/models/drafts/{draft}/diagram?file=model.json").status_code == 404


def test_the_panel_gets_the_words_of_the_draft(designer: FlaskClient, draft: str) -> None:
    data = told(designer, f"/models/drafts/{draft}/diagram")
    assert ["sponsor", "Beställare"] in data["roles"]
    assert ["approve_conditional", "Godkänn med villkor"] in data["outcomes"]
    assert ["authority", "Vem beslutar"] in data["decisions"]
    assert ["gate", "Beslutspunkt"] in data["processes"] or "gate" in dict(data["processes"])
    assert next(gate for gate in data["gates"] if gate["key"] == "bp2")["statement"].startswith("Projektplanen leder")
    assert "c3_planning" in dict(data["checklists"]) and "idea_sheet" in dict(data["forms"])


def test_examples_of_conditions_are_read_and_name_what_is_in_scope(designer: FlaskClient, draft: str) -> None:
    examples = told(designer, f"/models/drafts/{draft}/diagram")["examples"]
    known = designer.get(f"/models/drafts/{draft}/names").get_json()
    everywhere = {
        f"{name}.{field}" for names in known.values() for name, fields in names.items() for field in fields or ()
    }
    assert ['bp1.outcome = "approve"', "Beslutspunkt 1 blev Godkänn"] in examples["bp1"]
    assert len(examples) > 20
    for name, pairs in examples.items():
        for written, words in pairs:
            [path] = feel.names(feel.parse(written))
            assert path[0] == name and ".".join(path[:2]) in everywhere, written
            assert words


def test_only_pages_with_a_modeler_allow_style_attributes(designer: FlaskClient, draft: str) -> None:
    def policy(tab: str) -> str:
        return designer.get(f"/models/drafts/{draft}/{tab}").headers["Content-Security-Policy"]

    assert "style-src-attr 'unsafe-inline'" in policy("diagram")
    assert "style-src-attr 'unsafe-inline'" in policy("tables")
    assert "unsafe" not in policy("history")


def test_whoever_only_reads_gets_a_picture_and_no_modeler(log_in: LogIn, draft: str) -> None:
    page = log_in("axel").get(f"/models/drafts/{draft}/diagram").text
    assert "data-bpmn-url" in page and "designer-canvas" not in page


@pytest.mark.parametrize("path", ["project.bpmn", "model.json", "authority.dmn", "forms/idea_sheet.form.json"])
@pytest.mark.parametrize("content", [b"", b"<a/>", b"{}", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_pages_open_on_a_draft_that_cannot_be_read(
    designer: FlaskClient, draft: str, studio: Studio, path: str, content: bytes
) -> None:
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={path: content}, seen=1, what="Söndrade")
    assert designer.get(f"/models/drafts/{draft}/diagram").status_code == 200
    assert designer.get(f"/models/drafts/{draft}/tables").status_code == 200
    assert designer.get(f"/models/drafts/{draft}/names").status_code == 200
    assert designer.get(f"/models/drafts/{draft}/deciders/bp2").status_code in (200, 404, 422)


def test_an_expression_can_name_what_comes_before_it(designer: FlaskClient, draft: str) -> None:
    names = designer.get(f"/models/drafts/{draft}/names").json
    assert names is not None
    assert "R07" in names["is_project"]["idea_sheet"]
    assert "total_cost" in names["is_project"]["facts"]
    assert names["bp2"]["bp1"] == ["outcome", "round", "target"]


def test_the_file_of_extensions_says_what_the_server_reads() -> None:
    described = json.loads((SOURCES / "styr.json").read_text())
    assert described["uri"] == STYR_NAMESPACE
    found = {
        one["name"].lower(): frozenset(attribute["name"] for attribute in one["properties"])
        for one in described["types"]
    }
    assert found == EXTENSIONS


def test_everything_that_can_be_drawn_is_run_and_everything_that_is_run_can_be_drawn() -> None:
    offered = re.findall(r"target: \{ type: 'bpmn:(\w+)'", (SOURCES / "catalogue.js").read_text())
    drawn = {name[0].lower() + name[1:] for name in offered} - {"textAnnotation"}
    assert drawn == set(NodeKind)


def test_the_outcomes_of_a_gate_are_told_in_the_model_too(designer: FlaskClient, draft: str, studio: Studio) -> None:
    address = f"/models/drafts/{draft}/gates/bp2/outcomes"
    assert designer.post(address, json=["approve", "rework", "reject"]).status_code == 200
    saved = read_model(find_model_draft(studio.ctx, draft_id=draft).files["model.json"])
    assert saved.gate("bp2").outcomes == ("approve", "rework", "reject")


@pytest.mark.parametrize("sent", [["approve", "explode"], "approve", {"a": 1}])
def test_outcomes_that_nobody_can_choose_are_refused(
    designer: FlaskClient, draft: str, studio: Studio, sent: object
) -> None:
    assert designer.post(f"/models/drafts/{draft}/gates/bp2/outcomes", json=sent).status_code == 400
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_the_panel_lists_forms_by_their_titles(designer: FlaskClient, draft: str) -> None:
    titles = [title for _, title in told(designer, f"/models/drafts/{draft}/diagram")["forms"]]
    assert len(titles) > 20
    assert titles == sorted(titles, key=alphabetical)
