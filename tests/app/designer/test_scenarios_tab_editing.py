"""A scenario is changed as text by those who know it; what is no scenario, or names what is not there, is refused."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.app.designer.test_scenarios_tab import add, files_of
from tests.models.drafting.conftest import Studio

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


def test_saving_and_running_shows_what_came_of_it(designer: FlaskClient, own: str) -> None:
    answer = press(designer, designer.get(own + "/rows/1"), "/own/rows/1", "_run")
    assert answer.location.endswith("/scenarios/result?scenario=own")
    assert "Scenariot håller." in designer.get(answer.location).text


def test_names_that_the_model_does_not_have_are_told_on_the_page(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    add(studio, draft, "own", "title: Fel namn\nsteps:\n- do: nowhere\n")
    page = designer.get(f"/models/drafts/{draft}/scenarios/own").text
    assert "Rad 1 nämner ett steg som inte finns i modellen." in page


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


def test_a_text_that_names_what_the_model_does_not_have_is_refused(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    typed = OWN.replace("steps:", "facts: {cost: 900000}\nsteps:")
    answer = press(designer, designer.get(own + "/text"), "/own/text", "_save", text=typed)
    assert answer.status_code == 422 and "ett faktum som inte finns i modellen" in answer.text
    assert source(studio, draft) == OWN
