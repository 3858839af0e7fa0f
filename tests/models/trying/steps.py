"""Short ways to a trial of the shipped model, and to the turns one takes in it."""

from __future__ import annotations

from tests.models.telling import HARNOSAND, files_of
from workflows.models import read_bundle
from workflows.models.trying import (
    Beginning,
    OpenStep,
    TrialStand,
    Turn,
    completed,
    invented_roles,
    questions_of,
    sample_answers,
    stand_of,
    went_on,
)

FILES = files_of(HARNOSAND)
MODEL = read_bundle(FILES).model
BEGUN = Beginning(roles=invented_roles(MODEL))


def stand(*turns: Turn, begun: Beginning = BEGUN) -> TrialStand:
    return stand_of(FILES, begun, turns)


def open_nodes(now: TrialStand) -> list[str]:
    return [step.task.node for step in now.open_steps]


def step(now: TrialStand, node: str) -> OpenStep:
    return now.find(node) or next(one for one in now.open_steps if one.task.node == node)


def usual(now: TrialStand, node: str) -> Turn:
    """The turn that fills a step in with usual answers."""
    waiting = step(now, node)
    questions = questions_of(now, waiting)
    result = sample_answers(questions, now.usual.get(node, {}))
    assert result.ok, result.errors
    return completed(now, waiting, questions, result.answers)


def with_answers(now: TrialStand, node: str, **answers: object) -> Turn:
    waiting = step(now, node)
    questions = questions_of(now, waiting)
    result = sample_answers(questions, {**now.usual.get(node, {}), **answers})
    assert result.ok, result.errors
    return completed(now, waiting, questions, result.answers)


def to_decision(*first: Turn) -> tuple[list[Turn], TrialStand]:
    turns = [*first, went_on("bp1")]
    turns.append(usual(stand(*turns), "request"))
    return turns, stand(*turns)
