"""What the report says and what the draft holds are the same: nothing is left out in silence, nothing told as gone."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

import orjson
import pytest

from workflows.engine.reading import read_diagrams
from workflows.models import check
from workflows.models.importing import Imported, RowSeverity, import_model

SPACES = "".join(
    f' xmlns{prefix}="{uri}"'
    for prefix, uri in (
        ("", "http://www.omg.org/spec/BPMN/20100524/MODEL"),
        (":camunda", "http://camunda.org/schema/1.0/bpmn"),
        (":zeebe", "http://camunda.org/schema/zeebe/1.0"),
        (":flowable", "http://flowable.org/bpmn"),
        (":spiff", "http://spiffworkflow.org/bpmn/schema/1.0/core"),
    )
)
FLOWS = '<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="e"/>'


def step(
    attributes: str = "", extensions: str = "", process: str = "", files: Mapping[str, bytes] | None = None
) -> Imported:
    """Import a process with one step and the files beside it; `process` are extensions of the process itself."""
    held = "<extensionElements>{}</extensionElements>"
    task = f'<userTask id="a" name="Granska" {attributes}>{held.format(extensions)}</userTask>'
    inside = f'{held.format(process)}<startEvent id="s"/>{task}<endEvent id="e"/>{FLOWS}'
    text = f'<definitions{SPACES}><process id="prov" name="Prov">{inside}</process></definitions>'
    return import_model({"prov.bpmn": text.encode(), **(files or {})})


def was(made: Imported, severity: RowSeverity) -> list[str]:
    return [row.was for row in made.rows if row.severity is severity]


def fields(made: Imported) -> list[str]:
    task = read_diagrams(made.files)[0].nodes["a"].styr["task"]
    said = orjson.loads(made.files[f"forms/{task['form']}.form.json"])
    return [component.get("key", "") for component in said["components"]]


EMBEDDED = (
    '<zeebe:userTaskForm id="own">{"components":[{"type":"textfield","key":"x","label":"X"}]}</zeebe:userTaskForm>'
)
SHOWN = '<zeebe:formDefinition formKey="camunda-forms:bpmn:own"/>'


def test_a_form_in_the_diagram_is_shown_and_not_told_as_gone() -> None:
    made = step(extensions=SHOWN, process=EMBEDDED)
    assert fields(made) == ["x"]
    assert not [row for row in made.rows if "ormulär" in row.was and row.severity is not RowSeverity.CHANGED]


def test_a_form_in_the_diagram_that_no_step_shows_is_told() -> None:
    [row] = [row for row in step(process=EMBEDDED).rows if row.was == "Ett formulär som inget steg visar."]
    assert row.file == "prov.bpmn"


@pytest.mark.parametrize(
    ("attributes", "extensions", "process", "named"),
    [
        ("", SHOWN, '<zeebe:userTaskForm id="own">{"comp</zeebe:userTaskForm>', "own"),
        ('camunda:formRef="f"', "", "", "f"),
    ],
)
def test_a_form_that_is_there_and_cannot_be_read_is_not_told_as_missing(
    attributes: str, extensions: str, process: str, named: str
) -> None:
    made = step(attributes, extensions, process, {"f.form": b'{"key": "f", "fields": [{"id": "z"}]}'})
    [told] = [row for row in was(made, RowSeverity.LOST) if "Formuläret" in row]
    assert told.endswith(f"{named}” är skrivet på ett sätt som inte kan läsas.")
    assert not [row for row in made.rows if "inte finns bland filerna" in row.was]


def test_a_form_key_beside_questions_is_told() -> None:
    question = '<camunda:formData><camunda:formField id="ok" label="OK?" type="boolean"/></camunda:formData>'
    made = step('camunda:formKey="embedded:app:x.html"', question)
    assert fields(made) == ["ok"]
    assert "Steget har både formuläret ”embedded:app:x.html” och frågor i diagrammet." in was(made, RowSeverity.LOST)


def test_what_a_question_knew_beside_its_kind_is_told() -> None:
    rules = (
        '<camunda:validation><camunda:constraint name="required"/><camunda:constraint name="min" config="3"/>'
        '</camunda:validation><camunda:properties><camunda:property id="hint" value="b"/></camunda:properties>'
    )
    field = f'<camunda:formField id="n" label="Antal" type="long" defaultValue="5">{rules}</camunda:formField>'
    made = step(extensions=f"<camunda:formData>{field}</camunda:formData>")
    assert was(made, RowSeverity.LOST) == ["Fältet Antal hade förvalet ”5”, regeln ”min 3” och uppgiften ”hint”."]


def test_a_property_that_may_not_be_changed_is_told() -> None:
    made = step(extensions='<flowable:formProperty id="d" name="Datum" type="date" writable="false"/>')
    assert was(made, RowSeverity.LOST) == ["Fältet Datum hade att svaret inte får ändras."]


def test_rules_of_a_schema_and_how_it_looks_are_told() -> None:
    schema = {"properties": {"n": {"type": "number", "title": "Antal", "minimum": 3, "default": 4}}}
    pair = '<spiff:properties><spiff:property name="formJsonSchemaFilename" value="a-schema.json"/></spiff:properties>'
    made = step(extensions=pair, files={"a-schema.json": orjson.dumps(schema), "a-uischema.json": b"{}"})
    assert "Fältet Antal hade förvalet ”4” och regeln ”minimum 3”." in was(made, RowSeverity.LOST)
    assert "Hur fälten i ett formulär ska se ut." in was(made, RowSeverity.NOTED)


def test_a_part_inside_a_group_that_is_left_out_is_told() -> None:
    inside = [{"type": "textfield", "key": "x", "label": "X"}, {"type": "iframe", "url": "u"}]
    group = {"id": "f", "components": [{"type": "group", "label": "Allt", "components": inside}]}
    made = step('camunda:formRef="f"', files={"f.form": orjson.dumps(group)})
    assert was(made, RowSeverity.LOST) == ["En del av formuläret av sorten ”iframe”, som inte finns här."]


@pytest.mark.parametrize(
    ("assignee", "told"),
    [
        ("${initiator}", "Steget var givet till den som började ärendet."),
        ("${bean.find(x)}", "Steget var givet till den som ”${bean.find(x)}” ger."),
        ("kalle", "Steget var givet till kalle."),
    ],
)
def test_an_assignee_beside_a_group_is_told(assignee: str, told: str) -> None:
    made = step(f'camunda:assignee={quoteattr(assignee)} camunda:candidateGroups="ekonomi"')
    [row] = [row for row in made.rows if row.was == told]
    assert row.done.startswith("Rollen Ekonomi gör det")
    assert read_diagrams(made.files)[0].nodes["a"].styr["task"]["role"] == "ekonomi"


@pytest.mark.parametrize("setting", ['flowable:skipExpression="${x}"', 'spiff:allowGuest="true"'])
def test_what_decides_whether_and_by_whom_a_step_is_done_is_no_technical_setting(setting: str) -> None:
    name = setting.partition("=")[0].partition(":")[2]
    assert any(name in told for told in was(step(setting), RowSeverity.LOST))


def test_a_reminder_at_a_moment_is_told_with_what_to_do_about_reminders() -> None:
    [row] = [row for row in step('camunda:followUpDate="2026-01-05T10:00:00"').rows if "Följs upp" in row.was]
    assert "påminnas" in row.advice


def test_a_condition_is_told_as_people_say_it() -> None:
    text = (
        f'<definitions{SPACES}><process id="p"><startEvent id="s"/><userTask id="a" name="Granska"/>'
        '<exclusiveGateway id="g" default="f4"/><userTask id="b" name="Betala"/><endEvent id="e"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="a"/><sequenceFlow id="f2" sourceRef="a" targetRef="g"/>'
        '<sequenceFlow id="f3" sourceRef="g" targetRef="b"><conditionExpression>${ok}</conditionExpression>'
        '</sequenceFlow><sequenceFlow id="f4" sourceRef="g" targetRef="e"/>'
        '<sequenceFlow id="f5" sourceRef="b" targetRef="e"/></process></definitions>'
    )
    [row] = [row for row in import_model({"p.bpmn": text.encode()}).rows if row.was.startswith("Villkoret")]
    assert row.was == "Villkoret ”${ok}” på flödet till Betala."
    assert row.done == "Vägen tas nu när ”Ok” är ja."


def processes(*inner: str) -> Imported:
    text = "".join(f'<process id="p{number}" name="P{number}">{said}</process>' for number, said in enumerate(inner))
    return import_model({"alla.bpmn": f"<definitions{SPACES}>{text}</definitions>".encode()})


CALL = '<callActivity id="{0}" name="Anropa {0}" calledElement="{0}"/>'


@pytest.mark.parametrize("inner", [(CALL.format("p0"),), (CALL.format("p1") + '<task id="t"/>', CALL.format("p0"))])
def test_a_call_of_the_process_that_the_project_is_becomes_a_step_with_a_row(inner: tuple[str, ...]) -> None:
    """The main process lies inside the project and cannot be called: the check said that it was not there."""
    made = processes(*inner)
    [row] = [row for row in made.rows if "själva ärendet" in row.was]
    assert row.name == "Anropa p0"
    assert read_diagrams(made.files)
    assert not [finding for finding in check(made.files) if finding.rule == "broken-link"]


def test_two_elements_with_one_id_are_told() -> None:
    made = processes('<startEvent id="s"/><userTask id="a" name="Ett"/><userTask id="a" name="Två"/>')
    [row] = [row for row in made.rows if "samma interna beteckning" in row.was]
    assert (row.severity, row.name, "”a”" in row.was) == (RowSeverity.LOST, "Två", True)


def test_starts_without_names_are_counted() -> None:
    made = processes('<startEvent id="s"/><startEvent id="r"/><userTask id="a" name="Ett"/>')
    assert any(row.was == "2 starter" for row in made.rows)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n", b'{"components": [', b'"text"'])
def test_a_form_file_that_is_no_form_is_told_as_such(data: bytes) -> None:
    [row] = [row for row in step(files={"b.form": data}).rows if row.file == "b.form"]
    assert row.was.startswith("Filen går inte att läsa som ett formulär")


def test_a_diagram_that_cannot_be_read_is_told_with_its_file_once() -> None:
    [row] = [row for row in step(files={"b: två.bpmn": b"hej"}).rows if row.file == "b: två.bpmn"]
    assert row.was.startswith("Filen är inte BPMN")
