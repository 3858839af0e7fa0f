"""Moves running projects from one version of their model to another: previewed, carried out, undone.

Reading order: `trial` (what would become of one project) ← `hindrances`, `effects` (what is open) ← `ahead`, `passing`,
`deciders`, `afterwards` (what is to come, is passed over, is asked for); `carrying` (one project, one transaction, one
event) ← `working` (many, as a job) ← `runs`, `replacing` (what people
order); `queries` (for pages).
"""

from workflows.governance.moving.errors import (
    MovedOn,
    MoveReasonMissing,
    NobodyRuns,
    NoStandIn,
    NothingToMove,
    SameVersion,
)
from workflows.governance.moving.queries import ModelMove, ProjectMove, find_move, moves_of
from workflows.governance.moving.replacing import Choice, GoneStep, NoChoice, gone_steps, replace_steps
from workflows.governance.moving.runs import (
    JOB,
    MOVE_PROJECTS,
    move_projects,
    preview_move,
    retry_move,
    undo_move,
    undo_moves,
)
from workflows.governance.moving.statuses import MOVABLE, RETRIABLE, MoveStatus
from workflows.governance.moving.working import work_move

__all__ = [
    "JOB",
    "MOVABLE",
    "MOVE_PROJECTS",
    "RETRIABLE",
    "Choice",
    "GoneStep",
    "ModelMove",
    "MoveReasonMissing",
    "MoveStatus",
    "MovedOn",
    "NoChoice",
    "NoStandIn",
    "NobodyRuns",
    "NothingToMove",
    "ProjectMove",
    "SameVersion",
    "find_move",
    "gone_steps",
    "move_projects",
    "moves_of",
    "preview_move",
    "replace_steps",
    "retry_move",
    "undo_move",
    "undo_moves",
    "work_move",
]
