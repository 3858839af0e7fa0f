"""What drafts refuse, in words for whoever changes a model."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l
from workflows.people import Refused


class DraftChanged(StyrError):
    """Somebody changed the same file after it was read; nothing of this change is saved."""

    status = 409
    code = "draft_changed"
    message = _l("{by} ändrade samma del av modellen medan du arbetade. Dina ändringar är inte sparade.")


class DraftClosed(StyrError):
    """A change of a draft that waits for publication, is published or discarded."""

    status = 409
    code = "draft_closed"
    message = _l("Utkastet kan inte ändras nu. Om det väntar på granskning kan begäran tas tillbaka.")


class BundleFileRefused(Refused):
    """A file that no model can hold: its name, its size, or bytes that are not text."""

    code = "bundle_file_refused"
    field = "file"
    message = _l("{reason}")


class NothingToUndo(StyrError):
    """Undo of a draft that nobody has changed, or all changes of which are taken back."""

    status = 409
    code = "nothing_to_undo"
    message = _l("Det finns inget mer att ångra i utkastet.")


class DraftBehind(StyrError):
    """A newer version was published after the draft began; publishing it would undo that version in silence."""

    status = 409
    code = "draft_behind"
    message = _l("Version {version} publicerades efter att utkastet började. Hämta in den först.")


class DraftNotReady(Refused):
    """Publication of a draft that the check or a scenario is against, or that changes nothing."""

    code = "draft_not_ready"
    field = "note"
    message = _l("{reason}")


class NotYourOwn(Refused):
    """Publication by one of those who wrote it, without an administrator's reason."""

    code = "not_your_own"
    field = "reason"
    message = _l("Den som har ändrat modellen publicerar den inte själv. Be en kollega, eller en administratör.")
