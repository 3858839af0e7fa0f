"""A form is changed on its pages without a mouse and without a script, and shown as those who answer it will see it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.app.browsing import send
from tests.app.designer.conftest import LogIn
from tests.forms.building import component, definition
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft

PATH = "forms/parked_idea.form.json"


@pytest.fixture
def home(draft: str) -> str:
    return f"/models/drafts/{draft}/forms/parked_idea"


@pytest.fixture
def saved(studio: Studio, draft: str) -> Any:
    """`saved()` are the components that the draft's form has now."""
    return lambda: json.loads(find_model_draft(studio.ctx, draft_id=draft).files[PATH])["components"]


def was(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="was" value="(\w+)"', client.get(address).text)
    assert found
    return found[1]


def names(page: str) -> list[str]:
    """The names of the fields that can be answered, in the order of the page."""
    found: Any = html.fromstring(page).xpath("//form//*[@data-preview]//*[@name]/@name")
    return list(dict.fromkeys(found))


def test_a_form_is_a_list_of_its_fields(designer: FlaskClient, home: str) -> None:
    page = designer.get(home).text
    assert "Vad har ändrats?" in page and "Text på flera rader" in page and "<code>changed</code>" in page
    assert "steget ”Ta upp idén igen”" in page


def test_a_field_is_added_in_two_pages(designer: FlaskClient, home: str, saved: Any) -> None:
    assert "Vilket slags fält?" in designer.get(f"{home}/fields/new?at=0").text
    answer = send(designer, f"{home}/fields/new?at=0&type=number", label="Antal år", min="1", required="1")
    assert answer.location == f"{home}#f-0"
    first = saved()[0]
    assert (first["key"], first["validate"]) == ("antal_ar", {"min": 1, "required": True})


def test_a_field_is_changed_and_an_unticked_box_counts(designer: FlaskClient, home: str, saved: Any) -> None:
    data = {"request_id": "a", "was": was(designer, f"{home}/fields/0"), "label": "Vad är nytt?", "help": "Kort."}
    assert designer.post(f"{home}/fields/0", data=data).status_code == 303
    assert (saved()[0]["label"], saved()[0].get("validate")) == ("Vad är nytt?", None)
    assert saved()[0]["properties"]["fresh"] == "true"


def test_what_is_wrong_is_said_at_its_property_and_nothing_is_saved(
    designer: FlaskClient, home: str, studio: Studio, draft: str
) -> None:
    answer = send(designer, f"{home}/fields/0", label="", hide="nobody = ")
    assert answer.status_code == 422
    assert 'href="#label"' in answer.text and 'href="#hide"' in answer.text and 'value="nobody ="' in answer.text
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_fields_move_and_are_removed(designer: FlaskClient, home: str, saved: Any) -> None:
    send(designer, f"{home}/fields/new?at=1&type=checkbox", label="Klart")
    send(designer, f"{home}/fields/new?at=2&type=group", label="Mer")
    address = re.search(r'formaction="([^"]*fields/1/move[^"]*)"', designer.get(home).text)
    assert address
    answer = designer.post(address[1], data={"request_id": "m", "to": "up"})
    assert answer.location == f"{home}#f-0"
    assert [one["type"] for one in saved()] == ["checkbox", "textarea", "group"]
    assert send(designer, f"{home}/fields/0", into="2").location == f"{home}#f-1-0"
    assert [one["type"] for one in saved()[1]["components"]] == ["checkbox"]
    assert send(designer, f"{home}/fields/1/remove").status_code == 303
    assert [one["type"] for one in saved()] == ["textarea"]
    refused = send(designer, f"{home}/fields/0/remove")
    assert refused.status_code == 422 and "formuläret har inga fält" in refused.text


def test_two_who_change_one_field_both_see_it_and_nothing_is_overwritten(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    seen = was(designer, f"{home}/fields/0")
    send(designer, f"{home}/fields/0", label="Deras")
    answer = designer.post(f"{home}/fields/0", data={"request_id": "b", "was": seen, "label": "Mitt"})
    assert answer.status_code == 409 and 'value="Mitt"' in answer.text
    assert saved()[0]["label"] == "Deras"


def test_a_new_form_and_a_copy(designer: FlaskClient, draft: str) -> None:
    home = f"/models/drafts/{draft}"
    assert (
        send(designer, f"{home}/new-form", title="Upphandling", title_en="Purchase").location
        == f"{home}/forms/purchase"
    )
    copied = send(designer, f"{home}/new-form?copy=idea_sheet", title="Andra idéer")
    assert copied.location == f"{home}/forms/andra_ideer"
    assert designer.get(f"{home}/forms/andra_ideer").text.count('<tr id="f-') > 5
    assert send(designer, f"{home}/new-form", title="").status_code == 422


def test_a_form_that_a_step_shows_is_not_removed_and_a_copy_is(
    designer: FlaskClient, draft: str, home: str, saved: Any
) -> None:
    answer = designer.post(f"{home}/remove", data={"request_id": "r"})
    assert answer.status_code == 409 and "steget ”Ta upp idén igen”" in answer.text.replace("Steget", "steget")
    assert saved()
    send(designer, f"/models/drafts/{draft}/new-form?copy=parked_idea", title="Kopia")
    assert send(designer, f"/models/drafts/{draft}/forms/kopia/remove").status_code == 303
    assert designer.get(f"/models/drafts/{draft}/forms/kopia").status_code == 404


def test_a_form_gets_another_title(designer: FlaskClient, home: str) -> None:
    assert send(designer, f"{home}/title", title="Idén igen").status_code == 303
    assert "<h2>Idén igen</h2>" in designer.get(home).text


def test_the_preview_shows_the_form_as_it_is_answered(designer: FlaskClient, home: str) -> None:
    page = designer.get(f"{home}/preview")
    assert names(page.text) == ["changed"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    framed = designer.get(f"{home}/preview?frame=1")
    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert "Huvudmeny" not in framed.text


def test_conditional_parts_of_a_preview_react_to_what_is_tried(designer: FlaskClient, home: str) -> None:
    schema = json.dumps(
        definition(
            component("radio", "a", values=[{"label": "Ja", "value": "yes"}, {"label": "Nej", "value": "no"}]),
            component("textfield", "b", "Varför?", conditional={"hide": '=a != "yes"'}, validate={"required": True}),
            component("textfield", "c", "Nämnd", conditional={"hide": "=total_cost < 5000"}),
            component("dynamiclist", "rows", components=[component("select", "who", valuesExpression="=people")]),
        )
    )
    sent = {"_schema": schema, "_tried": "1"}
    assert names(designer.post(f"{home}/preview", data={"_schema": schema}).text)[0] == "a"
    assert "b" not in names(designer.post(f"{home}/preview", data=sent).text)
    shown = designer.post(f"{home}/preview", data={**sent, "a": "yes", "_fact.total_cost": "6000"}).text
    assert {"b", "c"} <= set(names(shown))
    checked = designer.post(f"{home}/preview", data={**sent, "a": "yes", "b": "", "_review": "1"}).text
    assert 'href="#b"' in checked
    more = designer.post(f"{home}/preview", data={**sent, "rows-0-who": "", "_add": "rows"}).text
    assert "rows-1-who" in names(more) and "Anna Berg" in more


def test_a_preview_shows_example_documents_that_lead_nowhere(designer: FlaskClient, home: str) -> None:
    schema = json.dumps(definition(component("documentPreview", label="Underlag", dataSource="=earlier.plan.files")))
    answer = designer.post(f"{home}/preview?frame=1", data={"_schema": schema})
    tree: Any = html.fromstring(answer.text)
    (shown,) = tree.find_class("s-documents")
    assert "Projektdirektiv.pdf" in shown.text_content() and "184" in shown.text_content()
    assert list(shown.iter("a", "img")) == []


def test_an_address_in_a_preview_of_documents_is_refused(designer: FlaskClient, home: str) -> None:
    shown = component("documentPreview", label="Underlag", dataSource="=a", endpointKey="url")
    answer = designer.post(f"{home}/preview?frame=1", data={"_schema": json.dumps(definition(shown))})
    assert answer.status_code == 422 and "filerna hämtas ur projektet" in answer.text


def test_a_preview_of_what_styr_does_not_print_says_which_field(designer: FlaskClient, home: str) -> None:
    schema = json.dumps(definition(component("iframe", "a", "Karta")))
    answer = designer.post(f"{home}/preview?frame=1", data={"_schema": schema})
    assert answer.status_code == 422 and "Fältet ”Karta” (a): fälttypen ”iframe” används inte" in answer.text


def test_a_preview_forgets_answers_to_fields_that_are_gone(designer: FlaskClient, home: str) -> None:
    schema = json.dumps(definition(component("textfield", "a")))
    shown = designer.post(f"{home}/preview", data={"_schema": schema, "_tried": "1", "a": "Kvar", "gone": "x"}).text
    assert 'value="Kvar"' in shown


def test_a_broken_form_is_a_page_that_says_so(designer: FlaskClient, home: str, draft: str, studio: Studio) -> None:
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={PATH: b"["}, seen=1, what="Trasig")
    assert "Filen går inte att läsa" in designer.get(home).text
    assert "Formuläret kan inte visas" in designer.get(f"{home}/preview").text
    broken = json.dumps(definition(component("textfield", "a", label=""))).encode()
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={PATH: broken}, seen=2, what="Bättre")
    assert "etikett saknas" in designer.get(home).text
    assert send(designer, f"{home}/fields/0", label="Mendad").status_code == 303


def test_whoever_only_reads_sees_fields_and_preview_and_no_buttons(log_in: LogIn, home: str) -> None:
    reader = log_in("axel")
    assert "Lägg till ett fält" not in reader.get(home).text
    assert reader.get(f"{home}/preview").status_code == 200
    assert reader.get(f"{home}/fields/0").status_code == 403


def hand_over(client: FlaskClient, home: str, schema: object, revision: int = 1) -> tuple[int, Any]:
    """Save a whole form as the editor does."""
    data = schema if isinstance(schema, bytes) else json.dumps(schema).encode()
    answer = client.post(f"{home}/save", data=data, headers={"If-Match": f'"{revision}"'})
    return answer.status_code, answer.json


def test_a_form_that_an_editor_hands_over_is_saved(designer: FlaskClient, home: str, saved: Any) -> None:
    status, told = hand_over(designer, home, definition(component("number", "a", "Antal")))
    assert (status, told["revision"]) == (200, 2)
    assert [one["key"] for one in saved()] == ["a"]


def test_what_styr_does_not_print_is_refused_at_save_with_the_name_of_the_field(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    status, told = hand_over(designer, home, definition(component("image", "", "Karta")))
    assert status == 422 and told["message"].startswith("Fältet ”Karta”: fälttypen ”image” används inte i Styr")
    assert hand_over(designer, home, b"[1]")[0] == hand_over(designer, home, b"{")[0] == 422
    assert [one["key"] for one in saved()] == ["changed"]


def test_an_editor_that_was_overtaken_is_told_and_nothing_is_overwritten(
    designer: FlaskClient, home: str, saved: Any
) -> None:
    send(designer, f"{home}/fields/0", label="Deras")
    status, told = hand_over(designer, home, definition(component("number", "a")), revision=1)
    assert (status, told["code"]) == (409, "draft_changed")
    assert saved()[0]["label"] == "Deras"
    assert designer.post(f"{home}/save", data=b"{}").status_code == 400


def test_the_editors_page_carries_what_its_script_needs(designer: FlaskClient, home: str) -> None:
    page = designer.get(f"{home}/editor")
    assert "style-src 'self' 'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert "script-src" not in page.headers["Content-Security-Policy"]
    assert f"{home}/save" in page.text and "Samma formulär som lista" in page.text


def test_a_form_of_a_thousand_levels_is_a_page_that_says_so(
    designer: FlaskClient, home: str, draft: str, studio: Studio
) -> None:
    deep = b'{"schemaVersion":19,"components":[{"type":"group","components":' * 400 + b"[]" + b"}]}" * 400
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={PATH: deep}, seen=1, what="Djup")
    for page in ("", "/preview", "/fields/0"):
        assert designer.get(f"{home}{page}").status_code in {404, 422}
    assert designer.get(f"/models/drafts/{draft}/forms").status_code == 200
    assert designer.get(f"/models/drafts/{draft}/checklists/c2_preparation/questions/F03/remove").status_code == 200
    assert hand_over(designer, home, deep, revision=2)[0] == 422
