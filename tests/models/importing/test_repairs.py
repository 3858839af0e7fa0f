"""A drawing that no engine ever ran becomes one that ours runs; each repair is a row."""

from __future__ import annotations

import pytest

from tests.models.importing.foreign_files import diagram_of, form, imported, node, rows, told
from workflows.engine import NodeKind
from workflows.models.importing import RowSeverity


def test_several_starts_become_one_and_a_question() -> None:
    phase = diagram_of("drawn").scopes["evenemang_pa_torget"]
    assert [step.id for step in phase.nodes if step.kind is NodeKind.START] == ["sid_000_111_start"]
    asked = form("drawn", "choose_sid_000_111_began")["sid_000_111_began_way"]
    assert [choice["label"] for choice in asked["values"]] == ["Brev kom", "Samtal kom"]


def test_ids_that_expressions_cannot_read_are_made_of_names() -> None:
    assert node("drawn", "svara_nej").name == "Svara nej"
    assert any("sid-a1" in row.was for row in imported("drawn").rows)


def test_a_gateway_without_conditions_asks_whoever_comes_before() -> None:
    asked = form("drawn", "choose_lampligt")["lampligt_way"]
    assert asked["label"] == "Lämpligt?"
    assert [choice["label"] for choice in asked["values"]] == ["Nej", "Ja"]


@pytest.mark.parametrize("element", ["svara_nej", "utrym"])
def test_what_nothing_follows_gets_an_end(element: str) -> None:
    assert node("drawn", element).outgoing[0].target == f"{element}_end"
    assert "Ett slut ritades" in told("drawn", element)


def test_ways_meet_in_a_gateway() -> None:
    assert [flow.source for flow in node("drawn", "planera").incoming] == ["in_planera"]
    assert "De möts nu i en grind" in told("drawn", "planera")


def test_a_link_is_a_flow() -> None:
    assert "Den blev ett flöde" in told("drawn", "vidare")


def test_what_happens_meanwhile_becomes_a_choice_or_is_left_out_with_what_follows() -> None:
    assert "en grind väljer väg" in told("drawn", "larm")
    [row] = rows("drawn", "ring_vakten", RowSeverity.LOST)
    assert "kunde bara nås genom Påminn" in row.was
    assert "ring_vakten" not in diagram_of("drawn").nodes


def test_an_event_subprocess_is_left_out_with_what_it_held() -> None:
    [row] = rows("drawn", "vid_regn", RowSeverity.LOST)
    assert "villkoret regn" in row.was
    assert "Sätt upp tält" in row.was


def test_an_ad_hoc_subprocess_does_its_steps_at_once() -> None:
    inside = [step.kind for step in diagram_of("drawn").scopes["pa_plats"].nodes]
    assert inside.count(NodeKind.PARALLEL) == 1
    assert inside.count(NodeKind.USER) == 2


def test_a_flow_to_nowhere_is_told() -> None:
    assert any("från Skriv ner önskemål till ”nowhere”" in row.was for row in imported("drawn").rows)


def test_everything_drawn_has_a_place() -> None:
    picture = imported("drawn").files["project.bpmn"]
    for key in diagram_of("drawn").nodes:
        if diagram_of("drawn").nodes[key].file == "project.bpmn":
            assert f'bpmnElement="{key}"'.encode() in picture
