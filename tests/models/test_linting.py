"""Each rule finds the one thing that was changed, names where it is, and leaves the model alone that is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.lint_cases import DIAGRAM, EYES, QUESTIONS, REFERENCES, SCENARIOS, TABLES, Case
from tests.models.telling import HARNOSAND, MODELS, SECOND, files_of, with_json, with_text
from workflows.governance.outcomes import Mode
from workflows.models import Severity, check, verdict
from workflows.models.linting.model import DECIDING_FORMS

CASES = [*REFERENCES, *DIAGRAM, *QUESTIONS, *SCENARIOS, *TABLES, *EYES]


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: str(folder.name))
def test_a_model_that_is_well_has_no_finding(folder: Path) -> None:
    assert check(files_of(folder)) == ()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{number}" for number, case in enumerate(CASES)])
def test_the_change_is_found_where_it_is(case: Case) -> None:
    found = [finding for finding in check(case.files) if finding.rule == case.rule]
    assert [finding.sentence for finding in found if finding.sentence.startswith(case.where)]


def test_every_way_to_decide_has_a_form() -> None:
    assert {str(mode) for mode in Mode} == DECIDING_FORMS


def test_what_hinders_comes_first_then_file_by_file_along_the_flow() -> None:
    files = {
        **with_text("project.bpmn", 'due="P10D"', 'due="soon"'),
        "forms/spare.form.json": files_of(SECOND)["forms/mending.form.json"],
        **{"gate.bpmn": with_text("gate.bpmn", 'due="P10D"', 'due="later"')["gate.bpmn"]},
        **{"model.json": with_json("model.json", lambda m: m["gates"][0].update(box=9))["model.json"]},
    }
    files["project.bpmn"] = files["project.bpmn"].replace(
        b'form="takeover" role="caretaker" due="P10D"', b'form="takeover" role="nobody"'
    )
    told = [(finding.severity, finding.file, finding.element) for finding in check(files)]
    assert told == [
        (Severity.ERROR, "project.bpmn", "estimate"),
        (Severity.ERROR, "project.bpmn", "take_over"),
        (Severity.ERROR, "gate.bpmn", "decide_single"),
        (Severity.ERROR, "model.json", "gates/g1"),
        (Severity.WARNING, "forms/spare.form.json", ""),
    ]


def test_a_verdict_counts_what_was_found_and_tried() -> None:
    well = verdict(files_of(HARNOSAND))
    assert (well.errors, well.warnings, well.bound_hit) == (0, 0, False)
    assert well.explored > 50
    assert well.seconds > 0
    assert verdict(files_of(HARNOSAND)) == well
    bad = verdict(with_text("project.bpmn", 'due="P10D"', 'due="soon"'))
    assert (bad.errors, bad.warnings) == (1, 0)
    unreadable = verdict({"model.json": b"{"})
    assert (unreadable.errors, unreadable.explored) == (1, 0)


def test_every_sentence_of_the_new_rules_says_the_way_out() -> None:
    for case in (*TABLES, *EYES):
        for finding in check(case.files):
            assert finding.message.endswith("."), finding.message
            assert len(finding.message.rstrip(".").split(". ")) > 1, finding.message
