"""Keep what the bank finds a project by: ideas, lessons, closing words and the reasons of decisions."""

from __future__ import annotations

from typing import Any

import orjson
import sqlalchemy as sa
from alembic import op

from workflows.flow.folding import fold
from workflows.kernel.database import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DECISIONS = """
    SELECT tenant, project, id AS source, 'decision' AS kind, recorded_on AS at, motivation AS text
    FROM styr_decision WHERE secrecy IS NULL AND motivation <> ''
"""
HANDED_IN = """
    SELECT s.tenant, p.id AS project, s.form AS source, s.at, s.answers
    FROM styr_submission s JOIN styr_project p ON p.tenant = s.tenant AND p.instance = s.instance
    WHERE NOT EXISTS (
        SELECT 1 FROM styr_document d WHERE d.tenant = s.tenant AND d.submission = s.id AND d.secrecy IS NOT NULL)
    ORDER BY s.at
"""
TOLD = ("summary", "lessons", "words")
"""Answers of the forms that say what was learned."""


def upgrade() -> None:
    """Make the table, and fill it with decisions and lessons on record; ideas from before are found by their titles."""
    table = op.create_table(
        "styr_bank_text",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("project", sa.String(32), nullable=False),
        sa.Column("source", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["tenant", "project"], ["styr_project.tenant", "styr_project.id"]),
        sa.PrimaryKeyConstraint("tenant", "project", "source"),
    )
    typed = {"at": Moment()}
    connection = op.get_bind()
    found = [dict(row._mapping) for row in connection.execute(sa.text(DECISIONS).columns(**typed))]
    found += _learned(connection.execute(sa.text(HANDED_IN).columns(**typed)))
    if found:
        connection.execute(table.insert(), [row | {"search": fold(row["text"])} for row in found])


def downgrade() -> None:
    """Forget it; all of it stands elsewhere too."""
    op.drop_table("styr_bank_text")


def _learned(rows: Any) -> list[dict[str, Any]]:
    """Return the newest lessons and closing words of each project, as they are written from now on."""
    newest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in rows:
        answers = orjson.loads(row.answers)
        if "lessons" not in answers and "words" not in answers:
            continue
        kind = "report" if "lessons" in answers else "words"
        said = [answers[key] for key in TOLD if isinstance(answers.get(key), str)]
        one = {"tenant": row.tenant, "project": row.project, "source": row.source, "kind": kind, "at": row.at}
        newest[row.tenant, row.project, row.source] = one | {"text": "\n".join(said)}
    return list(newest.values())
