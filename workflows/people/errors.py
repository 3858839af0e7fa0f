"""What this room refuses, in words for the one who asked."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l


class Refused(StyrError):
    """An entry that cannot be used; `field` names the one to correct, so that a form can show the words there."""

    status = 422
    code = "refused"
    field: str = ""

    def __init__(self, *, field: str | None = None, **facts: object) -> None:
        super().__init__(**facts)
        if field is not None:
            self.field = field


class NameMissing(Refused):
    """A person or body without a name."""

    code = "name_missing"
    field = "name"
    message = _l("Skriv ett namn")


class EmailUnusable(Refused):
    """Text that is no e-mail address."""

    code = "email_unusable"
    field = "email"
    message = _l("Skriv en e-postadress, till exempel anna.berg@exempelkommun.se")


class EmailTaken(Refused):
    """Another person, perhaps no longer active, has the address."""

    code = "email_taken"
    field = "email"
    message = _l("{name} har redan den e-postadressen. Skriv en annan, eller ändra hos {name}")


class TooLong(Refused):
    """A text longer than its column."""

    code = "too_long"
    message = _l("Skriv kortare: högst {limit} tecken")


class ReasonMissing(Refused):
    """A change of holder without a reason."""

    code = "reason_missing"
    field = "reason"
    message = _l("Skriv varför")


class LegalSourceMissing(Refused):
    """A deputy without the decision or order that gives the right to stand in."""

    code = "legal_source_missing"
    field = "legal_source"
    message = _l("Skriv vilket beslut eller vilken ordning som ger rätten, till exempel delegationsordningen punkt 3.2")


class DayPassed(Refused):
    """A change of who may act, dated back: what was decided meanwhile would lose or gain authority afterwards."""

    code = "day_passed"
    field = "valid_from"
    message = _l("Välj i dag eller en senare dag")


class DaysReversed(Refused):
    """A last day before the first."""

    code = "days_reversed"
    field = "valid_to"
    message = _l("Sista dagen kan inte ligga före den första")


class PersonUnusable(Refused):
    """Somebody who does not exist or is no longer active."""

    code = "person_unusable"
    field = "person"
    message = _l("Välj en person som är aktiv")


class BodyUnusable(Refused):
    """A body that does not exist, or a board, which steers no project by itself."""

    code = "body_unusable"
    field = "body"
    message = _l("Välj en styrgrupp som finns")


class RoleMissing(Refused):
    """An appointment without a role, or with one the organisation does not have."""

    code = "role_missing"
    field = "role"
    message = _l("Välj en roll")


class AlreadyHolds(Refused):
    """The same person or body holds the same role in the same scope on some of the days."""

    code = "already_holds"
    field = "person"
    message = _l("{name} har redan rollen under de dagarna")


class AlreadySeated(Refused):
    """The same person sits in the same body on some of the days."""

    code = "already_seated"
    field = "person"
    message = _l("{name} har redan en plats under de dagarna")


class ChairTaken(Refused):
    """A body has one chair at a time."""

    code = "chair_taken"
    field = "role"
    message = _l("{name} är ordförande under de dagarna. Avsluta den platsen först")


class QuorumUnusable(Refused):
    """A fixed quorum below one."""

    code = "quorum_unusable"
    field = "quorum_count"
    message = _l("Skriv hur många som minst ska vara med, till exempel 3")


class SamePerson(Refused):
    """A successor or deputy who is the one to be followed or stood in for."""

    code = "same_person"
    field = "person"
    message = _l("Välj någon annan än {name}")


class BodyHasSubstitutes(Refused):
    """A deputy for a role that a body holds; a body has substitutes of its own."""

    code = "body_has_substitutes"
    field = "role"
    message = _l("Rollen innehas av {name}. Där träder ersättare in, inte en ställföreträdare")


class AlreadyOver(Refused):
    """A change of a role or seat that has ended before the day of the change."""

    code = "already_over"
    field = "valid_from"
    message = _l("Uppdraget är redan slut den dagen. Ladda om sidan för att se vem som har det")


class NothingToHandOver(Refused):
    """A handing over from somebody who has no role, no seat and stands in for nobody from that day on."""

    code = "nothing_to_hand_over"
    field = "valid_from"
    message = _l("{name} har inga uppdrag att lämna över från den dagen")


class LastAdministrator(Refused):
    """The change would leave nobody who can manage people and roles."""

    code = "last_administrator"
    field = "last_day"
    message = _l("Det måste finnas minst en administratör. Ge rollen till någon annan först")


class StillHolds(Refused):
    """Somebody to be deactivated who still has roles, seats or stands in: their work would be left to nobody."""

    code = "still_holds"
    field = "person"
    message = _l("{name} har fortfarande uppdrag. Lämna över dem först")
