"""What the table of steps refuses, and what to do instead."""

from __future__ import annotations

from workflows.kernel.errors import StyrError, _l
from workflows.people import Refused


class StepGone(StyrError):
    """A step, gate or phase that the model no longer has, as when somebody else removed it."""

    status = 409
    code = "step_gone"
    message = _l("Det du vill ändra finns inte längre i utkastet. Ladda om sidan och se hur det står nu.")


class AnswersRead(StyrError):
    """What is to be removed writes answers that something else reads; `where` names it, `places` are findings there."""

    status = 409
    code = "answers_read"
    message = _l("{what} kan inte tas bort: svaren läses i {where}. Ändra där först.")


class StepNeeded(StyrError):
    """What is to be removed holds something up that the model needs; `gate` is the one to change first, if any is."""

    status = 409
    code = "step_needed"
    message = _l("{what} kan inte tas bort: {why}. Ändra det först.")


class NoSuchPlace(Refused):
    """A place where a step cannot stand, since the way parts or meets there."""

    code = "no_such_place"
    field = "place"
    message = _l("Där delar sig vägen, så steget får ingen given plats. Välj en annan, eller flytta i diagrammet.")


class CannotMove(Refused):
    """A step that more than one way leads to or from, or that has events which lead elsewhere."""

    code = "cannot_move"
    field = "place"
    message = _l("{step} hänger ihop med flera vägar och kan inte flyttas i tabellen. Flytta det i diagrammet.")


class WordsMissing(Refused):
    """Something compulsory that was left out; `field` is where it is typed."""

    code = "words_missing"
    message = _l("{sentence}")


class NameTaken(Refused):
    """A name that another phase or gate has already, so that nobody could tell them apart; `field` is where it is."""

    code = "name_taken"
    message = _l("{name} finns redan i modellen. Välj ett namn som går att skilja från det.")


class OutcomesWrong(Refused):
    """Outcomes that make no gate."""

    code = "outcomes_wrong"
    field = "outcomes"
    message = _l("{sentence}")
