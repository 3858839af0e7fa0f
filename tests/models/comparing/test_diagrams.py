"""What is said when a diagram changes."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from tests.models.comparing.changing import MODEL, compared, only, sentences, with_json, with_text
from workflows.models import read_bundle
from workflows.models.comparing import Area, Weight, What, compare
from workflows.models.editing.gates import GateWords, change_gate
from workflows.models.editing.phase_words import PhaseWords
from workflows.models.editing.phases import add_phase, rename_phase
from workflows.models.editing.table import table_of

PROJECT = "project.bpmn"
ANSWER = 'due="P20D" remind="P10D" escalate="P30D" as="idea_answer"'
FLOW = '<bpmn:sequenceFlow id="project_plan__agreements" sourceRef="project_plan" targetRef="agreements" />'
STEP = """<bpmn:userTask id="read_through" name="Läs igenom planen"><bpmn:extensionElements>
<styr:task kind="record" form="status_read" role="controller" /></bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="project_plan__agreements" sourceRef="project_plan" targetRef="read_through" />
<bpmn:sequenceFlow id="read_through__agreements" sourceRef="read_through" targetRef="agreements" />"""


def _unwired(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Leave out what elements say of their flows: the flows themselves say it."""
    said = re.compile(rb"<bpmn:(incoming|outgoing)>[^<]*</bpmn:(incoming|outgoing)>")
    return {**files, PROJECT: said.sub(b"", files[PROJECT])}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (ANSWER, ANSWER.replace("P20D", "P15D"), "Steget ”Svara på idén” fick 15 arbetsdagar i stället för 20."),
        (ANSWER, ANSWER.replace("P20D", "P2W"), "Steget ”Svara på idén” fick 2 veckor i stället för 20 arbetsdagar."),
        (ANSWER, ANSWER.replace('due="P20D"', ""), "Steget ”Svara på idén” har inte längre någon sista dag."),
        (
            ANSWER,
            ANSWER.replace("P10D", "-P3D"),
            "Påminnelsen om steget ”Svara på idén” går nu 3 arbetsdagar före sista dagen.",
        ),
        (
            'form="idea_sheet" role="idea_owner"',
            'form="idea_sheet" role="controller"',
            "Steget ”Fyll i idébladet” görs nu av ekonomen i stället för idégivaren.",
        ),
        (
            'idea_answer.decision = "park"',
            "facts.total_cost &gt; 500000",
            "Vägen ”Ja” från vägvalet ”Parkera idén?” gäller nu när sammanlagd kostnad är över 500\u00a0000 kr.",
        ),
        (
            'collection="facts.members"',
            'collection="facts.deliverables"',
            "Delprocessen ”Personkontrakt” görs nu en gång för varje rad i ”facts.deliverables”.",
        ),
        (
            'calledElement="person_contract"',
            'calledElement="delivery"',
            "Delprocessen ”Personkontrakt” kör nu processen ”Delleverans”.",
        ),
    ],
)
def test_an_attribute_is_said_in_a_sentence(old: str, new: str, sentence: str) -> None:
    row = only(with_text(PROJECT, (old, new)))
    assert (row.sentence, row.weight, row.what) == (sentence, Weight.DUTY, What.CHANGED)


def test_a_step_without_a_time_got_one() -> None:
    row = only(
        with_text(PROJECT, ('form="idea_sheet" role="idea_owner"', 'form="idea_sheet" role="idea_owner" due="P5D"'))
    )
    assert row.sentence == "Steget ”Fyll i idébladet” ska nu vara klart inom 5 arbetsdagar."


def test_who_records_a_decision_weighs_most() -> None:
    [row] = compare(
        MODEL, with_text("gate.bpmn", ('form="board" role="secretary"', 'form="board" role="registrar"'))
    ).changes
    assert row.weight is Weight.DECIDES
    assert row.sentence == "Steget ”Registrera nämndens beslut” görs nu av registratorn i stället för sekreteraren."


def test_a_new_name_is_only_words() -> None:
    row = only(with_text(PROJECT, ('name="Fyll i idébladet"', 'name="Beskriv idén"')))
    assert (row.sentence, row.weight) == ("Steget ”Fyll i idébladet” heter nu ”Beskriv idén”.", Weight.WORDING)


def test_an_outcome_leads_to_another_phase() -> None:
    old = 'name="Komplettera → Genomförande" sourceRef="g_bp3" targetRef="in_execution"'
    before = _unwired(MODEL)
    after = _unwired(with_text(PROJECT, (old, old.replace("in_execution", "in_planning"))))
    [row] = compare(before, after).changes
    assert row.sentence == "Komplettera vid BP3 leder nu till fasen Planering."
    assert (row.before, row.after) == ("fasen Genomförande", "fasen Planering")
    assert row.area is Area.GATE


def test_an_outcome_fewer_is_told_at_its_gate() -> None:
    row = only(with_text(PROJECT, ("rework defer hold reject", "rework defer reject")))
    assert row.sentence == "Vid BP1 går det inte längre att besluta ”Gör vilande”."
    assert (row.area, row.what) == (Area.GATE, What.REMOVED)


def test_the_same_outcome_in_diagram_and_model_is_one_row() -> None:
    drawn = with_text(PROJECT, ("rework defer hold reject", "rework defer reject"))
    listed = with_json("model.json", lambda raw: raw["gates"][0]["outcomes"].remove("hold"))
    row = only({**drawn, "model.json": listed["model.json"]})
    assert row.element == "bp1"
    assert row.file == PROJECT


def test_a_step_put_into_a_flow_is_one_row() -> None:
    before, after = _unwired(MODEL), _unwired(with_text(PROJECT, (FLOW, STEP)))
    comparison = compare(before, after)
    [row] = comparison.changes
    assert row.sentence == "Nytt steg ”Läs igenom planen” i fasen Planering, görs av ekonomen."
    assert row.after.startswith("Efter steget ”Skriv projektplanen”. Leder till delen ”Kom överens")
    assert comparison.marks[PROJECT].added == {"read_through", "read_through__agreements"}


def test_the_same_step_taken_out_again_is_one_row() -> None:
    comparison = compare(_unwired(with_text(PROJECT, (FLOW, STEP))), _unwired(MODEL))
    [row] = comparison.changes
    assert row.sentence == "Steget ”Läs igenom planen” i fasen Planering togs bort."
    assert comparison.marks[PROJECT].removed == {"read_through", "read_through__agreements"}


def test_a_step_with_another_id_is_the_same_step() -> None:
    old, new = 'id="sponsor_answer"', 'id="answer_idea"'
    words = MODEL[PROJECT].decode().replace(old, new)
    for end in ("sourceRef", "targetRef", "bpmnElement"):
        words = words.replace(f'{end}="sponsor_answer"', f'{end}="answer_idea"')
    row = only({**MODEL, PROJECT: words.encode()})
    assert row.sentence == "Steget ”Svara på idén” har ny beteckning."
    assert (row.before, row.after) == ("sponsor_answer", "answer_idea")


def test_a_step_in_another_phase_moved() -> None:
    words = _unwired(MODEL)[PROJECT].decode()
    step = words[words.index('<bpmn:userTask id="parked_idea"') :]
    step = step[: step.index("</bpmn:userTask>") + len("</bpmn:userTask>")]
    after = words.replace(step, "").replace(
        '<bpmn:startEvent id="preparation_start">', f'{step}<bpmn:startEvent id="preparation_start">'
    )
    rows = compare(_unwired(MODEL), {**MODEL, PROJECT: after.encode()}).changes
    assert [row.sentence for row in rows if row.what is What.MOVED] == [
        "Steget ”Ta upp idén igen” flyttades från fasen Relevans till fasen Förberedelse."
    ]


def test_a_drawing_that_only_looks_otherwise_is_one_quiet_row() -> None:
    words = re.sub(rb'(<dc:Bounds x=")(\d+)', lambda found: found[1] + str(int(found[2]) + 40).encode(), MODEL[PROJECT])
    row = only({**MODEL, PROJECT: words})
    assert (row.weight, row.what) == (Weight.LAYOUT, What.MOVED)
    assert row.sentence.startswith("Diagrammet Härnösands projektmodell är omritat")


def test_numbers_written_in_another_way_are_no_change() -> None:
    assert sentences({**MODEL, PROJECT: MODEL[PROJECT].replace(b'x="102"', b'x="102.0"')}) == []


def test_conditions_tried_in_another_order_are_told() -> None:
    words = MODEL[PROJECT].decode()
    one = words[words.index('<bpmn:sequenceFlow id="bp3_hold"') :]
    one = one[: one.index("</bpmn:sequenceFlow>") + len("</bpmn:sequenceFlow>")]
    after = words.replace(one, "").replace(
        '<bpmn:sequenceFlow id="bp3_defer"', f'{one}<bpmn:sequenceFlow id="bp3_defer"'
    )
    row = only({**MODEL, PROJECT: after.encode()})
    assert row.sentence == "Efter BP3 prövas vägarna i en annan ordning."


def test_marks_tell_what_changed() -> None:
    comparison = compared(with_text(PROJECT, (ANSWER, ANSWER.replace("P20D", "P15D"))))
    assert comparison.marks[PROJECT].changed == {"sponsor_answer"}


def test_a_step_that_changed_places_is_one_row() -> None:
    moved = with_text(
        PROJECT,
        (
            'sourceRef="project_directive" targetRef="office_review"',
            'sourceRef="project_directive" targetRef="reviewed"',
        ),
        ('sourceRef="office_review" targetRef="reviewed"', 'sourceRef="office_review" targetRef="preparation_end"'),
        (
            'sourceRef="c2_preparation" targetRef="preparation_end"',
            'sourceRef="c2_preparation" targetRef="office_review"',
        ),
    )
    [row] = compare(_unwired(MODEL), _unwired(moved)).changes
    assert row.sentence == (
        "Steget ”Granska projektdirektivet” kommer nu efter steget ”Svara på checklistan Förberedelse”."
    )
    assert (row.what, row.before) == (What.MOVED, "efter steget ”Skriv projektdirektivet”")


def test_a_new_gate_says_where_its_outcomes_lead() -> None:
    into = '<bpmn:sequenceFlow id="planning__in_bp2" sourceRef="planning" targetRef="in_bp2" />'
    gate = """<bpmn:callActivity id="bp1b" name="Beslutspunkt 1b" calledElement="gate"><bpmn:extensionElements>
    <styr:gate key="bp1b" outcomes="approve rework terminate" /></bpmn:extensionElements></bpmn:callActivity>
    <bpmn:exclusiveGateway id="g_bp1b" name="Beslut?" default="bp1b_rework" />
    <bpmn:endEvent id="bp1b_terminated" name="Projektet avbryts" />
    <bpmn:sequenceFlow id="planning__in_bp2" sourceRef="planning" targetRef="bp1b" />
    <bpmn:sequenceFlow id="bp1b__g" sourceRef="bp1b" targetRef="g_bp1b" />
    <bpmn:sequenceFlow id="bp1b_approve" name="Godkänn" sourceRef="g_bp1b" targetRef="in_bp2" />
    <bpmn:sequenceFlow id="bp1b_rework" name="Komplettera" sourceRef="g_bp1b" targetRef="in_planning" />
    <bpmn:sequenceFlow id="bp1b_terminate" name="Avbryt" sourceRef="g_bp1b" targetRef="bp1b_terminated" />"""
    [row] = compare(_unwired(MODEL), _unwired(with_text(PROJECT, (into, gate)))).changes
    assert (row.sentence, row.area) == ("Ny beslutspunkt bp1b.", Area.GATE)
    assert row.after == "Godkänn → BP2. Komplettera → fasen Planering. Avbryt → slutet ”Projektet avbryts”."


def test_outcomes_that_lead_to_a_new_phase_are_told_at_their_gate() -> None:
    words = PhaseWords(
        name="Upphandling",
        gate_label="Beslutspunkt 2b",
        gate_short="BP2b",
        statement="Avtalet håller.",
        first_question="Är avtalet undertecknat?",
        area="Avtal",
    )
    changes, _ = add_phase(MODEL, "planning", words)
    comparison = compared({**MODEL, **changes})
    [row] = [change for change in comparison.changes if "leder nu till" in change.sentence]
    assert row.sentence == "Godkänn och Godkänn med villkor vid BP2 leder nu till fasen Upphandling."
    assert (row.before, row.after, row.area) == ("fasen Genomförande", "fasen Upphandling", Area.GATE)
    [gate] = [change for change in comparison.changes if change.sentence.startswith("Ny beslutspunkt")]
    assert "Komplettera → fasen Upphandling." in gate.after


def test_a_phase_that_is_renamed_is_one_row() -> None:
    after = {**MODEL, **rename_phase(MODEL, "planning", name="Projektering", question="Hur?")}
    assert sentences(after) == ["Fasen ”Planering” heter nu ”Projektering”."]


def test_a_gate_that_is_renamed_is_one_row() -> None:
    gate = read_bundle(MODEL).model.gate("bp2")
    ways = next(row.outcomes for section in table_of(MODEL).sections for row in section.rows if row.gate == gate)
    words = GateWords(
        label="Planbeslutet",
        short=gate.short["sv"],
        statement=gate.statement["sv"],
        checklists=gate.checklists,
        documents=gate.documents,
        ways=ways,
    )
    assert sentences({**MODEL, **change_gate(MODEL, "bp2", words)}) == ["”Beslutspunkt 2” heter nu ”Planbeslutet”."]


def test_where_a_name_is_drawn_is_no_change() -> None:
    drawing = MODEL[PROJECT].decode()
    moved = re.sub(
        r'(<bpmndi:BPMNLabel>\s*<dc:Bounds x=")(\d+)', lambda found: f"{found[1]}{int(found[2]) + 7}", drawing
    )
    assert moved != drawing
    comparison = compared({**MODEL, PROJECT: moved.encode()})
    assert (comparison.changes, comparison.rewritten) == ((), (PROJECT,))
