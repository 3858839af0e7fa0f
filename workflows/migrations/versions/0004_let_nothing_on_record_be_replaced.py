"""Refuse to replace what is on record, and find a decision and a condition by the task they were made in."""

from __future__ import annotations

from alembic import op

from workflows.migrations.immutable import make_immutable, make_mutable

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FIXED = ("styr_event", "styr_bundle", "styr_submission", "styr_decision", "styr_document", "styr_file", "styr_recusal")


def upgrade() -> None:
    op.create_index("ix_styr_condition_task", "styr_condition", ["tenant", "task"])
    op.create_index("ix_styr_decision_task", "styr_decision", ["tenant", "task"])
    for table in FIXED:
        make_mutable(table)
        make_immutable(table)
    make_immutable("styr_pack", but=("status",))
    make_immutable("styr_condition", but=("owner", "status", "done_at", "done_by", "note"))
