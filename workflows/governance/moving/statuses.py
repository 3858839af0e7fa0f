"""What is to be done with the projects of a move, and what became of them."""

from __future__ import annotations

from enum import StrEnum


class MoveStatus(StrEnum):
    """What is to be done with a project of a move, or what became of it.

    `retrying`: it is looked at once more; `changed`: it stepped on, and the move would now change something that nobody
    has seen; `failed`: it could not be read or written, and nothing was.
    """

    WAITING = "waiting"
    RETRYING = "retrying"
    PLAIN = "plain"
    EFFECTS = "effects"
    REFUSED = "refused"
    CHANGED = "changed"
    MOVING = "moving"
    MOVED = "moved"
    UNDOING = "undoing"
    UNDONE = "undone"
    MOVED_ON = "moved_on"
    FAILED = "failed"
    GONE = "gone"


MOVABLE = frozenset({MoveStatus.PLAIN, MoveStatus.EFFECTS, MoveStatus.CHANGED})
"""From these a project can be moved."""

MOVED = frozenset({MoveStatus.MOVED})
UNSEEN = frozenset({MoveStatus.WAITING, MoveStatus.RETRYING})
"""These the job looks at."""

BUSY = UNSEEN | {MoveStatus.MOVING, MoveStatus.UNDOING}
"""With these the job still has something to do."""

RETRIABLE = frozenset({MoveStatus.FAILED, MoveStatus.REFUSED})
"""These can be looked at once more: what stood in the way may be gone."""
