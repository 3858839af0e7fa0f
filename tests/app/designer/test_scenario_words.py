"""What came of a scenario is told in sentences that a person reads without knowing a single id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from flask import Flask

from app.designer.scenario_names import Names
from app.designer.scenario_results import names_in
from app.designer.scenario_told import ToldFailure, told
from forms.tree import Field, descend
from workflows.models import Played, play, read_bundle, read_scenarios, run_scenarios, shipped
from workflows.models.differing import Differs

HEAD = """\
title: Prov
facts: {has_steering_group: true, deliverables: [d1, d2], members: [m1]}
roles: {sponsor: Maria Lindqvist, secretary: Per Ek}
steps:
"""
TO_REPORT = "- until: bp2\n- decide: bp2\n  with: {outcome: approve}\n"
CASES: dict[str, tuple[str, ...]] = {
    "a step that is not open": ("do: status_report", "do: [idea_sheet, status_read]"),
    "a step of an item that is not open": ("{do: delivery_ready, item: d2}", "{do: gone_away}"),
    "a gate that is not open": ("{decide: bp3, with: {outcome: approve}}", "{decide: bp9, with: {outcome: approve}}"),
    "several": (TO_REPORT + "- do: delivery_ready", TO_REPORT + "- {do: delivery_ready, by: receiver, item: d1}"),
    "only decisions": (
        "until: gone_away",
        "{until: bp3, with: {decide_meeting: {outcome: null}, decide_single: {outcome: null}}}",
    ),
    "round and round": ("{until: bp3, with: {decide_meeting: {outcome: rework, target: planning}}}",),
    "too long": ("until: bp1\n" + "- {decide: bp1, with: {outcome: rework, target: relevance}}\n- until: bp1\n" * 200,),
    "a mode": (
        "until: bp1\n- {decide: bp1, mode: board, with: {outcome: approve}}",
        "until: bp1\n- {decide: bp1, mode: nowhere, with: {outcome: approve}}",
    ),
    "a holder": (
        "{do: idea_sheet, by: Maria Lindqvist}",
        "{do: idea_sheet, by: secretary}",
        "{do: idea_sheet, by: nobody}",
    ),
    "a day": ('wait: "2020-01-01"', "wait: P9999Y", 'wait: "2026-01-01T10:00"'),
    "a message": (
        "{send: terminate, at: nowhere}",
        "{send: withdraw, at: work/bp1/decide}",
        "{send: terminate, at: work, refused: true}",
    ),
    "a refusal": (
        "{do: idea_sheet, refused: true}",
        "until: bp1\n- do: request\n- {decide: bp1, refused: true, with: {outcome: approve}}",
    ),
    "no way out": ("facts: {members: 3}\n- until: bp3",),
    "what is open": (
        "expect: {open: [status_report]}",
        "expect: {open: []}",
        'expect: {open: ["delivery_ready[d1]", gone_away]}',
        "expect: {open_has: [{node: idea_sheet, by: sponsor, due: P5D, remind: -P3D, "
        "escalate: PT30M, round: 3, at: work/execution}]}",
        "expect: {open_has: [{node: idea_sheet, gate: bp2, form: project_plan, kind: sign, item: d1}]}",
        "expect: {open_has: [{node: idea_sheet, gate: bp9, form: board, kind: nothing, by: Nils Ek}]}",
        "expect: {open: [idea_sheet, idea_sheet]}",
        TO_REPORT + '- expect: {open: ["delivery_ready[d3]", {node: status_report, by: Maria Lindqvist}]}',
        "until: bp1\n- do: request\n- expect: {open_has: [{node: decide_single, round: 4, gate: bp1, due: P1W}]}",
    ),
    "what is closed": ("expect: {closed: [idea_sheet]}",),
    "what is due": (
        'expect: {due: {parked_until: "2026-03-02"}}',
        'do: [idea_sheet, c1_relevance]\n- {do: sponsor_answer, with: {decision: park, resume_on: "2026-03-02"}}\n'
        '- expect: {due: {parked_until: "2026-03-03T10:00"}}',
        'do: [idea_sheet, c1_relevance]\n- {do: sponsor_answer, with: {decision: park, resume_on: "2026-03-02"}}\n'
        "- expect: {due: {}}",
    ),
    "answers": (
        "expect: {gates: {bp1: {outcome: approve}}}",
        "until: bp2\n- expect: {gates: {bp1: null}}",
        "until: bp2\n- expect: {gates: {bp1: {outcome: rework, target: relevance, round: 2}}}",
        "until: bp2\n- expect: {gates: {bp1: {outcome: strange, target: strange}}}",
        "expect: {variables: {idea_answer: {decision: go}}}",
        "until: bp1\n- expect: {variables: {idea_answer: {decision: park}, idea_sheet: null}}",
        'until: bp1\n- expect: {variables: {idea_sheet: {R07: "no", gone: 3}, gone: {a: 1}}}',
    ),
    "effects": (
        "expect: {effects: [freeze bp1, record bp1]}",
        "until: bp1\n- do: request\n- expect: {effects: []}",
        "until: bp1\n- do: request\n- expect: {effects: ['record bp3k[d1]', notify, record bp9]}",
    ),
    "a phase": ("expect: {phase: planning}", "expect: {phase: strange}"),
    "ends": (
        "expect: {passed: [bp1_rejected], end: rejected, ended: true}",
        "until: bp1\n- {decide: bp1, with: {outcome: reject}}\n"
        "- expect: {passed: [project_closed], end: closed, ended: false}",
        "do: [idea_sheet, c1_relevance]\n- cancel: true\n- expect: {ended: false, end: terminated}",
    ),
}
TOLD = [pytest.param(text, id=f"{name} {n}") for name, texts in CASES.items() for n, text in enumerate(texts, 1)]
NOT_SAID = re.compile(r"[{}\[\]_]|\b(null|true|false|open|gate|outcome|approve|node|round|item|expect|until|do)\b")


@cache
def played(text: str, model: str = "harnosand") -> Played:
    files = shipped(model)
    usual = {"scenarios/_usual.yaml": files["scenarios/_usual.yaml"]} if model == "harnosand" else {}
    (scenario,) = read_scenarios({**usual, "scenarios/told.yaml": text.encode()})
    return play(read_bundle(files), scenario)


def failure_of(text: str, model: str = "harnosand") -> ToldFailure:
    one = played(text, model)
    failure = told(names_in(Names(bundle=read_bundle(shipped(model))), one), one)
    assert failure is not None
    return failure


def sentences(failure: ToldFailure) -> Iterator[str]:
    yield from (failure.where, failure.waits, failure.short)
    for one in failure.differences:
        yield from (one.expected, one.happened, one.mend)


def ids(model: str = "harnosand") -> set[str]:
    """Every key and id of a model that is no Swedish word of its own."""
    bundle = read_bundle(shipped(model))
    diagram = bundle.executable.diagram
    found = {*diagram.nodes, *diagram.scopes, *bundle.forms, *bundle.checklists, *bundle.model.registers}
    found |= {flow.id for node in diagram.nodes.values() for flow in node.outgoing}
    found |= {one.key for group in (bundle.model.phases, bundle.model.roles, bundle.model.gates) for one in group}
    found |= {node.key for form in bundle.forms.values() for node in descend(form.nodes) if isinstance(node, Field)}
    return found - {"organisation"}


@pytest.fixture(autouse=True)
def _speaking(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize("text", TOLD)
def test_no_sentence_holds_an_id_an_english_word_or_a_brace(text: str) -> None:
    lines = text if text.startswith("- ") else f"- {text}"
    said = list(sentences(failure_of(HEAD + lines)))
    known = ids()
    for sentence in said:
        assert not NOT_SAID.search(sentence), sentence
        assert not (set(re.findall(r"[A-Za-zÅÄÖåäö0-9_]+", sentence)) & known), sentence
        assert sentence[:1].isupper() or sentence.startswith("”"), sentence


@pytest.mark.full
def test_every_kind_of_difference_is_among_them() -> None:
    found = set()
    for texts in CASES.values():
        for text in texts:
            lines = text if text.startswith("- ") else f"- {text}"
            failure = played(HEAD + lines).failure
            assert failure is not None, text
            found |= {one.kind for one in failure.differences}
    elsewhere = {Differs.PROCESS, Differs.STEP_TAKEN, Differs.TOO_LONG}
    assert found | elsewhere == set(Differs)


def test_a_process_that_is_not_there_is_told() -> None:
    files = {**shipped("simple"), "scenarios/none.yaml": b"title: A\nprocess: nowhere\nsteps: []"}
    (one,) = run_scenarios(files).failed
    failure = told(Names(bundle=read_bundle(files)), one)
    assert failure is not None
    assert failure.differences[0].happened == "Den finns inte i modellen."


def test_a_difference_says_the_row_what_was_expected_what_happened_and_what_to_do() -> None:
    failure = failure_of(HEAD + TO_REPORT + "- do: c4_execution\n  note: Direkt\n")
    (one,) = failure.differences
    assert failure.row == 3 and failure.note == "Direkt"
    assert failure.where == "Rad 3, gör ”Svara på checklistan Genomförande”"
    assert one.expected == "Det ska gå att göra ”Svara på checklistan Genomförande”."
    assert one.happened == "Steget väntade inte på någon just då."
    assert one.mend.startswith("Lägg till det som saknas på en rad före")
    assert "Delleveranser nr 1" in failure.waits


def test_a_step_that_is_gone_is_called_what_it_was_called() -> None:
    one = played(HEAD + "- do: old_step\n")
    names = replace(Names(bundle=read_bundle(shipped("harnosand"))), gone={"old_step": "Läs rapporten"})
    failure = told(names, one)
    assert failure is not None
    assert failure.where == "Rad 1, gör ”Läs rapporten”, som är borttaget"
    assert "låt Styr ta bort raderna" in failure.differences[0].mend
