"""What is on record is not changed by any statement, and where somebody takes the guard away first, it shows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from tests.hostile.world import World
from workflows.governance.verify import verify

IMMUTABLE = ("styr_event", "styr_submission", "styr_decision", "styr_document", "styr_bundle")
"""Tables whose rows stand as they were written."""

LIFE = {"styr_bundle": {"retired_at", "retired_by"}}
"""What may change in them all the same."""

OURS = "(SELECT id FROM styr_project WHERE title = 'Digital avtalssignering')"
INSTANCE = "(SELECT instance FROM styr_project WHERE title = 'Digital avtalssignering')"
MIDDLE = f"stream = {INSTANCE} AND seq = 7"
LAST = f"stream = {INSTANCE} AND seq = (SELECT seq FROM styr_instance WHERE id = {INSTANCE})"

ALTERATIONS = {
    "an event's body": (f"UPDATE styr_event SET body = '{{}}' WHERE {MIDDLE}", "changed"),
    "who did it": (f"UPDATE styr_event SET actor = 'x' WHERE {MIDDLE}", "changed"),
    "on whose behalf": (f"UPDATE styr_event SET on_behalf_of = 'x' WHERE {MIDDLE}", "changed"),
    "when it was done": (f"UPDATE styr_event SET at = at - 86400000000 WHERE {MIDDLE}", "changed"),
    "what was done": (f"UPDATE styr_event SET verb = 'decide' WHERE {MIDDLE}", "changed"),
    "the state after it": (f"UPDATE styr_event SET state = x'00' WHERE {MIDDLE}", "changed"),
    "its bundle": (f"UPDATE styr_event SET bundle = 'x' WHERE {MIDDLE}", "changed"),
    "its digest": (f"UPDATE styr_event SET digest = 'x' WHERE {MIDDLE}", "changed"),
    "its link": (f"UPDATE styr_event SET previous = 'x' WHERE {MIDDLE}", "unlinked"),
    "an event taken out": (f"DELETE FROM styr_event WHERE {MIDDLE}", "gap"),
    "the last event cut off": (f"DELETE FROM styr_event WHERE {LAST}", "head"),
    "every event": (f"DELETE FROM styr_event WHERE stream = {INSTANCE}", "head"),
    "the head": (f"UPDATE styr_instance SET head = 'x' WHERE id = {INSTANCE}", "head"),
    "the state": (f"UPDATE styr_instance SET state = x'00' WHERE id = {INSTANCE}", "state"),
    "handed-in answers": (
        f"UPDATE styr_submission SET answers = '{{}}' WHERE instance = {INSTANCE} AND form = 'c1_relevance'",
        "submission",
    ),
    "answers with a digest to match": (
        "UPDATE styr_submission SET answers = '{}', digest = "
        "'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' "
        f"WHERE instance = {INSTANCE} AND form = 'c1_relevance'",
        "submission",
    ),
    "answers taken away": (
        f"DELETE FROM styr_submission WHERE instance = {INSTANCE} AND form = 'c1_relevance'",
        "submission",
    ),
    "a decision's outcome": (f"UPDATE styr_decision SET outcome = 'reject' WHERE project = {OURS}", "decision"),
    "a decision's day": (f"UPDATE styr_decision SET decided_on = '2020-01-01' WHERE project = {OURS}", "decision"),
    "a decision's reasons": (f"UPDATE styr_decision SET motivation = 'annat' WHERE project = {OURS}", "decision"),
    "who recorded it": (f"UPDATE styr_decision SET recorded_by = 'x' WHERE project = {OURS}", "decision"),
    "a decision taken away": (f"DELETE FROM styr_decision WHERE project = {OURS}", "decision"),
    "the pack it was taken on": (f"UPDATE styr_pack SET content = '{{}}' WHERE project = {OURS}", "pack"),
    "the pack with a digest to match": (
        "UPDATE styr_pack SET content = '{}', digest = "
        f"'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE project = {OURS}",
        "pack or decision",
    ),
    "a document's digest": (
        f"UPDATE styr_document SET digest = 'x' WHERE project = {OURS} AND key = 'project_directive'",
        "document",
    ),
    "a document's submission": (
        "UPDATE styr_document SET submission = (SELECT submission FROM styr_document AS other "
        f"WHERE other.project = {OURS} AND other.key = 'idea_sheet') "
        f"WHERE project = {OURS} AND key = 'project_directive'",
        "document",
    ),
}
"""Where somebody who owns the file might reach in, and the code that names what is wrong then."""


@pytest.fixture
def connection(world: World) -> Iterator[sqlite3.Connection]:
    """The database file itself, beside the application."""
    connection = sqlite3.connect(world.var / "styr.sqlite")
    yield connection
    connection.close()


@pytest.mark.parametrize("table", IMMUTABLE)
def test_the_database_refuses_to_change_or_remove_what_is_on_record(
    world: World, connection: sqlite3.Connection, table: str
) -> None:
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")]
    fixed = [column for column in columns if column not in LIFE.get(table, ())]
    changes = [f"UPDATE {table} SET {column} = COALESCE({column}, '') || '3'" for column in fixed]
    with world.untouched():
        for statement in (*changes, f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="immutable"):
                connection.execute(statement)
            connection.rollback()


def test_an_untouched_record_adds_up(world: World) -> None:
    assert {result.broken for result in verify(world.ctx)} == {None}


@pytest.mark.parametrize("altered", ALTERATIONS)
def test_verify_names_what_was_altered_and_whose_it_was(
    world: World, connection: sqlite3.Connection, altered: str
) -> None:
    statement, problem = ALTERATIONS[altered]
    open_up(connection)
    assert connection.execute(statement).rowcount > 0
    connection.commit()
    results = {result.title: result.broken for result in verify(world.ctx)}
    broken = results.pop("Digital avtalssignering")
    assert broken is not None
    assert broken.problem in problem.split(" or ")
    assert set(results.values()) == {None}


def open_up(connection: sqlite3.Connection) -> None:
    """Take away what stops an honest mistake: the triggers and the foreign keys."""
    connection.execute("PRAGMA foreign_keys = OFF")
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
