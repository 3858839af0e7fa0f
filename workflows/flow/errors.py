"""What can come between a person and a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workflows.kernel.errors import StyrError, _l

if TYPE_CHECKING:  # running raises these errors
    from workflows.flow.running import Draft


class TaskAlreadyClosed(StyrError):
    """A verb met a task that another request had closed; `who` is that person's id, or None for the system."""

    status = 409
    code = "task_already_closed"
    message = _l("Någon hann före: steget är redan klart.")


class InstanceHeld(StyrError):
    """The project is on hold: no step is accepted until a person resumes it."""

    status = 409
    code = "instance_held"
    message = _l("Projektet är vilande. Återuppta det innan du går vidare.")


class InstanceEnded(StyrError):
    """The project has ended; nothing more can be done in it."""

    status = 409
    code = "instance_ended"
    message = _l("Projektet är avslutat. Inget mer kan göras i det.")


class StaleDraft(StyrError):
    """The same draft was saved after this page was opened, by somebody or in another of one's own windows.

    `theirs` is what was saved (None: it is gone).
    """

    status = 409
    code = "stale_draft"
    message = _l("Utkastet har sparats i ett annat fönster sedan du öppnade sidan.")

    def __init__(self, *, theirs: Draft | None) -> None:
        self.theirs = theirs
        super().__init__()
