"""A process model's own facts (`model.json`): phases, gates, roles, documents, and where the project's data come from.

Nothing else in the code names a model's ids; pages and rules read them from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import jsonschema
import orjson

from forms.strict_json import JsonRefused, read_json
from workflows.models.schema_words import problems

MAX_BYTES = 300_000
"""Härnösand's has a twentieth of it."""

MAX_VALUES = 8_000
"""Values in it, lists and objects counted too; Härnösand's has 600."""

Label = Mapping[str, str]
"""A text by language: `sv` always, `en` where it is written."""


class RoleScope(StrEnum):
    """Where holders of a role are appointed."""

    PROJECT = "project"
    ORGANISATION = "organisation"
    ITEM = "item"


class Ending(StrEnum):
    """What an end event makes of the project."""

    CLOSED = "closed"
    REJECTED = "rejected"
    TERMINATED = "terminated"
    NOT_PROJECT = "not_project"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A phase box as people see it; it may hold several phases."""

    number: int
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """A phase: `key` is the id of its sub-process."""

    key: str
    box: int
    label: Label
    question: Label = field(default_factory=dict)
    checklist: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A decision point: what is stated, against what it is checked, what may come out of it.

    `of` and `item` are set on a gate that is held once per item (a part delivery) on behalf of another gate.
    """

    key: str
    short: Label
    label: Label
    box: int
    statement: Label
    checklists: tuple[str, ...]
    documents: tuple[str, ...]
    outcomes: tuple[str, ...]
    rework_to: tuple[str, ...]
    of: str | None = None
    item: str | None = None
    closing: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role's label and where its holders are appointed.

    `field`: inside an item (a member, a delivery) the role is held by the person in this field of the item's row.
    """

    key: str
    label: Label
    scope: RoleScope
    field: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Which of the model's roles hands in ideas, manages, orders, decides together, and keeps the model."""

    initiator: str = "idea_owner"
    manager: str = "project_manager"
    sponsor: str = "sponsor"
    group: str = "steering_group"
    office: str = "project_office"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentType:
    """A document that the step with form `form` makes a version of; one per row of `register`, where it names one.

    `when` is FEEL over the form's answers: a version is made only where it is true (a contract that was accepted).
    """

    key: str
    label: Label
    form: str
    register: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow:
    """One figure of the gate room: `field` is `<form>.<field>`."""

    label: Label
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A whole `model.json`. Field references are `<form key>.<field>`; lists of them: the later form wins.

    `holders` are the fields that appoint somebody to a role, `held` those that only show who has it.
    `about` names, by form, the earlier forms (or fields of them) that whoever answers it must have before their eyes.
    """

    key: str
    name: Label
    process: str
    work: str
    start_form: str
    boxes: tuple[Box, ...]
    phases: tuple[Phase, ...]
    gates: tuple[Gate, ...]
    roles: tuple[Role, ...]
    duties: Duties
    ends: Mapping[str, Ending]
    documents: tuple[DocumentType, ...]
    subject: Mapping[str, str]
    facts: Mapping[str, tuple[str, ...]]
    holders: Mapping[str, tuple[str, ...]]
    held: Mapping[str, tuple[str, ...]]
    registers: Mapping[str, str]
    prefill: Mapping[str, str]
    about: Mapping[str, tuple[str, ...]]
    money: tuple[MoneyRow, ...]
    risks: tuple[str, ...]

    def gate(self, key: str) -> Gate:
        """Return the gate with `key`; KeyError when the model has none."""
        return _by_key(self.gates, key)

    def phase(self, key: str) -> Phase:
        """Return the phase with `key`; KeyError when the model has none."""
        return _by_key(self.phases, key)

    def role(self, key: str) -> Role:
        """Return the role with `key`; KeyError when the model has none."""
        return _by_key(self.roles, key)

    def document_of(self, form: str) -> DocumentType | None:
        """Return the document that `form` makes, if it makes one."""
        return next((document for document in self.documents if document.form == form), None)

    def register_fields(self, form: str) -> Iterator[tuple[str, str]]:
        """Yield the registers that `form` fills, each with the path of its list in the answers."""
        for name, source in self.registers.items():
            where, _, path = source.partition(".")
            if where == form:
                yield name, path

    def next_gate(self, box: int) -> Gate | None:
        """Return the gate that closes phase box `box`."""
        return next((gate for gate in self.gates if gate.box == box and gate.of is None), None)


class ModelRefused(Exception):
    """`model.json` does not describe a model; `problems` are (path in the file, sentence)."""

    def __init__(self, found: Iterable[tuple[str, str]]) -> None:
        self.problems = tuple(found)
        super().__init__("; ".join(f"{where}: {what}" for where, what in self.problems))


def read_model(data: bytes) -> Model:
    """Read `model.json`; raises ModelRefused naming each place that is wrong."""
    if len(data) > MAX_BYTES:
        raise ModelRefused([("", f"Filen är större än {MAX_BYTES // 1000} kB.")])
    try:
        raw = read_json(data, most_values=MAX_VALUES)
    except JsonRefused as error:
        raise ModelRefused([("", f"Filen är inte JSON som kan läsas: {error}.")]) from error
    found = list(problems(_validator(), raw))
    if found:
        raise ModelRefused(found)
    return _model(raw)


def _model(raw: Mapping[str, Any]) -> Model:
    return Model(
        key=raw["key"],
        name=raw["name"],
        process=raw["process"],
        work=raw["work"],
        start_form=raw["start_form"],
        boxes=tuple(Box(**box) for box in raw["boxes"]),
        phases=tuple(Phase(**phase) for phase in raw["phases"]),
        gates=tuple(_gate(gate) for gate in raw["gates"]),
        roles=tuple(Role(**{**role, "scope": RoleScope(role["scope"])}) for role in raw["roles"]),
        duties=Duties(**raw.get("duties", {})),
        ends={end: Ending(status) for end, status in raw["ends"].items()},
        documents=tuple(DocumentType(**document) for document in raw["documents"]),
        subject=raw["subject"],
        facts={fact: tuple(sources) for fact, sources in raw["facts"].items()},
        holders={role: tuple(sources) for role, sources in raw.get("holders", {}).items()},
        held={role: tuple(sources) for role, sources in raw.get("held", {}).items()},
        registers=raw.get("registers", {}),
        prefill=raw.get("prefill", {}),
        about={form: tuple(sources) for form, sources in raw.get("about", {}).items()},
        money=tuple(MoneyRow(**row) for row in raw.get("money", [])),
        risks=tuple(raw.get("risks", [])),
    )


def _gate(raw: Mapping[str, Any]) -> Gate:
    lists = {name: tuple(raw[name]) for name in ("checklists", "documents", "outcomes", "rework_to")}
    return Gate(**{**raw, **lists})


K = TypeVar("K", Gate, Phase, Role)


def _by_key(rows: Iterable[K], key: str) -> K:
    for row in rows:
        if row.key == key:
            return row
    raise KeyError(key)


@lru_cache(maxsize=1)
def _validator() -> jsonschema.Draft202012Validator:
    schema = orjson.loads(files("workflows.models").joinpath("model.schema.json").read_bytes())
    return jsonschema.Draft202012Validator(schema)
