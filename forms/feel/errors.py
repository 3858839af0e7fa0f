"""The one error of the language, and the bounds that raise it."""

MAX_SOURCE = 4_000
"""Characters in one expression."""

MAX_DEPTH = 64
"""Levels of nesting, brackets and operators counted alike; also for values."""

MAX_TEXT = 100_000
"""Characters in one text value."""

MAX_STEPS = 100_000
"""What one evaluation may cost: roughly one step for a node visited or a list item touched."""


class FeelError(Exception):
    """A text outside the grammar, or an evaluation outside the bounds.

    `message` is a Swedish sentence for the process designer; `position` is the index of the character
    it speaks of, counted from 0, or None when it concerns the evaluation as a whole.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        if self.position is None:
            return self.message
        return f"{self.message} (tecken {self.position + 1})"


def shown(source: str) -> str:
    """Return a source text as a sentence quotes it: its beginning, when it is long."""
    return source if len(source) <= 120 else source[:117] + "…"
