"""A scope as a net of places and moves (a Petri net), made smaller without changing what can go wrong in it.

A place is a flow, or a node that a token stands at. Markings are sets of places, kept as bits of a whole number: one
with two tokens in one place is a finding already, and is followed no further.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from workflows.engine.diagram import Diagram, Flow, Node, NodeKind, Scope

MAX_STATES = 20_000
"""Markings of a model that are looked at; Härnösand's has 800, and 60 when its nets are made smaller."""

TRIES = 20
"""Moves tried for each marking that may be looked at, so that a net of many moves takes no longer."""

AT = "@"
"""Before a node's id, this names the place of a token at the node."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What a node does to tokens: takes one from each place of `before`, puts one in each of `after`.

    `end` names an end event, whose move makes a difference to what is left.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """Where the tokens of a scope begin, and every move they can make."""

    first: tuple[str, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of playing a net with every choice.

    `stuck` are the places of tokens that can move no further, `doubled` places with two tokens, `beside` the ends that
    were reached while other tokens were left.
    """

    states: int
    bound_hit: bool
    stuck: frozenset[str]
    doubled: frozenset[str]
    beside: frozenset[str]


def net_of(diagram: Diagram, scope: Scope, *, staying: bool) -> Net:
    """Return the net of a scope; with `staying`, events that leave their step open add tokens too."""
    [start] = [node for node in scope.nodes if node.kind is NodeKind.START]
    moves = (
        move
        for node in scope.nodes
        if node.kind not in (NodeKind.START, NodeKind.BOUNDARY)
        for move in _moves(diagram, node, staying=staying)
    )
    return Net(first=_ids(start.outgoing), moves=tuple(dict.fromkeys(moves)))


def _moves(diagram: Diagram, node: Node, *, staying: bool) -> Iterator[Move]:
    if node.kind is NodeKind.PARALLEL:
        if node.incoming:
            yield Move(before=_ids(node.incoming), after=_ids(node.outgoing))
        return
    place = AT + node.id
    yield from (Move(before=(flow.id,), after=(place,)) for flow in node.incoming)
    if node.kind is NodeKind.END:
        yield Move(before=(place,), after=(), end=node.id)
    yield from (Move(before=(place,), after=after) for after in _ways_out(diagram, node, staying=staying))


def _ways_out(diagram: Diagram, node: Node, *, staying: bool) -> Iterator[tuple[str, ...]]:
    """Yield the sets of flows by which a token can leave a node."""
    match node.kind:
        case NodeKind.END:
            return
        case NodeKind.CHOICE:
            yield from ((flow.id,) for flow in node.outgoing)
        case NodeKind.RACE:
            yield from (_ids(diagram.nodes[flow.target].outgoing) for flow in node.outgoing)
        case _:
            yield _ids(node.outgoing)
            events = diagram.boundary(node.id)
            yield from (_ids(event.outgoing) for event in events if event.interrupting)
            added = [flow for event in events if not event.interrupting for flow in event.outgoing]
            if added and staying:
                yield _ids((*node.outgoing, *added))


def _ids(flows: Iterable[Flow]) -> tuple[str, ...]:
    return tuple(flow.id for flow in flows)


def smaller(net: Net) -> Net:
    """Fuse places until nothing more can be fused: those in a row, and those that are always filled together.

    Both keep what can go wrong (T. Murata, 1989): steps in a row become one, branches side by side become one.
    """
    while True:
        alias = _in_a_row(net) or _side_by_side(net)
        if not alias:
            return net
        net = _renamed(net, alias)


Alias = dict[str, str | None]
"""Places that are fused: each with the place that stands for it, or None where that one is there anyway."""


def _in_a_row(net: Net) -> Alias:
    """Return the places from which tokens can only go to one other."""
    targets: dict[str, set[str | None]] = {}
    for move in net.moves:
        alone = len(move.before) == 1 == len(move.after)
        for place in move.before:
            targets.setdefault(place, set()).add(move.after[0] if alone else None)
    following = {place: only for place, found in targets.items() if len(found) == 1 and (only := next(iter(found)))}
    alias: Alias = {}
    for place in following:
        passed, last = {place}, following[place]
        while last in following and last not in passed:
            passed.add(last)
            last = following[last]
        if last not in passed:
            alias[place] = last
    return alias


def _side_by_side(net: Net) -> Alias:
    """Return the places that another one always goes with: they say nothing more."""
    uses: dict[str, list[int]] = {}
    for number, move in enumerate(net.moves, 1):
        for place in move.before:
            uses.setdefault(place, []).append(-number)
        for place in move.after:
            uses.setdefault(place, []).append(number)
    seen: set[tuple[bool, tuple[int, ...]]] = set()
    alias: Alias = {}
    for place, around in uses.items():
        key = (place in net.first, tuple(around))
        if key in seen and any(number < 0 for number in around):
            alias[place] = None
        seen.add(key)
    return alias


def _renamed(net: Net, alias: Alias) -> Net:
    """Return the net with tokens in the places that stand for theirs; moves that then do nothing are left out."""
    moves = (Move(before=_put(move.before, alias), after=_put(move.after, alias), end=move.end) for move in net.moves)
    kept = dict.fromkeys(move for move in moves if move.before != move.after)
    return Net(first=_put(net.first, alias), moves=tuple(kept))


def _put(places: tuple[str, ...], alias: Alias) -> tuple[str, ...]:
    named = (alias.get(place, place) for place in places)
    return tuple(place for place in named if place is not None)


def play(net: Net, *, most: int = MAX_STATES) -> Played:
    """Play a net with every choice in every order, up to `most` markings."""
    game = _Game(net)
    ahead = list(game.seen)
    while ahead and len(game.seen) < most and game.tries < most * TRIES:
        ahead += game.follow(ahead.pop())
    return Played(
        states=len(game.seen),
        bound_hit=bool(ahead),
        stuck=game.named(game.stuck),
        doubled=game.named(game.doubled),
        beside=frozenset(game.beside),
    )


class _Game:
    """What has been seen of a net, with a bit for each place."""

    def __init__(self, net: Net) -> None:
        named = [*net.first, *(place for move in net.moves for place in (*move.before, *move.after))]
        self.bits: Mapping[str, int] = {place: 1 << number for number, place in enumerate(dict.fromkeys(named))}
        self.moves: dict[int, list[tuple[int, list[int], str]]] = {bit: [] for bit in self.bits.values()}
        for move in net.moves:
            before = [self.bits[place] for place in move.before]
            after = [self.bits[place] for place in move.after]
            self.moves[before[0]].append((self._marking(before), after, move.end))
        self.stuck = self.doubled = self.tries = 0
        self.beside: set[str] = set()
        self.seen = {self._marking(self.bits[place] for place in net.first)}
        self.doubled |= self._doubled([self.bits[place] for place in net.first], 0)

    def follow(self, marking: int) -> list[int]:
        """Make every move that can be made of a marking; return the markings not seen before."""
        new: list[int] = []
        moved = False
        rest = marking
        while rest:
            bit = rest & -rest
            rest ^= bit
            for before, after, end in self.moves[bit]:
                self.tries += 1
                if marking & before != before:
                    continue
                moved = True
                left = marking & ~before
                if end and left:
                    self.beside.add(end)
                if twice := self._doubled(after, left):
                    self.doubled |= twice
                    continue
                left |= self._marking(after)
                if left not in self.seen:
                    self.seen.add(left)
                    new.append(left)
        if marking and not moved:
            self.stuck |= marking
        return new

    def named(self, marking: int) -> frozenset[str]:
        """Return the names of the places of a marking."""
        return frozenset(place for place, bit in self.bits.items() if marking & bit)

    def _marking(self, places: Iterable[int]) -> int:
        marking = 0
        for place in places:
            marking |= place
        return marking

    def _doubled(self, places: Iterable[int], marking: int) -> int:
        """Return the places that would hold two tokens."""
        twice = 0
        for place in places:
            twice |= marking & place
            marking |= place
        return twice
