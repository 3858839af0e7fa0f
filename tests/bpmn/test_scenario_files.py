"""The scenario files follow their schema and speak only of what their model has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.bpmn.drawing import HARNOSAND, ROOT, SECOND, bundle

SCHEMA = json.loads((ROOT / "bpmn" / "scenario.schema.json").read_text("utf-8"))
FILES = sorted(path for folder in (HARNOSAND, SECOND) for path in (folder / "scenarios").glob("*.yaml"))


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


def test_a_scenario_follows_the_schema(path: Path) -> None:
    schema = SCHEMA if not path.name.startswith("_") else {**SCHEMA["$defs"]["usual"], "$defs": SCHEMA["$defs"]}
    jsonschema.Draft202012Validator(schema).validate(yaml.safe_load(path.read_text("utf-8")))


def test_a_scenario_names_steps_and_roles_of_its_model(path: Path) -> None:
    folder = path.parents[1]
    ids = {element.get("id") for drawing in bundle(folder) for element in drawing.root.iter() if element.get("id")}
    model = json.loads((folder / "model.json").read_text("utf-8"))
    scenario: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    if path.name.startswith("_"):
        assert scenario.keys() <= ids
        return
    assert scenario.get("usual", {}).keys() <= ids
    assert scenario.get("roles", {}).keys() <= {role["key"] for role in model["roles"]}
    gates = {gate["key"] for gate in model["gates"]}
    for step in scenario["steps"]:
        done = step.get("do", [])
        assert {done} <= ids if isinstance(done, str) else set(done) <= ids
        assert {step.get("until", "gate")} <= ids | gates
        assert {step["decide"]} <= gates if "decide" in step else True


def test_the_schema_refuses_a_step_with_two_verbs() -> None:
    scenario = {"title": "Två saker på en gång", "steps": [{"do": "idea_sheet", "wait": "P5D"}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(scenario)


def test_the_schema_refuses_a_decision_without_outcome() -> None:
    scenario = {"title": "Inget utfall", "steps": [{"decide": "bp1", "with": {"target": "preparation"}}]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(scenario)


def test_a_whole_project_takes_at_most_sixty_lines() -> None:
    assert all(len(file.read_text("utf-8").splitlines()) <= 60 for file in FILES)
