"""What cannot be set, in words for the administrator; `field` names what to correct."""

from __future__ import annotations

from workflows.kernel.errors import _l
from workflows.people import Refused


class AmountUnusable(Refused):
    """A limit that is negative or larger than any municipality's budget."""

    code = "amount_unusable"
    field = "amount"
    message = _l("Skriv ett belopp i hela kronor, från 0 till 10 miljarder")


class DaysUnusable(Refused):
    """A period of no days, of less, or of more than a working year."""

    code = "days_unusable"
    message = _l("Skriv ett helt antal arbetsdagar från 1 till {most}, eller lämna tomt")


class ReminderTooLate(Refused):
    """A reminder that would come when the step should be done already."""

    code = "reminder_too_late"
    field = "remind"
    message = _l("Påminn före sista dagen: färre än {due} arbetsdagar")


class EscalatedTooEarly(Refused):
    """A step that would be escalated before it is late."""

    code = "escalated_too_early"
    field = "escalate"
    message = _l("Lyft vidare tidigast när steget ska vara klart: minst {due} arbetsdagar")


class DayTooFar(Refused):
    """A first day that nobody plans for; a slip of the keyboard."""

    code = "day_too_far"
    field = "valid_from"
    message = _l("Välj en dag inom tio år")


class NothingChanges(Refused):
    """The value that holds on that day anyway."""

    code = "nothing_changes"
    message = _l("Det gäller redan den dagen. Skriv ett annat värde, eller välj en annan dag")


class ChangedMeanwhile(Refused):
    """Somebody set the value after the page was opened; nothing is written over unseen."""

    status = 409
    code = "changed_meanwhile"
    message = _l("{name} ändrade det här medan du skrev. Läs vad som gäller nu, och spara igen om du vill ändra det")
