"""The kernel's own tables besides the event chain's (`chain.py`)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import Moment, Table, Tenanted


class MailRow(Tenanted, Table):
    """A mail that was kept instead of sent, for an installation without a mail server. One row per key."""

    __tablename__ = "styr_mail"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
