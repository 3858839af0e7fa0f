"""The decision that is written in a room: what was posted, as it was typed and as the verb takes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.shell.decision_entered import Entered, entered_by, typed_fields
from app.shell.decision_typed import Typed
from workflows.governance.gate_room import GateRoom


def typed_of(room: GateRoom, posted: Mapping[str, Sequence[str]], *, more: bool = False) -> Typed:
    """Return what was typed; `more` asks for one more row. Raises FieldsUnknown for what this page does not have."""
    return typed_fields(room.mode, room.task.setting.members, posted, more=more)


def entered(room: GateRoom, typed: Typed) -> Entered:
    """Return the decision that was typed."""
    return entered_by(room.mode, room.task.setting.members, typed)
