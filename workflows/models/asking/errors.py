"""What the editing of checklists and forms refuses."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.kernel.errors import StyrError, _l


class EntryRefused(StyrError):
    """What was typed cannot stand in the model; `problems` are sentences by the name of the field."""

    status = 422
    code = "entry_refused"
    message = _l("Något i det du skrev behöver ändras.")

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = problems
        super().__init__()


class ChangedMeanwhile(StyrError):
    """Somebody else changed the same question or field after the page was opened; what was typed is not saved."""

    status = 409
    code = "changed_meanwhile"
    message = _l("Någon annan ändrade samma sak medan du skrev. Läs hur det står nu och spara igen om du vill.")


class FileUnreadable(StyrError):
    """A checklist or form whose file is not JSON of the right shape: it is mended as text, not in a table."""

    status = 422
    code = "file_unreadable"
    message = _l("Filen går inte att läsa: {reason}")
