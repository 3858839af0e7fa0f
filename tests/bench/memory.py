"""What the server process keeps: its memory after five thousand steps, as projects report round after round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from tests.bench.browser import Browsers, Pairs
from tests.bench.installation import Installation
from tests.bench.player import answers_for, posted, to, turns
from tests.bench.serving import Server
from tests.stories.town import NAMES
from workflows.flow import TaskStatus
from workflows.flow.tables import TaskRow

STEPS = 5000
WARM = 500
"""Steps after which everything that is read once has been."""

CLIENTS = 4
NODES = ("status_report", "status_read")


def memory(place: Installation, server: Server, clients: Browsers) -> Iterator[tuple[str, float]]:
    """Yield the memory after all steps in MB, and what it is of the memory after the first of them."""
    place.log_in(clients, *NAMES)
    loops = [_Loop(place) for _ in range(CLIENTS)]
    warm = 0.0
    for number in range(0, STEPS, CLIENTS):
        if number == WARM:
            warm = server.memory_mb()
        _, answers = clients.together([loop.requests(clients) for loop in loops])
        assert all(answer.status == 303 for own in answers for answer in own), answers
    after = server.memory_mb()
    yield "server.rss_mb", after
    yield "server.rss_growth", after / warm


class _Loop:
    """A project in execution, whose manager reports and whose sponsor reads, for ever."""

    def __init__(self, place: Installation) -> None:
        self.place = place
        town = place.town
        started = town.start("olle", "Digital avtalssignering")
        self.project = started.project_id
        to(town, self.project, NODES[0])
        self.instance = town.project(self.project).instance
        self.fields: dict[str, list[tuple[str, Pairs]]] = {node: [] for node in NODES}

    def requests(self, clients: Browsers) -> list[dict[str, Any]]:
        """Return the two requests that review and hand in the step that is open."""
        task_id, node = self._open()
        if len(self.fields[node]) < 2:
            # The first report asks less than those that follow it, which all ask the same.
            self.fields[node].append(self._fields(node))
        who, fields = self.fields[node][-1]
        review = clients.form(who, f"/tasks/{task_id}", [*fields, ("version", "0"), ("_review", "1")])
        return [review, clients.hand_in(who, task_id, 1)]

    def _open(self) -> tuple[str, str]:
        query = select(TaskRow.id, TaskRow.node).where(
            TaskRow.tenant == self.place.town.ctx.tenant,
            TaskRow.instance == self.instance,
            TaskRow.status == TaskStatus.OPEN,
            TaskRow.node.in_(NODES),
        )
        with self.place.town.ctx.read() as session:
            return session.execute(query).one()._tuple()

    def _fields(self, node: str) -> tuple[str, Pairs]:
        town = self.place.town
        turn = next(turn for turn in turns(town, self.project) if turn.node == node)
        questions, answers = answers_for(replace(town.ctx, actor=turn.person), town, turn)
        answers.pop("last", None)
        return turn.person, posted(questions, answers)
