"""One picture of all projects that go on: how many stand at each step, how long steps take, which stand still."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from workflows.engine import DrawnStep, TaskKind
from workflows.governance.project import ProjectStatus
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION
from workflows.models import Bundle, load_bundle, published
from workflows.models.model import Label
from workflows.operations.still import Standstill, standing_still
from workflows.operations.usual import Step, Usual, usual_times
from workflows.operations.watching import (
    GOING_ON,
    WATCH,
    WaitingStep,
    Watched,
    count_projects,
    departments,
    waiting_steps,
)
from workflows.people.access import authorize


@dataclass(frozen=True, slots=True, kw_only=True)
class StepNow:
    """A step, or a gate with all that is done in it: how many projects stand there, how many late or still.

    `median` is how long it usually takes, None where too few have done it. `node` is its element in the drawing.
    """

    node: str
    name: str
    gate: str | None
    depth: int
    projects: int
    late: int
    still: int
    median: timedelta | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNow:
    """How the projects of one model flow: its steps in order, process by process."""

    model: str
    name: Label
    parts: tuple[tuple[str, tuple[StepNow, ...]], ...]

    @property
    def steps(self) -> tuple[StepNow, ...]:
        """All steps, in order."""
        return tuple(step for _, steps in self.parts for step in steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What goes on: numbers of everything, and of what is looked at who stands still and how it flows."""

    ongoing: int
    on_hold: int
    still: tuple[Standstill, ...]
    waiting: tuple[WaitingStep, ...]
    flow: FlowNow | None
    models: tuple[tuple[str, Label], ...]
    phases: tuple[tuple[str, Label], ...]
    departments: tuple[str, ...]
    watched: Watched
    now: datetime


def overview(ctx: Context, *, watched: Watched) -> Overview:
    """Return how all projects stand. No workflow is loaded. Raises Forbidden."""
    with ctx.read() as session:
        authorize(session, ctx, WATCH, scope=ORGANISATION)
        usual = usual_times(session, tenant=ctx.tenant)
        waiting = waiting_steps(session, ctx, watched)
        still = standing_still(session, ctx, waiting, usual)
        bundles = _bundles(session, ctx)
        model = watched.model or _busiest(waiting, bundles)
        bundle = bundles.get(model)
        flow = _flow(bundle, model, waiting, still, usual, ctx.now()) if bundle is not None else None
        return Overview(
            ongoing=count_projects(session, ctx, GOING_ON),
            on_hold=count_projects(session, ctx, (ProjectStatus.ON_HOLD,)),
            still=tuple(one for one in still if _at(one.waiting, watched.step)),
            waiting=tuple(one for one in waiting if _at(one, watched.step)),
            flow=flow,
            models=tuple((key, one.model.name) for key, one in bundles.items()),
            phases=tuple((phase.key, phase.label) for phase in bundle.model.phases) if bundle is not None else (),
            departments=departments(session, ctx),
            watched=watched,
            now=ctx.now(),
        )


def drawing(ctx: Context, *, model: str) -> tuple[bytes, str]:
    """Return the file that the newest version of a model is drawn in, and its digest. Raises Forbidden, NotFound."""
    with ctx.read() as session:
        authorize(session, ctx, WATCH, scope=ORGANISATION)
        bundle = _bundles(session, ctx).get(model)
    if bundle is None:
        raise NotFound
    return drawn(bundle)


def drawn(bundle: Bundle) -> tuple[bytes, str]:
    """Return the file that the outermost process of a version is drawn in, and its digest."""
    content = bundle.files[bundle.executable.diagram.scopes[bundle.executable.process].file]
    return content, hashlib.sha256(content).hexdigest()


def _at(waiting: WaitingStep, step: str) -> bool:
    """Tell whether a step is looked at: named by its node, or by its gate."""
    return not step or step in (waiting.node, waiting.gate)


def _bundles(session: Session, ctx: Context) -> Mapping[str, Bundle]:
    """Return the newest version of each model, which is drawn."""
    found = published(session, tenant=ctx.tenant)
    return {one.model: load_bundle(session, tenant=ctx.tenant, digest=one.digest) for one in found}


def _busiest(waiting: Sequence[WaitingStep], bundles: Mapping[str, Bundle]) -> str:
    count = Counter(step.model for step in waiting if step.model in bundles)
    return next((model for model, _ in count.most_common(1)), next(iter(bundles), ""))


def _flow(
    bundle: Bundle,
    model: str,
    waiting: Sequence[WaitingStep],
    still: Sequence[Standstill],
    usual: Mapping[Step, Usual],
    now: datetime,
) -> FlowNow:
    own = [step for step in waiting if step.model == model]
    executable = bundle.executable
    counting = _Counting(
        projects=_by_step(own),
        late=_by_step([step for step in own if step.late_at(now)]),
        still=_by_step([one.waiting for one in still if one.waiting.model == model]),
        usual={step: known for (of, step), known in usual.items() if of == model},
        decisions=[node for node, task in executable.tasks.items() if task.kind is TaskKind.DECISION],
    )
    parts = [(executable.process, executable.steps())]
    parts += [
        (one.id, executable.steps(one.id)) for one in executable.diagram.processes() if one.id != executable.process
    ]
    named = {scope.id: scope.name or scope.id for scope in executable.diagram.scopes.values()}
    return FlowNow(
        model=model,
        name=bundle.model.name,
        parts=tuple((named[key], found) for key, steps in parts if (found := tuple(counting.steps(steps, 0)))),
    )


def _by_step(waiting: Sequence[WaitingStep]) -> Mapping[str, int]:
    """Return how many projects wait at each node, and at each gate as a whole."""
    projects: dict[str, set[str]] = defaultdict(set)
    for step in waiting:
        projects[step.gate or step.node].add(step.project)
    return {step: len(several) for step, several in projects.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counting:
    projects: Mapping[str, int]
    late: Mapping[str, int]
    still: Mapping[str, int]
    usual: Mapping[str, Usual]
    decisions: Collection[str]

    def steps(self, drawn: Sequence[DrawnStep], depth: int) -> Iterator[StepNow]:
        """Yield what people do of some drawn elements, those inside them too."""
        for step in drawn:
            key = step.gate or step.node
            median = self._median(step)
            if key in self.projects or median is not None or step.gate:
                yield StepNow(
                    node=step.node,
                    name=step.name,
                    gate=step.gate,
                    depth=depth,
                    projects=self.projects.get(key, 0),
                    late=self.late.get(key, 0),
                    still=self.still.get(key, 0),
                    median=median,
                )
            yield from self.steps(step.steps, depth + 1)

    def _median(self, step: DrawnStep) -> timedelta | None:
        """Return how long a step usually takes; of a gate, how long its decision waits."""
        if not step.gate:
            known = self.usual.get(step.node)
            return known.median if known is not None else None
        keys = (f"{step.gate}/{node}" for node in self.decisions)
        decided = [known for key in keys if (known := self.usual.get(key)) is not None]
        return max((known.median for known in decided), default=None)
