"""Runs process models: pure functions over BPMN, DMN and FEEL; the only room that knows SpiffWorkflow.

Reading order: `diagram` (what is drawn) ← `reading`, `checking`, `linting`; `specs`, `activities`, `events` (how it
runs) ← `building`; `driver`, `codec`; `verbs` (the face). Over 2,500 lines, since reader, linter, decision tables and
runtime must agree on one picture of a diagram; each file stands by itself.
"""

from workflows.engine.amending import amend
from workflows.engine.decision_tables import Decision, DecisionConflict
from workflows.engine.diagram import Node, NodeKind, TriggerKind
from workflows.engine.errors import (
    EngineRefused,
    Finding,
    NothingWaits,
    NoWayOut,
    Severity,
    TaskNotOpen,
    WrongExecutable,
)
from workflows.engine.executable import Executable, compile, element_names
from workflows.engine.linting import Around, explored, lint, names_in_scope
from workflows.engine.linting.passing import Course
from workflows.engine.linting.soundness import Explored
from workflows.engine.moving import FALL, Coming, Handed, Immovable, Moved, can_end, move, replaceable
from workflows.engine.outline import DrawnFlow, DrawnStep
from workflows.engine.readers import Reader, where_read
from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.engine.step import (
    Awaited,
    DueMoment,
    Effect,
    EffectKind,
    GateDefinition,
    OpenTask,
    Step,
    TaskDefinition,
    TaskKind,
)
from workflows.engine.trail import Trail
from workflows.engine.verbs import awaited, cancel, complete, postpone, send, start, tick, view

__all__ = [
    "FALL",
    "Around",
    "Awaited",
    "Coming",
    "Course",
    "Decision",
    "DecisionConflict",
    "DrawnFlow",
    "DrawnStep",
    "DueMoment",
    "Effect",
    "EffectKind",
    "EngineRefused",
    "Executable",
    "Explored",
    "Finding",
    "GateDefinition",
    "Handed",
    "Immovable",
    "Moved",
    "NoWayOut",
    "Node",
    "NodeKind",
    "NothingWaits",
    "OpenTask",
    "Reader",
    "Severity",
    "Step",
    "TaskDefinition",
    "TaskKind",
    "TaskNotOpen",
    "Trail",
    "TriggerKind",
    "Unreadable",
    "WrongExecutable",
    "amend",
    "awaited",
    "can_end",
    "cancel",
    "compile",
    "complete",
    "element_names",
    "explored",
    "lint",
    "move",
    "names_in_scope",
    "postpone",
    "read_xml",
    "replaceable",
    "send",
    "start",
    "tick",
    "view",
    "where_read",
]
