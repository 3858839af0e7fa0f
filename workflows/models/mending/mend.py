"""Mends all scenarios of a model at once, and tells of each what is done and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from workflows.engine import OpenTask
from workflows.models.bundle import Bundle, read_bundle
from workflows.models.mending.adding import with_new_steps
from workflows.models.mending.answers import usual_answers
from workflows.models.mending.deciding import Decided, deciders_found
from workflows.models.mending.gaps import Gaps, gaps_of, names_in, unmet
from workflows.models.mending.leaving import without_unreached
from workflows.models.mending.removing import without
from workflows.models.mending.sheet import RowChange, Sheet, changes_between, sheet_of
from workflows.models.playing import Played
from workflows.models.scenario import (
    FOLDER,
    USUAL,
    Answers,
    ScenariosRefused,
    read_scenario,
    read_usual,
    scenario_paths,
)
from workflows.models.scenario_text import rewrite_scenario, rewrite_usual
from workflows.models.strict_yaml import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """A scenario that is changed, or that does not hold: what became of its rows, and how it goes then."""

    path: str
    title: str
    rows: tuple[RowChange, ...]
    played: Played

    @property
    def holds(self) -> bool:
        """Tell whether it holds with the new rows."""
        return self.played.failure is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What mending would write.

    `deciders` are the gates that somebody else decides than rows said, `usual` the answers added for new steps,
    `dropped` the steps whose answers go.
    """

    gaps: Gaps
    deciders: tuple[Decided, ...] = ()
    changes: Mapping[str, bytes] = field(default_factory=dict)
    scenarios: tuple[Mended, ...] = ()
    usual: Mapping[str, Answers] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()

    @property
    def changed(self) -> tuple[Mended, ...]:
        """The scenarios that get or lose rows."""
        return tuple(one for one in self.scenarios if one.rows)

    @property
    def left(self) -> tuple[Mended, ...]:
        """The scenarios that do not hold afterwards either."""
        return tuple(one for one in self.scenarios if not one.holds)


def mend_scenarios(files: Mapping[str, bytes], base: Bundle | None) -> Mending:
    """Return what brings the scenarios back in step with their model; `base` is the version that the draft began on.

    Files that cannot be read as scenarios are left alone. Raises BundleRefused when the model itself cannot run.
    """
    bundle = read_bundle(files)
    usual, told = _usual(files), _told(files)
    gaps = gaps_of(bundle, [{"usual": usual}, *told.values()], base)
    kept = {node: said for node, said in usual.items() if node not in gaps.gone}
    new = usual_answers(bundle, gaps.steps, kept) if told else {}
    mended = [_mended(bundle, path, raw, gaps, {**kept, **new}) for path, raw in told.items()]
    changes = {
        one.path: rewrite_scenario(files[one.path].decode(), sheet.raw, sheet.origins).encode()
        for one, sheet, _ in mended
        if one.rows
    }
    if base is None:
        done = {name for one, sheet, _ in mended if one.rows for name in names_in(sheet.raw)}
        new = {node: said for node, said in new.items() if node in done}
    if {**kept, **new} != usual:
        path = FOLDER + USUAL
        changes[path] = rewrite_usual(files.get(path, b"").decode(), {**kept, **new}).encode()
    return Mending(
        gaps=gaps,
        deciders=tuple(dict.fromkeys(found for _, _, deciders in mended for found in deciders)),
        changes=changes,
        scenarios=tuple(one for one, _, _ in mended if one.rows or not one.holds),
        usual=new,
        dropped=tuple(node for node in usual if node not in kept),
    )


def gaps_in(bundle: Bundle, files: Mapping[str, bytes], base: Bundle | None, stops: Iterable[OpenTask] = ()) -> Gaps:
    """Return what the scenarios of `files` do not know of their model, or still name; without playing them.

    `stops` are the tasks at which scenarios were left standing when they were played last.
    """
    told = [{"usual": _usual(files)}, *_told(files).values()]
    return unmet(gaps_of(bundle, told, base), stops, told)


def scenarios_naming(files: Mapping[str, bytes], names: Set[str]) -> tuple[str, ...]:
    """Return the titles of the scenarios that name any of these steps, gates and events."""
    return tuple(str(raw["title"]) for raw in _told(files).values() if not names.isdisjoint(names_in(raw)))


def _told(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, Any]]:
    return {path: raw for path in scenario_paths(files) if (raw := _raw(files, path)) is not None}


def _mended(
    bundle: Bundle, path: str, raw: Mapping[str, Any], gaps: Gaps, usual: Mapping[str, Answers]
) -> tuple[Mended, Sheet, tuple[Decided, ...]]:
    """Mend one scenario, and tell which gates it found decided by somebody else.

    Rows that bring it no further are not kept.
    """
    before = sheet_of(path, raw)
    called = {node.calls for node in bundle.executable.diagram.nodes.values() if "gate" in node.styr}
    in_gates = [node for node, task in bundle.executable.tasks.items() if task.process in called]
    cleared = without(before, gaps.gone, in_gates)
    sheet, stand = without_unreached(bundle, *with_new_steps(bundle, cleared, gaps, usual), gaps, usual)
    rows = tuple(changes_between(before, sheet))
    mended = Mended(path=path, title=str(raw["title"]), rows=rows, played=stand.played)
    first = cleared.stand(bundle, usual).played.failure if rows else None
    return mended, sheet, deciders_found(bundle, [first]) if first is not None else ()


def _usual(files: Mapping[str, bytes]) -> Mapping[str, Answers]:
    try:
        return read_usual(files)
    except ScenariosRefused:
        return {}


def _raw(files: Mapping[str, bytes], path: str) -> Mapping[str, Any] | None:
    """Return what a scenario's file says; None when it cannot be read as one."""
    try:
        read_scenario(files, path)
    except ScenariosRefused:
        return None
    raw: Mapping[str, Any] = read_yaml(files[path])
    return raw
