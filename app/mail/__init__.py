"""Mail to people: what it says, how it is sent, and the page that shows it on one's own machine."""

from __future__ import annotations

from app.mail.addresses import Address, addresses
from app.mail.lookup import answer_to_idea, asked_review, assignment, stuck_decision, told_of, way_in
from app.mail.pages import bp
from app.mail.sending import sender
from app.mail.wording import (
    Answer,
    Assignment,
    Review,
    Stuck,
    WayIn,
    answered,
    assigned,
    password,
    reminded,
    review,
    stuck,
)
from app.shell.feature import Feature

feature = Feature(blueprint=bp)

__all__ = [
    "Address",
    "Answer",
    "Assignment",
    "Review",
    "Stuck",
    "WayIn",
    "addresses",
    "answer_to_idea",
    "answered",
    "asked_review",
    "assigned",
    "assignment",
    "feature",
    "password",
    "reminded",
    "review",
    "sender",
    "stuck",
    "stuck_decision",
    "told_of",
    "way_in",
]
