"""The shipped model after a long day's work: one change of every kind that the pages of a draft can make."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.models.editing.changing import HARNOSAND, PROCUREMENT, REVIEW, said_of
from workflows.engine import TaskKind
from workflows.models.asking import (
    Question,
    add_question,
    change_question,
    move_question,
    outline,
    remove_question,
    require_question,
)
from workflows.models.deciders import Column, add_decider
from workflows.models.deciders.table import ColumnKind
from workflows.models.editing.gates import change_gate
from workflows.models.editing.phases import add_phase
from workflows.models.editing.step_removal import remove_step
from workflows.models.editing.steps import (
    Place,
    StepWords,
    add_step,
    change_step,
    move_step,
    rename_step,
)

Files = dict[str, bytes]
CHECKLIST = "c2_preparation"
DIRECTIVE = "forms/project_directive.form.json"
COST = Column(key="facts.total_cost", label="Kostnad", kind=ColumnKind.AMOUNT)
SPONSOR = {"decider": '"sponsor"', "mode": '"single"', "legal_basis": '"internal"'}
TAKE_OVER = StepWords(
    name="Ta över resultatet",
    kind=TaskKind.DOCUMENT,
    form="handover_record",
    role="receiver",
    due="P10D",
    remind="P5D",
    escalate="P15D",
    help="Gå igenom restlistan först.",
)


def reworked() -> Files:
    """Return the files, each kind of change in the way that a page makes it."""
    files: Files = dict(HARNOSAND)
    for change in (_questions, _deciders, _phases, _steps, _times, _gates, _form, _scenarios, _model):
        files = change(files)
    return files


def _questions(files: Files) -> Files:
    files |= require_question(files, CHECKLIST, "F20", "must")
    files |= require_question(files, CHECKLIST, "F07", "info")
    files |= remove_question(files, CHECKLIST, "F21")
    files |= move_question(files, CHECKLIST, "F01", steps=3)
    new = replace(_question(files, "F05"), id="F40", question="Är upphandlingen planerad?", help="Säg när.", was="")
    files |= add_question(files, CHECKLIST, new, after="F06")
    other = replace(_question(files, "F12"), question="Är de berörda informerade?", help="Nämn vilka.")
    files |= change_question(files, CHECKLIST, replace(other, condition='size_class = "large"'))
    return {**files, **change_question(files, CHECKLIST, replace(_question(files, "F09"), condition=""))}


def _question(files: Files, id: str) -> Question:
    found = outline(files, CHECKLIST).find(id)
    assert found is not None
    return found


def _deciders(files: Files) -> Files:
    table, _ = add_decider(
        files["authority.dmn"],
        gates='"bp2"',
        tests={COST.key: "< 500000"},
        values=SPONSOR,
        before="rule_group",
        new_columns=[COST],
        note="Små projekt.",
    )
    table, _ = add_decider(table, gates='"bp3"', tests={}, values=SPONSOR, before="rule_group")
    return files | {"authority.dmn": table}


def _phases(files: Files) -> Files:
    return {**files, **add_phase(files, "planning", PROCUREMENT)[0]}


def _steps(files: Files) -> Files:
    files = {**files, **add_step(files, Place(after="project_plan"), REVIEW)[0]}
    files |= rename_step(files, "project_plan", "Skriv projektplanen och budgeten")
    files |= remove_step(files, "books_closed")
    files |= move_step(files, "c3_planning", Place(first_in="planning"))
    return {**files, **change_step(files, "handover_record", TAKE_OVER)}


def _times(files: Files) -> Files:
    for old, new in (
        ('sponsor_answer" role="sponsor" due="P20D" remind="P10D"', 'sponsor_answer" role="project_office" due="P15D"'),
        ('as="idea_answer" />', 'as="idea_answer" remind="-P3D" />'),
        ('status_read" role="sponsor" due="P5D" remind="P3D"', 'status_read" role="sponsor"'),
        ('final_report" role="project_manager"', 'final_report" role="sponsor" due="P30D"'),
        ("date(idea_answer.resume_on)", 'date(idea_answer.resume_on) + duration("P7D")'),
    ):
        drawn = files["project.bpmn"].decode()
        assert old in drawn, old
        files |= {"project.bpmn": drawn.replace(old, new, 1).encode()}
    return files


def _gates(files: Files) -> Files:
    words = said_of(files, "bp3")
    ways = [replace(way, target="preparation") if way.outcome == "rework" else way for way in words.ways]
    kept = tuple(dict.fromkeys(way for way in ways if way.outcome != "hold"))
    return {**files, **change_gate(files, "bp3", replace(words, ways=kept, statement="Resultatet är prövat."))}


def _form(files: Files) -> Files:
    def change(form: Any) -> None:
        basics = form["components"][0]["components"]
        by_key = {field.get("key"): field for field in basics}
        by_key["department"]["validate"] = {"required": True}
        by_key["category"]["label"] = "Projektets sort"
        by_key["category"]["values"].append({"label": "Hållbarhet", "value": "green"})
        by_key["category"]["properties"]["help"] = "Välj den som stämmer bäst."
        by_key["portfolio"]["conditional"] = {"hide": '=size_class = "small"'}
        by_key["total_cost"]["validate"]["max"] = 50_000_000
        basics.append({"type": "textfield", "key": "nickname", "id": "Field_1", "label": "Smeknamn"})
        form["components"][1]["components"][0]["properties"]["required_if"] = "=cross_board"
        form["components"][5]["components"][0]["validate"] = {"maxLength": 500}
        consequences = form["components"][15]["components"]
        consequences[0], consequences[1] = consequences[1], consequences[0]
        del form["components"][2]

    return _with_json(files, DIRECTIVE, change)


def _scenarios(files: Files) -> Files:
    path = "scenarios/straight_through.yaml"
    files |= {path: files[path].replace(b"outcome: approve", b"outcome: defer", 1)}
    files |= {"scenarios/buying.yaml": b"title: Ett projekt som upphandlar\nsteps:\n- until: bp2\n"}
    return {name: data for name, data in files.items() if name != "scenarios/withdrawn_request.yaml"}


def _model(files: Files) -> Files:
    def change(model: Any) -> None:
        model["roles"][0]["label"]["sv"] = "Idébärare"
        model["facts"]["total_cost"] = model["facts"]["total_cost"][:1]
        model["gates"][0]["documents"] = model["gates"][0]["documents"][:-1]

    return _with_json(files, "model.json", change)


def _with_json(files: Files, path: str, change: Callable[[Any], None]) -> Files:
    raw = json.loads(files[path])
    change(raw)
    return files | {path: json.dumps(raw, ensure_ascii=False, indent=2).encode()}
