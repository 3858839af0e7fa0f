"""How often the database is asked: in one submitted step, login included, and for a page of the inbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, insert

from app.accounts.session import VERSION
from app.factory import create_app
from app.settings import Settings
from tests.bench.installation import Installation
from tests.bench.player import Turn, answers_for, do, play, to, turns
from workflows.flow.tables import TaskPrincipalRow, TaskRow
from workflows.governance.answers import Entered
from workflows.governance.submit import review_step
from workflows.kernel.database import Database
from workflows.kernel.ids import new_id
from workflows.people.tables import CredentialRow

STEP = "c1_relevance"
"""The step that is counted: a checklist is handed in, the sponsor's task opens, and a mail is enqueued."""

CROWD = 1000


@dataclass(slots=True)
class Asked:
    """Statements (without BEGIN) and commits."""

    statements: list[str] = field(default_factory=list)
    commits: int = 0


@contextmanager
def counting(database: Database) -> Iterator[Asked]:
    """Count what a database is asked while the block lasts."""
    asked = Asked()

    def ask(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.statements.append(statement)

    def commit(_connection: Any) -> None:
        asked.commits += 1

    event.listen(database.engine, "before_cursor_execute", ask)
    event.listen(database.engine, "commit", commit)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", ask)
        event.remove(database.engine, "commit", commit)


def statements(place: Installation) -> Iterator[tuple[str, float]]:
    """Yield the counts, first in an almost empty database, then with a thousand open tasks more."""
    app = _application(place)
    _hand_in(place, app)  # what is read once in a process is read here
    alone = _hand_in(place, app)
    yield "step.sql", len(alone.statements)
    yield "step.commits", alone.commits
    yield "step.sql_most", max(len(asked.statements) for asked in _project(place, app))
    _crowd(place)
    yield "step.sql_crowded", len(_hand_in(place, app).statements)
    yield "inbox.sql", len(_inbox(place, app).statements)


def _application(place: Installation) -> Flask:
    ctx = place.town.ctx
    settings = Settings(var=place.var, secret_key="k" * 40, database_url=ctx.database.url)
    app = create_app(settings, database=ctx.database, jobs=ctx.jobs)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


def _hand_in(place: Installation, app: Flask) -> Asked:
    """Count one step handed in by the request that a reviewed draft ends with."""
    town = place.town
    project = town.start("olle", "Digital avtalssignering").project_id
    return _submit(place, app, to(town, project, STEP))


def _project(place: Installation, app: Flask) -> Iterator[Asked]:
    """Count every step up to the first gate's decision, and after it those of contracts with eight members."""
    town = place.town
    project = town.start("olle", "Digital avtalssignering").project_id
    for _ in range(30):
        turn = turns(town, project)[0]
        if turn.node == "delivery_ready":
            return
        if turn.kind in ("decision", "condition"):
            do(town, turn)
        else:
            yield _submit(place, app, turn)


def _submit(place: Installation, app: Flask, turn: Turn) -> Asked:
    ctx = replace(place.town.ctx, actor=turn.person)
    answers = answers_for(ctx, place.town, turn)[1]
    draft = review_step(ctx, task_id=turn.task_id, entered=Entered(answers=answers), version=0)
    client = _client(place, app, turn.person)
    with counting(ctx.database) as asked:
        fields = {"version": str(draft.version), "request_id": new_id()}
        answer = client.post(f"/tasks/{turn.task_id}/submit", data=fields)
    assert answer.status_code == 303, answer.status
    return asked


def _inbox(place: Installation, app: Flask) -> Asked:
    client = _client(place, app, place.town.people["olle"])
    with counting(place.town.ctx.database) as asked:
        assert client.get("/tasks").status_code == 200
    return asked


def _client(place: Installation, app: Flask, person: str) -> FlaskClient:
    ctx = place.town.ctx
    with ctx.read() as session:
        version = session.get_one(CredentialRow, {"tenant": ctx.tenant, "person": person}).session_version
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": person, VERSION: version, "_fresh": True})
    return client


def _crowd(place: Installation) -> None:
    """Let a thousand more tasks wait for everybody who acts here, in the instance that steps next and in others."""
    town = place.town
    project = town.start("olle", "Digital avtalssignering").project_id
    turn = to(town, project, STEP)
    with town.ctx.write() as session:
        row = session.get_one(TaskRow, (town.ctx.tenant, turn.task_id))
        plain = {column.key: getattr(row, column.key) for column in TaskRow.__table__.columns}
        many = [{**plain, "id": new_id(), "place": f"crowd[{number}]"} for number in range(CROWD)]
        session.execute(insert(TaskRow), many)
        principals = [f"person:{town.people[who]}" for who in ("olle", "anna")]
        session.execute(
            insert(TaskPrincipalRow),
            [
                {
                    "tenant": town.ctx.tenant,
                    "principal": principal,
                    "due_at": row.due_at or row.opened_at,
                    "task": one["id"],
                }
                for one in many
                for principal in principals
            ],
        )


def whole_project(place: Installation) -> int:
    """Return the largest state of a whole project: eight members, three part deliveries, two conditions, in bytes."""
    project = place.town.start("olle", "Digital avtalssignering").project_id
    return max(played.state for played in play(place.town, project))
