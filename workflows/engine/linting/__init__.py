"""The linter: everything that keeps a bundle's diagrams from being published, each with a sentence on what to do.

What the engine cannot run at all (`EngineRefused`) comes first; only when there is nothing of that are the rules asked
that concern how a diagram should be drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workflows.engine.decisions import Decision
from workflows.engine.diagram import Diagram
from workflows.engine.errors import Finding
from workflows.engine.executable import analyse
from workflows.engine.linting import gates, names, soundness, steps, structure
from workflows.engine.linting.steps import Fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a model says beside its diagrams; what is not given is not checked.

    `fields` tells a form's fields, `facts` are the names the application fills in, `closing` the keys of closing
    gates, `rework_to` the phases each gate may send back to (the first is the default).
    """

    fields: Fields | None = None
    facts: Collection[str] | None = None
    closing: Collection[str] = ()
    rework_to: Mapping[str, Sequence[str]] = field(default_factory=dict)


def lint(files: Mapping[str, bytes], *, process: str = "project", around: Around | None = None) -> tuple[Finding, ...]:
    """Return every finding on the `*.bpmn` and `*.dmn` entries of a bundle; none means that it may be published."""
    diagram, decisions, unrunnable = analyse(files, process)
    if unrunnable:
        return unrunnable
    return tuple(_drawn(diagram, decisions, process, around or Around()))


def _drawn(diagram: Diagram, decisions: Mapping[str, Decision], process: str, around: Around) -> Iterator[Finding]:
    for rule in (*structure.RULES, soundness.joins_complete, *steps.RULES):
        yield from rule(diagram)
    if around.fields is not None:
        yield from steps.forms(diagram, around.fields)
    yield from gates.outcomes(diagram, frozenset(around.closing))
    yield from gates.keys(diagram)
    yield from gates.ways_out(diagram, around.rework_to)
    yield from gates.frame(diagram, process)
    facts = None if around.facts is None else frozenset(around.facts)
    yield from names.names(diagram, decisions, around.fields, facts)
