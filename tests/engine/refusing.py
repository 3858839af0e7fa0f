"""Asks why the engine refuses a file."""

from __future__ import annotations

import pytest

from tests.engine.drawing import draw
from workflows import engine

GOOD = draw("start s > ask\nuser ask role=r > e\nend e")


def refusal(content: bytes) -> engine.EngineRefused:
    """Return how the engine refuses a diagram."""
    with pytest.raises(engine.EngineRefused) as caught:
        engine.compile({"project.bpmn": content})
    return caught.value


def rules(content: bytes) -> set[str]:
    """Return the rules that a diagram breaks."""
    return {finding.rule for finding in refusal(content).findings}


def inside_ask(xml: str) -> bytes:
    """Return the good diagram with something put inside its step."""
    return GOOD.replace(b'name="ask"/>', f'name="ask">{xml}</bpmn:userTask>'.encode()).replace(
        b'name="ask">\n', f'name="ask">{xml}'.encode()
    )
