"""The rows of a scenario are changed on forms with the model's own fields; nobody types a name of code."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from tests.app.designer.test_scenarios_tab import add, files_of
from tests.models.drafting.conftest import Studio
from workflows.models import change_model_draft, find_model_draft
from workflows.models.strict_yaml import read_yaml

VARIED = (
    "part_deliveries",
    "steering_group",
    "withdrawn_request",
    "terminated_any_time",
    "change_requests",
    "deferred",
)
"""Shipped scenarios that together use every verb and nearly every check."""


def parsed(text: str) -> Any:
    """A page as elements."""
    return html.fromstring(text)


def form_of(client: FlaskClient, address: str) -> Any:
    """The form that a page is about."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    document = parsed(answer.text)
    return next(form for form in document.forms if "seen" in form.fields)


@pytest.mark.parametrize("name", VARIED)
@pytest.mark.full
def test_every_row_that_is_shipped_is_saved_as_it_was(
    designer: FlaskClient, studio: Studio, draft: str, name: str
) -> None:
    base = f"/models/drafts/{draft}/scenarios/{name}"
    path = f"scenarios/{name}.yaml"
    before = files_of(studio, draft)[path]
    rows = len(read_yaml(before)["steps"])
    for address in (f"{base}/about", f"{base}/end", *(f"{base}/rows/{number}" for number in range(1, rows + 1))):
        answer = designer.post(address, data={**dict(form_of(designer, address).form_values()), "_save": "1"})
        assert answer.status_code == 303, (address, answer.text)
    assert files_of(studio, draft)[path] == before


OWN = """\
title: Eget prov
facts: {size_class: large, deliverables: [d1, d2]}
roles: {sponsor: Maria Lindqvist}
steps:
# början
- do: idea_sheet
- until: bp1   # dit
- decide: bp1
  by: sponsor
  with: {outcome: rework, target: preparation, present: [Ann Ek]}
- expect: {open_has: [{node: risk_assessment, kind: document, due: P5D}], variables: {idea_sheet: {R07: "yes"}}}
- wait: P10D
expect: {ended: false}
"""


@pytest.fixture
def own(studio: Studio, draft: str) -> str:
    add(studio, draft, "own", OWN)
    return f"/models/drafts/{draft}/scenarios/own"


def source(studio: Studio, draft: str) -> str:
    return files_of(studio, draft)["scenarios/own.yaml"].decode()


def post(client: FlaskClient, address: str, button: str = "_save", to: str = "", **typed: str) -> TestResponse:
    """Press a button of the form at an address with some fields typed over; `a__b` is the field `a-b`."""
    form = form_of(client, address)
    over = {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(to or form.action, data={**dict(form.form_values()), **over, button: "1"})


def options(client: FlaskClient, address: str, name: str) -> dict[str, str]:
    """What a select offers: words by value."""
    chosen = form_of(client, address).inputs[name]
    return {one.get("value"): one.text.strip() for one in chosen.xpath("./option")}


def test_the_table_says_each_row_in_sentences_and_no_code(designer: FlaskClient, own: str) -> None:
    page = parsed(designer.get(own).text)
    said = " ".join(page.xpath("//main")[0].text_content().split("Texten i filen")[0].split())
    assert "Gör ”Fyll i idébladet”" in said and "Spela fram till ”Beslutspunkt 1”" in said
    assert "Besluta ”Komplettera” och tillbaka till ”Förberedelse” om ”Beslutspunkt 1”" in said
    assert "Vänta 10 arbetsdagar" in said and "Något ska vara kvar att göra." in said
    for code in ("idea_sheet", "bp1", "rework", "P10D", "outcome", "open_has", "own.yaml", "size_class"):
        assert code not in said


def test_an_answer_is_chosen_among_those_of_the_step_itself(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    offered = options(designer, f"{own}/rows/1", "answer-R08")
    assert offered == {
        "": "Som vanligt: Ja",
        "=yes": "Ja",
        "=no": "Nej",
        "!": "Inget svar",
    }
    answer = post(designer, f"{own}/rows/1", answer__R08="=no")
    assert answer.status_code == 303 and answer.location.endswith("/own#row-0")
    assert source(studio, draft) == OWN.replace("- do: idea_sheet\n", '- do: idea_sheet\n  with: {R08: "no"}\n')


def test_a_decision_is_chosen_among_those_of_the_gate_and_what_has_no_field_stays(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    assert "Fortsätt enligt reviderad plan" not in options(designer, f"{own}/rows/3", "outcome").values()
    assert options(designer, f"{own}/rows/3", "mode")["single"] == "Beställare, ensam"
    typed = {
        "outcome": "hold",
        "target": "",
        "motivation": "Väntar på pengar",
        "resume_on": "2026-03-02",
        "mode": "single",
    }
    assert post(designer, f"{own}/rows/3", **typed).status_code == 303
    said = '{outcome: hold, present: [Ann Ek], motivation: Väntar på pengar, resume_on: "2026-03-02"}'
    assert f"  by: sponsor\n  mode: single\n  with: {said}\n" in source(studio, draft)


def test_what_has_no_field_is_told_and_goes_only_when_it_is_ticked(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    page = designer.get(f"{own}/rows/4").text
    assert "Ta bort: ”Bedöm risker”: som ett dokument, ska vara klart inom 5 arbetsdagar" in page
    assert "Ta bort: ”Fyll i idébladet”: " in page
    assert post(designer, f"{own}/rows/4", open__0__by="sponsor").status_code == 303
    assert "{node: risk_assessment, by: sponsor, kind: document, due: P5D}" in source(studio, draft)
    assert post(designer, f"{own}/rows/4", drop__open__0="1", drop__variables__idea_sheet="1").status_code == 303
    assert "- expect: {open_has: [{node: risk_assessment, by: sponsor}]}" in source(studio, draft)


def test_a_check_is_put_together_of_what_waits_who_decides_the_phase_and_the_decisions(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    at = f"{own}/rows/new?at=2&verb=expect"
    assert options(designer, at, "open-0-node")["decide_board"] == "Beslut: nämnden"
    typed = {"open_way": "open", "open-0-node": "request", "open-0-gate": "bp1", "open-0-by": "project_manager"}
    more = {"gates-0-gate": "bp1", "gates-0-outcome": "!", "phase": "", "ended": "false", "closed-0-name": "idea_sheet"}
    form = form_of(designer, at)
    answer = designer.post(form.action, data={**dict(form.form_values()), **typed, **more, "_save": "1"})
    assert answer.status_code == 303
    assert (
        "- expect: {open: [{node: request, by: project_manager, gate: bp1}], closed: [idea_sheet], "
        "gates: {bp1: null}, ended: false}\n- decide: bp1" in source(studio, draft)
    )
    assert "inte vara beslutad" in designer.get(own).text


def test_facts_are_chosen_by_name_and_only_what_is_said_changes(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    at = f"{own}/rows/new?at=1&verb=facts"
    typed = {"fact-total_cost": "12 500 000", "fact-external_funding": "true", "fact-deliverables": "1, 3"}
    form = form_of(designer, at)
    assert designer.post(form.action, data={**dict(form.form_values()), **typed}).status_code == 303
    assert "- facts: {total_cost: 12500000, external_funding: true, deliverables: [d1, d3]}" in source(studio, draft)


def test_money_is_said_in_kronor_in_rows_and_beside_fields(designer: FlaskClient, studio: Studio, draft: str) -> None:
    money = "- facts: {total_cost: 900000, missing: 2}\n- do: project_plan\n  with: {budget_total: 900000}\n"
    add(studio, draft, "own", OWN.replace("# början\n", money))
    own = f"/models/drafts/{draft}/scenarios/own"
    page = designer.get(own).text.replace("\N{NO-BREAK SPACE}", " ")
    assert "”Total kostnad” är 900 000 kr." in page
    assert "”Saker som saknas inför beslutet” är 2." in page
    assert "är 900 000 kr." in page.partition("Svar: ")[2]
    fields = designer.get(f"{own}/rows/1").text
    assert "Total kostnad, kr" in fields and "Saker som saknas inför beslutet, kr" not in fields


@pytest.mark.parametrize(
    ("typed", "written"),
    [({"number": "3", "unit": "W"}, "P3W"), ({"number": "", "day": "2026-02-02"}, '"2026-02-02"')],
)
def test_time_passes_by_a_number_or_to_a_day(
    designer: FlaskClient, studio: Studio, draft: str, own: str, typed: dict[str, str], written: str
) -> None:
    assert post(designer, f"{own}/rows/5", **typed).status_code == 303
    assert source(studio, draft) == OWN.replace("wait: P10D", f"wait: {written}")


def test_another_step_is_chosen_and_its_questions_are_shown_before_anything_is_saved(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    shown = parsed(post(designer, f"{own}/rows/1", "_show", step__0="sponsor_answer").text)
    assert shown.get_element_by_id("answer-decision").xpath("./option[@value='=go']")
    assert source(studio, draft) == OWN


def test_a_message_is_chosen_among_those_that_are_waited_for(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    at = f"{own}/rows/new?at=1&verb=send"
    offered = options(designer, at, "message")
    assert "terminate@work" in offered and "Avbryt" in offered["terminate@work"]
    form = form_of(designer, at)
    assert designer.post(form.action, data={**dict(form.form_values()), "message": "terminate@work"}).status_code == 303
    assert "- send: terminate\n  at: work\n- until: bp1" in source(studio, draft)


def test_rows_are_moved_and_removed_each_with_its_comment(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    form = form_of(designer, own)
    assert designer.post(form.action, data={**dict(form.form_values()), "down": "1"}).location.endswith("/own#row-1")
    assert "steps:\n- until: bp1   # dit\n# början\n- do: idea_sheet\n- decide" in source(studio, draft)
    form = form_of(designer, own)
    assert designer.post(form.action, data={**dict(form.form_values()), "remove": "1"}).status_code == 303
    assert "steps:\n# början\n- do: idea_sheet\n- decide" in source(studio, draft)


def test_a_double_click_moves_a_row_once(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    form = form_of(designer, own)
    data = {**dict(form.form_values()), "down": "1"}
    assert [designer.post(form.action, data=data).status_code for _ in range(2)] == [303, 303]
    assert source(studio, draft).count("- do: idea_sheet") == 1
    assert "steps:\n- until: bp1   # dit\n# början\n- do: idea_sheet\n- decide" in source(studio, draft)


@pytest.mark.parametrize(
    ("row", "field", "typed"),
    [
        ("rows/1", "step-0", "nowhere"),
        ("rows/1", "step-0", ""),
        ("rows/1", "by", "boss"),
        ("rows/1", "answer-R08", "=perhaps"),
        ("rows/2", "until", "bp9"),
        ("rows/3", "gate", "bp9"),
        ("rows/3", "outcome", "approve_revised"),
        ("rows/3", "target", "execution"),
        ("rows/3", "mode", "alone"),
        ("rows/4", "open-0-node", "nowhere"),
        ("rows/4", "gates-0-gate", "bp9"),
        ("rows/5", "number", "tio"),
        ("rows/5", "day", "2026-02-31"),
        ("about", "title", ""),
        ("about", "start", "i morgon"),
        ("about", "fact-size_class", "huge"),
        ("about", "fact-deliverables", "alla"),
        ("end", "end", "happy"),
    ],
)
def test_what_the_model_does_not_have_is_refused_at_its_field_and_nothing_is_saved(
    designer: FlaskClient, studio: Studio, draft: str, own: str, row: str, field: str, typed: str
) -> None:
    answer = post(designer, f"{own}/{row}", **{field.replace("-", "__"): typed})
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert source(studio, draft) == OWN


def test_the_beginning_is_changed_by_fields(designer: FlaskClient, studio: Studio, draft: str, own: str) -> None:
    typed = {"title": "Ett annat", "start": "2026-09-07", "fact-total_cost": "900000", "role-secretary": "Per Ek"}
    assert (
        post(designer, f"{own}/about", **{name.replace("-", "__"): one for name, one in typed.items()}).status_code
        == 303
    )
    assert source(studio, draft).startswith(
        'title: Ett annat\nstart: "2026-09-07"\n'
        "facts: {size_class: large, deliverables: [d1, d2], total_cost: 900000}\n"
        "roles: {sponsor: Maria Lindqvist, secretary: Per Ek}\nsteps:\n# början\n"
    )


def test_the_row_that_does_not_hold_says_so_where_it_stands(designer: FlaskClient, own: str) -> None:
    rows = parsed(designer.get(own).text).xpath("//tr[@id='row-3']")
    said = " ".join(rows[0].text_content().split())
    assert "Håller inte" in said and "”Bedöm risker” ska vara öppet" in said


def test_two_people_on_one_scenario_do_not_overwrite_each_other(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    form = form_of(designer, f"{own}/rows/5")
    seen = find_model_draft(studio.as_("ulla"), draft_id=draft).revision
    other = OWN.replace("Eget", "Annat")
    changes = {"scenarios/own.yaml": other.encode()}
    change_model_draft(studio.as_("ulla"), draft_id=draft, changes=changes, seen=seen, what="Ändrade")
    answer = designer.post(form.action, data={**dict(form.form_values()), "number": "9", "_save": "1"})
    assert answer.status_code == 409
    assert source(studio, draft) == other


def test_a_row_that_is_not_there_is_not_found(designer: FlaskClient, own: str) -> None:
    assert designer.get(f"{own}/rows/9").status_code == 404
    assert designer.get(f"{own}/rows/0").status_code == 404
