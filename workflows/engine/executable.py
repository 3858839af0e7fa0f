"""Compiles the diagrams and tables of a bundle into what runs, once per content."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from workflows.engine.building import build
from workflows.engine.checking import unrunnable
from workflows.engine.decisions import Decision, read_decisions
from workflows.engine.diagram import Diagram, Node, NodeKind
from workflows.engine.errors import EngineRefused, Finding
from workflows.engine.expressions import fields_named
from workflows.engine.outline import DrawnStep, outline
from workflows.engine.reading import read_diagrams
from workflows.engine.runs import ProcessSpec
from workflows.engine.safe_xml import MAX_TABLE_BYTES, Unreadable, read_xml
from workflows.engine.step import GateDefinition, TaskDefinition, TaskKind
from workflows.kernel.parsed import Parsed

CACHED = 64
"""Executables kept in memory; a project is pinned to the bundle it began on, so a few are in use at once."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Executable:
    """Diagrams and tables ready to run, shared by all instances of a bundle; nothing in it changes.

    `digest` is the SHA-256 of the files it was made of; `tasks` are the user tasks by node id, `gates` the gates by
    key, `named` the fields that expressions read by variable, `ends` the ids of all end events.
    """

    digest: str
    process: str
    tasks: Mapping[str, TaskDefinition]
    gates: Mapping[str, GateDefinition]
    named: Mapping[str, frozenset[str]]
    ends: frozenset[str]
    diagram: Diagram
    decisions: Mapping[str, Decision]
    specs: Mapping[str, ProcessSpec]

    def steps(self, process: str | None = None) -> tuple[DrawnStep, ...]:
        """Return a process (by default the outermost) as an ordered list, sub-processes nested; calls are named."""
        return _outline(self, process or self.process)


@lru_cache(maxsize=8 * CACHED)
def _outline(executable: Executable, process: str) -> tuple[DrawnStep, ...]:
    """Put a process in order once: every page of a task asks for it, and it took a tenth of the page's time."""
    return outline(executable.diagram, process)


def compile(files: Mapping[str, bytes], *, process: str = "project") -> Executable:
    """Return what runs, from the `*.bpmn` and `*.dmn` entries of a bundle; the same content is compiled once.

    Raises EngineRefused on hostile or unrunnable input, with every finding.
    """
    own = {name: files[name] for name in sorted(files) if name.endswith((".bpmn", ".dmn"))}
    return _CACHE.get(own, process)


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of a set of files, names included."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(files[name]).digest())
    return whole.hexdigest()


class _Cache:
    """Executables by digest; the oldest goes first. Two threads never compile the same content at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[tuple[str, str], Executable] = {}

    def get(self, files: Mapping[str, bytes], process: str) -> Executable:
        key = (digest_of(files), process)
        with self._lock:
            if key not in self._made:
                executable = _compile(files, *key)
                while len(self._made) >= CACHED:
                    del self._made[next(iter(self._made))]
                self._made[key] = executable
            return self._made[key]


_CACHE = _Cache()


def element_names(files: Mapping[str, bytes]) -> Mapping[str, str]:
    """Return what to call elements when speaking to people, by id: as they are drawn, table rows by their number."""
    diagram, decisions, _ = analyse(files, "")
    rows = {row: f"rad {number}" for one in decisions.values() for number, row in enumerate(one.rows, 1)}
    tables = {key: one.name for key, one in decisions.items() if one.name}
    scopes = {scope.id: scope.name for scope in diagram.scopes.values() if scope.name != scope.id}
    return {**rows, **tables, **scopes, **{node.id: node.name for node in diagram.nodes.values() if node.name}}


Analysed = tuple[Diagram, Mapping[str, Decision], tuple[Finding, ...]]

_ANALYSED: Parsed[Analysed] = Parsed(8_000_000)
"""What linter and compiler both begin with."""


def analyse(files: Mapping[str, bytes], process: str) -> Analysed:
    """Read everything; the findings are what the engine cannot run (the linter adds what it should not).

    Of a bundle with a file that cannot be read at all, only that is told: the rest would be guesses.
    """
    own = {name: files[name] for name in sorted(files) if name.endswith((".bpmn", ".dmn"))}
    size = sum(map(len, own.values()))
    return _ANALYSED.get((digest_of(own), process), size, lambda: _analyse(own, process))


def _analyse(files: Mapping[str, bytes], process: str) -> Analysed:
    diagram, findings = read_diagrams(files)
    decisions, more = _read_tables(files)
    unreadable = tuple(finding for finding in (*findings, *more) if not finding.element)
    if unreadable:
        return diagram, decisions, unreadable
    return diagram, decisions, (*findings, *more, *unrunnable(diagram, decisions, process))


def _compile(files: Mapping[str, bytes], digest: str, process: str) -> Executable:
    diagram, decisions, findings = analyse(files, process)
    if findings:
        raise EngineRefused(findings)
    named = MappingProxyType(dict(fields_named(diagram, decisions)))
    nodes = diagram.nodes.values()
    return Executable(
        digest=digest,
        process=process,
        tasks=MappingProxyType({node.id: task_definition(node) for node in nodes if node.kind is NodeKind.USER}),
        gates=MappingProxyType({gate.key: gate for node in nodes if (gate := gate_definition(node))}),
        named=named,
        ends=frozenset(node.id for node in nodes if node.kind is NodeKind.END),
        diagram=diagram,
        decisions=MappingProxyType(dict(decisions)),
        specs=MappingProxyType(dict(build(diagram, decisions, named))),
    )


def task_definition(node: Node) -> TaskDefinition:
    """Return what is drawn of a user task; without `styr:task` it is a plain record."""
    drawn = node.styr.get("task", {})
    return TaskDefinition(
        node=node.id,
        name=node.label,
        process=node.process,
        kind=TaskKind(drawn.get("kind", TaskKind.RECORD)),
        form=drawn.get("form"),
        role=drawn.get("role"),
        due=drawn.get("due"),
        remind=drawn.get("remind"),
        escalate=drawn.get("escalate"),
        variable=node.variable,
    )


def gate_definition(node: Node) -> GateDefinition | None:
    """Return what is drawn of a gate, when the node is one."""
    drawn = node.styr.get("gate")
    if drawn is None:
        return None
    outcomes = tuple(drawn.get("outcomes", "").replace(",", " ").split())
    return GateDefinition(key=drawn.get("key", node.id), outcomes=outcomes)


def _read_tables(files: Mapping[str, bytes]) -> tuple[dict[str, Decision], list[Finding]]:
    decisions: dict[str, Decision] = {}
    findings: list[Finding] = []
    for name in sorted(name for name in files if name.endswith(".dmn")):
        try:
            found = read_decisions(read_xml(files[name], name, most=MAX_TABLE_BYTES))
        except Unreadable as error:
            findings.append(error.finding)
            continue
        except EngineRefused as error:
            findings += [replace(finding, file=name) for finding in error.findings]
            continue
        for key in found.keys() & decisions.keys():
            message = f"Beslutstabellen {key} finns i två filer. Behåll en."
            findings.append(Finding(rule="duplicate-id", element=key, message=message, file=name))
        decisions |= {key: replace(decision, file=name) for key, decision in found.items()}
    return decisions, findings
