"""Every scenario of every model holds, and fast enough to run them all while one draws."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median

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


def test_ten_whole_projects_are_played_in_a_second() -> None:
    (whole,) = (told for folder, told in TOLD if folder == HARNOSAND and told.file.endswith("straight_through.yaml"))
    spent = []
    for _ in range(5):
        began = time.perf_counter()
        assert play(bundle_of(HARNOSAND), whole).failure is None
        spent.append(time.perf_counter() - began)
    assert median(spent) < 0.1
