"""Whatever the bytes of a bundle are, they are refused with a sentence or accepted, in little time and memory."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.test_mutations import damaged
from tests.models.hostile_files import HOSTILE, WELL, Files
from tests.models.telling import HARNOSAND, files_of
from workflows.models import BundleRefused, check, read_bundle
from workflows.models.linting import MAX_FINDINGS

SECONDS = 5
"""More than twice what it may take, on a machine that does other things as well (the time is that of the process)."""

KINDS = (
    "project.bpmn", "authority.dmn", "model.json", "forms/opinion.form.json", "forms/k2_ready.checklist.json",
    "scenarios/stopped.yaml", "scenarios/_usual.yaml",
)  # fmt: skip
FAST = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def answered(files: Files) -> None:
    """Check and read a bundle; nothing but sentences that can be shown may come out of it."""
    found = check(files)
    assert len(found) <= MAX_FINDINGS
    for finding in found:
        assert finding.message.endswith("."), finding
        assert len(finding.message.encode()) < 5_000
        json.dumps([finding.file, finding.element, finding.sentence], ensure_ascii=False).encode()
    try:
        read_bundle(files)
    except BundleRefused as refused:
        assert refused.findings
        assert str(refused).encode()


@pytest.mark.full
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_answered_in_time(name: str) -> None:
    files = HOSTILE[name]()
    began = time.process_time()
    answered(files)
    assert time.process_time() - began < SECONDS


MEMORY = """
import resource, sys
from tests.models.hostile_files import HOSTILE, WELL
from workflows.models import check
check(WELL)
files = HOSTILE[sys.argv[1]]()
pages = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (pages + 200 * 1024 * 1024,) * 2)
print(len(check(files)))
"""


@pytest.mark.full
@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_answered_within_200_mb(name: str) -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run([sys.executable, "-c", MEMORY, name], capture_output=True, text=True, cwd=root, check=False)
    assert ran.returncode == 0, ran.stderr[-500:]


@FAST
@given(
    path=st.sampled_from(KINDS), data=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode())
)
def test_any_bytes_are_answered(path: str, data: bytes) -> None:
    answered({**WELL, path: data})


@FAST
@given(files=st.dictionaries(st.text(max_size=20) | st.sampled_from(KINDS), st.binary(max_size=60), max_size=5))
def test_any_files_are_answered(files: dict[str, bytes]) -> None:
    answered(files)


@FAST
@given(path=st.sampled_from(KINDS), at=st.integers(0, 10**6), length=st.integers(0, 30), data=st.binary(max_size=12))
def test_damaged_bytes_are_answered(path: str, at: int, length: int, data: bytes) -> None:
    content = WELL[path]
    begin = at % (len(content) + 1)
    answered({**WELL, path: content[:begin] + data + content[begin + length :]})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@FAST
@given(path=st.sampled_from([path for path in KINDS if path.endswith(".json")]), at=st.integers(0, 10**6), new=VALUES)
def test_any_value_in_any_place_of_a_json_file_is_answered(path: str, at: int, new: Any) -> None:
    content = json.loads(WELL[path])
    places = [*_places(content)]
    holder, key = places[at % len(places)]
    holder[key] = new
    answered({**WELL, path: json.dumps(content).encode()})


def _places(value: Any) -> list[tuple[Any, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, one in inner for place in ((value, key), *_places(one))]


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_diagram_of_the_shipped_model_is_answered(seed: int) -> None:
    files = files_of(HARNOSAND)
    drawn = {path: data for path, data in files.items() if path.endswith(".bpmn")}
    for number in range(5):
        answered({**files, **damaged(drawn, random.Random(f"{seed}-{number}"))})
