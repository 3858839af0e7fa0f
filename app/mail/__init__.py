"""Mail to people: what it says, how it is sent, and the page that shows it on one's own machine."""

from __future__ import annotations

from app.mail.pages import bp
from app.mail.sending import sender
from app.mail.wording import Assignment, PasswordReset, assigned, password
from app.shell.feature import Feature

feature = Feature(blueprint=bp)

__all__ = ["Assignment", "PasswordReset", "assigned", "feature", "password", "sender"]
