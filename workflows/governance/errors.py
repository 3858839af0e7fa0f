"""What this room refuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.kernel.errors import StyrError, _l


class AnswersRefused(StyrError):
    """Answers that cannot be handed in yet: `errors` maps field names to sentences, `entered` is what was typed."""

    status = 422
    code = "answers_refused"
    message = _l("Några svar behöver rättas.")

    def __init__(self, *, errors: Mapping[str, str], entered: Mapping[str, Any]) -> None:
        self.errors = errors
        self.entered = entered
        super().__init__(errors=dict(errors))


class FieldsUnknown(StyrError):
    """A post that sets fields the form does not declare; nothing of it is used."""

    status = 400
    code = "fields_unknown"
    message = _l("Formuläret har inga fält som heter så: {names}. Inget sparades.")


class QuestionsChanged(StyrError):
    """Answers from a page that asked other questions: the project has gone over to another version meanwhile."""

    status = 409
    code = "questions_changed"
    message = _l("Projektet följer en ny version av modellen, och frågorna är andra. Läs igenom dem och granska igen.")


class DecisionRefused(StyrError):
    """A decision that lacks something compulsory: `errors` maps field names to sentences."""

    status = 422
    code = "decision_refused"
    message = _l("Beslutet går inte att registrera än.")

    def __init__(self, *, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__(errors=dict(errors))


class NotYourGate(StyrError):
    """The actor manages the project, or has declared a conflict of interest: the task waits for somebody else."""

    status = 403
    code = "not_your_gate"
    message = _l("Du kan inte besluta här. Uppgiften väntar på någon annan som har rollen.")


class NotNow(StyrError):
    """The project's state does not allow this (a gate that is not requested, a project that has ended)."""

    status = 409
    code = "not_now"
    message = _l("Det går inte i det läge projektet är i nu.")


class NotADecision(StyrError):
    """A verb for decisions met another kind of step, or the other way round."""

    status = 409
    code = "wrong_kind_of_step"
    message = _l("Steget lämnas in på en annan sida.")


class ReasonNeeded(StyrError):
    """Something that goes on record without a reason."""

    status = 422
    code = "reason_needed"
    message = _l("Skriv varför")


class TitleNeeded(StyrError):
    """An idea without a title, or with one that is too long."""

    status = 422
    code = "title_needed"
    message = _l("Skriv vad idén heter, med högst 200 tecken")
