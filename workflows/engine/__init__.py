"""Runs process models: pure functions over BPMN, DMN and FEEL; the only room that knows SpiffWorkflow."""

from workflows.engine.diagram import NodeKind, TriggerKind
from workflows.engine.errors import EngineRefused, Finding, NothingWaits, NoWayOut, TaskNotOpen, WrongExecutable
from workflows.engine.executable import Executable, compile
from workflows.engine.linting import Around, lint
from workflows.engine.outline import DrawnFlow, DrawnStep
from workflows.engine.step import (
    DueMoment,
    Effect,
    EffectKind,
    GateDefinition,
    OpenTask,
    Step,
    TaskDefinition,
    TaskKind,
)
from workflows.engine.verbs import cancel, complete, postpone, send, start, tick, view

__all__ = [
    "Around",
    "DrawnFlow",
    "DrawnStep",
    "DueMoment",
    "Effect",
    "EffectKind",
    "EngineRefused",
    "Executable",
    "Finding",
    "GateDefinition",
    "NoWayOut",
    "NodeKind",
    "NothingWaits",
    "OpenTask",
    "Step",
    "TaskDefinition",
    "TaskKind",
    "TaskNotOpen",
    "TriggerKind",
    "WrongExecutable",
    "cancel",
    "compile",
    "complete",
    "lint",
    "postpone",
    "send",
    "start",
    "tick",
    "view",
]
