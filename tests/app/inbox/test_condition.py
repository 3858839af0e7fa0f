"""A condition is met in words, with a link and files, reviewed before it is handed in."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.app.gates.playing import conditions, to_gate
from tests.stories.meetings import approve_on_condition
from tests.stories.town import Town
from workflows.governance.readiness import ConditionStatus
from workflows.kernel.ids import new_id

Client = Callable[[str], FlaskClient]
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LINK = "https://exempelkommun.se/avtal"


@pytest.fixture
def project(town: Town) -> str:
    """A project with a condition of Karin's."""
    project = to_gate(town)
    town.decide("anna", project, approve_on_condition(town, "karin", "Avtalet är undertecknat"))
    return project


def task(town: Town, project: str) -> str:
    (condition,) = conditions(town, project)
    return f"/tasks/{condition.task}"


def is_open(town: Town, project: str) -> bool:
    (condition,) = conditions(town, project)
    return condition.status is ConditionStatus.OPEN


def test_the_page_says_which_decision_made_it(town: Town, client: Client, project: str) -> None:
    page = client("karin").get(task(town, project)).text
    assert "Villkor 1 i beslutet" in page and "/decisions/" in page


def test_what_is_said_is_reviewed_before_it_counts(town: Town, client: Client, project: str) -> None:
    karin, address = client("karin"), task(town, project)
    sent = {"note": "Båda har skrivit under.", "link": LINK, "file": (io.BytesIO(PDF), "avtal.pdf"), "_review": "1"}
    page = karin.post(f"{address}/condition", data=sent).text
    assert "Granska svaret" in page and f'href="{LINK}"' in page and ">avtal.pdf</a>" in page
    assert is_open(town, project)


def test_the_receipt_shows_the_proof_and_what_happens(town: Town, client: Client, project: str) -> None:
    karin, address = client("karin"), task(town, project)
    sent = {"note": "Båda har skrivit under.", "link": LINK}
    karin.post(f"{address}/condition", data={**sent, "file": (io.BytesIO(PDF), "avtal.pdf"), "_review": "1"})
    page = karin.post(f"{address}/condition", data={**sent, "request_id": new_id()}, follow_redirects=True).text
    assert not is_open(town, project)
    assert "Villkoret är uppfyllt" in page and "Det här händer nu" in page
    assert "Inget annat villkor är öppet i projektet." in page
    assert f'href="{LINK}"' in page and ">avtal.pdf</a>" in page
    assert client("anna").get(page.split(">avtal.pdf</a>")[0].rpartition('href="')[2].rstrip('"')).status_code == 200


def test_one_can_go_back_and_change_it(town: Town, client: Client, project: str) -> None:
    page = client("karin").post(f"{task(town, project)}/condition", data={"note": "Nästan klart", "_change": "1"})
    assert page.status_code == 200 and "Nästan klart</textarea>" in page.text
    assert is_open(town, project)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"note": " "}, "Skriv hur villkoret är uppfyllt"),
        ({"note": "Klart", "link": "javascript:alert(1)"}, "Skriv en länk som börjar med https://"),
    ],
)
@pytest.mark.parametrize("button", [{"_review": "1"}, {"request_id": "sent"}])
def test_what_is_lacking_is_said_and_the_condition_stays_open(
    town: Town, client: Client, project: str, sent: dict[str, str], said: str, button: dict[str, str]
) -> None:
    page = client("karin").post(f"{task(town, project)}/condition", data={**sent, **button})
    assert page.status_code == 422 and said in page.text
    assert is_open(town, project)


def test_a_file_that_is_refused_is_said_at_the_field(town: Town, client: Client, project: str) -> None:
    sent = {"note": "Klart", "file": (io.BytesIO(b"MZ\x90\x00" * 40), "avtal.exe"), "_review": "1"}
    page = client("karin").post(f"{task(town, project)}/condition", data=sent)
    assert page.status_code >= 400 and 'id="file-error"' in page.text
    assert is_open(town, project)


def test_nobody_else_adds_proof(town: Town, client: Client, project: str) -> None:
    sent = {"note": "Klart", "file": (io.BytesIO(PDF), "avtal.pdf"), "_review": "1"}
    assert client("anna").post(f"{task(town, project)}/condition", data=sent).status_code == 403
    assert "avtal.pdf" not in client("karin").get(task(town, project)).text


def test_nobody_else_reviews_it_and_nobody_once_it_is_met(town: Town, client: Client, project: str) -> None:
    address = f"{task(town, project)}/condition"
    assert client("anna").post(address, data={"note": "Klart", "_review": "1"}).status_code == 403
    karin = client("karin")
    karin.post(address, data={"note": "Klart", "request_id": new_id()})
    late = {"note": "Mer", "file": (io.BytesIO(PDF), "sent.pdf"), "_review": "1"}
    assert karin.post(address, data=late).status_code == 409
    assert "sent.pdf" not in karin.get(f"{task(town, project)}/receipt").text
