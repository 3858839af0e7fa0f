"""Failed jobs in Drift: what each was for, what went wrong in words, and trying again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from app.monitor.blueprint import bp
from app.shell.context import request_context
from app.shell.guard import allow
from workflows.kernel.errors import Text, _l
from workflows.kernel.jobs import KILLED
from workflows.operations import REPAIR, Failure, failed_jobs, retry_jobs

PURPOSES: dict[str, Text] = {
    "mail.assigned": _l("Mejla dem som ”%(step)s” väntar på"),
    "mail.task": _l("Mejla %(person)s om ”%(step)s”"),
    "mail.remind": _l("Påminna %(person)s om ”%(step)s”"),
    "mail.answered": _l("Mejla svaret på en idé"),
    "mail.stuck": _l("Mejla %(person)s om ett beslut som ingen kan ta"),
    "mail.review": _l("Mejla %(person)s om ett utkast som väntar på granskning"),
    "mail.password": _l("Mejla en länk till lösenord"),
    "paper.render": _l("Göra en handling till pdf"),
}
"""What a job is for, by its name."""

UNREACHED = ("refused", "timed out", "timeout", "Name or service", "getaddrinfo", "unreachable", "closed unexpectedly")
NO_ADDRESS = ("5.1.1", "550", "551", "553", "recipient", "Recipient")
FULL = ("No space left", "disk is full")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """A failed job as the list shows it; `said` is what the machine said, for who looks after it."""

    key: str
    what: str
    project: str
    title: str
    why: str
    tries: str
    said: str
    at: datetime


@bp.post("/monitor/jobs")
@allow(*REPAIR.organisation)
def retry() -> ResponseReturnValue:
    """Let one failed job, or all that are listed, be tried again."""
    keys = request.form.getlist("key")[:100]
    done = retry_jobs(request_context(), keys=keys)
    return redirect(url_for("monitor.monitor", retried=done, _anchor="jobs"), 303)


def job_rows() -> list[JobRow]:
    """Return the failed jobs, newest first."""
    return [_row(one) for one in failed_jobs(request_context())]


def retried_words() -> str:
    """Return how many jobs were just let be tried again, "" when none was asked for."""
    number = request.args.get("retried", "")
    if not (number.isascii() and number.isdecimal()) or len(number) > 3:
        return ""
    if not int(number):
        return gettext("Någon hann före: det väntar inte längre.")
    return ngettext("%(num)s jobb försöks igen.", "%(num)s jobb försöks igen.", int(number))


def _row(one: Failure) -> JobRow:
    job = one.job
    purpose = PURPOSES.get(job.name, _l("Ett jobb i bakgrunden"))
    what = gettext(purpose, person=one.person or gettext("någon"), step=one.step or gettext("ett steg"))
    return JobRow(
        key=job.key,
        what=what,
        project=one.project,
        title=one.title,
        why=_why(job.error),
        tries=ngettext("%(num)s försök", "%(num)s försök", job.tries),
        said="" if job.error == KILLED else job.error[:500],
        at=job.failed_at,
    )


def _why(error: str) -> str:
    """Return what went wrong, as far as the machine's words tell."""
    if error == KILLED:
        return gettext("Servern stannade mitt i jobbet, flera gånger.")
    if any(sign in error for sign in NO_ADDRESS):
        return gettext("Mejlservern tar inte emot adressen. Se om den är rätt under Personer.")
    if any(sign in error for sign in UNREACHED):
        return gettext("Mejlservern svarade inte. Försök igen när den är i gång.")
    if any(sign in error for sign in FULL):
        return gettext("Disken är full. Gör plats och försök igen.")
    return gettext("Något oväntat hände. Försök igen; går det inte, visa raden nedan för den som sköter servern.")
