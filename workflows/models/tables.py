"""Published bundles: stored once per digest, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import ID, Moment, Table, Tenanted


class BundleRow(Tenanted, Table):
    """One published version of a model. `content` is zstd over JSON {path: text}."""

    __tablename__ = "styr_bundle"
    __table_args__ = (UniqueConstraint("tenant", "model", "version"),)

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    model: Mapped[str] = mapped_column(String(40))
    version: Mapped[int] = mapped_column()
    content: Mapped[bytes] = mapped_column(LargeBinary)
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str | None] = mapped_column(ID)
