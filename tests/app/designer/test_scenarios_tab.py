"""The scenarios tab: a list with verdicts, what differed in words, coverage, and files that are copied and removed."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft

FAILING = """\
title: Godkänns men ska vara avslaget
steps:
- until: bp1
- decide: bp1
  note: Här borde det bli nej
  with: {outcome: approve}
- expect: {open: [idea_sheet]}
"""


def files_of(studio: Studio, draft: str) -> dict[str, bytes]:
    return dict(find_model_draft(studio.as_("dag"), draft_id=draft).files)


def add(studio: Studio, draft: str, name: str, text: str) -> None:
    seen = find_model_draft(studio.as_("dag"), draft_id=draft).revision
    changes = {f"scenarios/{name}.yaml": text.encode()}
    change_model_draft(studio.as_("dag"), draft_id=draft, changes=changes, seen=seen, what="Lade till")


def text(client: FlaskClient, draft: str, more: str = "") -> str:
    answer = client.get(f"/models/drafts/{draft}/scenarios{more}", follow_redirects=True)
    assert answer.status_code == 200
    document: Any = html.fromstring(answer.text)
    return " ".join(document.text_content().split())


def post(client: FlaskClient, studio: Studio, draft: str, more: str, **data: Any) -> TestResponse:
    seen = str(find_model_draft(studio.as_("dag"), draft_id=draft).revision)
    whole = {"request_id": more.replace("/", "-")[-30:], "seen": seen, **data}
    return client.post(f"/models/drafts/{draft}/scenarios{more}", data=whole)


def test_the_list_says_what_has_not_been_run_and_what_holds(designer: FlaskClient, studio: Studio, draft: str) -> None:
    add(studio, draft, "own", "title: Bara börjar\nsteps: []\nexpect: {open: [idea_sheet]}\n")
    before = text(designer, draft)
    assert "24 scenarier. De är inte körda sedan utkastet ändrades." in before and "Inte kört" in before
    result = text(designer, draft, "/result")
    assert "Alla 24 scenarier håller" in result
    after = text(designer, draft)
    assert "Alla håller." in after and "Inte kört" not in after


def test_what_differed_is_said_in_words_with_the_step(designer: FlaskClient, studio: Studio, draft: str) -> None:
    add(studio, draft, "failing", FAILING)
    result = text(designer, draft, "/result")
    assert "1 av 24 scenarier håller inte" in result
    assert "Rad 3, kontrollera vad som är öppet" in result and "Då väntade projektet på ”Skriv projektplanen”" in result
    assert "Steget är inte öppet." in result


@pytest.mark.full
def test_a_file_that_cannot_be_read_is_told_and_does_not_hide_the_others(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    add(studio, draft, "broken", "title: [")
    assert "Går inte att läsa" in text(designer, draft)
    result = text(designer, draft, "/result")
    assert "1 av 24 scenarier håller inte" in result and "Filer som inte går att läsa" in result
    assert "Visa som rader" not in text(designer, draft, "/broken")


def test_coverage_is_told_in_words_for_all_and_for_one(designer: FlaskClient, draft: str) -> None:
    whole = text(designer, draft, "/result")
    assert "186 av 186 steg och 225 av 225 vägar besöks" in whole and "Hela modellen besöks" in whole
    one = text(designer, draft, "/result?scenario=not_a_project")
    assert "Scenariot håller." in one and "Det här besöker scenariot inte" in one
    assert "Avböjer: från Medlemmens svar? till Inget kontrakt" in one
    document: Any = html.fromstring(designer.get(f"/models/drafts/{draft}/scenarios/result?process=gate").text)
    assert document.xpath("//*[@data-bpmn-url]")[0].get("data-bpmn-url").endswith("/files/gate.bpmn")


def test_a_model_that_cannot_run_says_so(designer: FlaskClient, studio: Studio, draft: str) -> None:
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={"model.json": b"{"}, seen=1, what="Tappade")
    assert "Scenarierna går inte att köra just nu" in text(designer, draft, "/result")
    assert "23 scenarier" in text(designer, draft)
    assert "Komplettering vid BP1" in text(designer, draft, "/rework_at_bp1")


def test_a_new_scenario_is_named_after_its_title(designer: FlaskClient, studio: Studio, draft: str) -> None:
    answer = post(designer, studio, draft, "/new", title="Nämnden säger nej")
    assert answer.status_code == 303 and answer.location.endswith("/scenarios/namnden_sager_nej")
    assert (
        files_of(studio, draft)["scenarios/namnden_sager_nej.yaml"]
        == b"title: N\xc3\xa4mnden s\xc3\xa4ger nej\nsteps: []\n"
    )


def test_a_scenario_without_a_title_is_not_added(designer: FlaskClient, studio: Studio, draft: str) -> None:
    before = files_of(studio, draft)
    answer = post(designer, studio, draft, "/new", title=" ")
    assert answer.status_code == 422 and 'href="#title"' in answer.text
    assert files_of(studio, draft) == before


def test_a_scenario_is_copied_renamed_and_removed(designer: FlaskClient, studio: Studio, draft: str) -> None:
    original = files_of(studio, draft)["scenarios/deferred.yaml"].decode()
    assert post(designer, studio, draft, "/deferred/copy", copy="Skjuts upp två gånger").status_code == 303
    name = "skjuts_upp_tva_ganger"
    assert post(designer, studio, draft, f"/{name}/rename", rename="Tas upp igen").location.endswith(f"/{name}")
    copied = files_of(studio, draft)[f"scenarios/{name}.yaml"].decode()
    assert copied.startswith("title: Tas upp igen\n") and copied.split("\n")[1:] == original.split("\n")[1:]
    assert post(designer, studio, draft, f"/{name}/remove").status_code == 303
    assert f"scenarios/{name}.yaml" not in files_of(studio, draft)


TAKEN = "Nämnden beslutar när frågan är principiell eller kostnaden går över gränsen"


@pytest.mark.parametrize("title", ["", "  ", TAKEN])
def test_a_title_that_is_none_or_taken_copies_nothing(
    designer: FlaskClient, studio: Studio, draft: str, title: str
) -> None:
    before = files_of(studio, draft)
    answer = post(designer, studio, draft, "/deferred/copy", copy=title)
    assert answer.status_code == 422 and 'href="#copy"' in answer.text
    assert files_of(studio, draft) == before


def test_no_page_of_a_scenario_shows_the_name_of_its_file(designer: FlaskClient, draft: str) -> None:
    for more in ("/rework_at_bp1", "/rework_at_bp1/file", "/rework_at_bp1/text", "/rework_at_bp1/about"):
        assert "rework_at_bp1" not in text(designer, draft, more)


@pytest.mark.parametrize("more", ["/nowhere", "/nowhere/text", "/_usual/file", "/nowhere/file"])
def test_what_is_not_there_is_not_found(designer: FlaskClient, draft: str, more: str) -> None:
    assert designer.get(f"/models/drafts/{draft}/scenarios{more}").status_code == 404


def test_an_auditor_reads_and_changes_nothing(log_in: LogIn, studio: Studio, draft: str) -> None:
    auditor, before = log_in("axel"), files_of(studio, draft)
    assert "Alla 23 scenarier håller" in text(auditor, draft, "/result")
    page = text(auditor, draft, "/deferred")
    assert "Spara scenariot" not in page and "Ta bort" not in page
    assert post(auditor, studio, draft, "/deferred/remove").status_code in (403, 404)
    assert files_of(studio, draft) == before
