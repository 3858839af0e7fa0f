"""What is said of a project that could not be moved for a reason that nobody foresaw."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from workflows.kernel.errors import StyrError
from workflows.kernel.ids import new_id

log: structlog.stdlib.BoundLogger = structlog.get_logger("styr.moves")

_UNFORESEEN = "Något gick fel i projektet, och det är inte ändrat. Be driften söka efter {reference} i loggen."


def in_words(error: Exception, *, move: str, project: str) -> str:
    """Return the sentence for a project that failed; what nobody foresaw goes whole to the log, under a reference.

    Raises the error again when the database itself is in trouble: that is not one project's, and the job must stop.
    """
    if isinstance(error, SQLAlchemyError):
        raise error
    if isinstance(error, StyrError):
        return str(error)
    reference = new_id()[-8:]
    log.error("project_not_moved", reference=reference, move=move, project=project, exc_info=error)
    return _UNFORESEEN.format(reference=reference)
