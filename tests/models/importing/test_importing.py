"""A process of another tool becomes a draft that runs, and a row says so wherever something was lost."""

from __future__ import annotations

import re

import pytest

from tests.models.importing.foreign_files import (
    TOOLS,
    condition,
    files_of,
    form,
    imported,
    model,
    node,
    rows,
    told,
)
from tests.models.telling import SECOND
from tests.models.telling import files_of as files_of_folder
from workflows.engine import NodeKind
from workflows.engine.reading import read_diagrams
from workflows.models import Played, Severity, check, play, read_bundle, read_scenarios
from workflows.models.importing import RowSeverity, import_model

MACHINES = re.compile(r"\bP(T?\d+[A-Z])+\b|\(\w*\d\)|\b[a-z]+_[a-z_]+\b")
"""Periods, gates' keys and ids as files write them."""


@pytest.mark.parametrize("tool", TOOLS)
def test_a_draft_of_any_tool_has_nothing_that_the_check_refuses(tool: str) -> None:
    assert [finding for finding in check(imported(tool).files) if finding.severity is Severity.ERROR] == []


@pytest.mark.parametrize("tool", TOOLS)
def test_the_same_files_give_the_same_draft(tool: str) -> None:
    assert import_model(dict(reversed(list(files_of(tool).items())))) == imported(tool)


@pytest.mark.parametrize(
    ("tool", "source", "name"),
    [
        ("camunda7", "Camunda 7", "Inköp av utrustning"),
        ("camunda8", "Camunda 8", "Ny medlem i biblioteket"),
        ("flowable", "Flowable", "Ansökan om ledighet"),
        ("activiti", "Activiti", "Arsrapport"),
        ("spiffarena", "SpiffArena", "Låna utrustning"),
        ("drawn", "BPMN 2.0", "Evenemang på torget"),
    ],
)
def test_the_report_says_where_it_came_from(tool: str, source: str, name: str) -> None:
    assert (imported(tool).source, imported(tool).name) == (source, name)


@pytest.mark.parametrize("tool", TOOLS)
def test_the_worst_rows_come_first_and_each_says_what_was_done(tool: str) -> None:
    severities = [row.severity for row in imported(tool).rows]
    assert severities == sorted(severities, key=list(RowSeverity).index)
    assert all(row.file and row.was and row.done for row in imported(tool).rows)


def played(tool: str, *steps: str) -> Played:
    told = "\n".join(("title: Ett importerat projekt", "steps:", *steps))
    (scenario,) = read_scenarios({"scenarios/told.yaml": told.encode()})
    return play(read_bundle(imported(tool).files), scenario)


def test_an_imported_project_runs_from_idea_to_closure() -> None:
    sign = "- {until: bp1, with: {sign: {signed: true}}}"
    done = played("activiti", sign, "- {decide: bp1, with: {outcome: approve}}", "expect: {ended: true, end: closed}")
    assert done.failure is None


def test_an_imported_project_can_be_terminated_at_any_time() -> None:
    done = played(
        "flowable", "- do: describe", "- {send: terminate, at: work}", "expect: {ended: true, end: terminated}"
    )
    assert done.failure is None


def test_groups_become_roles_and_persons_never_do() -> None:
    roles = {role["key"]: role["label"]["sv"] for role in model("flowable")["roles"]}
    assert roles["chefer"] == "Chefer"
    assert roles["hr"] == "HR"
    assert node("flowable", "manager").styr["task"]["role"] == "chefer"
    assert node("activiti", "write").styr["task"]["role"] == "project_manager"
    assert "kermit" in told("activiti", "write")
    assert not [role for role in model("activiti")["roles"] if "kermit" in role["key"]]
    assert node("camunda8", "check").styr["task"]["role"] == "bibliotekarie"
    assert "vikarie" in told("camunda8", "check")


def test_whoever_began_is_the_initiator() -> None:
    assert node("camunda7", "need").styr["task"]["role"] == "idea_owner"
    assert node("flowable", "apply").styr["task"]["role"] == "idea_owner"


def test_a_lane_gives_its_role_to_steps_without_one() -> None:
    assert node("spiffarena", "Activity_fetch").styr["task"]["role"] == "forradet"
    assert {"key": "forradet", "label": {"sv": "Förrådet"}, "scope": "organisation"} in model("spiffarena")["roles"]


def test_forms_in_the_diagram_become_forms() -> None:
    fields = form("camunda7", "need")
    assert fields["amount"]["type"] == "number"
    assert fields["amount"]["validate"] == {"required": True}
    assert fields["kind"]["values"] == [{"value": "goods", "label": "Vara"}, {"value": "service", "label": "Tjänst"}]
    assert fields["wanted"]["subtype"] == "date"
    assert fields["location"]["type"] == "textfield"
    assert "Plats" in told("camunda7", "need")
    assert form("flowable", "apply")["reason"]["type"] == "radio"


def test_form_files_are_found_by_name_and_by_id() -> None:
    assert form("camunda7", "delivery_check")["whole"]["type"] == "checkbox"
    assert "remark_text" in form("camunda7", "delivery_check")
    assert form("camunda8", "application")["interests"]["type"] == "taglist"
    assert form("camunda8", "user_task_form_check")["approved"]["label"] == "Godkänd"
    assert node("camunda8", "apply").styr["task"]["form"] == "application"


def test_a_form_file_that_is_found_by_its_id_is_not_told_as_left_out() -> None:
    files = dict(files_of("camunda8"))
    files["elsewhere.form"] = files.pop("application.form")
    found = import_model(files)
    assert "forms/application.form.json" in found.files
    assert not [row for row in found.rows if row.file.endswith("elsewhere.form")]
    files["nobodys.form"] = b'{"id": "nobodys", "components": []}'
    (row,) = [row for row in import_model(files).rows if row.file.endswith("nobodys.form")]
    assert row.was == "Ett formulär som inget steg visar."


@pytest.mark.parametrize("tool", TOOLS)
def test_what_was_done_is_told_without_ids_and_periods_of_machines(tool: str) -> None:
    for row in imported(tool).rows:
        told = re.sub("”[^”]*”", "", f"{row.done} {row.advice}")
        assert not MACHINES.search(told), told


def test_a_json_schema_becomes_a_form() -> None:
    fields = form("spiffarena", "request")
    assert {key: field["type"] for key, field in fields.items()} == {
        "kind": "radio",
        "days": "number",
        "insured": "checkbox",
        "from": "datetime",
        "phone": "textfield",
        "pictures": "textfield",
    }
    assert fields["kind"]["values"][0] == {"value": "tool", "label": "Verktyg"}


def test_a_form_that_did_not_come_along_is_a_plain_one_with_a_row() -> None:
    [row] = rows("activiti", "write", RowSeverity.LOST)
    assert "report.form" in row.was
    assert "importera om" in row.advice
    assert "note" in form("activiti", "report")


def test_conditions_are_said_in_feel_of_the_steps_fields() -> None:
    assert condition("camunda7", "how_large", "review") == (
        '(need.amount > 100000 and need.kind = "service") or find_level.level = "high"'
    )
    assert condition("flowable", "who", "hr") == 'apply.days >= 30 and apply.reason = "care"'
    assert condition("camunda8", "old_enough", "card") == "apply.age >= 18 and check.approved = true"
    assert condition("spiffarena", "Gateway_long", "Activity_price") == (
        'Activity_request.days > 7 and not(Activity_request.insured = true) and Activity_request.kind != "tool"'
    )


def test_what_a_condition_reads_and_nobody_asks_becomes_a_question() -> None:
    assert condition("camunda7", "approved_gateway", "order") == "review.approved = true"
    assert form("camunda7", "review")["approved"]["type"] == "checkbox"
    assert "approved" in told("camunda7", "approved_gateway")


def test_a_condition_that_cannot_be_said_becomes_a_choice_of_whoever_does_the_step_before() -> None:
    [row] = rows("camunda8", "genuine", RowSeverity.LOST)
    assert "count(warnings) > 2" in row.was
    assert condition("camunda8", "genuine", "card_refused") == 'print.genuine_way = "nej"'
    assert [choice["label"] for choice in form("camunda8", "print")["genuine_way"]["values"]] == ["Ja", "Nej"]


def test_due_days_become_periods() -> None:
    assert node("camunda7", "need").styr["task"]["due"] == "P10D"
    assert node("camunda7", "need").styr["task"]["remind"] == "P3D"
    assert node("camunda8", "check").styr["task"]["due"] == "P2W"
    assert "arbetsdagar" in told("camunda7", "need")


def test_a_table_that_came_along_is_asked_in_our_names() -> None:
    assert node("camunda7", "find_level").styr["decision"] == {"ref": "level"}
    assert b"<text>need.amount</text>" in imported("camunda7").files["level.dmn"]


def test_a_table_that_did_not_come_along_is_a_step_for_a_person() -> None:
    assert node("spiffarena", "Activity_price").kind is NodeKind.USER
    assert "Decision_price" in told("spiffarena", "Activity_price")


def test_code_is_never_taken_over() -> None:
    assert "sum_up" in {row.element for row in imported("camunda7").rows}
    assert "total = amount * 1.25" in told("camunda7", "sum_up")
    for tool in TOOLS:
        everything = b"".join(imported(tool).files.values())
        for code in (b"total =", b"days = 3", b"org.example", b"bean.findReader"):
            assert code not in everything


def test_what_a_system_did_is_done_by_a_person_and_told_as_lost() -> None:
    assert node("camunda7", "order").kind is NodeKind.USER
    assert any("bestall" in row.was for row in rows("camunda7", "order", RowSeverity.LOST))
    assert any("org.example.Calendar" in row.was for row in rows("flowable", "book", RowSeverity.LOST))


def test_listeners_and_mappings_are_rows() -> None:
    assert "camunda:taskListener org.example.Mailer create" in told("camunda7", "need")
    assert "camunda:inputOutput" in told("camunda7", "order")
    assert "zeebe:ioMapping" in told("camunda8", "check")
    assert "spiffworkflow:preScript" in told("spiffarena", "Activity_request")
    assert any("camunda:asyncBefore (1)" in row.was for row in imported("camunda7").rows)


def test_a_called_process_comes_along_in_a_file_of_its_own() -> None:
    assert node("camunda7", "deliver").calls == "delivery"
    assert b'id="check"' in imported("camunda7").files["delivery.bpmn"]


def test_timers_messages_and_errors_that_our_engine_runs_are_kept() -> None:
    waited, withdrawn, fraud = (
        node("camunda7", "waited"), node("camunda7", "withdrawn"), node("camunda8", "fraud_found")
    )  # fmt: skip
    assert waited.trigger is not None
    assert (waited.trigger.value, waited.interrupting) == ('duration("PT48H")', False)
    assert withdrawn.trigger is not None
    assert withdrawn.trigger.value == "Anbudet togs tillbaka"
    assert fraud.trigger is not None
    assert fraud.trigger.value == "fraud"
    month = node("camunda8", "a_month").trigger
    assert month is not None
    assert month.value == 'duration("P30D")'


def test_an_ending_that_only_a_system_could_have_is_a_choice() -> None:
    assert condition("camunda7", "after_order", "gone") == 'order.after_order_way = "slut_i_lager"'
    assert "sold_out" in {row.element for row in imported("camunda7").rows}


def test_a_step_for_each_of_a_list_stays_so_where_a_form_has_the_list() -> None:
    each = node("camunda8", "courses").each
    assert each is not None
    assert (each.item, each.collection) == ("interest", "apply.interests")


def test_a_form_at_the_start_is_a_first_step() -> None:
    assert node("flowable", "start_event_form").kind is NodeKind.USER
    assert "days" in form("flowable", "start_event_form")


def test_a_diagram_of_ours_without_its_model_keeps_roles_forms_and_periods() -> None:
    files = files_of_folder(SECOND)
    kept = ("project.bpmn", "forms/trial_report.form.json", "forms/takeover.form.json", "authority.dmn")
    made = import_model({path.rpartition("/")[2]: files[path] for path in kept})
    drawn = read_diagrams(made.files)[0].nodes
    assert made.source == "Styr, utan model.json"
    assert drawn["trial_report"].styr["task"]["role"] == "project_manager"
    assert drawn["trial_report"].styr["task"]["form"] == "trial_report"
    assert drawn["take_over"].styr["task"]["due"] == "P10D"
    assert any("styr:gate g1" in row.was for row in made.rows)


@pytest.mark.parametrize("kind", ["error", "escalation", "compensate", "signal", "message"])
def test_an_event_without_a_name_is_told_as_such(kind: str) -> None:
    end = f'<bpmn:endEvent id="e"><bpmn:{kind}EventDefinition /></bpmn:endEvent>'
    ends = (("s", "a"), ("a", "e"))
    flows = "".join(f'<bpmn:sequenceFlow id="to_{to}" sourceRef="{of}" targetRef="{to}" />' for of, to in ends)
    steps = f'<bpmn:startEvent id="s" /><bpmn:userTask id="a" name="Gör" />{end}{flows}'
    space = "http://www.omg.org/spec/BPMN/20100524/MODEL"
    drawn = f'<bpmn:definitions xmlns:bpmn="{space}"><bpmn:process id="p">{steps}</bpmn:process></bpmn:definitions>'
    (was,) = [row.was for row in import_model({"a.bpmn": drawn.encode()}).rows if row.was.startswith("Slutet")]
    assert re.fullmatch(r"Slutet (gav|skickade) (en|ett) \w+( utan namn)?(, som inget fångar)?\.", was)
