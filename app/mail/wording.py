"""What Styr's mails say. Only what the subject line of a public registry may hold: never answers, never reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources

from app.shell.dates import long_day, moment
from workflows.kernel.mail import Mail, one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A task that has come to a person; `link` is its whole address, `due` None when it has no deadline.

    `back_from` is the name of who sent it back, "" when it is new.
    """

    to: str
    name: str
    task: str
    project: str
    due: date | None
    link: str
    back_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An idea that was answered and goes no further as a project; `link` leads to the answer."""

    to: str
    name: str
    project: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A decision that too few can take part in; `link` leads to its room."""

    to: str
    name: str
    task: str
    project: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A model draft that somebody else has to publish; `link` leads to the request."""

    to: str
    name: str
    draft: str
    model: str
    asked_by: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """A link to choose a password; it holds the secret and works once. `welcome`: the person's first password."""

    to: str
    name: str
    link: str
    expires_at: datetime
    welcome: bool


def assigned(assignment: Assignment, *, key: str, today: date, municipality: str) -> Mail:
    """Return the mail that tells somebody of a task that is new, or has come back."""
    due = assignment.due
    return _mail(
        "returned" if assignment.back_from else "assigned",
        back_from=one_line(assignment.back_from),
        to=assignment.to,
        key=key,
        name=one_line(assignment.name),
        task=one_line(assignment.task),
        project=one_line(assignment.project),
        deadline=f"Klart senast: {long_day(due, today)}\n" if due else "",
        link=assignment.link,
        municipality=municipality,
    )


def reminded(assignment: Assignment, *, by: str, key: str, today: date, municipality: str) -> Mail:
    """Return the mail in which somebody reminds of a task; why is not in it."""
    due = assignment.due
    return _mail(
        "reminded",
        by=one_line(by),
        to=assignment.to,
        key=key,
        name=one_line(assignment.name),
        task=one_line(assignment.task),
        project=one_line(assignment.project),
        deadline=f"Klart senast: {long_day(due, today)}\n" if due else "",
        link=assignment.link,
        municipality=municipality,
    )


def answered(answer: Answer, *, key: str, municipality: str) -> Mail:
    """Return the mail that tells whoever had an idea that it has been answered; the answer itself is not in it."""
    return _mail(
        "answered",
        to=answer.to,
        key=key,
        name=one_line(answer.name),
        project=one_line(answer.project),
        link=answer.link,
        municipality=municipality,
    )


def stuck(decision: Stuck, *, key: str, municipality: str) -> Mail:
    """Return the mail that tells the project office of a decision that nobody can take; why is not in it."""
    return _mail(
        "stuck",
        to=decision.to,
        key=key,
        name=one_line(decision.name),
        task=one_line(decision.task),
        project=one_line(decision.project),
        link=decision.link,
        municipality=municipality,
    )


def review(request: Review, *, key: str, municipality: str) -> Mail:
    """Return the mail that asks somebody to review and publish a model draft."""
    return _mail(
        "review",
        to=request.to,
        key=key,
        name=one_line(request.name),
        draft=one_line(request.draft),
        model=one_line(request.model),
        asked_by=one_line(request.asked_by),
        link=request.link,
        municipality=municipality,
    )


def password(way: WayIn, *, key: str, today: date, municipality: str) -> Mail:
    """Return the mail with the link to a first or a new password."""
    return _mail(
        "welcome" if way.welcome else "password",
        to=way.to,
        key=key,
        name=one_line(way.name),
        link=way.link,
        until=moment(way.expires_at, today),
        municipality=municipality,
    )


def _mail(template: str, *, to: str, key: str, **words: str) -> Mail:
    """Fill a text whose first line is the subject; what fills it is never read as a template."""
    source = (resources.files("app.mail") / "texts" / f"{template}.txt").read_text(encoding="utf-8")
    subject, _, body = source.partition("\n\n")
    return Mail(to=to, subject=subject.format(**words), text=body.format(**words), key=key)
