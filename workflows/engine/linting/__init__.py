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
from workflows.engine.linting.passing import Course, passing
from workflows.engine.linting.soundness import Explored
from workflows.engine.linting.steps import Fields
from workflows.engine.linting.upstream import upstream


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a model says beside its diagrams; what is not given is not checked.

    `fields` tells a form's fields, `facts` are the names the application fills in, `closing` the keys of closing
    gates, `rework_to` the phases each gate may send back to (the first is the default), `ends` what makes something of
    a project, `course` the order of its phases and gates.
    """

    fields: Fields | None = None
    facts: Collection[str] | None = None
    closing: Collection[str] = ()
    rework_to: Mapping[str, Sequence[str]] = field(default_factory=dict)
    ends: Collection[str] = ()
    course: Course = field(default_factory=Course)


def lint(files: Mapping[str, bytes], *, process: str = "project", around: Around | None = None) -> tuple[Finding, ...]:
    """Return every finding on the `*.bpmn` and `*.dmn` entries of a bundle; no error means that it may be published."""
    diagram, decisions, unrunnable = analyse(files, process)
    if unrunnable:
        return unrunnable
    return tuple(_drawn(diagram, decisions, process, around or Around()))


def explored(files: Mapping[str, bytes], *, process: str = "project") -> Explored | None:
    """Return how much of the token games `lint` looked at; None when the diagrams cannot be run."""
    diagram, _, unrunnable = analyse(files, process)
    return None if unrunnable else soundness.explored(diagram)


def names_in_scope(
    files: Mapping[str, bytes], *, process: str = "project", around: Around | None = None
) -> Mapping[str, names.Known]:
    """Return what an expression at each element can name, with its fields (None: any), as far as the files are read."""
    diagram, decisions, _ = analyse(files, process)
    around = around or Around()
    facts = None if around.facts is None else frozenset(around.facts)
    return names.in_scope(diagram, decisions, around.fields, facts)


def _drawn(diagram: Diagram, decisions: Mapping[str, Decision], process: str, around: Around) -> Iterator[Finding]:
    if any(finding.rule == "too-many-nodes" for finding in structure.sizes(diagram)):
        yield from structure.sizes(diagram)
        return
    for rule in (*structure.RULES, *steps.RULES):
        yield from rule(diagram)
    yield from soundness.soundness(diagram, around.ends)
    if around.fields is not None:
        yield from steps.forms(diagram, around.fields)
    yield from gates.outcomes(diagram, frozenset(around.closing))
    yield from gates.keys(diagram)
    yield from gates.ways_out(diagram, around.rework_to)
    yield from gates.frame(diagram, process)
    facts = None if around.facts is None else frozenset(around.facts)
    yield from names.names(diagram, decisions, around.fields, facts)
    yield from upstream(diagram, decisions, around.fields)
    yield from passing(diagram, process, around.course)
