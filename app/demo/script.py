"""The projects of the demo as data: one YAML file each, who did what and when, in the words of whoever did it.

    title, department, by (who had the idea), began (days ago), pace (minutes of office time between two steps)
    usual:  node → answers
    play:   a list of steps, each with one verb, `ago` where it happens on a day of its own, and its own `pace`

Texts `@anna` are a person, `@samhalle` a group; `now+30` is a day counted from the step's own, `today+30` from the
present; `{month}` is the month of the step; `file: name` is a file that was added before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from workflows.models.strict_yaml import read_yaml

FOLDER = files("app.demo").joinpath("projects")
USUAL = "_usual.yaml"

Answers = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One project's file."""

    name: str
    title: str
    summary: str
    by: str
    began: str
    pace: int
    usual: Mapping[str, Answers]
    play: Sequence[Mapping[str, Any]]


def scripts() -> tuple[Script, ...]:
    """Return the projects, the one that began first first."""
    usual: Mapping[str, Answers] = read_yaml(FOLDER.joinpath(USUAL).read_bytes())
    found = [
        _script(entry.name, read_yaml(entry.read_bytes()), usual)
        for entry in FOLDER.iterdir()
        if entry.name.endswith(".yaml") and entry.name != USUAL
    ]
    return tuple(sorted(found, key=lambda script: (-int(script.began), script.name)))


def _script(name: str, raw: Mapping[str, Any], usual: Mapping[str, Answers]) -> Script:
    own: Mapping[str, Answers] = raw.get("usual", {})
    return Script(
        name=name.removesuffix(".yaml"),
        title=raw["title"],
        summary=raw.get("summary", ""),
        by=raw["by"],
        began=str(raw["began"]),
        pace=raw.get("pace", 200),
        usual={node: {**usual.get(node, {}), **own.get(node, {})} for node in usual.keys() | own.keys()},
        play=raw["play"],
    )
