"""Which way mail goes in this installation."""

from __future__ import annotations

from app.settings import Settings
from workflows.kernel.clock import Clock, system_clock
from workflows.kernel.database import Database
from workflows.kernel.mail import Mail, MailSender, OutboxMail, SmtpMail


class MailNotConfigured(OSError):
    """The installation has no mail server; the job fails where an administrator sees it."""


class NoMail:
    """Refuses to send, so that a mail is never lost in silence."""

    def send(self, mail: Mail) -> None:
        """Raise MailNotConfigured."""
        raise MailNotConfigured("set STYR_SMTP_URL, or STYR_DEV_MAIL=1 on your own machine")


def sender(settings: Settings, database: Database, clock: Clock = system_clock) -> MailSender:
    """Return the sender: mail server, the page for one's own machine, or none."""
    if settings.smtp_url:
        return SmtpMail(url=settings.smtp_url, sender=settings.mail_from, clock=clock)
    if settings.dev_mail:
        return OutboxMail(database=database, tenant=settings.tenant, clock=clock)
    return NoMail()
