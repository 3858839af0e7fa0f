"""Keep the moves of running projects from one version of a model to another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.kernel.database import Json, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "styr_model_move",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("model", sa.String(40), nullable=False),
        sa.Column("origin", sa.String(64), nullable=False),
        sa.Column("target", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("created_by", sa.String(32), nullable=True),
        sa.Column("acted_by", sa.String(32), nullable=True),
        sa.Column("request_id", sa.String(64), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_styr_model_move"),
        sa.UniqueConstraint("tenant", "request_id", name="uq_styr_model_move_tenant_request_id"),
    )
    op.create_index("ix_styr_model_move_model", "styr_model_move", ["tenant", "model", "created_at"])
    op.create_table(
        "styr_model_move_project",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("move", sa.String(32), nullable=False),
        sa.Column("project", sa.String(32), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("notes", Json(), nullable=False),
        sa.Column("event", sa.Integer(), nullable=True),
        sa.Column("at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("tenant", "move", "project", name="pk_styr_model_move_project"),
        sa.ForeignKeyConstraint(
            ["tenant", "move"],
            ["styr_model_move.tenant", "styr_model_move.id"],
            name="fk_styr_model_move_project_tenant_move",
        ),
        sa.ForeignKeyConstraint(
            ["tenant", "project"],
            ["styr_project.tenant", "styr_project.id"],
            name="fk_styr_model_move_project_tenant_project",
        ),
    )
    op.create_index("ix_styr_model_move_project_status", "styr_model_move_project", ["tenant", "move", "status"])
