"""Keep trials of model drafts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.kernel.database import Moment

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "styr_model_trial",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("draft", sa.String(32), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", Moment(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "id", name="pk_styr_model_trial"),
        sa.UniqueConstraint("tenant", "draft", "person", name="uq_styr_model_trial_tenant_draft_person"),
        sa.ForeignKeyConstraint(
            ["tenant", "draft"],
            ["styr_model_draft.tenant", "styr_model_draft.id"],
            name="fk_styr_model_trial_tenant",
        ),
    )


def downgrade() -> None:
    op.drop_table("styr_model_trial")
