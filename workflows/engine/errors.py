"""What the engine refuses, and how it says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workflows.kernel.errors import StyrError, _l


class Severity(StrEnum):
    """Whether a finding hinders publishing."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One reason why a diagram cannot be run or published: which rule, at which element, and what to do about it.

    `message` is a Swedish sentence for the person who draws; `element` is a BPMN id (empty for a whole file);
    `attribute` names what is wrong of the element, where one thing is.
    """

    rule: str
    element: str
    message: str
    file: str | None = None
    attribute: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.element) if part)
        return f"{self.message} ({where})" if where else self.message


class EngineRefused(StyrError):
    """The diagrams are hostile, broken, or hold something the engine does not run; `findings` says what and where."""

    status = 422
    code = "engine_refused"
    message = _l("Processmodellen kan inte köras. {first}")

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(first=self.findings[0])


class TaskNotOpen(StyrError):
    """A step was completed that is not open: done already, withdrawn, or never there."""

    status = 409
    code = "task_not_open"
    message = _l("Steget är inte öppet längre. Ladda om sidan för att se vad som gäller.")


class NothingWaits(StyrError):
    """A message was sent to a place where nothing waits for it."""

    status = 409
    code = "nothing_waits"
    message = _l("Det finns inget här som kan ta emot det längre. Ladda om sidan för att se vad som gäller.")


class WrongExecutable(StyrError):
    """A state was given together with the diagrams of another version, or in a format this version does not read."""

    status = 500
    code = "wrong_executable"
    message = _l("Projektets läge hör till en annan version av processmodellen.")


class NoWayOut(StyrError):
    """The diagram led the engine into a place it cannot leave (names the element); nothing of the step is kept."""

    status = 500
    code = "no_way_out"
    message = _l("Processmodellen fastnade vid {element}. Inget sparades. Kontakta den som förvaltar modellen.")
