"""A process that does steps until somebody kills it: prints the request id of each step that was acknowledged."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.stories.town import Town
from workflows.governance.answers import Entered
from workflows.governance.start import Idea, start_project
from workflows.governance.submit import review_step, submit_step
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import MemoryJobs

IDEA = {
    "title": "Avtal",
    "what": "Avtal skrivs under digitalt",
    "why": "Papper tar två veckor",
    "R07": "yes",
    "R08": "yes",
    "R09": "yes",
    "R10": "yes",
}


def work(url: str, folder: Path, olle: str, anna: str, prefix: str) -> None:
    """Start projects and hand in their idea sheets for ever."""
    ctx = Context(database=Database(url), jobs=MemoryJobs(), files=folder, actor=PersonId(olle))
    number = 0
    while True:
        number += 1
        name = f"{prefix}-{number}"
        started = start_project(ctx, idea=Idea(title=name), request_id=f"{name}-start")
        print(f"{name}-start", flush=True)
        entered = Entered(answers={**IDEA, "sponsor": anna})
        draft = review_step(ctx, task_id=started.task_id, entered=entered, version=0)
        submit_step(ctx, task_id=started.task_id, draft_version=draft.version, request_id=f"{name}-sheet")
        print(f"{name}-sheet", flush=True)


def arguments(town: Town, prefix: str) -> list[str]:
    """Return the command that works in a town until it is killed."""
    ctx = town.ctx
    people = [town.people["olle"], town.people["anna"]]
    return [sys.executable, "-m", __name__, ctx.database.url, str(ctx.files), *people, prefix]


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
