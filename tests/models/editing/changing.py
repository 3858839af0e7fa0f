"""What the tests of changes share: a model's files, what the check says of them, and how much of a file changed."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from workflows.engine import TaskKind
from workflows.models import Severity, check, read_bundle, shipped
from workflows.models.editing.gate_ways import OutcomeWay, ways_of
from workflows.models.editing.gates import GateWords, gate_node
from workflows.models.editing.phase_words import PhaseWords
from workflows.models.editing.steps import StepWords
from workflows.models.editing.work import Work

Files = Mapping[str, bytes]

HARNOSAND: Files = shipped("harnosand")

REVIEW = StepWords(
    name="Stäm av planen med ekonomi",
    kind=TaskKind.REVIEW,
    form="office_review",
    role="controller",
    due="P5D",
    help="Läs budgeten först.",
)

PROCUREMENT = PhaseWords(
    name="Upphandling",
    question="Av vem?",
    gate_label="Beslutspunkt 2b",
    gate_short="BP2b",
    statement="Avtalet ger projektet vad det behöver.",
    first_question="Är avtalet undertecknat?",
    area="Avtal",
)


def errors(files: Files) -> list[str]:
    """Return what hinders publication, as sentences; scenarios aside, which the user mends."""
    found = (one for one in check(files) if one.severity is Severity.ERROR and not one.file.startswith("scenarios/"))
    return [one.sentence for one in found]


def changed_lines(before: bytes, after: bytes) -> list[str]:
    """Return the lines that differ, the picture aside."""
    one, other = (text.decode().split("<bpmndi:BPMNDiagram")[0].splitlines() for text in (before, after))
    return [
        line
        for line in difflib.unified_diff(one, other, lineterm="", n=0)
        if line[:1] in "+-" and line[1:3] != line[:1] * 2
    ]


def said_of(files: Files, key: str, ways: tuple[OutcomeWay, ...] | None = None) -> GateWords:
    """Return what a model says of a gate, as the table would type it."""
    gate = read_bundle(files).model.gate(key)
    work = Work(files)
    return GateWords(
        label=gate.label["sv"],
        short=gate.short["sv"],
        statement=gate.statement["sv"],
        checklists=gate.checklists,
        documents=gate.documents,
        ways=ways if ways is not None else ways_of(work, gate_node(work, key)),
    )


def order_of(files: Files, scope: str) -> list[str]:
    """Return the elements of a scope in flow order."""
    bundle = read_bundle(files)
    stack = list(bundle.executable.steps())
    while stack:
        step = stack.pop()
        if step.node == scope:
            return [inner.node for inner in step.steps]
        stack += step.steps
    return []
