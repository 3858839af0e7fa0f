"""Runs every automatic step that is ready, until only people, messages and time are waited for.

SpiffWorkflow's `do_engine_steps` walks the token tree and every sub-process twice a step, and its iterator loses the
ready token after 330 rounds (`max_depth`); a flat scan of what is alive does neither.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from SpiffWorkflow.util.task import TaskState

from workflows.engine.activities import EachSpec, SubprocessSpec
from workflows.engine.errors import NoWayOut
from workflows.engine.runs import Run, SubRun
from workflows.engine.specs import living
from workflows.engine.tokens import ALIVE

MAX_AUTOMATIC = 2_000
"""Automatic steps in one go; more than that is a loop in which nobody is asked and nothing is waited for."""


def advance(run: Run) -> None:
    """Run what can run. Raises NoWayOut when it does not come to rest."""
    left = MAX_AUTOMATIC
    moved = True
    while moved:
        moved = False
        for part in run.runs():
            for token in list(part.tasks.values()):
                if token.state != TaskState.READY or token.task_spec.manual:
                    continue
                token.run()
                moved, left = True, left - 1
                if not left:
                    raise NoWayOut(element=token.task_spec.node.label)
        moved = _close_finished(run) or moved


def _close_finished(run: Run) -> bool:
    """End every process in which nothing is alive, innermost first; tell whether any step could go on thereby."""
    closed = False
    for part in reversed(run.runs()):
        if any(token.has_state(ALIVE) for token in part.tasks.values()):
            continue
        part.completed = True
        if isinstance(part, SubRun) and run.subprocesses.pop(part.owner.id, None) is not None:
            owner = part.owner
            assert isinstance(owner.task_spec, SubprocessSpec)
            owner.task_spec.returned(owner, part)
            closed = True
    return closed


def grow(run: Run) -> None:
    """Begin instances for what was added to the collections of running multi-instances."""
    for token in list(living(run)):
        if isinstance(token.task_spec, EachSpec):
            token.task_spec.grow(token)
    advance(run)
