"""A whole phase with its own gate comes in between two others, and goes again."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from tests.models.editing.changing import HARNOSAND, PROCUREMENT, errors, said_of
from tests.models.editing.pictures import crossed, faults, see
from tests.models.telling import SECOND
from workflows.models import from_folder, play, read_bundle, read_scenarios
from workflows.models.editing.errors import AnswersRead, NameTaken, StepGone, StepNeeded, WordsMissing
from workflows.models.editing.gate_ways import OutcomeWay
from workflows.models.editing.phase_removal import remove_phase
from workflows.models.editing.phase_words import PhaseWords
from workflows.models.editing.phases import add_phase, rename_phase

AFTER = ("relevance", "preparation", "planning", "execution")


@pytest.mark.parametrize("after", AFTER)
def test_a_new_phase_passes_the_check_wherever_it_stands(after: str) -> None:
    changes, key = add_phase(HARNOSAND, after, PROCUREMENT)
    files = {**HARNOSAND, **changes}
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []
    keys = [phase.key for phase in read_bundle(files).model.phases]
    assert keys.index(key) == keys.index(after) + 1


@pytest.mark.parametrize("after", AFTER)
def test_every_name_in_the_picture_of_a_new_phase_can_be_read(after: str) -> None:
    words = replace(PROCUREMENT, gate_label="Upphandlingsbeslut")
    changes, _ = add_phase(HARNOSAND, after, words)
    picture = see(changes["project.bpmn"])
    assert crossed(changes["project.bpmn"]) == []
    left, _, right, _ = next(
        picture.boxes[key] for key, e in picture.elements.items() if e.get("name") == words.gate_label
    )
    assert right - left > 7 * len(words.gate_label)


def test_a_project_plays_through_a_new_phase_and_its_gate() -> None:
    changes, _ = add_phase(HARNOSAND, "planning", PROCUREMENT)
    files = {**HARNOSAND, **changes}
    usual = files["scenarios/_usual.yaml"].decode() + "\nc_upphandling: {Q01: 'yes'}\n"
    straight = files["scenarios/straight_through.yaml"].decode()
    there = '- expect: {open: ["delivery_ready[d1]", status_report]}'
    new = "- do: c_upphandling\n- decide: bp2b\n  with: {outcome: rework}\n"
    new += "- do: c_upphandling\n- decide: bp2b\n  mode: single\n  with: {outcome: approve}\n"
    files["scenarios/straight_through.yaml"] = straight.replace(there, new + there).encode()
    files["scenarios/_usual.yaml"] = usual.encode()
    told = next(one for one in read_scenarios(files) if one.file == "scenarios/straight_through.yaml")
    played = play(read_bundle(files), told)
    assert played.failure is None


def test_what_led_on_leads_to_the_new_phase_and_what_led_back_does_not() -> None:
    changes, key = add_phase(HARNOSAND, "planning", PROCUREMENT)
    files = {**HARNOSAND, **changes}
    ways = {(way.outcome, way.target) for way in said_of(files, "bp2").ways}
    assert {("approve", key), ("approve_conditional", key), ("rework", "planning")} <= ways
    assert ("rework", "execution") in {(way.outcome, way.target) for way in said_of(files, "bp3").ways}
    new = said_of(files, "bp2b").ways
    assert OutcomeWay(outcome="approve", target="execution") in new
    assert OutcomeWay(outcome="rework", target=key) in new


def test_a_new_gate_closes_a_box_of_its_own() -> None:
    changes, key = add_phase(HARNOSAND, "planning", PROCUREMENT)
    model = read_bundle({**HARNOSAND, **changes}).model
    assert [(box.number, box.label["sv"]) for box in model.boxes][1:4] == [
        (2, "Planering"),
        (3, "Upphandling"),
        (4, "Genomförande"),
    ]
    assert model.phase(key).box == 3
    gate = model.next_gate(3)
    assert gate is not None
    assert gate.statement["sv"] == PROCUREMENT.statement


def test_the_first_question_stands_in_a_checklist_of_its_own() -> None:
    changes, key = add_phase(HARNOSAND, "planning", PROCUREMENT)
    bundle = read_bundle({**HARNOSAND, **changes})
    checklist = bundle.checklists[bundle.model.phase(key).checklist or ""]
    assert [item.question.sv for item in checklist.items] == ["Är avtalet undertecknat?"]


def test_the_new_gate_has_rows_of_its_own_after_those_of_the_board() -> None:
    changes, _ = add_phase(HARNOSAND, "planning", PROCUREMENT)
    rows = changes["authority.dmn"].decode().split("<rule id=")[1:]
    names = [row.split('"')[1] for row in rows]
    assert names[:4] == ["rule_principle", "rule_cost", "rule_bp2b_meeting", "rule_bp2b_single"]


def test_the_sponsor_alone_may_decide() -> None:
    changes, _ = add_phase(HARNOSAND, "planning", replace(PROCUREMENT, group=False))
    assert "rule_bp2b_meeting" not in changes["authority.dmn"].decode()
    assert errors({**HARNOSAND, **changes}) == []


@pytest.mark.parametrize("after", ["preparation", "planning", "execution"])
def test_a_phase_that_was_added_is_removed_without_a_trace(after: str) -> None:
    changes, key = add_phase(HARNOSAND, after, PROCUREMENT)
    added = {**HARNOSAND, **changes}
    back = {**added, **remove_phase(added, key)}
    assert back["model.json"] == HARNOSAND["model.json"]
    assert back["authority.dmn"] == HARNOSAND["authority.dmn"]
    assert errors(back) == []
    assert faults(back["project.bpmn"], labels=False) == []


def test_another_model_takes_a_phase_too() -> None:
    second = from_folder(SECOND)
    first = read_bundle(second).model.phases[0].key
    changes, _ = add_phase(second, first, PROCUREMENT)
    assert errors({**second, **changes}) == []


def test_a_phase_is_renamed_also_where_flows_name_it() -> None:
    files = {**HARNOSAND, **rename_phase(HARNOSAND, "planning", name="Plan", question="Hur och när?")}
    text = files["project.bpmn"].decode()
    assert 'name="Plan – Hur och när?"' in text
    assert 'Komplettera → Plan"' in text
    assert "Komplettera → Planering" not in text
    assert read_bundle(files).model.phase("planning").label == {"sv": "Plan", "en": "Planning"}
    assert errors(files) == []


@pytest.mark.parametrize("field", ["name", "gate_label", "gate_short", "statement", "first_question", "area"])
def test_a_new_phase_needs_its_words(field: str) -> None:
    with pytest.raises(WordsMissing) as refused:
        add_phase(HARNOSAND, "planning", without(field))
    assert refused.value.field == field


def without(field: str) -> PhaseWords:
    return PhaseWords(**{**asdict(PROCUREMENT), field: ""})


@pytest.mark.parametrize(
    ("field", "name"), [("name", " planering"), ("gate_label", "Beslutspunkt  2"), ("gate_short", "bp2")]
)
def test_a_new_phase_and_its_gate_have_names_of_their_own(field: str, name: str) -> None:
    with pytest.raises(NameTaken) as refused:
        add_phase(HARNOSAND, "planning", PhaseWords(**{**asdict(PROCUREMENT), field: name}))
    assert refused.value.field == field


def test_a_phase_is_not_renamed_to_another_and_may_keep_its_name() -> None:
    with pytest.raises(NameTaken):
        rename_phase(HARNOSAND, "planning", name="Genomförande", question="Hur?")
    assert rename_phase(HARNOSAND, "planning", name="Planering", question="Hur då?")


@pytest.mark.parametrize("after", ["closure", "nothing"])
def test_nothing_comes_after_the_last_phase(after: str) -> None:
    with pytest.raises(StepGone):
        add_phase(HARNOSAND, after, PROCUREMENT)


def test_a_phase_is_removed_with_its_gate() -> None:
    files = {**HARNOSAND, **remove_phase(HARNOSAND, "planning")}
    model = read_bundle(files).model
    assert "bp2" not in {gate.key for gate in model.gates}
    assert [box.number for box in model.boxes] == [1, 2, 3]
    assert errors(files) == []


@pytest.mark.parametrize("key", ["relevance", "execution", "closure"])
def test_a_phase_that_the_model_needs_is_kept(key: str) -> None:
    with pytest.raises(StepNeeded):
        remove_phase(HARNOSAND, key)


def test_a_phase_whose_answers_are_read_is_kept() -> None:
    with pytest.raises(AnswersRead):
        remove_phase(HARNOSAND, "preparation")
