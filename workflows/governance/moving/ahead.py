"""What another version changes of what is still to come for a project: steps, and what they ask for and of whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from workflows.engine import Coming, Moved, TaskDefinition, TaskKind
from workflows.governance.moving.passing import passed_by, taken_past
from workflows.governance.moving.questions import asked_otherwise
from workflows.kernel.parsed import Parsed
from workflows.models import Bundle
from workflows.models.deadlines import drawn_periods
from workflows.models.model import Model

SHOWN = 12
"""Steps that one sentence names; the others are counted."""

AHEAD = " längre fram"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """A step that both versions have, drawn otherwise."""

    before: TaskDefinition
    after: TaskDefinition


_SAID: Parsed[tuple[str, ...]] = Parsed(2000)
"""Sentences by versions and by what is to come: projects that stand at the same steps share them."""


def to_come(origin: Bundle, target: Bundle, moved: Moved, phase: str | None) -> tuple[str, ...]:
    """Return what is new, gone or otherwise in what is to come: for whoever goes on, is sent back, is ended.

    `phase` is where the project stands in the target.
    """
    open_steps = frozenset(task.node for task in moved.step.open_tasks)
    renamed = frozenset(moved.renamed.items())
    key = (
        origin.digest,
        target.digest,
        moved.ahead,
        moved.back,
        moved.stopped,
        open_steps,
        renamed,
        moved.fallen,
        phase,
    )
    return _SAID.get(key, 1, lambda: tuple(_sentences(origin, target, moved, open_steps, phase)))


def _sentences(
    origin: Bundle, target: Bundle, moved: Moved, open_steps: frozenset[str], phase: str | None
) -> Iterator[str]:
    passed = passed_by(origin, target, moved, phase)
    yield from taken_past(passed)
    yield from _said(origin, target, moved, moved.ahead, open_steps, AHEAD)
    skipped, again = (_labels(target, names) for names in (moved.ahead.skipped, moved.ahead.again))
    if skipped:
        yield f"Görs inte, eftersom det ligger före projektets plats i versionen: {listed(skipped)}."
    if again:
        yield f"Ligger bakom projektet i dag men framför det i versionen: {listed(again)}."
    for name, coming in by_phase(origin, target, moved.back):
        if name in passed.names:
            continue
        where = f" om projektet går tillbaka till {name}" if name else " om projektet går tillbaka"
        yield from _said(origin, target, moved, coming, open_steps, where)
    yield from _said(origin, target, moved, moved.stopped, open_steps, " om projektet avbryts")


def by_phase(origin: Bundle, target: Bundle, coming: Coming) -> Iterator[tuple[str, Coming]]:
    """Yield parts of what is to come with the name of the phase that they lie in, in the model's order."""
    before, after = _phases(origin), _phases(target)
    for phase in dict.fromkeys([*dict.fromkeys(after[1]), *before[1], ""]):
        part = Coming(
            added=tuple(name for name in coming.added if after[0](name) == phase),
            removed=tuple(name for name in coming.removed if before[0](name) == phase),
            kept=tuple(name for name in coming.kept if after[0](name) == phase),
        )
        if part != Coming():
            yield phase, part


def listed(names: Sequence[str]) -> str:
    """Return names in a row, in quotation marks; what is too many is counted."""
    return _counted([f"”{name}”" for name in dict.fromkeys(names)])


def _counted(said: Sequence[str]) -> str:
    shown = list(dict.fromkeys(said))
    more = len(shown) - SHOWN
    return ", ".join(shown[:SHOWN]) + (f" och {more} till" if more > 0 else "")


def _said(
    origin: Bundle, target: Bundle, moved: Moved, coming: Coming, open_steps: frozenset[str], where: str
) -> Iterator[str]:
    """Yield a sentence for each kind of change among steps that come."""
    if coming.added:
        yield f"Nytt{where}: {listed(_labels(target, coming.added))}."
    if removed := [name for name in coming.removed if name not in moved.fallen]:
        yield f"Tas bort{where}: {listed(_labels(origin, removed))}."
    old = {after: before for before, after in moved.renamed.items()}
    changes = [
        _Change(before=origin.executable.tasks[before], after=target.executable.tasks[name])
        for name in coming.kept
        if name not in open_steps
        and name in target.executable.tasks
        and (before := old.get(name, name)) in origin.executable.tasks
    ]
    for head, say in _KINDS:
        found = [said for change in changes if (said := say(origin, target, change))]
        if found:
            yield f"{head}{where}: {_counted(found)}."


def _renamed(_origin: Bundle, _target: Bundle, change: _Change) -> str:
    before, after = change.before.name, change.after.name
    return f"”{before}” blir ”{after}”" if before != after else ""


def _manned(origin: Bundle, target: Bundle, change: _Change) -> str:
    if change.before.role == change.after.role:
        return ""
    was, becomes = role_name(origin.model, change.before.role), role_name(target.model, change.after.role)
    return f"”{change.after.name}” görs av {becomes} i stället för {was}"


def _timed(_origin: Bundle, _target: Bundle, change: _Change) -> str:
    return f"”{change.after.name}”" if drawn_periods(change.before) != drawn_periods(change.after) else ""


def _asked(origin: Bundle, target: Bundle, change: _Change) -> str:
    if TaskKind.DECISION in (change.before.kind, change.after.kind):
        return ""
    said = asked_otherwise(origin, target, change.before.form, change.after.form)
    return f"”{change.after.name}” ({said})" if said else ""


_KINDS: tuple[tuple[str, Callable[[Bundle, Bundle, _Change], str]], ...] = (
    ("Nya namn", _renamed),
    ("Någon annan gör steget", _manned),
    ("Andra frågor", _asked),
    ("Andra tider", _timed),
)


def _labels(bundle: Bundle, names: Iterable[str]) -> list[str]:
    return [bundle.executable.diagram.nodes[name].label for name in names]


def _phases(bundle: Bundle) -> tuple[Callable[[str], str], list[str]]:
    """Return what tells the name of the phase that an element lies in, and those names in the model's order.

    A gate belongs to the last phase before it; what a called process holds to where it is first called.
    """
    diagram, model = bundle.executable.diagram, bundle.model
    names = {phase.key: phase.label.get("sv", phase.key) for phase in model.phases}
    last = {phase.box: names[phase.key] for phase in model.phases}
    boxes = {gate.key: gate.box for gate in model.gates}

    def phase_of(name: str, left: int = 9) -> str:
        node = diagram.nodes[name]
        gate = boxes.get(node.styr.get("gate", {}).get("key", ""))
        if gate is not None:
            return last.get(gate, "")
        scope: str | None = node.scope
        while scope is not None and scope not in names:
            owner = diagram.scopes[scope].owner
            scope = None if owner is None else diagram.nodes[owner].scope
        calls = diagram.calls_to(node.process) if scope is None and left else ()
        return names[scope] if scope is not None else phase_of(calls[0].id, left - 1) if calls else ""

    return phase_of, list(names.values())


def role_name(model: Model, key: str | None) -> str:
    """Return what a role is called inside a sentence; without one a step is the manager's."""
    wanted = key or model.duties.manager
    label = next((role.label.get("sv", wanted) for role in model.roles if role.key == wanted), wanted)
    return label[:1].lower() + label[1:]
