"""Moves a state to another bundle: what is alive keeps its place, its ids, its moments and its half-given votes.

A state holds only what is alive, by the names in its diagrams; so a move is the same rows with other diagrams, once it
is certain that everything in them is there and that it can go on from there. What is not certain is refused in words
(SpiffWorkflow's own `migrate_workflow` begins open tasks anew: timers restart, drafts go, votes are lost).
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.util.task import TaskState

from forms import feel
from workflows.engine.codec import Row, dump, restore, unpack
from workflows.engine.diagram import NodeKind, TriggerKind
from workflows.engine.errors import NoWayOut
from workflows.engine.events import WaitingSpec
from workflows.engine.executable import Executable
from workflows.engine.moving.coming import Coming, coming_of
from workflows.engine.moving.filling import Filling, Unknown, wants_more
from workflows.engine.moving.handed import Handed
from workflows.engine.moving.placing import BEGUN, Placing
from workflows.engine.moving.replacing import FALL, alive, can_end, come, replaceable
from workflows.engine.runs import Evaluator
from workflows.engine.specs import outermost, within
from workflows.engine.step import Step
from workflows.engine.tokens import Token
from workflows.engine.verbs import view

__all__ = ["FALL", "Coming", "Handed", "Immovable", "Moved", "can_end", "move", "replaceable"]

_NO_ANSWER = "Vägvalet ”{name}” frågar efter {what}, som projektet inte har svar på. Det tar sin standardväg."
_NO_MOMENT = "Tidsgränsen ”{name}” räknas från {what}, som projektet inte har svar på. Den går aldrig ut."
_NEEDS_ANSWER = "”{name}” längre fram behöver {what}, som projektet inte har svar på."
_NO_TIME_SET = "Tidsgränsen ”{name}” går inte att räkna ut för projektet."


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An instance that can go on in the other bundle. `step` is what holds there, with the state to be stored.

    `changes` are sentences on what the move does to what already waits; `ahead` is what comes to whoever goes on,
    `back` what comes only after going back from a gate, `stopped` only if it is terminated; `renamed` parts of the
    diagram by their old ids, `fallen` the steps whose work ends with the move.
    """

    step: Step
    changes: tuple[str, ...]
    ahead: Coming = field(default_factory=Coming)
    back: Coming = field(default_factory=Coming)
    stopped: Coming = field(default_factory=Coming)
    renamed: Mapping[str, str] = field(default_factory=dict)
    fallen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Immovable:
    """An instance that must stay where it is; `reasons` are sentences."""

    reasons: tuple[str, ...]


def move(
    origin: Executable,
    target: Executable,
    state: bytes,
    *,
    facts: Mapping[str, Any],
    env: feel.Environment,
    handed: Callable[[], Sequence[Handed]] = tuple,
    renamed: Mapping[str, str] | None = None,
) -> Moved | Immovable:
    """Return the instance in `target`, or why it must stay in `origin`. Nothing in it is done, begun anew or lost.

    `handed` is asked, oldest first, when the target reads more of earlier answers than the origin kept. `renamed` maps
    elements of the origin to those of the target in which what stands there goes on (for steps: `replaceable`), or to
    FALL where it ends with the move; so does work whose step another takes already. Sub-processes and calls that were
    only renamed are found without. Raises WrongExecutable when the state is not the origin's.
    """
    document = unpack(state, origin.digest)
    standing, done = frozenset(alive(document["t"])), frozenset(come(document["t"]))
    new = {before: after for before, after in (renamed or {}).items() if _only_in(target, origin, after)}
    said = {before: after for before, after in (renamed or {}).items() if before in standing}
    said |= {before: after for before, after in new.items() if before in done}
    placing = Placing(
        origin=origin.diagram,
        target=target.diagram,
        renamed={before: after for before, after in said.items() if after != FALL},
        falling=frozenset(before for before, after in said.items() if after == FALL),
    )
    placed = placing.run(document, target.process)
    if placing.reasons:
        return Immovable(reasons=tuple(placing.reasons))
    there = new | {old: name for old, name in placing.renamed.items() if _only_in(target, origin, name)}
    became = {after: before for before, after in there.items()}
    answers = [one.there(there) for one in handed()] if wants_more(origin, target, became) else ()
    filling = Filling(origin=origin, target=target, handed=answers, became=became)
    filling.run(placed, target.process)
    hopeless = tuple(dict.fromkeys(_sentence(target, one) for one in filling.unknown if not _has_default(one)))
    if hopeless:
        return Immovable(reasons=hopeless)
    evaluator = Evaluator(facts=facts, env=env)
    run = restore(placed, target.specs, target.process, evaluator)
    try:
        _begin(outermost(run)[1:], placed["t"])
    except NoWayOut as error:
        return Immovable(reasons=(_NO_TIME_SET.format(name=error.facts["element"]),))
    unanswered = dict.fromkeys(_sentence(target, one) for one in filling.unknown)
    onward, back, stopped = coming_of(origin, target, document, placed, placing.renamed)
    return Moved(
        step=view(target, dump(run, target.digest)),
        changes=(*placing.changes, *unanswered),
        ahead=onward,
        back=back,
        stopped=stopped,
        renamed={old: new for old, new in placing.renamed.items() if old not in placing.fallen},
        fallen=frozenset(placing.fallen),
    )


def _only_in(target: Executable, origin: Executable, node: str) -> bool:
    return node in target.diagram.nodes and node not in origin.diagram.nodes


def _begin(tokens: Sequence[Token], rows: Sequence[Row]) -> None:
    """Begin the events that are new on steps under way, as if the step opened now (a run begins with its start)."""
    for token, row in zip(tokens, rows, strict=True):
        _begin(within(token), row.get("c", ()))
        inner = token.workflow.top_workflow.subprocesses.get(token.id)
        if inner is not None:
            _begin(outermost(inner)[1:], row["r"]["t"])
        for name in row.get(BEGUN, ()):
            spec = token.workflow.spec.task_specs[name]
            assert isinstance(spec, WaitingSpec)
            spec._update_hook(Token(token.workflow, spec, token, state=TaskState.WAITING))


def _has_default(unknown: Unknown) -> bool:
    """Tell whether an element goes on without a value: a gateway by its default flow, a boundary timer never."""
    return unknown.node.kind in (NodeKind.CHOICE, NodeKind.BOUNDARY)


def _sentence(target: Executable, unknown: Unknown) -> str:
    """Say who reads what."""
    node = unknown.node
    writer = next((one.label for one in target.diagram.nodes.values() if one.variable == unknown.variable), None)
    what = f"svaret i ”{writer or unknown.variable}”"
    if unknown.fields and writer is not None:
        what = f"{', '.join(sorted(unknown.fields))} i ”{writer}”"
    timer = node.trigger is not None and node.trigger.kind is TriggerKind.TIMER
    sentence = (_NO_MOMENT if timer else _NO_ANSWER) if _has_default(unknown) else _NEEDS_ANSWER
    return sentence.format(name=node.label, what=what)
