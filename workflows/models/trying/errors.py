"""What a trial refuses, in words for whoever tries."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l


class TrialChanged(StyrError):
    """A turn was made on a page that is no longer how the trial stands (another window, or the same click twice)."""

    status = 409
    code = "trial_changed"
    message = _l("Provkörningen har gått vidare i ett annat fönster. Ladda om sidan, så ser du var den står nu.")


class TrialFull(StyrError):
    """A trial that has taken as many turns as one may."""

    status = 409
    code = "trial_full"
    message = _l("Provkörningen har blivit för lång. Spara den som ett scenario, eller börja en ny.")


class NothingTried(StyrError):
    """Undo of a trial in which nothing has been done."""

    status = 409
    code = "nothing_tried"
    message = _l("Det finns inget mer att ångra i provkörningen.")
