"""Another model goes through the same pages: its own phases, gates, roles, registers and diagram."""

from __future__ import annotations

import pytest

from app.demo.playing import Player
from tests.app.browsing import send
from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, find, section, text, texts
from tests.models.telling import SECOND, files_of
from tests.stories.meetings import APPROVE
from tests.stories.town import Town, build_town, request_id
from workflows.kernel.context import Context
from workflows.models import publish, read_bundle, shipped


@pytest.fixture
def town(ctx: Context) -> Town:
    """A town that has published both models, the second one last."""
    town = build_town(ctx, files=shipped("harnosand"))
    publish(ctx, files_of(SECOND))
    return town


@pytest.fixture
def service(town: Town, log_in: LogIn) -> Player:
    """A service that is tried out: two reviewers are to say what they think."""
    need = {
        "sponsor": town.people["anna"],
        "cost": 200_000,
        "reviewers": [{"person": town.people["eva"]}, {"person": town.people["lena"]}],
    }
    project = town.start("olle", "Boka sporthall på nätet", model="ny_tjanst").project_id
    player = town.player(project, usual={"need": need})
    player.hand_in("need")
    form = {"holder": town.people["karin"], "reason": "Leder tjänsten", "request_id": request_id(), "_done": "1"}
    client = log_in("anna")
    assert client.post(f"/projects/{project}/roles/project_manager", data=form).status_code == 303
    player.until("g1")
    player.decide(APPROVE)
    player.hand_in("trial_report")
    return player


def test_the_page_speaks_the_models_own_words(log_in: LogIn, town: Town, service: Player) -> None:
    page = log_in("karin").get(f"/projects/{service.project_id}").text
    track = texts(page, "//*[@class='s-track']//li/b")
    assert track == ["Utforska", "G1", "Pröva", "G2", "Ta i drift", "G3"]
    assert "Björkviks modell för nya tjänster version 1" in page
    assert "Säg vad du tycker för 2" in section(page, "Säg vad du tycker")
    assert "saker saknas inför grind 2" in page
    reviewers = texts(page, "//*[@id='reviewers']//li")
    assert [row.split(" Väntar")[0] for row in reviewers] == ["Eva Sjödin", "Lena Ek"]
    assert "Tjänsteägare Anna Berg" in section(page, "Roller")
    assert "Grind 1: Godkänn" in section(page, "Händelser")
    assert "Kostnad per år" in section(page, "Ekonomi")


def test_documents_and_diagram_are_its_own(log_in: LogIn, town: Town, service: Player) -> None:
    client, base = log_in("karin"), f"/projects/{service.project_id}"
    assert "Behovsbeskrivning" in client.get(f"{base}/documents/service_need/1").text
    page = client.get(f"{base}/diagram").text
    spoken = " ".join(texts(page, "//aside//li/b") + texts(page, "//aside//li/span"))
    nodes = read_bundle(files_of(SECOND)).executable.diagram.nodes.values()
    assert [node.name for node in nodes if node.name and node.name not in spoken] == []
    assert client.get(f"{base}/diagram.bpmn").data == files_of(SECOND)["project.bpmn"]


def test_both_models_stand_in_one_list_and_can_be_told_apart(log_in: LogIn, town: Town, service: Player) -> None:
    town.start("olle", "Förskolan Tallbacken", model="harnosand")
    client = log_in("olle")
    assert texts(client.get("/projects").text, "//tbody//th//a") == ["Boka sporthall på nätet", "Förskolan Tallbacken"]
    only = client.get("/projects?model=ny_tjanst").text
    assert texts(only, "//tbody//th//a") == ["Boka sporthall på nätet"]
    assert texts(only, "//select[@id='model']/option[@selected]") == ["Björkviks modell för nya tjänster"]
    assert attributes(only, "//*[@class='s-mini']", "aria-label") == ["Pröva, nästa är G2"]


def test_the_model_of_an_idea_is_chosen_where_there_are_several(log_in: LogIn, town: Town) -> None:
    client = log_in("nils")
    options = texts(client.get("/projects/new").text, "//select[@id='model']/option")
    assert options == ["Härnösands projektmodell", "Björkviks modell för nya tjänster"]
    answer = send(client, "/projects/new", title="Boka simhall", model="ny_tjanst")
    assert "Beskriv behovet" in client.get(answer.headers["Location"]).text


def test_each_role_of_the_model_can_change_hands(log_in: LogIn, town: Town, service: Player) -> None:
    page = log_in("anna").get(f"/projects/{service.project_id}").text
    links = [link.get("href").rpartition("/")[2] for link in find(page, "//a[contains(@href, '/roles/')]")]
    assert links == ["sponsor", "service_council", "project_manager"]
    assert "Utse tjänsteråd" in text(page)
