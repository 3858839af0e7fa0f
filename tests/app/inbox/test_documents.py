"""The documents that a step's form shows: the project's own stored files, to those who may see them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.stories.meetings import APPROVE
from tests.stories.town import Town
from workflows.governance.files import add_file, seen_files
from workflows.governance.loaded import see_task
from workflows.models import publish, shipped
from workflows.people import PersonDetails, add_person

Client = Callable[[str], FlaskClient]

PATH = "forms/deliverable_acceptance.form.json"
DELIVERY = {"title": "Nytt formulär", "criteria": "En anmälan når rätt enhet", "date": "2027-03-01"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


def with_documents(source: str) -> Mapping[str, bytes]:
    """The shipped model, where whoever accepts a delivery reads documents first."""
    form = json.loads(shipped("harnosand")[PATH])
    shown = {"type": "documentPreview", "id": "shown", "label": "Det som lämnades", "dataSource": source}
    form["components"].insert(0, shown | {"properties": {"label_en": "What was handed over"}})
    return {**shipped("harnosand"), PATH: json.dumps(form).encode()}


def executing(town: Town, source: str) -> str:
    """A small project on that model whose delivery is due."""
    publish(town.ctx, with_documents(source))
    project = town.start("olle", "Digital felanmälan").project_id
    people = town.people
    usual: Mapping[str, Mapping[str, Any]] = {
        "idea_sheet": {"sponsor": people["anna"], "size_class": "small", "total_cost": 600_000, "goal": "Svar"},
        "sponsor_answer": {"decision": "go"},
        "appoint_manager": {"project_manager": people["karin"]},
        "project_directive": {"receiver": people["lena"]},
        "office_review": {"outcome": "approve"},
        "project_plan": {"deliverables": [{**DELIVERY, "approver": people["lena"]}]},
    }
    player = town.player(project, usual)
    for gate in ("bp1", "bp2"):
        player.until(gate)
        player.decide(APPROVE)
    return project


def handed_over(town: Town, project: str, *, delivered: str = "Formuläret finns.") -> str:
    """Hand over the delivery with a paper and a picture, and return the receiver's task."""
    player = town.player(project)
    task = player.task("delivery_ready", item="d1")
    kept = [
        add_file(
            town.as_("karin"),
            project_id=project,
            task_id=task.id,
            stream=io.BytesIO(content),
            name=name,
            limit=10_000,
        ).id
        for name, content in (("Protokoll.pdf", PDF), ("Skärmbild.png", PNG))
    ]
    tests = [{"criterion": "En minut", "result": "41 sekunder", "passed": "yes"}]
    answers = {"delivered": delivered, "tests": tests, "delivery_files": kept}
    player.hand_in("delivery_ready", answers, item="d1")
    return player.task("deliverable_acceptance", item="d1").id


def documents(client: FlaskClient, task: str) -> Any:
    """The part of the task's page that shows the documents."""
    page = client.get(f"/tasks/{task}")
    assert page.status_code == 200
    tree: Any = html.fromstring(page.text)
    (found,) = tree.find_class("s-documents")
    return found


def test_the_receiver_reads_the_files_with_name_kind_and_size(town: Town, client: Client) -> None:
    project = executing(town, "=earlier.delivery_ready.delivery_files")
    lena = client("lena")
    shown = documents(lena, handed_over(town, project))
    assert shown.findtext("figcaption") == "Det som lämnades"
    links = {link.text: link.get("href") for link in shown.iter("a")}
    assert list(links) == ["Protokoll.pdf", "Skärmbild.png"]
    assert "PDF, " in shown.text_content() and "byte" in shown.text_content()
    for address in links.values():
        assert lena.get(address, buffered=True).status_code == 200
    (picture,) = shown.iter("img")
    assert (picture.get("src"), picture.get("alt")) == (links["Skärmbild.png"], "Bilden Skärmbild.png")


def test_an_answer_that_says_an_address_leads_nowhere(town: Town, client: Client) -> None:
    project = executing(town, "=earlier.delivery_ready.delivered")
    shown = documents(client("lena"), handed_over(town, project, delivered="https://evil.example/plan.pdf"))
    assert list(shown.iter("a", "img")) == []
    assert "1 dokument finns inte, eller så får du inte se det." in shown.text_content()
    assert "evil" not in html.tostring(shown, encoding="unicode")


def test_a_file_of_another_project_is_not_shown(town: Town, client: Client) -> None:
    other = town.start("olle", "Hemligt").project_id
    file = add_file(town.as_("olle"), project_id=other, stream=io.BytesIO(PDF), name="Hemligt.pdf", limit=10_000)
    project = executing(town, "=earlier.delivery_ready.delivered")
    shown = documents(client("lena"), handed_over(town, project, delivered=file.id))
    assert list(shown.iter("a", "img")) == []
    assert "Hemligt" not in html.tostring(shown, encoding="unicode")


def test_who_may_only_do_one_step_sees_the_files_of_that_step_alone(town: Town) -> None:
    project = executing(town, "=earlier.delivery_ready.delivery_files")
    task = handed_over(town, project)
    outsider = add_person(town.ctx, details=PersonDetails(name="Siri Ek", email="siri.ek@exempelkommun.example"))
    with town.ctx.read() as session:
        held, _ = see_task(session, town.as_("lena"), task_id=task)
        assert {file.name for file in seen_files(session, town.as_("lena"), held=held).values()} == {
            "Protokoll.pdf",
            "Skärmbild.png",
        }
        stranger = replace(held.acting, own=frozenset(), standing_in=frozenset(), person=outsider)
        ctx = replace(town.ctx, actor=outsider)
        assert seen_files(session, ctx, held=replace(held, acting=stranger)) == {}


@pytest.mark.parametrize("source", ["=earlier.delivery_ready.nothing", "=1 / 0", "=[{documentId: 17}]"])
def test_nothing_to_show_is_said(town: Town, client: Client, source: str) -> None:
    project = executing(town, source)
    shown = documents(client("lena"), handed_over(town, project))
    assert list(shown.iter("a", "img")) == []
    assert "Inga dokument än." in shown.text_content()
