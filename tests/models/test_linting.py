"""Each rule finds the one thing that was changed, names where it is, and leaves the model alone that is well."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.lint_cases import DIAGRAM, QUESTIONS, REFERENCES, SCENARIOS, Case
from tests.models.telling import MODELS, files_of
from workflows.governance.outcomes import Mode
from workflows.models import check
from workflows.models.linting.model import DECIDING_FORMS

CASES = [*REFERENCES, *DIAGRAM, *QUESTIONS, *SCENARIOS]


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: str(folder.name))
def test_a_model_that_is_well_has_no_finding(folder: Path) -> None:
    assert check(files_of(folder)) == ()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule}-{number}" for number, case in enumerate(CASES)])
def test_the_change_is_found_where_it_is(case: Case) -> None:
    found = [finding for finding in check(case.files) if finding.rule == case.rule]
    assert [finding.sentence for finding in found if finding.sentence.startswith(case.where)]


def test_every_way_to_decide_has_a_form() -> None:
    assert {str(mode) for mode in Mode} == DECIDING_FORMS
