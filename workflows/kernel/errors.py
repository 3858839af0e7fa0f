"""The error family that speaks to people, and the marker for texts below `app` that the shell translates."""

from __future__ import annotations

from typing import ClassVar


class Text(str):
    """A Swedish text that the shell translates when it is shown; it stays a plain `str` everywhere else."""

    __slots__ = ()


def _l(text: str) -> Text:
    """Mark `text` for translation (msgids are Swedish)."""
    return Text(text)


class StyrError(Exception):
    """Something the user can understand and act upon.

    `status` is the HTTP status, `code` a stable name for logs and the API, `message` the sentence shown;
    `{names}` in the message are filled from keyword arguments, which stay readable in `facts`.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "error"
    message: ClassVar[str] = _l("Det gick inte att göra det du bad om.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))


class NotFound(StyrError):
    """The object does not exist, or the actor may not know that it does."""

    status = 404
    code = "not_found"
    message = _l("Sidan finns inte, eller så får du inte se den.")


class Forbidden(StyrError):
    """The actor may see the object but not do this with it."""

    status = 403
    code = "forbidden"
    message = _l("Du får inte göra det här.")


class VersionConflict(StyrError):
    """Another request changed the same thing between our read and our write."""

    status = 409
    code = "version_conflict"
    message = _l("Någon annan ändrade samtidigt. Ladda om sidan och försök igen.")


class AlreadyDone(StyrError):
    """The same request id was carried out before; `outcome` is the id of what it made then."""

    status = 409
    code = "already_done"
    message = _l("Det här är redan gjort.")

    def __init__(self, *, outcome: str) -> None:
        self.outcome = outcome
        super().__init__(outcome=outcome)


class StorageFull(StyrError):
    """The disk has no room left or cannot be written; nothing of the request was saved."""

    status = 507
    code = "storage_full"
    message = _l("Lagringen är full. Inget sparades. Försök igen när driften har gjort plats.")


class StorageBusy(StyrError):
    """Another process held the database longer than we wait; nothing of the request was saved."""

    status = 503
    code = "storage_busy"
    message = _l("Systemet är upptaget just nu. Inget sparades. Försök igen om en stund.")


class RequestReused(StyrError):
    """A request id that something else was done under before; nothing of this request is saved."""

    status = 409
    code = "request_reused"
    message = _l("Sidan har redan använts till något annat. Gå tillbaka, ladda om den och försök igen.")
