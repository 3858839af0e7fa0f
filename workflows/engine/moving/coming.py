"""What is still to come for an instance in another bundle: what of it is new, what is gone, what both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from workflows.engine.codec import Row
from workflows.engine.diagram import NodeKind
from workflows.engine.executable import Executable
from workflows.engine.moving.ways import Reach, ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Ids of the steps and calls that one of the bundles, or both, have of what an instance can come to.

    `kept` are in both, by the target's id. Of these `skipped` would still have come in the origin and lie behind the
    instance in the target; `again` lie behind it in the origin and come in the target.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    again: tuple[str, ...] = ()


def coming_of(
    origin: Executable, target: Executable, before: Row, after: Row, renamed: Mapping[str, str]
) -> tuple[Coming, Coming, Coming]:
    """Return what comes to whoever goes on, what only going back from a gate leads to, and what only a stop does."""
    old, new = ahead(origin, before, origin.process), ahead(target, after, target.process)
    return _compared(origin, target, old, new, frozenset(renamed.items()))


@lru_cache(maxsize=1024)
def _compared(
    origin: Executable, target: Executable, old: Reach, new: Reach, pairs: frozenset[tuple[str, str]]
) -> tuple[Coming, Coming, Coming]:
    """Compare what can be come to; projects that stand at the same places share the answer."""
    renamed = dict(pairs)
    known = {renamed.get(node, node) for node in origin.diagram.nodes}
    was = {renamed.get(node, node) for node in old.onward}

    def compared(before: frozenset[str], after: frozenset[str]) -> Coming:
        gone = {node for node in before if renamed.get(node, node) not in target.diagram.nodes}
        return Coming(
            added=_steps(target, after - known), removed=_steps(origin, gone), kept=_steps(target, after & known)
        )

    onward = replace(
        compared(old.onward, new.onward),
        skipped=_steps(target, was - new.onward),
        again=_steps(target, (new.onward & known) - was),
    )
    return onward, compared(old.back, new.back), compared(old.stopped, new.stopped)


def _steps(executable: Executable, places: Iterable[str]) -> tuple[str, ...]:
    """Return the steps and calls among some places, in the order of the file."""
    return tuple(_in_order(executable, frozenset(places)))


def _in_order(executable: Executable, places: frozenset[str]) -> Iterator[str]:
    for name, node in executable.diagram.nodes.items():
        if name in places and node.kind in (NodeKind.USER, NodeKind.CALL):
            yield name
