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

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
import zstandard
from SpiffWorkflow.util.task import TaskState

from workflows.engine.activities import EachSpec, SubprocessSpec
from workflows.engine.errors import WrongExecutable
from workflows.engine.runs import Evaluator, ProcessSpec, Run, SubRun
from workflows.engine.specs import FrameSpec, NodeSpec, UserSpec, outermost, within
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
    return restore(unpack(state, digest), specs, process, evaluator)


def unpack(state: bytes, digest: str) -> Row:
    """Return the outermost run of a state as rows, fresh ones. Raises WrongExecutable as `load` does."""
    try:
        if zstandard.frame_content_size(state) > MAX_BYTES:
            raise WrongExecutable
        document = orjson.loads(zstandard.decompress(state, max_output_size=MAX_BYTES))
        known = (document["f"], document["x"]) == (FORMAT, digest)
    except (zstandard.ZstdError, ValueError, KeyError, TypeError) as error:
        raise WrongExecutable from error
    if not known:
        raise WrongExecutable
    outermost_run: Row = document["r"]
    return outermost_run


def restore(document: Row, specs: Mapping[str, ProcessSpec], process: str, evaluator: Evaluator) -> Run:
    """Return the run that rows tell of."""
    run = Run(specs[process], specs, evaluator, deserializing=True)
    _load_run(run, document)
    return run


def _dump_run(run: Run | SubRun) -> Row:
    document: Row = {"t": _dump_tokens(outermost(run))}
    if run.owner is None or run.owner.workflow.data is not run.data:
        document["v"] = run.data
    return document


def _dump_tokens(tokens: list[Token]) -> list[Row]:
    """Return rows of what is alive, and of frames round it (a frame itself is done when it has let its inside go)."""
    rows = []
    for token in tokens:
        inside = _dump_tokens(within(token))
        if inside or token.has_state(ALIVE):
            rows.append(_dump_token(token, inside))
    return rows


def _dump_token(token: Token, inside: list[Row]) -> Row:
    row: Row = {"n": token.task_spec.name}
    if isinstance(token.task_spec, UserSpec):
        row["i"] = token.id.hex
    row |= {short: token.internal_data[long] for short, long in _KEPT.items() if token.internal_data.get(long)}
    if inside:
        row["c"] = inside
    inner = token.workflow.top_workflow.subprocesses.get(token.id)
    if inner is not None:
        row["r"] = _dump_run(inner)
    return row


def _load_run(run: Run | SubRun, document: Row) -> None:
    root = Token(run, run.spec.start, state=TaskState.COMPLETED)
    run.task_tree = root
    if "v" in document:
        run.data = document["v"]
    _load_tokens(run, root, document["t"])


def _load_tokens(run: Run | SubRun, parent: Token, rows: list[Row]) -> None:
    for row in rows:
        spec: NodeSpec = run.spec.task_specs[row["n"]]
        identifier = UUID(hex=row["i"]) if "i" in row else None
        token = Token(run, spec, parent, state=_state(spec), id=identifier)
        token.internal_data = {long: row[short] for short, long in _KEPT.items() if short in row}
        if isinstance(spec, EachSpec):
            token.internal_data.setdefault("done", [])
        _load_tokens(run, token, row.get("c", ()))
        if "r" in row:
            assert isinstance(spec, SubprocessSpec)
            _load_run(spec.enter(token, deserializing=True), row["r"])


def _state(spec: NodeSpec) -> int:
    """Return the one state in which a token of `spec` is alive (frames, which are done, have it too)."""
    if isinstance(spec, UserSpec):
        return TaskState.READY
    if isinstance(spec, FrameSpec):
        return TaskState.COMPLETED
    return TaskState.STARTED if isinstance(spec, EachSpec | SubprocessSpec) else TaskState.WAITING
