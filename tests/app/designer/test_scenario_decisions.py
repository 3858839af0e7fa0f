"""A decision in a scenario's row has fields for all that a real one says, by name; what no field holds stays."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.app.designer.test_scenario_rows import form_of, options, own, post, source
from tests.app.designer.test_scenarios_tab import add
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft

__all__ = ["own"]

FULL = """\
title: Allt som ett beslut säger
steps:
- until: bp1
- decide: bp1
  with:
    outcome: rework
    target: preparation
    reopen: [F02, F01]
    due_on: "2026-03-02"
    motivation: Riskerna
    conditions: [{text: Avtal, owner: Bo Ek, due_on: "2026-04-01"}, {text: Mark}]
    plan_version: 2
    held_on: "2026-02-02"
    place: Rådhuset
    present: [Ann Ek, Bo Ek]
    remote: [Bo Ek]
    absent: [Cia Ek]
    recused: {Dan Ek: Gift med leverantören}
    substitutes: {Dan Ek: Eva Ek}
    reservations: {Bo Ek: För dyrt}
    way: vote
    in_favour: 2
    against: 0
    minutes: Gruppen säger nej.
    adjusted_by: Ann Ek
    body: Nämnden
    section: § 41
    adjusted_on: "2026-02-03"
    notice_on: "2026-02-04"
    appeal_ends_on: "2026-02-25"
    decided_by: Fia Ek
    legal_basis: delegated
    delegation_point: "3.2"
    decided_on: "2026-02-02"
    secrecy: OSL 19 kap. 3 §
    registry_number: KS 2026/1
"""
ODD = """\
title: Skrivet på annat sätt
steps:
- decide: bp1
  with: {outcome: approve, present: 7, recused: [Ann], conditions: [3], held_on: snart, in_favour: många, egen: {a: 1}}
"""


def saved(studio: Studio, draft: str, name: str) -> str:
    return find_model_draft(studio.as_("dag"), draft_id=draft).files[f"scenarios/{name}.yaml"].decode()


def test_every_field_is_shown_and_saved_as_it_was(designer: FlaskClient, studio: Studio, draft: str) -> None:
    add(studio, draft, "full", FULL)
    base = f"/models/drafts/{draft}/scenarios/full"
    form = form_of(designer, f"{base}/rows/2")
    assert not form.xpath(".//input[starts-with(@name,'drop-')]")
    assert post(designer, f"{base}/rows/2").status_code == 303
    assert saved(studio, draft, "full") == FULL
    shown = designer.get(base).text.split("Texten i filen")[0]
    for words in (
        "Dan Ek är jävig och deltar inte: Gift med leverantören",
        "Paragraf: § 41",
        "Fia Ek beslutar i stället",
        "Villkor: Avtal (Bo Ek, 1\xa0april\xa02026)",
    ):
        assert words in shown
    for code in ("F01", "recused", "legal_basis", "delegated", "casting", "2026-0"):
        assert code not in shown


def test_what_no_field_holds_is_told_and_stays(designer: FlaskClient, studio: Studio, draft: str) -> None:
    add(studio, draft, "odd", ODD)
    address = f"/models/drafts/{draft}/scenarios/odd/rows/1"
    assert len(form_of(designer, address).xpath(".//input[starts-with(@name,'drop-with-')]")) == 6
    assert post(designer, address).status_code == 303
    assert saved(studio, draft, "odd") == ODD
    assert post(designer, address, drop__with__egen="1", motivation="Ja").status_code == 303
    assert "in_favour: många, motivation: Ja}" in saved(studio, draft, "odd")


def test_points_are_chosen_by_what_they_are_about_and_people_by_name(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    offered = options(designer, f"{own}/rows/3", "reopen-0-point")
    assert "" in offered and all(key not in words for key, words in offered.items() if key)
    seat = {"seat-1-name": "Bo Ek", "seat-1-part": "recused", "seat-1-reason": "Äger marken"}
    point = next(key for key in offered if key)
    form = form_of(designer, f"{own}/rows/3")
    typed = {**dict(form.form_values()), **seat, "reopen-0-point": point, "section": "§ 7", "_save": "1"}
    assert designer.post(form.action, data=typed).status_code == 303
    written = source(studio, draft)
    assert "present: [Ann Ek]" in written and "recused: {Bo Ek: Äger marken}" in written
    assert f"reopen: [{point}]" in written and "section: § 7" in written


@pytest.mark.full
def test_what_does_not_go_together_is_said_and_nothing_is_written(
    designer: FlaskClient, studio: Studio, draft: str, own: str
) -> None:
    before = source(studio, draft)
    for typed, field in (
        ({"seat-1-name": "Ann Ek", "seat-1-part": "absent"}, "seat-1-name"),
        ({"seat-1-name": "Bo Ek", "seat-1-part": "absent", "seat-1-reservation": "Nej"}, "seat-1-reservation"),
        ({"seat-0-reason": "Gift"}, "seat-0-part"),
        ({"way": "vote"}, "in_favour"),
        ({"in_favour": "-1"}, "in_favour"),
        ({"plan_version": "0"}, "plan_version"),
        ({"conditions-0-owner": "Bo"}, "conditions-0-text"),
        ({"notice_on": "i går"}, "notice_on"),
        ({"reopen-0-point": "Q99"}, "reopen-0-point"),
    ):
        form = form_of(designer, f"{own}/rows/3")
        answer = designer.post(form.action, data={**dict(form.form_values()), **typed, "_save": "1"})
        assert answer.status_code == 422 and f'href="#{field}"' in answer.text, field
    assert source(studio, draft) == before
