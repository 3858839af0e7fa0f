"""Keep how long steps usually take."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.kernel.database import Moment

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "styr_usual_time",
        sa.Column("tenant", sa.String(32), nullable=False),
        sa.Column("model", sa.String(40), nullable=False),
        sa.Column("step", sa.String(130), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("median", sa.Integer(), nullable=False),
        sa.Column("long", sa.Integer(), nullable=False),
        sa.Column("reckoned_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("tenant", "model", "step", name="pk_styr_usual_time"),
    )
