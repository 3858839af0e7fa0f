"""Keep model drafts with each of their changes; let a published version have a note and be retired."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.kernel.database import Moment
from workflows.migrations.immutable import make_immutable, make_mutable

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_mutable("styr_bundle")
    for column in (
        sa.Column("note", sa.String(2000), nullable=True),
        sa.Column("retired_at", Moment(), nullable=True),
        sa.Column("retired_by", sa.String(32), nullable=True),
    ):
        op.add_column("styr_bundle", column)
    make_immutable("styr_bundle", but=("retired_at", "retired_by"))
    op.create_table(
        "styr_model_draft",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("model", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("base", sa.String(64), nullable=True),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.String(32), nullable=True),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=True),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("asked_at", Moment(), nullable=True),
        sa.Column("asked_by", sa.String(32), nullable=True),
        sa.Column("returned", sa.String(2000), nullable=False),
        sa.Column("published", sa.String(64), nullable=True),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_styr_model_draft"),
    )
    op.create_index("ix_styr_model_draft_model", "styr_model_draft", ["tenant", "model", "status"])
    op.create_table(
        "styr_model_draft_file",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("draft", sa.String(32), nullable=False),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("what", sa.String(300), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("by", sa.String(32), nullable=True),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "draft", "path", "revision", name="pk_styr_model_draft_file"),
        sa.ForeignKeyConstraint(
            ["tenant", "draft"],
            ["styr_model_draft.tenant", "styr_model_draft.id"],
            name="fk_styr_model_draft_file_tenant_draft",
        ),
    )
    op.create_index("ix_styr_model_draft_file_revision", "styr_model_draft_file", ["tenant", "draft", "revision"])
