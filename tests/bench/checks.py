"""The check of the shipped model: in a fresh process, and again after one change as while somebody types."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from statistics import median

from tests.bench.timing import milliseconds
from workflows.engine.executable import analyse
from workflows.engine.linting.soundness import soundness
from workflows.models import check, shipped

TIMES = 5
SAMPLES = 20
CHECKLIST = "forms/c3_planning.checklist.json"

COLD = """
from time import perf_counter
from workflows.models import check, shipped
files = shipped("harnosand")
began = perf_counter()
assert check(files) == ()
print((perf_counter() - began) * 1000)
"""


def checks() -> Iterator[tuple[str, float]]:
    """Yield what the check takes when nothing has been read, what of it soundness is, and what a change costs."""
    files = shipped("harnosand")
    yield "lint.harnosand", median(_cold_ms() for _ in range(TIMES))
    yield "soundness.harnosand", median(_soundness_s(files) for _ in range(TIMES))
    check(files)
    yield "lint.after_attribute", _changed_ms(files, "project.bpmn", 'due="P20D"', 'due="P{}D"')
    yield "lint.after_question", _changed_ms(files, CHECKLIST, '"sv": "', '"sv": "{} ')


def _cold_ms() -> float:
    """Return the time of a first check, the imports left out."""
    ran = subprocess.run([sys.executable, "-c", COLD], check=True, capture_output=True, text=True)
    return float(ran.stdout)


def _soundness_s(files: Mapping[str, bytes]) -> float:
    """Return the time of the token games alone, on a diagram that nobody has played."""
    diagram, _, _ = analyse(files, "project")
    return milliseconds(lambda: list(soundness(replace(diagram)))) / 1000


def _changed_ms(files: Mapping[str, bytes], path: str, old: str, new: str) -> float:
    """Return the time of a check after one more change of one file."""
    text = files[path].decode()
    assert old in text
    changed = [{**files, path: text.replace(old, new.format(number + 30), 1).encode()} for number in range(SAMPLES)]
    return median(milliseconds(partial(check, one)) for one in changed)
