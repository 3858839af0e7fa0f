"""The steps whose periods can be set: every task of every model in use, as its diagram names and orders them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.engine import DrawnStep
from workflows.flow import InstanceStatus
from workflows.flow.tables import InstanceRow
from workflows.governance.settings import step_key
from workflows.kernel.errors import NotFound
from workflows.models import Bundle, load_bundle, published
from workflows.models.deadlines import Periods, drawn_periods
from workflows.models.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class SettableStep:
    """A task of a model. `part` is the phase or the called process it lies in, `drawn` what the diagram says.

    `is_old`: only versions before the newest have it, and projects under way still follow one of them.
    """

    model: str
    node: str
    name: str
    part: Label
    role: Label
    drawn: Periods
    is_old: bool = False

    @property
    def key(self) -> str:
        """Return the setting's key."""
        return step_key(self.model, self.node)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettableModel:
    """A model in use, with its steps in the order of the diagram."""

    key: str
    name: Label
    steps: tuple[SettableStep, ...]


def settable_models(session: Session, *, tenant: str) -> tuple[SettableModel, ...]:
    """Return the models: the newest version of each, and the steps that only older versions under way still have."""
    found: dict[str, SettableModel] = {}
    for bundle in _bundles(session, tenant):
        key = bundle.model.key
        before = found[key].steps if key in found else ()
        known = {step.node for step in before}
        steps = tuple(replace(step, is_old=key in found) for step in _steps(bundle) if step.node not in known)
        name = found[key].name if key in found else bundle.model.name
        found[key] = SettableModel(key=key, name=name, steps=(*before, *steps))
    return tuple(found.values())


def settable_step(session: Session, *, tenant: str, model: str, node: str) -> SettableStep:
    """Return one step. Raises NotFound."""
    for one in settable_models(session, tenant=tenant):
        for step in one.steps:
            if (step.model, step.node) == (model, node):
                return step
    raise NotFound


def _bundles(session: Session, tenant: str) -> Iterator[Bundle]:
    """Yield the newest version of each model, then the older ones that projects under way follow."""
    newest = [one.digest for one in published(session, tenant=tenant)]
    query = (
        select(InstanceRow.bundle)
        .where(InstanceRow.tenant == tenant, InstanceRow.status != InstanceStatus.ENDED)
        .distinct()
        .order_by(InstanceRow.bundle)
    )
    older = [digest for digest in session.scalars(query) if digest not in newest]
    return (load_bundle(session, tenant=tenant, digest=digest) for digest in (*newest, *older))


def _steps(bundle: Bundle) -> Iterator[SettableStep]:
    executable, model = bundle.executable, bundle.model
    yield from _within(bundle, executable.steps(), model.name)
    for process in executable.diagram.processes():
        if process.id != executable.process:
            yield from _within(bundle, executable.steps(process.id), {"sv": process.name or process.id})


def _within(bundle: Bundle, steps: Sequence[DrawnStep], part: Label) -> Iterator[SettableStep]:
    """Yield the tasks among some elements and inside them; a phase gives its own name to what it holds."""
    phases = {phase.key: phase.label for phase in bundle.model.phases}
    for step in steps:
        definition = bundle.executable.tasks.get(step.node)
        if definition is not None:
            yield SettableStep(
                model=bundle.model.key,
                node=step.node,
                name=definition.name,
                part=part,
                role=_role(bundle, definition.role),
                drawn=drawn_periods(definition),
            )
        yield from _within(bundle, step.steps, phases.get(step.node, part))


def _role(bundle: Bundle, key: str | None) -> Label:
    return next((role.label for role in bundle.model.roles if role.key == key), {})
