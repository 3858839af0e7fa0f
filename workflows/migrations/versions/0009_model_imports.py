"""Keep what an import made of files until a draft is made of it, and its report for good."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.kernel.database import Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "styr_model_import",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("report", sa.LargeBinary(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=True),
        sa.Column("draft", sa.String(32), nullable=True),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.String(32), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_styr_model_import"),
    )
    op.create_index("ix_styr_model_import_draft", "styr_model_import", ["tenant", "draft"])
