"""A model is imported: files in, report read, and only then a draft."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from tests.models.importing.foreign_files import files_of
from workflows.models import find_import, find_model_draft, pack_zip, shipped
from workflows.models.tables import ModelDraftRow, ModelImportRow


def hand_in(client: FlaskClient, files: Mapping[str, bytes]) -> TestResponse:
    given = [(io.BytesIO(data), name) for name, data in files.items()]
    return client.post("/models/import", data={"files": given}, content_type="multipart/form-data")


def report(client: FlaskClient, files: Mapping[str, bytes]) -> tuple[str, str]:
    """The id of the import and the text of its report."""
    answer = hand_in(client, files)
    assert answer.status_code == 303
    return answer.location.rpartition("/")[2], client.get(answer.location).text


def take_up(client: FlaskClient, kept: str, **typed: str) -> TestResponse:
    page = client.get(f"/models/imports/{kept}").text
    request_id = re.findall(r'name="request_id" value="([^"]+)"', page)[-1]
    return client.post(f"/models/imports/{kept}/draft", data={"request_id": request_id, "model": "", **typed})


def drafts(studio: Studio) -> int:
    with studio.ctx.read() as session:
        return session.scalar(select(func.count()).select_from(ModelDraftRow)) or 0


def test_the_report_is_shown_before_anything_is_made(designer: FlaskClient, studio: Studio) -> None:
    _, page = report(designer, files_of("camunda7"))
    assert "Importrapport: Inköp av utrustning" in page
    assert "Från Camunda 7" in page
    assert "saker gick förlorade" in page
    assert "total = amount * 1.25" in page
    assert page.index("Förlorat") < page.index("Bra att veta")
    assert drafts(studio) == 0


@pytest.mark.parametrize("tool", ["camunda7", "drawn", "flowable", "spiffarena"])
def test_the_sentence_counts_what_the_table_shows(designer: FlaskClient, tool: str) -> None:
    _, page = report(designer, files_of(tool))
    lead = re.search(r'<p class="s-lead">(.*?)</p>', page, re.DOTALL)
    assert lead is not None
    counted = sum(map(int, re.findall(r"(\d+) (?:sak|sägs|är bra)", lead[1])))
    assert counted == page.count('<th scope="row">')


def test_rows_that_say_the_same_stand_together(designer: FlaskClient) -> None:
    _, page = report(designer, files_of("drawn"))
    assert page.count("Ett steg utan sort.") == 1
    assert "och 2 till" in page


def test_a_draft_is_made_of_it_and_leads_back_to_the_report(designer: FlaskClient, studio: Studio) -> None:
    kept, _ = report(designer, files_of("activiti"))
    answer = take_up(designer, kept, name="Årsrapporten", key="arsrapport")
    draft = answer.location.rpartition("/")[2]
    found = find_model_draft(studio.as_("dag"), draft_id=draft)
    assert (found.model, found.name, found.base) == ("arsrapport", "Årsrapporten", None)
    assert b'"key": "arsrapport"' in found.files["model.json"]
    history = designer.get(f"/models/drafts/{draft}/history").text
    assert f"/models/imports/{kept}" in history
    assert "Importerades från Activiti" in history
    again = designer.get(f"/models/imports/{kept}").text
    assert f'<a href="/models/drafts/{draft}/diagram?file=project.bpmn&amp;element=write">Skriv rapporten</a>' in again
    assert "kermit" in again
    assert f"/models/drafts/{draft}" in again


def test_a_double_click_makes_one_draft(designer: FlaskClient, studio: Studio) -> None:
    kept, page = report(designer, files_of("activiti"))
    typed = {"name": "A", "key": "arsrapport", "request_id": re.findall(r'name="request_id" value="([^"]+)"', page)[-1]}
    first = designer.post(f"/models/imports/{kept}/draft", data=typed)
    second = designer.post(f"/models/imports/{kept}/draft", data=typed)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert drafts(studio) == 1


def test_it_can_become_the_next_version_of_a_model(designer: FlaskClient, studio: Studio) -> None:
    kept, _ = report(designer, files_of("activiti"))
    answer = take_up(designer, kept, name="Ny väg", key="", model=studio.published.model)
    found = find_model_draft(studio.as_("dag"), draft_id=answer.location.rpartition("/")[2])
    assert (found.model, found.base) == (studio.published.model, studio.published.digest)
    assert b'"key": "harnosand"' in found.files["model.json"]


def test_a_zip_of_ours_comes_back_as_it_went(designer: FlaskClient, studio: Studio) -> None:
    kept, page = report(designer, {"modell.zip": pack_zip(shipped("harnosand"))})
    assert "Allt togs över som det var." in page
    assert find_import(studio.as_("dag"), import_id=kept).files == shipped("harnosand")


def test_a_zip_of_another_tools_files_is_read(designer: FlaskClient) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files_of("spiffarena").items():
            archive.writestr(f"models/equipment/{name}", data)
    _, page = report(designer, {"equipment.zip": whole.getvalue()})
    assert "Från SpiffArena" in page


@pytest.mark.parametrize(
    ("said", "files"),
    [
        ("Välj minst en fil", {}),
        ("Där finns ingen process", {"a.txt": b"hej"}),
        ("går inte att läsa som XML", {"a.bpmn": b"<a>"}),
        ("Zip-filen kan inte läsas", {"a.zip": b"hej"}),
        ("Välj zip-filen ensam", {"a.zip": b"hej", "b.bpmn": b"<a/>"}),
    ],
)
def test_bad_files_are_refused_in_words_and_nothing_is_kept(
    designer: FlaskClient, studio: Studio, said: str, files: Mapping[str, bytes]
) -> None:
    answer = hand_in(designer, files)
    assert answer.status_code == 422
    assert said in answer.text
    with studio.ctx.read() as session:
        assert session.scalar(select(func.count()).select_from(ModelImportRow)) == 0


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "key": "ny"}, "Skriv vad utkastet heter"),
        ({"name": "Ny", "key": "Inte så"}, "Skriv ett kort namn"),
        ({"name": "Ny", "key": "harnosand"}, "Det finns redan en modell"),
        ({"name": "Ny", "key": "ny", "model": "ingen"}, "Välj en modell i listan"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(
    designer: FlaskClient, studio: Studio, typed: dict[str, str], said: str
) -> None:
    kept, _ = report(designer, files_of("activiti"))
    answer = take_up(designer, kept, **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{typed["name"]}"' in answer.text
    assert drafts(studio) == 0


def test_who_only_reads_models_imports_none(log_in: LogIn, designer: FlaskClient) -> None:
    kept, _ = report(designer, files_of("activiti"))
    assert log_in("axel").get("/models/import").status_code == 403
    page = log_in("axel").get(f"/models/imports/{kept}").text
    assert "kermit" in page
    assert "Skapa utkast" not in page
