"""What is reckoned from history for those who watch over the projects; all of it can be made anew."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from workflows.kernel.database import Moment, Table, Tenanted


class UsualTimeRow(Tenanted, Table):
    """How long a step of a model usually takes, of those that were done: in seconds, from opened to done.

    `step` is its node, with the gate before it when it is done for one: `bp1/decide_single`.
    """

    __tablename__ = "styr_usual_time"

    model: Mapped[str] = mapped_column(String(40), primary_key=True)
    step: Mapped[str] = mapped_column(String(130), primary_key=True)
    count: Mapped[int] = mapped_column()
    median: Mapped[int] = mapped_column()
    long: Mapped[int] = mapped_column()
    reckoned_at: Mapped[datetime] = mapped_column(Moment)
