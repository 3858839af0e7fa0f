"""The history of a draft says what each change means, by whom and when."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft, model_draft_history, shipped

PROJECT = shipped("harnosand")["project.bpmn"]
DUE = b'form="sponsor_answer" role="sponsor" due="P20D"'


def told(studio: Studio, draft: str) -> str:
    return model_draft_history(studio.ctx, draft_id=draft)[0].what.replace("\u00a0", " ")


def saved(designer: FlaskClient, draft: str, content: bytes, path: str = "project.bpmn", seen: int = 1) -> int:
    address = f"/models/drafts/{draft}/files/{path}"
    return designer.post(address, data=content, headers={"If-Match": f'"{seen}"'}).status_code


def test_a_saved_diagram_says_which_step_changed_and_how(designer: FlaskClient, studio: Studio, draft: str) -> None:
    changed = PROJECT.replace(DUE, DUE.replace(b"P20D", b"P15D"))
    assert saved(designer, draft, changed) == 200
    assert told(studio, draft) == "Steget ”Svara på idén” fick 15 arbetsdagar i stället för 20."
    page = designer.get(f"/models/drafts/{draft}/history").text
    assert "Steget ”Svara på idén” fick 15 arbetsdagar" in page and re.search(r"<time[^>]*>[^<]+</time> · Dag", page)
    assert "project.bpmn" not in page


def test_more_changes_than_two_are_counted(designer: FlaskClient, studio: Studio, draft: str) -> None:
    changed = PROJECT
    for name in ("Fyll i idébladet", "Svara på idén", "Utse projektledare", "Skriv projektplanen"):
        changed = changed.replace(f'name="{name}"'.encode(), f'name="{name} nu"'.encode(), 1)
    assert saved(designer, draft, changed) == 200
    assert told(studio, draft).endswith("Och 2 ändringar till.")


def test_a_diagram_that_only_looks_otherwise_says_so(designer: FlaskClient, studio: Studio, draft: str) -> None:
    changed = re.sub(rb'<dc:Bounds x="(\d+)"', lambda found: b'<dc:Bounds x="%d"' % (int(found[1]) + 7), PROJECT)
    assert saved(designer, draft, changed) == 200
    assert told(studio, draft) == "Ändrade diagrammet Projekt: bara utseendet"


def test_a_file_that_cannot_be_read_is_kept_and_told(designer: FlaskClient, studio: Studio, draft: str) -> None:
    assert saved(designer, draft, b"<broken") == 200
    assert told(studio, draft).startswith("Filen project.bpmn går inte att läsa i den nyare versionen")
    assert find_model_draft(studio.ctx, draft_id=draft).files["project.bpmn"] == b"<broken"


def test_a_saved_table_says_who_decides_now(designer: FlaskClient, studio: Studio, draft: str) -> None:
    table = shipped("harnosand")["authority.dmn"].replace(b'"steering_group"', b'"sponsor"')
    assert saved(designer, draft, table, "authority.dmn") == 200
    assert told(studio, draft).startswith("Alla beslutspunkter utom BP1 beslutas nu av beställaren")


def lines(page: str) -> int:
    """How many lines the history has, what is folded together counted once."""
    return len(re.findall(r"<li>", page.partition('<ol class="s-log">')[2].partition("</ol>")[0]))


def test_what_is_renamed_and_renamed_back_is_no_difference_and_one_folded_line(
    designer: FlaskClient, draft: str
) -> None:
    renamed = PROJECT.replace('name="Fyll i idébladet"'.encode(), 'name="Beskriv idén"'.encode(), 1)
    assert saved(designer, draft, renamed) == 200
    assert saved(designer, draft, PROJECT.replace(b"  <bpmn:process", b"<bpmn:process"), seen=2) == 200
    page = designer.get(f"/models/drafts/{draft}/history").text
    assert lines(page) == 2
    folded = page.partition("En ändring som är ändrad tillbaka")[2].partition("</details>")[0]
    assert "heter nu ”Beskriv idén”" in folded and "heter nu ”Fyll i idébladet”" in folded
    assert "Inget skiljer" in designer.get(f"/models/drafts/{draft}/compare").text


def test_what_is_renamed_twice_stays_two_lines(designer: FlaskClient, draft: str) -> None:
    for seen, name in ((1, "Beskriv idén"), (2, "Berätta om idén")):
        data = PROJECT.replace('name="Fyll i idébladet"'.encode(), f'name="{name}"'.encode(), 1)
        assert saved(designer, draft, data, seen=seen) == 200
    assert lines(designer.get(f"/models/drafts/{draft}/history").text) == 3


def test_a_reverse_beside_which_something_else_is_changed_stays_a_line(designer: FlaskClient, draft: str) -> None:
    renamed = PROJECT.replace('name="Fyll i idébladet"'.encode(), 'name="Beskriv idén"'.encode(), 1)
    assert saved(designer, draft, renamed) == 200
    assert saved(designer, draft, PROJECT.replace(DUE, DUE.replace(b"P20D", b"P15D")), seen=2) == 200
    assert lines(designer.get(f"/models/drafts/{draft}/history").text) == 3
