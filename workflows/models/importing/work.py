"""What all steps of an import share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflows.models.comparing.feel_words import condition_words
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.importing.drawing import Scope, Step
from workflows.models.importing.forms import Forms
from workflows.models.importing.naming import Names
from workflows.models.importing.roles import Roles
from workflows.models.importing.rows import Place, Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The report, the forms and roles as they are made, the tables that came along (outputs by id), which process is
    meant by each name that a call may use, and which of them is the project itself.
    """

    report: Report
    names: Names
    forms: Forms
    roles: Roles
    tables: Mapping[str, tuple[str, ...]]
    processes: Mapping[str, str]
    main: str
    conditions: list[tuple[Place, str, str]] = field(default_factory=list)
    """Where a condition stands, what it was, and how it is written now: told when the whole model can name things."""

    def tell_conditions(self, files: Mapping[str, bytes]) -> None:
        """Add a row for each condition that is written in another way now, said as people say it."""
        names = Lexicon(files=files)
        for at, was, written in self.conditions:
            self.report.changed(at, was, f"Vägen tas nu när {condition_words(written, names)}.")

    def leave_out(self, scope: Scope, step: Step, was: str, done: str, advice: str) -> None:
        """Leave a step out, and what could only be reached through it, with a row for each."""
        roots = [one.id for one in scope.steps.values() if one.attached_to is None and not scope.into(one.id)]
        before = scope.reached(roots)
        self.report.lost(step.place, was, done, advice)
        scope.drop(step)
        for gone in sorted(before - scope.reached(root for root in roots if root in scope.steps) - {step.id}):
            left = scope.steps.get(gone)
            if left is not None:
                self.report.lost(left.place, f"Steget kunde bara nås genom {step.label}.", "Det togs inte med.", advice)
                scope.drop(left)
