"""What every verb is given: database, actor, time and jobs."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from workflows.kernel.clock import Clock, system_clock
from workflows.kernel.database import Database
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import JobPort

TENANT = "main"
"""The one municipality of an installation; the column exists so that a shared server can hold many later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The surroundings of one verb. `actor` is None for the system itself (timers, command line)."""

    database: Database
    jobs: JobPort
    files: Path
    clock: Clock = system_clock
    actor: PersonId | None = None
    tenant: str = TENANT

    def now(self) -> datetime:
        """Return the present moment in UTC; read it once in a verb and pass it on."""
        return self.clock()

    def read(self) -> AbstractContextManager[Session]:
        """Open a read transaction."""
        return self.database.read()

    def write(self) -> AbstractContextManager[Session]:
        """Open the write transaction; only the outermost verb does."""
        return self.database.write()
