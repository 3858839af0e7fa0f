"""How deep and how large a diagram may be, and how soon one beyond that is refused."""

from __future__ import annotations

import time

import pytest

from tests.engine.drawing import bundle, draw
from tests.engine.refusing import GOOD, rules
from workflows import engine


def test_sub_processes_in_sub_processes_without_end_are_refused() -> None:
    text = "start s > a0\n" + "".join(f"sub a{n} {{\nstart s{n} > a{n + 1}\n" for n in range(12))
    text += "user a12 role=r > e12\nend e12\n" + "".join(f"}} > e{n}\nend e{n}\n" for n in range(11, -1, -1))
    assert "too-deep" in rules(draw(text))


def test_processes_that_call_in_too_many_levels_are_refused() -> None:
    parts = {f"p{n}": f"start s{n} > c{n}\ncall c{n} calls=p{n + 1} > e{n}\nend e{n}" for n in range(9)}
    files = bundle(project="start s > c\ncall c calls=p0 > e\nend e", **parts, p9="start s9 > e9\nend e9")
    with pytest.raises(engine.EngineRefused, match="högst 8 led"):
        engine.compile(files)


def test_a_diagram_of_many_thousand_elements_is_refused_within_a_second() -> None:
    text = "".join(f'<bpmn:userTask id="u{n}"/>' for n in range(40_000))
    began = time.process_time()
    assert rules(GOOD.replace(b"</bpmn:process>", text.encode() + b"</bpmn:process>")) == {"too-many-nodes"}
    assert time.process_time() - began < 1


def test_the_largest_diagram_that_is_looked_at_is_judged_within_seconds() -> None:
    lines = "\n".join(f"user u{n} role=r > u{n + 1}" for n in range(1_400))
    content = draw(f"start s > u0\n{lines}\nuser u1400 role=r > e\nend e")
    began = time.process_time()
    assert {finding.rule for finding in engine.lint({"project.bpmn": content})} >= {"too-many-nodes"}
    assert time.process_time() - began < 5
