"""What moves of projects refuse."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l
from workflows.people import Refused


class SameVersion(Refused):
    """A move from a version to itself."""

    code = "same_version"
    field = "to_version"
    message = _l("Välj två olika versioner")


class NothingToMove(Refused):
    """A move of no project, or from a version that nothing runs on."""

    code = "nothing_to_move"
    field = "projects"
    message = _l("Välj minst ett projekt som kan flyttas")


class NoStandIn(Refused):
    """A step that cannot take over the work of the one that is gone."""

    code = "no_stand_in"
    field = "steps"
    message = _l("Välj ett av stegen i listan")


class NobodyRuns(Refused):
    """A move from a version that no running project follows."""

    code = "nobody_runs"
    field = "from_version"
    message = _l("Inget projekt som pågår följer den versionen")


class MoveReasonMissing(Refused):
    """A move, or its undoing, without a reason."""

    code = "move_reason_missing"
    field = "reason"
    message = _l("Skriv varför")


class MovedOn(StyrError):
    """A move cannot be undone: the project has gone on since, or was never moved."""

    status = 409
    code = "moved_on"
    message = _l("Projektet har gått vidare sedan det flyttades. Flytten går inte att ångra.")
