"""Where both put something into one flow, lets it stand one after the other: nothing has to be chosen, and nothing is
left beside the way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from workflows.models.merging.conflict import Side
from workflows.models.merging.deciding import Versions
from workflows.models.merging.parts import Parts, read_parts

MAX_WAYS = 20
"""So many new flows from one element are followed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _PutIn:
    """What one of them put into a flow: the flow that leads to it, its steps, and the flows that lead on."""

    side: Side
    entry: str
    first: str
    steps: frozenset[str]
    exits: tuple[str, ...]


def put_in_turn(versions: Versions) -> Versions:
    """Return versions in which each says of a flow that both put something into what fits behind the other.

    Who comes first is the same whoever merges: the one that kept the old flow to what it put in, else by id.
    """
    found = list(_met(versions))
    if not found:
        return versions
    made = {side: read_parts(deepcopy(versions.of(side).root)) for side in Side}
    for flow, one, two in found:
        _queue(versions.base, made, flow, one, two)
    return Versions(
        base=versions.base, mine=read_parts(made[Side.MINE].root), theirs=read_parts(made[Side.THEIRS].root)
    )


def _met(versions: Versions) -> Iterator[tuple[str, _PutIn, _PutIn]]:
    """Yield the flows that both put something of their own into, with who comes first."""
    seen = set[str]()
    for flow in versions.base.ends:
        mine, theirs = (_put_into(versions, side, flow) for side in Side)
        if mine is None or theirs is None or mine.steps & theirs.steps:
            continue
        if seen & (mine.steps | theirs.steps):
            continue
        one, two = sorted((mine, theirs), key=lambda put: (put.entry != flow, put.first))
        if one.entry == flow and flow in two.exits:
            continue
        both_lead_on = flow in one.exits and flow in two.exits
        if two.entry == flow or both_lead_on or _is_plain(versions.of(two.side), two.entry):
            seen |= one.steps | two.steps
            yield flow, one, two


def _put_into(versions: Versions, side: Side, flow: str) -> _PutIn | None:
    """Return what one of them put between the ends of a flow, when there is one way to it and it leads on."""
    parts, (source, target) = versions.of(side), versions.base.ends[flow]
    if source not in parts or target not in parts or parts.ends.get(flow) == (source, target):
        return None
    new = [key for key, (begins, _) in parts.ends.items() if begins == source and key not in versions.base]
    entries = [flow] if parts.ends.get(flow, ("",))[0] == source else new[:MAX_WAYS]
    found = [put for entry in entries if (put := _behind(versions, side, entry, target)) is not None]
    return found[0] if len(found) == 1 else None


def _behind(versions: Versions, side: Side, entry: str, target: str) -> _PutIn | None:
    """Follow a flow through what is new there or was moved there, until it reaches `target`."""
    parts, (source, first) = versions.of(side), versions.of(side).ends[entry]
    steps, ahead = set[str](), [first]
    while ahead:
        here = ahead.pop()
        if here in steps or here in (source, target) or not _came_here(versions, side, here):
            continue
        steps |= {one for one in parts.whole(here) if parts[one].home == parts[here].home}
        ahead += [end for begins, end in parts.ends.values() if begins in steps]
    led_in = {key for key, (begins, end) in parts.ends.items() if end in steps and begins not in steps}
    exits = tuple(sorted(key for key, (begins, end) in parts.ends.items() if begins in steps and end == target))
    if not exits or led_in != {entry}:
        return None
    return _PutIn(side=side, entry=entry, first=first, steps=frozenset(steps), exits=exits)


def _came_here(versions: Versions, side: Side, key: str) -> bool:
    """Tell whether a step is new, or was moved: nothing leads to it that did, and the other still has it."""
    if key not in versions.base:
        return True
    led = [flow for flow, (_, end) in versions.base.ends.items() if end == key]
    now = versions.of(side).ends
    return key in versions.of(side.other) and bool(led) and all(now.get(flow, ("", ""))[1] != key for flow in led)


def _is_plain(parts: Parts, flow: str) -> bool:
    """Tell whether a flow says nothing but where it leads, so that it can go."""
    return len(parts.whole(flow)) == 1 and not parts.values(flow).get("name")


def _queue(base: Parts, made: Mapping[Side, Parts], flow: str, one: _PutIn, two: _PutIn) -> None:
    """Let what `one` put in lead on to what `two` put in."""
    earlier, later = made[one.side], made[two.side]
    both_lead_on = flow in one.exits and flow in two.exits
    if both_lead_on:
        later[two.entry].node.set("sourceRef", earlier.ends[flow][0])
        _as_before(base, earlier, flow)
    elif two.entry == flow:
        _as_before(base, later, flow)
    else:
        _leave_out(base, later, base.ends[flow][0], two.entry)
    for key in one.exits if not both_lead_on else ():
        earlier[key].node.set("targetRef", two.first)
    if (flow in earlier) is not (flow in later):
        kept = base[flow]
        missing = later if flow in earlier else earlier
        if kept.home in missing:
            missing[kept.home].node.append(deepcopy(kept.node))


def _as_before(base: Parts, parts: Parts, flow: str) -> None:
    """Let a flow begin and end where it did."""
    for name, end in zip(("sourceRef", "targetRef"), base.ends[flow], strict=True):
        parts[flow].node.set(name, end)


def _leave_out(base: Parts, parts: Parts, source: str, flow: str) -> None:
    """Take a flow away; an element that goes that way when nothing else holds goes the way it did."""
    node, owner = parts[flow].node, parts[source].node
    if owner.get("default") == flow:
        before = base.values(source).get("default")
        owner.attrib.pop("default") if before is None else owner.set("default", before)
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)
