from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.app.browsing import send
from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Reworded, Studio
from workflows.models import (
    begin_model_draft,
    change_model_draft,
    find_model_draft,
    publication_hindrance,
    publish,
    shipped,
)


def change(studio: Studio, draft: str, reworded: Reworded) -> None:
    new = reworded(shipped("harnosand")["project.bpmn"])
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={"project.bpmn": new}, seen=1, what="Bytte namn")


def post(client: FlaskClient, draft: str, verb: str, **data: str) -> tuple[int, str]:
    answer = client.post(f"/models/drafts/{draft}/{verb}", data={"request_id": verb, "seen": "2", **data})
    return answer.status_code, answer.text


@pytest.mark.full
def test_one_asks_and_another_publishes(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient, log_in: LogIn
) -> None:
    change(studio, draft, reworded)
    assert post(designer, draft, "ask", note="Behov i stället för relevans")[0] == 303
    own = designer.get(f"/models/drafts/{draft}/publish").text
    assert "någon annan publicerar" in own and "Publicera versionen" not in own
    page = log_in("ulla").get(f"/models/drafts/{draft}/publish").text
    assert "Begärt av Dag" in page and "Behov i stället för relevans" in page
    assert post(log_in("ulla"), draft, "publish")[0] == 303
    done = designer.get(f"/models/drafts/{draft}/publish").text
    assert "Publicerat som version 2" in done
    assert str(find_model_draft(studio.ctx, draft_id=draft).published) in done


def test_an_administrator_is_asked_why(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient, log_in: LogIn
) -> None:
    change(studio, draft, reworded)
    post(designer, draft, "ask", note="Nytt")
    status, page = post(log_in("ada"), draft, "publish")
    assert status == 422 and 'href="#reason"' in page
    assert post(log_in("ada"), draft, "publish", reason="Ingen annan är i tjänst")[0] == 303


def test_without_a_note_nothing_is_asked_for(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient
) -> None:
    change(studio, draft, reworded)
    status, page = post(designer, draft, "ask", note="")
    assert status == 422 and "Skriv vad som är nytt" in page
    assert find_model_draft(studio.ctx, draft_id=draft).is_open


def test_what_is_sent_back_says_why_on_the_draft(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient, log_in: LogIn
) -> None:
    change(studio, draft, reworded)
    post(designer, draft, "ask", note="Nytt")
    assert post(log_in("ulla"), draft, "return", why="Fråga F07 är otydlig")[0] == 303
    assert "Fråga F07 är otydlig" in designer.get(f"/models/drafts/{draft}/publish").text


@pytest.mark.full
def test_a_newer_version_is_taken_over_first(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient
) -> None:
    change(studio, draft, reworded)
    extra = shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]
    publish(studio.ctx, {**shipped("harnosand"), "scenarios/extra.yaml": extra})
    assert post(designer, draft, "ask", note="Nytt")[0] == 409
    assert "Version 2 har publicerats" in designer.get(f"/models/drafts/{draft}/publish").text
    assert post(designer, draft, "catch-up")[0] == 303
    assert "Begär publicering" in designer.get(f"/models/drafts/{draft}/publish").text


def test_the_list_tells_versions_drafts_and_what_waits(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient
) -> None:
    change(studio, draft, reworded)
    post(designer, draft, "ask", note="Nytt")
    page = designer.get("/models").text
    assert "1 modell är publicerad." in page and "Väntar på publicering" in page
    assert "Version 1" in designer.get("/models/harnosand").text


def test_a_draft_is_begun_from_the_models_page(designer: FlaskClient, studio: Studio) -> None:
    answer = send(designer, "/models/harnosand")
    assert answer.status_code == 303
    assert designer.get(answer.location, follow_redirects=True).status_code == 200


def test_drafts_of_the_same_version_are_told_apart(designer: FlaskClient, studio: Studio, draft: str) -> None:
    answer = send(designer, "/models/harnosand")
    begun = find_model_draft(studio.ctx, draft_id=answer.location.rpartition("/")[2])
    assert begun.name == "Utkast till version 2 (2)"


def test_a_new_model_is_a_copy_under_another_name(designer: FlaskClient, studio: Studio) -> None:
    answer = send(designer, "/models/new", name="Östra modellen", key="ostra", template=studio.published.digest)
    draft = find_model_draft(studio.ctx, draft_id=answer.location.rpartition("/")[2])
    assert (draft.model, draft.base) == ("ostra", None)
    assert "Östra modellen" in draft.files["model.json"].decode()


def test_a_new_model_begins_as_a_template_that_passes_the_check(designer: FlaskClient, studio: Studio) -> None:
    answer = send(designer, "/models/new", name="Små projekt", key="sma", template="simple")
    draft = find_model_draft(studio.ctx, draft_id=answer.location.rpartition("/")[2])
    assert publication_hindrance(draft) is None


def test_a_new_model_needs_a_name_of_its_own(designer: FlaskClient, studio: Studio) -> None:
    answer = send(designer, "/models/new", name="", key="harnosand", template="x")
    assert answer.status_code == 422
    assert "Det finns redan en modell" in answer.text


def test_history_shows_what_was_done_and_takes_it_back(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient
) -> None:
    change(studio, draft, reworded)
    page = designer.get(f"/models/drafts/{draft}/history").text
    assert "Ångra: Bytte namn" in page
    assert post(designer, draft, "undo")[0] == 303
    assert find_model_draft(studio.ctx, draft_id=draft).files["project.bpmn"] == shipped("harnosand")["project.bpmn"]
    assert "Ångrade: Bytte namn" in designer.get(f"/models/drafts/{draft}/history").text


def test_a_version_is_retired_with_a_reason_and_says_so(designer: FlaskClient, studio: Studio) -> None:
    address = "/models/harnosand/versions/1"
    assert "Ingen annan version är i bruk" in designer.get(f"{address}/retire").text
    assert send(designer, f"{address}/retire", reason="").status_code == 422
    assert send(designer, f"{address}/retire", reason="Ersatt av en annan modell").status_code == 303
    assert "Tar inte emot nya projekt" in designer.get(address).text
    assert studio.published.digest in designer.get(address).text
    assert send(designer, f"{address}/retire", reason="Behövs").status_code == 303
    assert "Tar inte emot nya projekt" not in designer.get(address).text


def test_a_draft_that_cannot_be_read_still_has_its_pages(designer: FlaskClient, studio: Studio, draft: str) -> None:
    change_model_draft(
        studio.as_("dag"), draft_id=draft, changes={"model.json": b"{", "project.bpmn": b"<"}, seen=1, what="Förstörde"
    )
    for tab in ("history", "publish"):
        page = designer.get(f"/models/drafts/{draft}/{tab}")
        assert page.status_code == 200 and "fel hindrar publicering" in page.text


def test_a_request_waits_in_the_inbox_of_whoever_may_publish_it_until_it_is_published(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient, log_in: LogIn
) -> None:
    change(studio, draft, reworded)
    post(designer, draft, "ask", note="Nytt")
    office, link = log_in("ulla"), f'href="/models/drafts/{draft}/publish"'
    page = office.get("/tasks").text
    assert (
        link in page
        and "Granska och publicera" in page
        and "Härnösands projektmodell" in page
        and "från Dag, begärt" in page
    )
    assert "1 ärende väntar på dig." in page and "Att göra (1)" in page
    assert '<span class="s-count">1<' in office.get("/models").text
    assert link not in designer.get("/tasks").text and link not in log_in("frida").get("/tasks").text
    assert post(office, draft, "publish")[0] == 303
    gone = office.get("/tasks").text
    assert link not in gone and "Inget väntar på dig." in gone


TABS = ["steps", "diagram", "forms", "tables", "check", "compare", "scenarios", "history", "steps/project_plan"]


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_says_that_a_newer_version_has_come(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient, tab: str
) -> None:
    words = "Version 2 har publicerats sedan utkastet började"
    assert words not in designer.get(f"/models/drafts/{draft}/{tab}").text
    publish_another(studio, reworded)
    page = designer.get(f"/models/drafts/{draft}/{tab}").text
    assert words in page and "Hämta in version 2 i utkastet" in page
    assert "<h1>Utkast till version 3</h1>" in page


def test_the_lists_of_drafts_say_that_a_newer_version_has_come(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient
) -> None:
    publish_another(studio, reworded)
    for address in ("/models", "/models/harnosand"):
        page = designer.get(address).text
        assert "Utkast till version 3" in page and "bygger på version 1" in page and "Version 2 har kommit" in page


def test_a_draft_that_was_caught_up_says_nothing_of_it(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient
) -> None:
    publish_another(studio, reworded)
    assert designer.post(f"/models/drafts/{draft}/catch-up", data={"seen": "1", "request_id": "a"}).status_code == 303
    page = designer.get(f"/models/drafts/{draft}/steps").text
    assert "har publicerats sedan" not in page and "<h1>Utkast till version 3</h1>" in page


def test_a_published_draft_keeps_the_name_it_had(
    studio: Studio, draft: str, reworded: Reworded, designer: FlaskClient, log_in: LogIn
) -> None:
    change(studio, draft, reworded)
    post(designer, draft, "ask", note="Nytt")
    post(log_in("ulla"), draft, "publish")
    page = designer.get(f"/models/drafts/{draft}/steps").text
    assert "<h1>Utkast till version 2</h1>" in page and "har publicerats sedan" not in page


def test_a_draft_that_was_given_a_name_keeps_it(studio: Studio, reworded: Reworded) -> None:
    new = shipped("harnosand")
    named = begin_model_draft(studio.as_("dag"), model="harnosand", name="Utkast med ny fas", files=new, what="x")
    publish_another(studio, reworded)
    assert find_model_draft(studio.ctx, draft_id=named).name == "Utkast med ny fas"


def publish_another(studio: Studio, reworded: Reworded) -> None:
    files = shipped("harnosand")
    publish(studio.ctx, {**files, "project.bpmn": reworded(files["project.bpmn"])})
