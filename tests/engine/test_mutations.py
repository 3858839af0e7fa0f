"""Diagrams with random damage: refused with findings, or run; never another error. `STYR_WALKS=n` tries more."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping

import pytest
from lxml import etree

from tests.engine.patterns import PATTERNS
from tests.engine.playing import Play
from tests.engine.test_walks import shipped
from workflows import engine

TRIES = int(os.environ.get("STYR_WALKS", "12")) * 4
WORDS = ["", "x", "facts", "gate", "null", "true", "é", "a b", "work", "bp1", "P1D", "1e999", "e" * 300, "[]", "in_bp1"]


def damaged(files: Mapping[str, bytes], dice: random.Random) -> dict[str, bytes]:
    """Return files with one to three random changes to their elements."""
    trees = {name: etree.fromstring(content) for name, content in files.items()}
    for _ in range(dice.randint(1, 3)):
        elements = [element for tree in trees.values() for element in tree.iter("*") if element.getparent() is not None]
        if not elements:
            break
        element, other = dice.choice(elements), dice.choice(elements)
        owner = element.getparent()
        assert owner is not None
        match dice.randrange(6):
            case 0:
                owner.remove(element)
            case 1:
                owner.append(etree.fromstring(etree.tostring(element)))
            case 2 if element.attrib:
                element.set(dice.choice([str(key) for key in element.attrib]), _word(dice, other))
            case 3 if element.attrib:
                element.attrib.pop(dice.choice([str(key) for key in element.attrib]))
            case 4:
                element.text = _word(dice, other)
            case _:
                element.tag = other.tag
    return {name: etree.tostring(tree) for name, tree in trees.items()}


def _word(dice: random.Random, other: etree._Element) -> str:
    return dice.choice([*WORDS, *[str(value) for value in other.attrib.values()], other.text or ""])


def attempt(files: Mapping[str, bytes]) -> bool:
    """Compile, lint and start; tell whether it ran. Findings and sentences are all that may come out of it."""
    try:
        engine.compile(files)
    except engine.EngineRefused as refusal:
        assert refusal.findings
        assert engine.lint(files) == refusal.findings
        return False
    engine.lint(files)
    try:
        Play(files)
    except engine.NoWayOut:
        return False
    return True


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_a_damaged_diagram_is_refused_or_runs(name: str) -> None:
    dice = random.Random(name)
    ran = sum(attempt(damaged(PATTERNS[name], dice)) for _ in range(TRIES))
    assert 0 < ran < TRIES


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_damaged_shipped_model_is_refused_or_runs(name: str) -> None:
    dice = random.Random(name)
    for _ in range(TRIES // 4):
        attempt(damaged(shipped()[name], dice))
