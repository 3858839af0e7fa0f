"""A scenario is changed row by row or as text; what was not touched stays as it was written."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.app.designer.test_scenarios_tab import add, files_of
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft

OWN = """\
title: Eget prov
# vägen fram
steps:
- until: bp1   # dit
# nej
- decide: bp1
  by: sponsor
  with: {outcome: reject}
expect: {end: rejected}
"""


@pytest.fixture
def own(studio: Studio, draft: str) -> str:
    add(studio, draft, "own", OWN)
    return f"/models/drafts/{draft}/scenarios/own"


def source(studio: Studio, draft: str) -> str:
    return files_of(studio, draft)["scenarios/own.yaml"].decode()


def press(client: FlaskClient, page: TestResponse, address: str, button: str, value: str = "1", **data: str) -> Any:
    """Press a button of the form on a page, with some fields typed over."""
    document: Any = html.fromstring(page.text)
    form = next(form for form in document.forms if (form.action or "").endswith(address))
    posted = {name: text for name, text in form.form_values() if not name.startswith("_")}
    typed = {name.replace("__", "-"): text for name, text in data.items()}
    return client.post(form.action, data={**posted, **typed, button: value})


def test_saving_what_was_not_changed_changes_nothing(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    assert press(designer, designer.get(own), "/own", "_save").status_code == 303
    assert source(studio, draft) == OWN


def test_a_changed_answer_touches_its_step_alone(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    answers = "outcome: rework\ntarget: preparation"
    typed = {"row__1__answers": answers, "expect": "ended: false"}
    assert press(designer, designer.get(own), "/own", "_save", **typed).status_code == 303
    assert source(studio, draft) == OWN.replace("{outcome: reject}", "{outcome: rework, target: preparation}").replace(
        "{end: rejected}", "{ended: false}"
    )


def test_yes_no_and_days_are_words(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    answers = "outcome: reject\nF03: yes\nday: 2026-03-02\nok: true\nsum: 40"
    press(designer, designer.get(own), "/own", "_save", row__1__answers=answers)
    assert 'F03: "yes", day: "2026-03-02", ok: true, sum: 40' in source(studio, draft)
    shown: Any = html.fromstring(designer.get(own).text)
    assert shown.get_element_by_id("row-1-answers").text.strip() == answers


def test_rows_are_added_moved_and_removed_without_saving(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    page = press(designer, designer.get(own), "/own", "_add", "1")
    assert "3 rader" in page.text
    page = press(designer, page, "/own", "_up", "2", row__1__verb="wait", row__1__subject="P5D")
    page = press(designer, page, "/own", "_remove", "0")
    assert source(studio, draft) == OWN
    assert press(designer, page, "/own", "_save").status_code == 303
    assert source(studio, draft).endswith(
        "steps:\n# nej\n- decide: bp1\n  by: sponsor\n  with: {outcome: reject}\n- wait: P5D\nexpect: {end: rejected}\n"
    )


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("row-1-answers", "outcome"),
        ("row-1-answers", "a: b: c"),
        ("row-1-subject", ""),
        ("row-1-verb", "dance"),
        ("facts", "size_class"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field_and_stays_typed(
    designer: FlaskClient, studio: Studio, draft: str, own: str, field: str, typed: str
) -> None:
    answer = press(designer, designer.get(own), "/own", "_save", **{field.replace("-", "__"): typed})
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert source(studio, draft) == OWN


@pytest.mark.parametrize(("field", "typed"), [("row-0-subject", "bp 1"), ("start", "i morgon"), ("expect", "slut: ja")])
def test_what_no_scenario_says_is_refused_and_not_saved(
    designer: FlaskClient, studio: Studio, draft: str, own: str, field: str, typed: str
) -> None:
    answer = press(designer, designer.get(own), "/own", "_save", **{field.replace("-", "__"): typed})
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert source(studio, draft) == OWN


def test_saving_and_running_shows_what_came_of_it(designer: FlaskClient, own: str) -> None:
    answer = press(designer, designer.get(own), "/own", "_run")
    assert answer.location.endswith("/scenarios/result?scenario=own")
    assert "Scenariot håller." in designer.get(answer.location).text


def test_names_that_the_model_does_not_have_are_told_on_the_page(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    add(studio, draft, "own", "title: Fel namn\nsteps:\n- do: nowhere\n")
    page = designer.get(f"/models/drafts/{draft}/scenarios/own").text
    assert "Rad 1 nämner ett steg som inte finns i modellen." in page


def test_two_people_do_not_overwrite_each_other(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    page = designer.get(own)
    seen = find_model_draft(studio.as_("ulla"), draft_id=draft).revision
    other = OWN.replace("Eget", "Annat")
    changes = {"scenarios/own.yaml": other.encode()}
    change_model_draft(studio.as_("ulla"), draft_id=draft, changes=changes, seen=seen, what="Ändrade")
    assert press(designer, page, "/own", "_save", title="Mitt").status_code == 409
    assert source(studio, draft) == other


def test_the_text_is_saved_as_it_was_typed(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    new = OWN.replace("Eget prov", "Ett prov som text")
    answer = press(designer, designer.get(own + "/text"), "/own/text", "_save", text=new.replace("\n", "\r\n"))
    assert answer.status_code == 303
    assert source(studio, draft) == new


@pytest.mark.parametrize(
    ("typed", "line"),
    [(OWN.replace("by: sponsor", "bye: sponsor"), "Rad 6:"), (OWN.replace("- until: bp1", "- until: [bp1"), "Rad ")],
)
def test_a_text_that_is_no_scenario_is_refused_with_its_line(
    designer: FlaskClient, studio: Studio, draft: str, own: str, typed: str, line: str
) -> None:
    answer = press(designer, designer.get(own + "/text"), "/own/text", "_save", text=typed)
    assert answer.status_code == 422 and line in answer.text and 'href="#text"' in answer.text
    assert typed.splitlines()[0] in answer.text
    assert source(studio, draft) == OWN


def test_usual_answers_are_edited_as_text(designer: FlaskClient, studio: Studio, draft: str) -> None:
    address = f"/models/drafts/{draft}/scenarios/_usual/text"
    before = files_of(studio, draft)["scenarios/_usual.yaml"].decode()
    answer = press(designer, designer.get(address), "/_usual/text", "_save", text=before + "parked_idea: {}\n")
    assert answer.status_code == 303
    assert files_of(studio, draft)["scenarios/_usual.yaml"].decode().endswith("parked_idea: {}\n")


@pytest.mark.parametrize("typed", ["[" * 5000, "a: &a [*a]", "x: " + "y" * 250_000, "\x00", "%TAG", "- " * 3000])
def test_a_hostile_text_is_refused_with_a_sentence(
    designer: FlaskClient, studio: Studio, draft: str, own: str, typed: str
) -> None:
    answer = press(designer, designer.get(own + "/text"), "/own/text", "_save", text=typed)
    assert answer.status_code == 422
    assert source(studio, draft) == OWN


def test_a_step_may_be_named_as_people_call_it(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    answer = press(designer, designer.get(own), "/own", "_save", row__0__subject="Beslutspunkt 1")
    assert answer.status_code == 303
    assert "until: bp1" in source(studio, draft)


def test_an_added_row_is_where_one_goes_on(designer: FlaskClient, own: str) -> None:
    page = press(designer, designer.get(own), "/own", "_add", "1")
    document: Any = html.fromstring(page.text)
    assert [one.get("id") for one in document.xpath("//fieldset[@autofocus]")] == ["row-1"]
