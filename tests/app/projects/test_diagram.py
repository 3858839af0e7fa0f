"""The diagram and the list beside it, which says the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import find, texts, words
from tests.governance.moving import at, everything
from tests.governance.phase_more import prepared
from tests.stories.meetings import rework
from tests.stories.town import Town
from workflows.engine import NodeKind
from workflows.models import read_bundle, shipped


def open_now(page: str) -> list[str]:
    return [words(one.findtext("b")) for one in find(page, "//li[@aria-current='step']")]


def marks(page: str) -> dict[str, list[str]]:
    found: Any = find(page, "//*[@id='diagram-marks']")[0]
    marked: dict[str, list[str]] = json.loads(found.text_content())
    return marked


def test_the_list_has_every_step_that_has_a_name(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("karin").get(f"/projects/{planned}/diagram").text
    listed = texts(page, "//aside//li/b") + texts(page, "//aside//li/span")
    nodes = read_bundle(shipped("harnosand")).executable.diagram.nodes.values()
    drawn = [node for node in nodes if node.name]
    assert len(drawn) > 90
    spoken = " ".join(listed)
    assert [node.name for node in drawn if words(node.name) not in spoken] == []


def test_each_way_out_of_a_gate_is_said(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("karin").get(f"/projects/{planned}/diagram").text
    ways = texts(page, "//aside//li//ul/li")
    assert "Om Godkänn → Planering – Hur?" in ways
    assert "Om Komplettera → Förberedelse → Förberedelse – Vad? Varför?" in ways
    assert "Om Avslå → Projektet avslaget" in ways
    nodes = read_bundle(shipped("harnosand")).executable.diagram.nodes.values()
    choices = [node for node in nodes if node.kind is NodeKind.CHOICE and len(node.outgoing) > 1]
    assert sum(len(node.outgoing) for node in choices) == len(ways)


def test_what_is_open_is_marked_in_list_and_picture(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("karin").get(f"/projects/{planned}/diagram").text
    assert open_now(page) == ["Projektet", "Planering – Hur?", "Skriv projektplanen"]
    marked = marks(page)
    assert set(marked["is-now"]) == {"work", "planning", "project_plan"}
    assert {"relevance", "preparation", "bp1", "idea_sheet", "project_directive"} <= set(marked["is-done"])
    assert "parked_idea" not in marked["is-done"]


def test_a_rework_opens_steps_again(log_in: LogIn, town: Town, at_gate: str) -> None:
    page = log_in("karin").get(f"/projects/{at_gate}/diagram").text
    assert "bp1" in marks(page)["is-now"]
    town.player(at_gate).decide(rework(town, "preparation", "F05"))
    marked = marks(log_in("karin").get(f"/projects/{at_gate}/diagram").text)
    assert "bp1" not in marked["is-done"] + marked["is-now"]
    assert "project_directive" not in marked["is-done"]
    assert "idea_sheet" in marked["is-done"]


@pytest.mark.full
def test_what_a_move_passed_over_is_told_as_that_in_list_and_picture(log_in: LogIn, town: Town) -> None:
    behind = at(town, "Bakom", "deliverable_acceptance")
    everything(town, prepared(town))
    page = log_in("ture").get(f"/projects/{behind}/diagram").text
    told = [words(one) for one in texts(page, "//aside//li[span[@class='s-tag']='Hoppades över vid flytten']/b")]
    assert told == ["Upphandling – Av vem?", "Beslutspunkt 2b"]
    notes: Any = find(page, "//*[@id='diagram-notes']")[0]
    assert set(json.loads(notes.text_content())) == set(marks(page)["is-passed"])
    assert "bp2b" not in marks(page)["is-done"]


def test_what_is_late_is_marked_as_late(log_in: LogIn, town: Town, at_gate: str, clock: Any) -> None:
    clock.forward(days=60)
    page = log_in("karin").get(f"/projects/{at_gate}/diagram").text
    assert marks(page)["is-late"] == ["decide_single"]
    assert "Försenat" in page


def test_the_drawing_is_that_of_the_projects_own_version(log_in: LogIn, town: Town, planned: str) -> None:
    client, address = log_in("karin"), f"/projects/{planned}/diagram.bpmn"
    answer = client.get(address)
    assert answer.data == shipped("harnosand")["project.bpmn"]
    assert answer.mimetype == "application/xml"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_strangers_see_neither_diagram_nor_drawing(log_in: LogIn, town: Town, planned: str) -> None:
    for page in ("diagram", "diagram.bpmn"):
        assert log_in("nils").get(f"/projects/{planned}/{page}").status_code == 404
