"""The whole model as a table: phases with their steps and gates in flow order, and the processes that are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from workflows.engine import DrawnStep, NodeKind, TaskDefinition, TaskKind
from workflows.engine.diagram import Diagram, Node
from workflows.kernel.parsed import Parsed
from workflows.models.bundle import Bundle, digest_of, read_bundle
from workflows.models.editing.gate_ways import OutcomeWay, ways_of
from workflows.models.editing.steps import Place
from workflows.models.editing.tables_text import deciders_of
from workflows.models.editing.work import Work
from workflows.models.model import Gate, Phase


class RowKind(StrEnum):
    """What a row of the table is."""

    STEP = "step"
    GATE = "gate"
    CALL = "call"
    SCOPE = "scope"
    CHOICE = "choice"
    PARALLEL = "parallel"
    EVENT = "event"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leads:
    """A way out: what it is called, and the name of what comes then ("" where the process ends)."""

    name: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row: a step, a gate with its outcomes, a choice … `depth` counts the sub-processes around it in its section.

    `up` and `down` are the places it moves to by one; `about` are the elements whose findings belong here; `size` is
    how many questions or fields it asks, `each` the list it is done for each of.
    """

    node: str
    name: str
    kind: RowKind
    depth: int
    task: TaskDefinition | None = None
    gate: Gate | None = None
    deciders: tuple[str, ...] = ()
    outcomes: tuple[OutcomeWay, ...] = ()
    calls: str = ""
    each: str = ""
    size: int = 0
    help: str = ""
    ways: tuple[Leads, ...] = ()
    up: Place | None = None
    down: Place | None = None
    movable: bool = False
    one_way: bool = False
    about: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A phase, a called process, or what lies around all phases. `first_in` is the scope a step can come first in."""

    key: str
    title: str
    rows: tuple[Row, ...]
    phase: Phase | None = None
    first_in: str = ""

    def row(self, node: str) -> Row | None:
        """Return the row of an element."""
        return next((row for row in self.rows if row.node == node), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The sections in flow order: phases, then what lies around them, then the processes that are called."""

    bundle: Bundle
    sections: tuple[Section, ...]

    @property
    def phases(self) -> tuple[Section, ...]:
        """The sections that are phases."""
        return tuple(section for section in self.sections if section.phase is not None)

    def find(self, node: str) -> tuple[Section, Row] | None:
        """Return an element's row and its section."""
        return next(((section, row) for section in self.sections if (row := section.row(node))), None)

    def names(self) -> Mapping[str, str]:
        """Return what phases and ends are called, by id."""
        named = {node.id: node.name or node.id for node in self.bundle.executable.diagram.nodes.values()}
        return named | {phase.key: str(phase.label["sv"]) for phase in self.bundle.model.phases}


def table_of(files: Mapping[str, bytes]) -> Table:
    """Return the table of a model, read once for each content. Raises BundleRefused for one that cannot be read."""
    size = sum(map(len, files.values()))
    return _TABLES.get(digest_of(files), size, lambda: _read(files))


_TABLES: Parsed[Table] = Parsed(32_000_000)


def _read(files: Mapping[str, bytes]) -> Table:
    bundle = read_bundle(files)
    return Table(bundle=bundle, sections=tuple(_Reader(bundle, files).sections()))


class _Reader:
    def __init__(self, bundle: Bundle, files: Mapping[str, bytes]) -> None:
        self.bundle = bundle
        self.diagram: Diagram = bundle.executable.diagram
        self.files = files
        self.work = Work(files)
        self.phases = {phase.key: phase for phase in bundle.model.phases}
        self.gateways = {
            node.outgoing[0].target: node.id
            for node in self.diagram.nodes.values()
            if "gate" in node.styr and len(node.outgoing) == 1
        }

    def sections(self) -> Iterator[Section]:
        main = self.bundle.executable.steps()
        frame = next((step for step in main if step.node == self.bundle.model.work), None)
        yield from self._phase_sections(frame.steps if frame is not None else ())
        around = [step for step in main if step is not frame]
        outer = [*(frame.events if frame is not None else ()), *around]
        scope = self.diagram.scopes[self.bundle.model.process]
        rows = tuple(self._rows(outer, 0))
        if rows:
            yield Section(key=scope.id, title=scope.name or scope.id, rows=rows)
        for process in self.diagram.processes():
            if process.id != scope.id:
                steps = self.bundle.executable.steps(process.id)
                title = process.name or process.id
                yield Section(key=process.id, title=title, rows=tuple(self._rows(steps, 0)), first_in=process.id)

    def _phase_sections(self, steps: Sequence[DrawnStep]) -> Iterator[Section]:
        phase: Phase | None = None
        rows: list[Row] = []
        for step in steps:
            if step.node in self.phases:
                if phase is not None:
                    yield self._phase(phase, rows)
                phase, rows = self.phases[step.node], list(self._rows(step.steps, 0))
            else:
                rows += self._rows([step], 0)
        if phase is not None:
            yield self._phase(phase, rows)

    def _phase(self, phase: Phase, rows: list[Row]) -> Section:
        return Section(key=phase.key, title=str(phase.label["sv"]), rows=tuple(rows), phase=phase, first_in=phase.key)

    def _rows(self, steps: Sequence[DrawnStep], depth: int) -> Iterator[Row]:
        """Yield rows in flow order; starts, ends, meetings of ways and the gateways of gates are left out."""
        shown = [step for step in steps if self._is_shown(step)]
        for number, step in enumerate(shown):
            before = shown[number - 1] if number else None
            after = shown[number + 1] if number + 1 < len(shown) else None
            yield self._row(step, depth, before, after)
            yield from self._rows(step.steps, depth + 1)
            yield from self._rows(step.events, depth + 1)

    def _is_shown(self, step: DrawnStep) -> bool:
        if step.kind in (NodeKind.START, NodeKind.END) or step.node in self.gateways:
            return False
        if step.kind is NodeKind.PARALLEL:
            return len(step.flows) > 1
        return not (step.kind is NodeKind.CHOICE and len(step.flows) < 2)

    def _row(self, step: DrawnStep, depth: int, before: DrawnStep | None, after: DrawnStep | None) -> Row:
        node = self.diagram.nodes[step.node]
        task = self.bundle.executable.tasks.get(step.node)
        movable = _movable(self.diagram, node)
        is_gate = step.gate is not None
        gate = next((one for one in self.bundle.model.gates if one.key == step.gate), None)
        return Row(
            node=step.node,
            name=step.name or self._unnamed(step),
            kind=_kind(step),
            depth=depth,
            task=task,
            gate=gate,
            deciders=deciders_of(self.files, step.gate) if step.gate else (),
            outcomes=ways_of(self.work, step.node) if is_gate and gate is not None else (),
            calls=step.calls or "",
            each=step.each or "",
            size=self._size(task),
            help=self._help(step.node),
            ways=tuple(self._ways(node)),
            up=self._before(before) if movable and before is not None else None,
            down=self._after(after) if movable and after is not None else None,
            movable=movable,
            one_way=len(node.outgoing) == 1 and not is_gate and step.kind is not NodeKind.BOUNDARY,
            about=frozenset({step.node, *([f"gates/{step.gate}", node.outgoing[0].target] if is_gate else [])}),
        )

    def _unnamed(self, step: DrawnStep) -> str:
        return "" if step.kind in (NodeKind.PARALLEL, NodeKind.CHOICE) else step.node

    def _size(self, task: TaskDefinition | None) -> int:
        if task is None or task.form is None:
            return 0
        if task.form in self.bundle.checklists:
            return len(self.bundle.checklists[task.form].items)
        return len(self.bundle.forms[task.form].names) if task.form in self.bundle.forms else 0

    def _help(self, node: str) -> str:
        found = self.work.element(node).find("documentation")
        return found.text.strip() if found is not None else ""

    def _ways(self, node: Node) -> Iterator[Leads]:
        flows = node.outgoing
        if "gate" in node.styr and len(flows) == 1:
            flows = self.diagram.nodes[flows[0].target].outgoing
        for flow in flows:
            yield Leads(name=flow.name if len(flows) > 1 else "", to=self._leads_to(flow.target))

    def _leads_to(self, target: str) -> str:
        """Return the name of what comes next: ends of phases and meetings of ways are passed."""
        passed: set[str] = set()
        while target not in passed:
            passed.add(target)
            node = self.diagram.nodes[target]
            if node.name:
                phase = self.phases.get(node.id)
                return str(phase.label["sv"]) if phase is not None else node.name
            if node.kind is NodeKind.END:
                owner = self.diagram.scopes[node.scope].owner
                if owner is None:
                    return ""
                node = self.diagram.nodes[owner]
            if len(node.outgoing) != 1:
                names = [self.diagram.nodes[flow.target].name for flow in node.outgoing]
                return ", ".join(name for name in names if name)
            target = node.outgoing[0].target
        return ""

    def _before(self, step: DrawnStep) -> Place | None:
        """Return the place just before a step; none where several ways meet or the way parts."""
        node = self.diagram.nodes[step.node]
        if len(node.incoming) != 1:
            return None
        source = self.diagram.nodes[node.incoming[0].source]
        if source.kind is NodeKind.START:
            return Place(first_in=node.scope)
        return Place(after=source.id) if len(source.outgoing) == 1 and "gate" not in source.styr else None

    def _after(self, step: DrawnStep) -> Place | None:
        node = self.diagram.nodes[step.node]
        return Place(after=node.id) if len(node.outgoing) == 1 and "gate" not in node.styr else None


def _movable(diagram: Diagram, node: Node) -> bool:
    kinds = (NodeKind.USER, NodeKind.CALL, NodeKind.EFFECT, NodeKind.DECISION, NodeKind.SUBPROCESS, NodeKind.CATCH)
    plain = node.kind in kinds and "gate" not in node.styr and not diagram.boundary(node.id)
    return plain and len(node.incoming) == 1 and len(node.outgoing) == 1


def _kind(step: DrawnStep) -> RowKind:
    if step.gate is not None:
        return RowKind.GATE
    return {
        NodeKind.USER: RowKind.STEP,
        NodeKind.CALL: RowKind.CALL,
        NodeKind.SUBPROCESS: RowKind.SCOPE,
        NodeKind.CHOICE: RowKind.CHOICE,
        NodeKind.PARALLEL: RowKind.PARALLEL,
        NodeKind.BOUNDARY: RowKind.EVENT,
        NodeKind.CATCH: RowKind.EVENT,
    }.get(step.kind, RowKind.OTHER)


__all__ = ["Leads", "Row", "RowKind", "Section", "Table", "TaskKind", "table_of"]
