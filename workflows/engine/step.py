"""What a step of the engine is told and tells: frozen data, no SpiffWorkflow object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class TaskKind(StrEnum):
    """What a person does in a step (`kind` of `styr:task`)."""

    CHECKLIST = "checklist"
    DOCUMENT = "document"
    DECISION = "decision"
    REVIEW = "review"
    SIGN = "sign"
    RECORD = "record"


class EffectKind(StrEnum):
    """What the application does when a service task is passed (`kind` of `styr:effect`)."""

    FREEZE = "freeze"
    RECORD = "record"
    NOTIFY = "notify"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinition:
    """A user task as drawn. `process` is the id of the process it lies in; `due`, `remind` and `escalate` are ISO
    periods (`P…D` counts Swedish working days); `variable` is where its answers go.
    """

    node: str
    name: str
    process: str
    kind: TaskKind
    form: str | None
    role: str | None
    due: str | None
    remind: str | None
    escalate: str | None
    variable: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateDefinition:
    """A gate as drawn: its key (also the variable its result goes to) and the outcomes it allows, in order."""

    key: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A step that waits for a person.

    `place` is the path of activities around it, outermost first, multi-instance items in brackets
    (`work/execution/deliveries[d2]/bp3k/decide`); `items` the items in scope; `gate` and `round` the gate it stands in
    and how many packs were frozen there (0 outside a gate); `scope` its own process' variables, without `facts`.
    """

    id: str
    node: str
    place: str
    items: Mapping[str, str]
    gate: str | None
    round: int
    definition: TaskDefinition
    scope: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMoment:
    """A timer that waits: `node` is the event, `place` the activity it sits on, or its own path. `at` is in UTC."""

    node: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """A message that an event waits for: `node` is the event, `place` where the message is to be sent."""

    node: str
    name: str
    message: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Something the application must do in the same transaction; fields as in `OpenTask`."""

    kind: EffectKind
    node: str
    place: str
    gate: str | None
    round: int
    items: Mapping[str, str]
    scope: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The instance after a step.

    `state` is to be stored and given back; `effects` and `ends` (ids of end events, those of called processes left
    out) tell what happened in this step; the rest is what holds now. `variables` are the outermost scope's.
    """

    state: bytes
    open_tasks: tuple[OpenTask, ...]
    due: tuple[DueMoment, ...]
    effects: tuple[Effect, ...]
    ended: bool
    ends: tuple[str, ...]
    variables: Mapping[str, Any]
