"""What the settings' pages show: what holds today, what comes, and who set what when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from workflows.governance.setting_steps import SettableStep, settable_models, settable_step
from workflows.governance.settings import (
    BOARD_COST_LIMIT,
    DEFAULT_BOARD_COST_LIMIT,
    Change,
    Settings,
    Workdays,
    load_settings,
)
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION
from workflows.models.deadlines import Periods
from workflows.models.model import Label
from workflows.people import ADMINISTER, authorize, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A change with the name of who made it ("" for the system). A limit has `amount`, a step has `workdays`.

    `what` is the name of the step and `part` where it lies; empty for a limit and a step no model has any more.
    """

    key: str
    what: str
    part: Label
    amount: Decimal | None
    workdays: Workdays | None
    valid_from: date
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLimit:
    """The board's cost limit: what holds today, who set it (None: nobody, it is what Styr begins with), what comes."""

    amount: Decimal
    current: Told | None
    coming: tuple[Told, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPeriods:
    """A step's periods: `periods` hold today, of which `own` are the organisation's and the others the model's."""

    step: SettableStep
    periods: Periods
    own: Workdays
    current: Told | None
    coming: tuple[Told, ...]
    version: int

    @property
    def is_touched(self) -> bool:
        """Whether the organisation has periods of its own here, now or from a later day."""
        return self.own.is_own or bool(self.coming)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPeriods:
    """The steps of one phase or called process."""

    label: Label
    steps: tuple[StepPeriods, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPeriods:
    """The steps of one model by part."""

    key: str
    name: Label
    parts: tuple[PartPeriods, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """Everything that can be set, and every change, newest first."""

    limit: CostLimit
    models: tuple[ModelPeriods, ...]
    history: tuple[Told, ...]


def settings_page(ctx: Context) -> SettingsPage:
    """Return the page of all settings. Raises Forbidden."""
    with ctx.read() as session:
        teller = _teller(session, ctx)
        models = settable_models(session, tenant=ctx.tenant)
    teller = teller.knowing(step for model in models for step in model.steps)
    return SettingsPage(
        limit=teller.limit(),
        models=tuple(
            ModelPeriods(
                key=model.key,
                name=model.name,
                parts=tuple(
                    PartPeriods(label=steps[0].part, steps=tuple(map(teller.step, steps)))
                    for steps in _by_part(model.steps)
                ),
            )
            for model in models
        ),
        history=teller.history(),
    )


def _by_part(steps: Iterable[SettableStep]) -> Iterable[tuple[SettableStep, ...]]:
    """Return the steps of each phase or called process together, those that only older versions have last in theirs."""
    parts: dict[str, list[SettableStep]] = {}
    for step in steps:
        parts.setdefault(str(step.part.get("sv")), []).append(step)
    return map(tuple, parts.values())


def cost_limit_page(ctx: Context) -> tuple[CostLimit, tuple[Told, ...]]:
    """Return the limit and its changes, newest first. Raises Forbidden."""
    with ctx.read() as session:
        teller = _teller(session, ctx)
    return teller.limit(), teller.history(BOARD_COST_LIMIT)


def step_periods_page(ctx: Context, *, model: str, node: str) -> tuple[StepPeriods, tuple[Told, ...]]:
    """Return a step's periods and their changes, newest first. Raises Forbidden, NotFound."""
    with ctx.read() as session:
        teller = _teller(session, ctx)
        step = settable_step(session, tenant=ctx.tenant, model=model, node=node)
    teller = teller.knowing([step])
    return teller.step(step), teller.history(step.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """Settings with the names of people and steps, as seen on a day."""

    settings: Settings
    names: Mapping[str, str]
    steps: Mapping[str, SettableStep]
    today: date

    def knowing(self, steps: Iterable[SettableStep]) -> _Teller:
        """Return the same with the names of steps."""
        known = {step.key: step for step in steps}
        return _Teller(settings=self.settings, names=self.names, steps=known, today=self.today)

    def limit(self) -> CostLimit:
        """Return the board's cost limit."""
        current = self.settings.in_force(BOARD_COST_LIMIT, self.today)
        return CostLimit(
            amount=current.kronor if current else DEFAULT_BOARD_COST_LIMIT,
            current=self.told(current) if current else None,
            coming=tuple(map(self.told, self.settings.coming(BOARD_COST_LIMIT, self.today))),
            version=self.settings.version(BOARD_COST_LIMIT),
        )

    def step(self, step: SettableStep) -> StepPeriods:
        """Return a step's periods."""
        current = self.settings.in_force(step.key, self.today)
        own = current.workdays if current else Workdays()
        return StepPeriods(
            step=step,
            periods=own.periods().before(step.drawn),
            own=own,
            current=self.told(current) if current else None,
            coming=tuple(map(self.told, self.settings.coming(step.key, self.today))),
            version=self.settings.version(step.key),
        )

    def history(self, key: str | None = None) -> tuple[Told, ...]:
        """Return every change, or those of one setting, newest first."""
        every = (one for changes in self.settings.changes.values() for one in changes if key in (None, one.key))
        return tuple(map(self.told, sorted(every, key=lambda one: one.seq, reverse=True)))

    def told(self, change: Change) -> Told:
        """Return a change in names."""
        step = self.steps.get(change.key)
        is_limit = change.key == BOARD_COST_LIMIT
        return Told(
            key=change.key,
            what=step.name if step else "",
            part=step.part if step else {},
            amount=change.kronor if is_limit else None,
            workdays=None if is_limit else change.workdays,
            valid_from=change.valid_from,
            reason=change.reason,
            at=change.at,
            by=self.names.get(change.by or "", ""),
        )


def _teller(session: Session, ctx: Context) -> _Teller:
    authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
    settings = load_settings(session, tenant=ctx.tenant)
    people = {one.by for changes in settings.changes.values() for one in changes if one.by}
    names = names_of(session, tenant=ctx.tenant, people=people)
    return _Teller(settings=settings, names=names, steps={}, today=local_date(ctx.now()))
