"""What a check says about a bundle."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workflows import engine
from workflows.engine import Severity

__all__ = ["Finding", "Severity"]

MAX_MESSAGE = 600
"""Characters of a message; only a hostile file has words that long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule's sentence about one element of one file; `attribute` narrows it down, where one is meant."""

    rule: str
    message: str
    file: str = ""
    element: str = ""
    attribute: str = ""
    severity: Severity = Severity.ERROR

    def shortened(self) -> Finding:
        """Return the finding with no more of its message than a page has room for."""
        return (
            self if len(self.message) <= MAX_MESSAGE else replace(self, message=self.message[: MAX_MESSAGE - 2] + "….")
        )

    @property
    def sentence(self) -> str:
        """Return file, element and message as one line."""
        return ": ".join(part for part in (self.file, self.element, self.message) if part)

    @classmethod
    def from_engine(cls, finding: engine.Finding) -> Finding:
        """Take over a finding of the engine's own checks."""
        told = cls(
            rule=finding.rule,
            message=finding.message,
            file=finding.file or "",
            element=finding.element,
            attribute=finding.attribute,
            severity=finding.severity,
        )
        return told.shortened()
