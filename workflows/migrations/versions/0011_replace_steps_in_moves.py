"""Keep in which steps work goes on whose own step the target of a move does not have."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflows.kernel.database import Json

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("styr_model_move", sa.Column("replaced", Json(), nullable=True))
