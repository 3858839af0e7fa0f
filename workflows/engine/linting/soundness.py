"""Plays the token game of each scope with every choice: joins that wait for ever, steps that are done twice, work lost.

A call activity counts as one step, and conditions as free choices: what is sound so is sound whatever people answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from workflows.engine.diagram import Diagram, Node, NodeKind, Scope, at
from workflows.engine.errors import Finding, Severity
from workflows.engine.linting.net import AT, MAX_STATES, Played, net_of, play, smaller
from workflows.engine.outline import flow_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Explored:
    """How much of the token games was looked at: markings in all, and the scopes in which there were more."""

    states: int
    unfinished: tuple[str, ...]


def soundness(diagram: Diagram, meaning: Collection[str] = ()) -> Iterator[Finding]:
    """Each scope's tokens all reach an end, none stands where another one is, and no end leaves any behind.

    `meaning` are ends that say what becomes of the project.
    """
    for game in _games(diagram):
        yield from _stuck(game)
        yield from _doubled(game)
        yield from _beside(game, meaning)
        if game.bound_hit:
            message = (
                f"Här finns för många lägen för att pröva alla: bara {game.states} är prövade. "
                "Lägg parallella grenar i egna delprocesser, så prövas alla."
            )
            yield at(game.scope, "too-many-states", message, severity=Severity.WARNING)


def explored(diagram: Diagram) -> Explored:
    """Return how much `soundness` looked at."""
    games = _games(diagram)
    return Explored(
        states=sum(game.states for game in games),
        unfinished=tuple(game.scope.id for game in games if game.bound_hit),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Game:
    """What came of one scope: without the events that leave their step open, and (`staying`) with them."""

    diagram: Diagram
    scope: Scope
    played: Played
    staying: Played

    @property
    def states(self) -> int:
        return self.played.states if self.staying is self.played else self.played.states + self.staying.states

    @property
    def bound_hit(self) -> bool:
        return self.played.bound_hit or self.staying.bound_hit


@lru_cache(maxsize=8)
def _games_of(diagram: _ById) -> tuple[_Game, ...]:
    games: list[_Game] = []
    left = MAX_STATES
    for scope in diagram.diagram.scopes.values():
        games.append(_game(diagram.diagram, scope, most=max(left, 100)))
        left -= games[-1].states
    return tuple(games)


class _ById:
    """A diagram as the key of a cache: the same object, not an equal one (to compare them would take longer)."""

    __slots__ = ("diagram",)

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram

    def __hash__(self) -> int:
        return id(self.diagram)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ById) and other.diagram is self.diagram


def _games(diagram: Diagram) -> tuple[_Game, ...]:
    return _games_of(_ById(diagram))


def _game(diagram: Diagram, scope: Scope, *, most: int) -> _Game:
    played = _played(diagram, scope, staying=False, most=most)
    stays = any(node.kind is NodeKind.BOUNDARY and not node.interrupting for node in scope.nodes)
    return _Game(
        diagram=diagram,
        scope=scope,
        played=played,
        staying=_played(diagram, scope, staying=True, most=most) if stays else played,
    )


def _played(diagram: Diagram, scope: Scope, *, staying: bool, most: int) -> Played:
    """Play the smaller net; only when something is wrong in it, the whole one, which knows better where."""
    whole = net_of(diagram, scope, staying=staying)
    quick = play(smaller(whole), most=most)
    if not quick.stuck and not quick.doubled and not quick.beside:
        return quick
    exact = play(whole, most=most // 4)
    return Played(
        states=quick.states + exact.states,
        bound_hit=quick.bound_hit,
        stuck=exact.stuck or quick.stuck,
        doubled=exact.doubled or quick.doubled,
        beside=exact.beside | quick.beside,
    )


def _stuck(game: _Game) -> Iterator[Finding]:
    stuck = game.played.stuck | game.staying.stuck
    for node in game.scope.nodes:
        if node.kind is NodeKind.PARALLEL and any(flow.id in stuck for flow in node.incoming):
            message = "Sammanslagningen kan bli väntande för alltid. Låt just de grenar mötas här som delas parallellt."
            yield at(node, "join-waits-forever", message)


def _doubled(game: _Game) -> Iterator[Finding]:
    """Tell of the first place where two tokens meet; behind it everything else is done twice as well."""
    if game.played.doubled:
        node = _meeting(game, game.played.doubled)
        message = (
            "Hit kan man komma på nytt medan det redan pågår, och allt härefter görs då två gånger. "
            "Låt parallella grenar mötas i en parallell grind."
        )
        yield at(node, "done-twice", message)
    elif game.staying.doubled:
        node = _meeting(game, game.staying.doubled)
        message = (
            "En händelse som lämnar sitt steg öppet kan komma hit medan något redan väntar här, och det görs då två "
            "gånger. Led den till ett eget slut."
        )
        yield at(node, "done-twice", message, severity=Severity.WARNING)


def _meeting(game: _Game, doubled: Collection[str]) -> Node | Scope:
    """Return the first node, in the order of the flow, at which two tokens can be, rather one where ways meet."""
    order = [game.diagram.nodes[identifier] for identifier in flow_order(game.diagram, game.scope)]
    at_once = [node for node in order if AT + node.id in doubled or any(flow.id in doubled for flow in node.incoming)]
    merging = (node for node in at_once if len(node.incoming) > 1)
    return next(merging, None) or next(iter(at_once), game.scope)


def _beside(game: _Game, meaning: Collection[str]) -> Iterator[Finding]:
    """An end that says what becomes of the project comes last; one that breaks off leaves nothing half done."""
    beside = game.played.beside | game.staying.beside
    for node in game.scope.nodes:
        if node.id not in beside:
            continue
        if node.id in meaning:
            message = (
                "Slutet säger vad det blir av projektet, men kan nås medan en parallell gren pågår. "
                "Låt grenarna mötas före slutet."
            )
            yield at(node, "token-left", message)
        elif node.trigger is not None:
            message = (
                "Slutet avbryter parallella grenar som pågår, och det som görs i dem går förlorat. "
                "Låt grenarna mötas före slutet, om det inte är meningen."
            )
            yield at(node, "work-lost", message, severity=Severity.WARNING)
