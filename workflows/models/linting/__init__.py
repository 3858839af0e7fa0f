"""Everything that keeps a bundle from being published, each with file, element and a sentence on what to do.

What cannot be read at all comes first and alone: rules about what files say to one another would only guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from time import perf_counter

from workflows import engine
from workflows.kernel.parsed import Parsed
from workflows.models.bundle import BundleRefused, digest_of, read_definitions, refused_files
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.finding import Finding, Severity
from workflows.models.linting import advice, deciders, four_eyes, model, questions, references, scenarios, unused
from workflows.models.linting.ordering import in_order
from workflows.models.linting.parts import Parts, parts_of
from workflows.models.model import Ending

__all__ = ["MAX_FINDINGS", "Finding", "Severity", "Verdict", "check", "element_names", "verdict"]

MAX_FINDINGS = 500
"""So many are told of one bundle; whoever mends these sees the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A check in short. `explored` counts the states of the token games that were tried; `bound_hit` tells that there
    were more; `seconds` is what the check took when it was made. `untranslated` counts texts without English, which are
    no warnings.
    """

    errors: int
    warnings: int
    explored: int
    bound_hit: bool
    seconds: float
    untranslated: int = 0


def check(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return every finding on a bundle, errors first, then by file and in the order of the flow.

    No error among them means that it may be published. The same content is checked once.
    """
    return _checked(files).findings


def verdict(files: Mapping[str, bytes]) -> Verdict:
    """Return how a bundle stands; costs nothing more when it was checked before."""
    return _checked(files).verdict


def element_names(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return what people call the elements that findings speak of, by id; what cannot be read has no name."""
    return engine.element_names(files)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    findings: tuple[Finding, ...]
    verdict: Verdict


_CHECKED: Parsed[_Checked] = Parsed(64)
"""The last checks, each counted as one."""


def _checked(files: Mapping[str, bytes]) -> _Checked:
    strange = tuple(refused_files(files))
    if strange:
        return _Checked(findings=strange[:MAX_FINDINGS], verdict=_verdict(strange, None, 0))
    return _CHECKED.get(digest_of(files), 1, lambda: _check(files))


def _check(files: Mapping[str, bytes]) -> _Checked:
    began = perf_counter()
    explored: engine.Explored | None = None
    untranslated = 0
    try:
        parts = parts_of(read_definitions(files))
    except BundleRefused as error:
        findings = tuple(finding.shortened() for finding in error.findings[:MAX_FINDINGS])
    else:
        told = tuple(_rules(parts))
        untranslated = sum(finding.rule == advice.ENGLISH for finding in told)
        worth = (finding for finding in told if finding.rule != advice.ENGLISH)
        findings = in_order(parts.diagram, parts.model.process, worth)[:MAX_FINDINGS]
        explored = engine.explored(parts.files, process=parts.model.process)
    told_of = _verdict(findings, explored, perf_counter() - began)
    return _Checked(findings=findings, verdict=replace(told_of, untranslated=untranslated))


def _verdict(findings: tuple[Finding, ...], explored: engine.Explored | None, seconds: float) -> Verdict:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return Verdict(
        errors=errors,
        warnings=len(findings) - errors,
        explored=explored.states if explored else 0,
        bound_hit=bool(explored and explored.unfinished),
        seconds=seconds,
    )


def _rules(parts: Parts) -> Iterator[Finding]:
    """Ask every rule that can be asked: those on how files fit the diagrams only of diagrams that run."""
    yield from (Finding.from_engine(finding) for finding in _drawn(parts))
    asked: Iterable[Iterator[Finding]] = (references.check(parts), questions.check(parts), advice.check(parts))
    if parts.diagram is not None:
        rules = (model, deciders, four_eyes, unused, scenarios)
        asked = (*asked, *(rule.check(parts) for rule in rules))
    for findings in asked:
        yield from findings


def _drawn(parts: Parts) -> tuple[engine.Finding, ...]:
    told = parts.model
    around = engine.Around(
        fields=parts.names_of,
        facts={*DEFAULT_FACTS, *told.registers},
        closing={gate.key for gate in told.gates if gate.closing},
        rework_to={gate.key: gate.rework_to for gate in told.gates},
        ends=frozenset(told.ends),
        course=engine.Course(
            phases={phase.key: phase.box for phase in told.phases},
            gates={gate.key: gate.box for gate in told.gates if gate.of is None},
            closed=frozenset(end for end, ending in told.ends.items() if ending is Ending.CLOSED),
        ),
    )
    return engine.lint(parts.files, process=told.process, around=around)
