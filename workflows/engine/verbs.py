"""The engine's verbs: pure functions from a state (and facts and time) to the next one."""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from SpiffWorkflow.util.task import TaskState

from forms import feel
from workflows.engine.codec import dump, load
from workflows.engine.diagram import Trigger, TriggerKind
from workflows.engine.driver import advance, grow
from workflows.engine.errors import NothingWaits, NoWayOut, TaskNotOpen
from workflows.engine.events import messages, timers, waiting
from workflows.engine.executable import Executable
from workflows.engine.runs import Evaluator, Run
from workflows.engine.specs import UserSpec, living, withdraw
from workflows.engine.step import Awaited, DueMoment, OpenTask, Step
from workflows.engine.tokens import Token, around, gate, items
from workflows.engine.trail import Trail

Facts = Mapping[str, Any]

MAX_FIRED = 500
"""Timers in one tick; more than that is a loop whose timer is always over."""


def start(executable: Executable, *, facts: Facts, env: feel.Environment, trail: Trail | None = None) -> Step:
    """Begin an instance. Here as in the other verbs, `trail` notes what tokens pass."""
    evaluator = Evaluator(facts=facts, env=env, trail=trail)
    run = Run(executable.specs[executable.process], executable.specs, evaluator)
    advance(run)
    return _step(executable, run, evaluator)


def complete(
    executable: Executable,
    state: bytes,
    task_id: str,
    fields: Mapping[str, Any],
    *,
    facts: Facts,
    env: feel.Environment,
    trail: Trail | None = None,
) -> Step:
    """Finish an open step with its answers, of which the fields that expressions read are kept.

    Raises TaskNotOpen when the step is not open (in that case nothing happened).
    """
    run, evaluator = _load(executable, state, facts, env, trail)
    token = _open_task(run, task_id)
    grow(run)
    _assign(token, fields, executable.named)
    token.run()
    advance(run)
    return _step(executable, run, evaluator)


def send(
    executable: Executable,
    state: bytes,
    *,
    place: str,
    message: str,
    facts: Facts,
    env: feel.Environment,
    trail: Trail | None = None,
) -> Step:
    """Give a message to the one event that waits for it at `place`: the activity it sits on, or its own path.

    Raises NothingWaits when none does.
    """
    run, evaluator = _load(executable, state, facts, env, trail)
    grow(run)
    wanted = Trigger(kind=TriggerKind.MESSAGE, value=message)
    for spec, token in waiting(run):
        if spec.trigger == wanted and spec.place_of(token) == place:
            spec.fire(token)
            advance(run)
            return _step(executable, run, evaluator)
    raise NothingWaits


def tick(
    executable: Executable, state: bytes, *, facts: Facts, env: feel.Environment, trail: Trail | None = None
) -> Step:
    """Let every timer whose moment has come happen, the earliest first, and those that begin meanwhile too."""
    run, evaluator = _load(executable, state, facts, env, trail)
    grow(run)
    for _ in range(MAX_FIRED):
        overdue = [(spec, token) for at, spec, token in timers(run) if at <= env.now]
        if not overdue:
            return _step(executable, run, evaluator)
        spec, token = overdue[0]
        spec.fire(token)
        advance(run)
    raise NoWayOut(element=spec.node.label)


def cancel(
    executable: Executable, state: bytes, *, facts: Facts, env: feel.Environment, trail: Trail | None = None
) -> Step:
    """End the instance where it stands; nothing in it goes on."""
    run, evaluator = _load(executable, state, facts, env, trail)
    withdraw(list(run.tasks.values()))
    advance(run)
    return _step(executable, run, evaluator)


def awaited(executable: Executable, state: bytes) -> tuple[Awaited, ...]:
    """Return the messages that are waited for in a state, in its order."""
    return messages(_load(executable, state, {}, _NO_TIME)[0])


def postpone(executable: Executable, state: bytes, by: timedelta) -> bytes:
    """Return the state with the moment of every waiting timer moved by `by`: what was on hold has lost no time."""
    run, _ = _load(executable, state, {}, _NO_TIME)
    for at, _, token in timers(run):
        token.internal_data["due"] = (at + by).isoformat()
    return dump(run, executable.digest)


def view(executable: Executable, state: bytes) -> Step:
    """Return what holds in a state, without a step: no effects, no ends, the same bytes."""
    run, _ = _load(executable, state, {}, _NO_TIME)
    return _shown(executable, run, state)


_NO_TIME = feel.Environment(now=datetime.fromtimestamp(0, UTC), workdays=lambda day, _: day)
"""Nothing is evaluated where this is given."""


def _load(
    executable: Executable, state: bytes, facts: Facts, env: feel.Environment, trail: Trail | None = None
) -> tuple[Run, Evaluator]:
    evaluator = Evaluator(facts=facts, env=env, trail=trail)
    return load(state, executable.digest, executable.specs, executable.process, evaluator), evaluator


def _open_task(run: Run, task_id: str) -> Token:
    try:
        token = run.find(UUID(hex=task_id))
    except ValueError:
        token = None
    if token is None or token.state != TaskState.READY or not isinstance(token.task_spec, UserSpec):
        raise TaskNotOpen
    return token


def _assign(token: Token, fields: Mapping[str, Any], named: Mapping[str, frozenset[str]]) -> None:
    """Put the answers that expressions read where they belong: assigned whole, never merged into older ones."""
    variable = token.task_spec.node.variable
    if variable not in named:
        return
    kept = {name: value for name, value in fields.items() if name in named[variable]}
    if token.task_spec.each is None:
        token.workflow.data[variable] = kept
    else:
        token.internal_data["result"] = kept


def _step(executable: Executable, run: Run, evaluator: Evaluator) -> Step:
    shown = _shown(executable, run, dump(run, executable.digest))
    return replace(shown, effects=tuple(evaluator.effects), ends=tuple(evaluator.ends))


def _shown(executable: Executable, run: Run, state: bytes) -> Step:
    alive = list(living(run))
    return Step(
        state=state,
        open_tasks=tuple(_open(executable, token) for token in alive if isinstance(token.task_spec, UserSpec)),
        due=tuple(DueMoment(node=spec.node.id, place=spec.place_of(token), at=at) for at, spec, token in timers(run)),
        effects=(),
        ended=not alive,
        ends=(),
        variables=dict(run.data),
    )


def _open(executable: Executable, token: Token) -> OpenTask:
    standing = gate(token)
    return OpenTask(
        id=token.id.hex,
        node=token.task_spec.node.id,
        place=around(token),
        items=items(token),
        gate=None if standing is None else standing["key"],
        round=0 if standing is None else standing["round"],
        definition=executable.tasks[token.task_spec.node.id],
        scope=dict(token.workflow.data),
    )
