"""Decides, part by part and value by value, whose version a merged diagram takes, and where somebody has to choose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from workflows.models.merging.conflict import LAYOUT, Conflict, Side
from workflows.models.merging.parts import BLOB, HOME, LIES, Parts

WAYPOINTS = f"{BLOB}{{http://www.omg.org/spec/DD/20100524/DI}}waypoint"


@dataclass(slots=True, eq=False)
class Plan:
    """What the merged diagram is made of: for each part it has, whose each of its values is.

    `rerouted` are lines that both drew anew, so that neither picture of them is right.
    """

    parts: dict[str, dict[str, Side]] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)
    rerouted: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The three versions of a diagram."""

    base: Parts
    mine: Parts
    theirs: Parts

    def of(self, side: Side) -> Parts:
        """Return one of the two that changed."""
        return self.mine if side is Side.MINE else self.theirs

    def every_key(self) -> Iterator[str]:
        """Yield the key of every part that any version has."""
        yield from dict.fromkeys([*self.mine.by_key, *self.theirs.by_key, *self.base.by_key])


def decide(versions: Versions, choices: Mapping[str, Side]) -> Plan:
    """Return the plan; what is not chosen is taken as mine for now, and stands among the conflicts."""
    plan = Plan()
    forced: dict[str, Side] = {}
    for conflict in _removals(versions):
        if conflict.part in forced:
            continue
        plan.conflicts.append(conflict)
        winner, along = choices.get(conflict.key, Side.MINE), group(versions, conflict)
        for key in along | (_bridges(versions, conflict, along) if winner is not conflict.gone else set()):
            forced.setdefault(key, winner)
    for key in versions.every_key():
        if key in forced:
            if key in (taken := versions.of(forced[key])):
                plan.parts[key] = dict.fromkeys(taken[key].values, forced[key])
        elif (values := _values(versions, key, plan, choices)) is not None:
            plan.parts[key] = values | {name: forced[lies] for name, lies in _lying(values) if lies in forced}
    return plan


def _lying(values: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the values that say what lies in a lane, and what does."""
    return ((name, name.removeprefix(LIES)) for name in values if name.startswith(LIES))


def _values(versions: Versions, key: str, plan: Plan, choices: Mapping[str, Side]) -> dict[str, Side] | None:
    """Return whose each value of a part is; None for a part that the merged diagram does not have."""
    mine, theirs, base = (parts.by_key.get(key) for parts in (versions.mine, versions.theirs, versions.base))
    if mine is None or theirs is None:
        only, side = (theirs, Side.THEIRS) if mine is None else (mine, Side.MINE)
        return None if only is None or base is not None else dict.fromkeys(only.values, side)
    decided: dict[str, Side] = {}
    before = base.values if base is not None else {}
    for name in dict.fromkeys([*mine.values, *theirs.values]):
        own, other, old = mine.values.get(name), theirs.values.get(name), before.get(name)
        decided[name] = Side.MINE
        if other in (own, old):
            continue
        if own == old:
            decided[name] = Side.THEIRS
        elif name == WAYPOINTS:
            plan.rerouted.add(key)
        else:
            decided[name] = _chosen(plan, choices, key, name, drawn=mine.drawn)
    return decided


def _chosen(plan: Plan, choices: Mapping[str, Side], key: str, name: str, *, drawn: bool) -> Side:
    """Note that both changed a value, and return whose is taken."""
    conflict = Conflict(key=LAYOUT if drawn else f"{key}|{name}", part=key, value=name)
    plan.conflicts.append(conflict)
    return choices.get(conflict.key, Side.MINE)


def _removals(versions: Versions) -> Iterator[Conflict]:
    """Yield what one took away while the other changed it, the outermost part of it; flows by themselves come last."""
    for side in Side:
        left, other = versions.of(side), versions.of(side.other)
        links = _new_links(versions.base, other)
        for key, part in sorted(versions.base.by_key.items(), key=lambda one: one[1].tag == "sequenceFlow"):
            if key in left or key not in other or part.drawn or _outer_gone(versions.base, left, part.home):
                continue
            if _changed(versions.base, other, links, key):
                yield Conflict(key=f"{key}|", part=key, gone=side)


def _outer_gone(base: Parts, left: Parts, home: str) -> bool:
    return bool(home) and home in base and home not in left


def _changed(base: Parts, other: Parts, links: Mapping[str, Set[str]], key: str) -> bool:
    """Tell whether something of a part, in it, or that leads to it is new or not as it was."""
    inner = base.whole(key) | other.whole(key)
    touching = inner | base.touching(inner)
    if any(one in other and base.values(one) != other.values(one) for one in touching):
        return True
    return any(links[one] - inner for one in inner if one in links)


def _new_links(base: Parts, other: Parts) -> Mapping[str, Set[str]]:
    """Return which parts have come to name others, by what they name."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, part in other.by_key.items():
        before = base.values(key)
        for name, value in part.values.items() if not part.drawn else ():
            if name != HOME and before.get(name) != value:
                found[value].add(key)
    return found


def group(versions: Versions, conflict: Conflict) -> set[str]:
    """Return what stays or goes with a part: all in it, the gateways that went because it did, and the flows that
    touched any of that from the beginning.
    """
    every = (versions.base, versions.mine, versions.theirs)
    inner = {key for parts in every for key in parts.whole(conflict.part)}
    while conflict.gone is not None and (more := _gateways_gone(versions.base, versions.of(conflict.gone), inner)):
        inner |= more
    return inner | versions.base.touching(inner)


def _gateways_gone(base: Parts, left: Parts, inner: Set[str]) -> set[str]:
    """Return the gateways beside some parts that whoever took those away took away too, or left another way less."""
    ends = [base.ends[key] for key in base.touching(inner) if key in base.ends]
    near = {end for pair in ends for end in pair if end in base and base[end].tag.endswith("Gateway")} - inner
    after = {target for source, target in ends if source in inner}
    less = {source for key, (source, target) in base.ends.items() if key not in left and target in after}
    return {key for key in near if key not in left or key in less}


def _bridges(versions: Versions, conflict: Conflict, along: Set[str]) -> set[str]:
    """Return the flows that whoever took a part away drew past the gap; where it stays they would be a second way."""
    assert conflict.gone is not None
    inner = versions.base.whole(conflict.part)
    ends = [versions.base.ends[key] for key in along if key in versions.base.ends]
    before = {source for source, target in ends if target in inner}
    after = {target for source, target in ends if source in inner}
    drawn = versions.of(conflict.gone).ends.items()
    known = versions.base.by_key.keys() | versions.of(conflict.gone.other).by_key.keys()
    return {key for key, (source, target) in drawn if key not in known and source in before and target in after}
