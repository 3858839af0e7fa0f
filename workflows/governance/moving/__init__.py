"""Moves running projects from one version of their model to another: previewed, carried out, undone.

Reading order: `trial` (what would become of one project) ← `hindrances`, `effects`; `carrying` (one project, one
transaction, one event) ← `runs` (many, as a job); `queries` (for pages).
"""

from workflows.governance.moving.errors import MovedOn, MoveReasonMissing, NobodyRuns, NothingToMove, SameVersion
from workflows.governance.moving.queries import ModelMove, ProjectMove, find_move, moves_of
from workflows.governance.moving.runs import (
    JOB,
    MOVABLE,
    MOVE_PROJECTS,
    MoveStatus,
    move_projects,
    preview_move,
    undo_move,
    undo_moves,
    work_move,
)

__all__ = [
    "JOB",
    "MOVABLE",
    "MOVE_PROJECTS",
    "ModelMove",
    "MoveReasonMissing",
    "MoveStatus",
    "MovedOn",
    "NobodyRuns",
    "NothingToMove",
    "ProjectMove",
    "SameVersion",
    "find_move",
    "move_projects",
    "moves_of",
    "preview_move",
    "undo_move",
    "undo_moves",
    "work_move",
]
