"""Find the newest submission of each form and item in the index alone, and that of a task by index."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLE, INDEX = "styr_submission", "ix_styr_submission_form"


def upgrade() -> None:
    op.drop_index(INDEX, TABLE)
    op.create_index(INDEX, TABLE, ["tenant", "instance", "form", "item", "at"])
    op.create_index("ix_styr_submission_task", TABLE, ["tenant", "task"])
