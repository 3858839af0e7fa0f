"""The state of an instance as bytes: only what is alive, by the names in its diagrams.

`{"f": format, "x": digest of the executable, "r": run}`; a run is `{"v": variables, "t": [row, …]}` (an embedded
sub-process has no variables of its own), and a row is a step that is alive:
`n` name · `i` id of an open task · `d` due moment · `m` where a waiting token came from · `e` multi-instance item ·
`k` items already done · `g` gate · `c` rows inside a frame or a multi-instance · `r` the run inside.

Written with orjson and zstandard. SpiffWorkflow's serializer is three times slower and four times larger on our
model, depends on the order of JSON keys, and cannot restore an instance in which someone answered `typename`.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import orjson
import zstandard
from SpiffWorkflow.util.task import TaskState

from workflows.engine.activities import EachSpec, SubprocessSpec
from workflows.engine.errors import WrongExecutable
from workflows.engine.runs import Evaluator, ProcessSpec, Run, SubRun
from workflows.engine.specs import FrameSpec, NodeSpec, UserSpec
from workflows.engine.tokens import ALIVE, Token

FORMAT = 1
MAX_BYTES = 16 * 1024 * 1024
"""A state is a few kB; anything near this was not written by us."""

Row = dict[str, Any]

_KEPT = {"d": "due", "m": "from", "e": "item", "k": "done", "g": "gate"}


def dump(run: Run, digest: str) -> bytes:
    """Return the state of `run`."""
    document = {"f": FORMAT, "x": digest, "r": _dump_run(run)}
    return zstandard.compress(orjson.dumps(document), 3)


def load(state: bytes, digest: str, specs: Mapping[str, ProcessSpec], process: str, evaluator: Evaluator) -> Run:
    """Return the run that `dump` saw. Raises WrongExecutable for other diagrams, another format or other bytes."""
    try:
        document = orjson.loads(zstandard.decompress(state, max_output_size=MAX_BYTES))
        known = (document["f"], document["x"]) == (FORMAT, digest)
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        raise WrongExecutable from error
    if not known:
        raise WrongExecutable
    run = Run(specs[process], specs, evaluator, deserializing=True)
    _load_run(run, document["r"])
    return run


def _dump_run(run: Run | SubRun) -> Row:
    document: Row = {"t": _dump_tasks(task for task in run.tasks.values() if not _is_inside(task))}
    if run.owner is None or run.owner.workflow.data is not run.data:
        document["v"] = run.data
    return document


def _dump_tasks(tasks: Iterable[Token]) -> list[Row]:
    """Return rows of what is alive, and of frames round it (a frame itself is done when it has let its inside go)."""
    rows = []
    for task in tasks:
        inside = _dump_tasks(task.children) if isinstance(task.task_spec, EachSpec | FrameSpec) else []
        if task.has_state(ALIVE) or (inside and isinstance(task.task_spec, FrameSpec)):
            rows.append(_dump_task(task, inside))
    return rows


def _dump_task(task: Token, inside: list[Row]) -> Row:
    row: Row = {"n": task.task_spec.name}
    if isinstance(task.task_spec, UserSpec):
        row["i"] = task.id.hex
    row |= {short: task.internal_data[long] for short, long in _KEPT.items() if task.internal_data.get(long)}
    if inside:
        row["c"] = inside
    inner = task.workflow.top_workflow.subprocesses.get(task.id)
    if inner is not None:
        row["r"] = _dump_run(inner)
    return row


def _is_inside(task: Token) -> bool:
    """Tell whether a task is written within another's row: what stands in a frame, and multi-instance instances."""
    return "item" in task.internal_data or (task.parent is not None and isinstance(task.parent.task_spec, FrameSpec))


def _load_run(run: Run | SubRun, document: Row) -> None:
    root = Token(run, run.spec.start, state=TaskState.COMPLETED)
    run.task_tree = root
    if "v" in document:
        run.data = document["v"]
    _load_tasks(run, root, document["t"])


def _load_tasks(run: Run | SubRun, parent: Token, rows: list[Row]) -> None:
    for row in rows:
        spec: NodeSpec = run.spec.task_specs[row["n"]]
        identifier = UUID(hex=row["i"]) if "i" in row else None
        task = Token(run, spec, parent, state=_state(spec), id=identifier)
        task.internal_data = {long: row[short] for short, long in _KEPT.items() if short in row}
        if isinstance(spec, EachSpec):
            task.internal_data.setdefault("done", [])
        _load_tasks(run, task, row.get("c", ()))
        if "r" in row:
            assert isinstance(spec, SubprocessSpec)
            _load_run(spec.enter(task, deserializing=True), row["r"])


def _state(spec: NodeSpec) -> int:
    """Return the one state in which a task of `spec` is alive (frames, which are done, have it too)."""
    if isinstance(spec, UserSpec):
        return TaskState.READY
    if isinstance(spec, FrameSpec):
        return TaskState.COMPLETED
    return TaskState.STARTED if isinstance(spec, EachSpec | SubprocessSpec) else TaskState.WAITING
