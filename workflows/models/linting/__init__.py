"""Everything that keeps a bundle from being published, each with file, element and a sentence on what to do.

What cannot be read at all comes first and alone: rules about what files say to one another would only guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from workflows import engine
from workflows.models.bundle import BundleRefused, Content, read_definitions
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.finding import Finding, Severity
from workflows.models.linting import model, questions, references, scenarios
from workflows.models.linting.parts import Parts, parts_of

__all__ = ["Finding", "Severity", "check"]


def check(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return every finding on a bundle, once per content; no error among them means that it may be published."""
    return _check(Content(files))


@lru_cache(maxsize=32)
def _check(content: Content) -> tuple[Finding, ...]:
    try:
        parts = parts_of(read_definitions(content.files))
    except BundleRefused as error:
        return error.findings
    drawn = tuple(Finding.from_engine(finding) for finding in _drawn(parts))
    if parts.diagram is None:
        return (*drawn, *_told(parts))
    return (*drawn, *_told(parts), *model.check(parts), *scenarios.check(parts))


def _told(parts: Parts) -> Iterator[Finding]:
    """What can be said without a diagram that runs."""
    yield from references.check(parts)
    yield from questions.check(parts)


def _drawn(parts: Parts) -> tuple[engine.Finding, ...]:
    told = parts.model
    around = engine.Around(
        fields=parts.names_of,
        facts={*DEFAULT_FACTS, *told.registers},
        closing={gate.key for gate in told.gates if gate.closing},
        rework_to={gate.key: gate.rework_to for gate in told.gates},
    )
    return engine.lint(parts.files, process=told.process, around=around)
