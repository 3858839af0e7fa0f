"""Scenarios as data (docs/scenarios.md): read from YAML, refused with file, step and reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files as resources
from typing import Any

import jsonschema
import orjson

from workflows.kernel.clock import STOCKHOLM
from workflows.kernel.parsed import Parsed, fingerprint
from workflows.models.finding import Finding
from workflows.models.schema_words import problems
from workflows.models.strict_yaml import YamlRefused, read_yaml

FOLDER = "scenarios/"
USUAL = "_usual.yaml"

RULE = "scenario"

YEARS = range(1990, 2200)
"""The years in which scenarios play; working days are counted one by one."""

MAX_STEPS = 500
"""As the schema has it; told before the schema is asked, which takes long over many steps."""

Answers = Mapping[str, Any]


class Verb(StrEnum):
    """What one step of a scenario does."""

    DO = "do"
    UNTIL = "until"
    DECIDE = "decide"
    WAIT = "wait"
    SEND = "send"
    FACTS = "facts"
    CANCEL = "cancel"
    EXPECT = "expect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step: `subject` is what stands after the verb (`do`: the nodes), `number` counts from 1."""

    number: int
    verb: Verb
    subject: Any
    note: str = ""
    item: str | None = None
    at: str = ""
    by: str | None = None
    mode: str | None = None
    every: bool = False
    refused: bool = False
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A project on paper. `usual` are a node's answers, those of the model's `_usual.yaml` included."""

    file: str
    title: str
    process: str | None
    start: datetime
    facts: Mapping[str, Any]
    roles: Mapping[str, str]
    usual: Mapping[str, Answers]
    moves: tuple[Move, ...]
    expect: Mapping[str, Any] | None


class ScenariosRefused(Exception):
    """Files that are not scenarios; `findings` name file, step and reason."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(finding.sentence for finding in findings))


def read_scenarios(files: Mapping[str, bytes]) -> tuple[Scenario, ...]:
    """Read the scenarios of a bundle, in the order of their names. Raises ScenariosRefused."""
    findings: list[Finding] = []
    read: dict[str, Any] = {}
    for path in sorted(path for path in files if path.startswith(FOLDER) and path.endswith(".yaml")):
        name = path.removeprefix(FOLDER)
        if name.startswith("_") and name != USUAL:
            continue
        try:
            read[path], found = _READ.get(
                (name == USUAL, fingerprint(files[path])), len(files[path]), _reader(path, files)
            )
        except YamlRefused as error:
            findings.append(_finding(path, "", str(error)))
            continue
        findings += [_finding(path, _element(where), what) for where, what in found]
    if findings:
        raise ScenariosRefused(tuple(findings))
    usual = read.pop(FOLDER + USUAL, None) or {}
    return tuple(scenario_from(path, raw, usual) for path, raw in read.items())


_READ: Parsed[tuple[Any, tuple[tuple[str, str], ...]]] = Parsed(4_000_000)
"""What was read of a scenario's file, and what the schema says against it; YAML is slow to read."""


def _reader(path: str, files: Mapping[str, bytes]) -> Callable[[], tuple[Any, tuple[tuple[str, str], ...]]]:
    """Return what reads one file."""

    def read() -> tuple[Any, tuple[tuple[str, str], ...]]:
        value = read_yaml(files[path])
        steps = value.get("steps") if isinstance(value, dict) else None
        if isinstance(steps, list) and len(steps) > MAX_STEPS:
            return value, (("steps", f"Får ha högst {MAX_STEPS}."),)
        return value, tuple(problems(_validator(usual=path == FOLDER + USUAL), value))

    return read


def scenario_paths(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the files of a bundle that are scenarios, by name; those that begin with `_` are not."""
    return tuple(
        path
        for path in sorted(files)
        if path.startswith(FOLDER) and path.endswith(".yaml") and not path.removeprefix(FOLDER).startswith("_")
    )


def read_scenario(files: Mapping[str, bytes], path: str) -> Scenario:
    """Read one scenario of a bundle with the usual answers. Raises ScenariosRefused, whatever the others are like."""
    own = {name: files[name] for name in (FOLDER + USUAL, path) if name in files}
    return read_scenarios(own)[0]


def read_usual(files: Mapping[str, bytes]) -> Mapping[str, Answers]:
    """Return the usual answers of a bundle, none when it says none. Raises ScenariosRefused."""
    path = FOLDER + USUAL
    if path not in files:
        return {}
    read_scenarios({path: files[path]})
    found: Mapping[str, Answers] = read_yaml(files[path]) or {}
    return found


def moment_of(text: str) -> datetime:
    """Return the moment that a date (08.00 that day) or a date and time says, Swedish time.

    Raises ValueError for what no calendar has, and for years in which nobody plans a project.
    """
    local = datetime.fromisoformat(text)
    if local.year not in YEARS:
        raise ValueError(f"not a year of ours: {local.year}")
    if len(text) == len("2026-01-12"):
        local = datetime.combine(local.date(), time(8))
    return local.replace(tzinfo=STOCKHOLM).astimezone(UTC)


DEFAULT_START = "2026-01-12"
"""A Monday."""


def scenario_from(path: str, raw: Mapping[str, Any], usual: Mapping[str, Answers]) -> Scenario:
    """Return the scenario that a file's content says, which was checked against the schema."""
    own: Mapping[str, Answers] = raw.get("usual", {})
    return Scenario(
        file=path,
        title=raw["title"],
        process=raw.get("process"),
        start=moment_of(raw.get("start", DEFAULT_START)),
        facts=raw.get("facts", {}),
        roles=raw.get("roles", {}),
        usual={node: {**usual.get(node, {}), **own.get(node, {})} for node in usual.keys() | own.keys()},
        moves=tuple(move_of(number, step) for number, step in enumerate(raw["steps"], 1)),
        expect=raw.get("expect"),
    )


def move_of(number: int, raw: Mapping[str, Any]) -> Move:
    """Return a step of a file that was checked against the schema."""
    verb = next(verb for verb in Verb if verb in raw)
    subject = raw[verb]
    if verb is Verb.DO:
        subject = (subject,) if isinstance(subject, str) else tuple(subject)
    given = {name: value for name, value in raw.items() if name not in (verb, "with")}
    return Move(number=number, verb=verb, subject=subject, answers=raw.get("with", {}), **given)


def _element(where: str) -> str:
    """Return a place in the file as people say it: `steps/3/by` is step 3."""
    first, _, rest = where.partition("/")
    if first != "steps" or not rest:
        return where
    number, _, inner = rest.partition("/")
    return f"steg {number}" + (f" ({inner})" if inner else "")


def _finding(path: str, element: str, message: str) -> Finding:
    return Finding(rule=RULE, file=path, element=element, message=message)


@lru_cache(maxsize=2)
def _validator(*, usual: bool) -> jsonschema.Draft202012Validator:
    schema = orjson.loads(resources("bpmn").joinpath("scenario.schema.json").read_bytes())
    if usual:
        schema = {**schema["$defs"]["usual"], "$defs": schema["$defs"]}
    return jsonschema.Draft202012Validator(schema, format_checker=_formats())


def _formats() -> jsonschema.FormatChecker:
    """Days that no calendar has (31 February) have the right form and are refused all the same."""
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("moment", raises=ValueError)(lambda text: not isinstance(text, str) or bool(moment_of(text)))
    return checker
