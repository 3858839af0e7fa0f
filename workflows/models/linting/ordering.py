"""The order in which findings are told: what hinders first, then file by file, along the flow."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.engine import DrawnStep, Executable
from workflows.models.finding import Finding, Severity

KINDS = (".bpmn", ".dmn", "model.json", ".checklist.json", ".form.json", ".yaml")
"""Files by what they are, in the order in which people look at a model."""


def in_order(diagram: Executable | None, process: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings sorted; those that nothing tells apart keep the order in which they were found, once each."""
    steps = _steps(diagram, process)
    main = diagram.diagram.scopes[process].file if diagram is not None else ""

    def place(finding: Finding) -> tuple[bool, int, bool, str, int]:
        kind = next((number for number, kind in enumerate(KINDS) if finding.file.endswith(kind)), len(KINDS))
        step = steps.get(finding.element, len(steps))
        return finding.severity is not Severity.ERROR, kind, finding.file != main, finding.file, step

    return tuple(sorted(dict.fromkeys(finding.shortened() for finding in findings), key=place))


def _steps(diagram: Executable | None, process: str) -> dict[str, int]:
    """Return the place of each element in the flow, sub-processes opened and called processes after those that call."""
    if diagram is None:
        return {}
    order: list[str] = []
    ahead = [process, *(scope.id for scope in diagram.diagram.processes() if scope.id != process)]
    for scope in ahead:
        order += [scope, *_opened(diagram.steps(scope))]
    return {element: number for number, element in enumerate(order)}


def _opened(steps: tuple[DrawnStep, ...]) -> Iterable[str]:
    for step in steps:
        yield step.node
        yield from _opened(step.events)
        yield from _opened(step.steps)
