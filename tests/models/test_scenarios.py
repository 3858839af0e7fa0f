"""Every scenario of every model holds, and fast enough to run them all while one draws."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.models.telling import HARNOSAND, MODELS, bundle_of, differed, files_of
from workflows.models import Scenario, play, read_scenarios

TOLD = [(folder, scenario) for folder in MODELS for scenario in read_scenarios(files_of(folder))]


@pytest.mark.parametrize(
    ("folder", "scenario"), TOLD, ids=[f"{folder.name}/{Path(told.file).stem}" for folder, told in TOLD]
)
def test_the_scenario_holds(folder: Path, scenario: Scenario) -> None:
    played = play(bundle_of(folder), scenario)
    assert differed(played) == []
    assert played.steps > len(scenario.moves) / 2


def test_both_models_have_scenarios() -> None:
    assert {folder.name for folder, _ in TOLD} == {"harnosand", "second"}
    assert sum(folder == HARNOSAND for folder, _ in TOLD) >= 18
