"""Short ways to the models of these tests, and to a scenario written in the test itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from workflows.models import Bundle, Played, from_folder, play, read_bundle, read_scenarios

ROOT = Path(__file__).parents[2]
HARNOSAND = ROOT / "bpmn" / "harnosand"
SECOND = ROOT / "tests" / "models" / "second"
MODELS = (HARNOSAND, SECOND)


@cache
def files_of(folder: Path) -> Mapping[str, bytes]:
    return from_folder(folder)


def bundle_of(folder: Path) -> Bundle:
    return read_bundle(files_of(folder))


def without_scenarios(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not path.startswith("scenarios/")}


def tell(text: str, *, folder: Path = SECOND) -> Played:
    """Play a scenario written here; the model's usual answers are at hand."""
    files = files_of(folder)
    usual = {path: files[path] for path in files if path.endswith("_usual.yaml")}
    (scenario,) = read_scenarios({**usual, "scenarios/told.yaml": text.encode()})
    return play(bundle_of(folder), scenario)


def differed(played: Played) -> list[str]:
    """What differed, one line each: what it is about, what was expected, what was found."""
    if played.failure is None:
        return []
    return [f"{one.about}: {one.expected} | {one.got}" for one in played.failure.differences]


def with_text(path: str, old: str, new: str, folder: Path = SECOND) -> dict[str, bytes]:
    """The model's files, with one piece of text exchanged in one of them."""
    text = files_of(folder)[path].decode()
    assert old in text
    return {**files_of(folder), path: text.replace(old, new, 1).encode()}


def with_json(path: str, change: Callable[[Any], object], folder: Path = SECOND) -> dict[str, bytes]:
    """The model's files, with one thing changed in a JSON file."""
    content = orjson.loads(files_of(folder)[path])
    change(content)
    return {**files_of(folder), path: orjson.dumps(content)}
