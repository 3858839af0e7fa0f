"""dev.py: sets up once, says what is missing in words, and passes over no part of the tests."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

import dev

Stage = tuple[str, int, bool]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in place of the project."""
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    return tmp_path


@pytest.fixture
def calls(checkout: Path) -> Callable[[], int]:
    """Set up a part made from `lock`; return how often it was made since the test began."""
    lock, made, count = checkout / "lock", checkout / "made", 0

    def make() -> None:
        nonlocal count
        count += 1
        made.touch()

    def call() -> int:
        dev.once("part", [lock], made, make)
        return count

    lock.write_text("one")
    return call


def test_a_part_is_made_once(calls: Callable[[], int]) -> None:
    assert [calls(), calls()] == [1, 1]


def test_a_part_is_made_again_when_its_lock_changes(calls: Callable[[], int], checkout: Path) -> None:
    calls()
    (checkout / "lock").write_text("two")
    assert calls() == 2


def test_a_part_is_made_again_when_somebody_removed_it(calls: Callable[[], int], checkout: Path) -> None:
    calls()
    (checkout / "made").unlink()
    assert calls() == 2


def test_a_part_that_failed_is_tried_again(checkout: Path) -> None:
    lock, made = checkout / "lock", checkout / "made"
    lock.touch()
    made.touch()

    def fail() -> None:
        raise OSError

    for _ in range(2):
        with pytest.raises(OSError):
            dev.once("part", [lock], made, fail)


@pytest.mark.parametrize(
    ("version", "good"),
    [("v20.18.3", False), ("v20.19.0", True), ("v21.7.3", False), ("v22.12.0", True), ("v24.19.0", True), ("", False)],
)
def test_node_is_taken_from_the_machine_only_when_vite_runs_on_it(version: str, good: bool) -> None:
    assert dev.node_will_do(version) is good


def test_a_python_without_ensurepip_is_told_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "uv", str)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SystemExit, match=r"apt install python3-venv(.|\n)*this Python has no ensurepip"):
        dev.make_venv()


def test_a_command_that_fails_is_named(checkout: Path) -> None:
    with pytest.raises(SystemExit, match="this command failed: false"):
        dev.sh("false")


def test_chromium_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(SystemExit, match="CHROMIUM names no program"):
        dev.chromium()


@pytest.fixture
def tested(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, list[str]]]:
    """Run `dev.py test` with tools that exit as given; return its exit code and the stages it went through."""

    def run(*chosen: str, quick: bool = False, **codes: int) -> tuple[int, list[str]]:
        stages: list[str] = []

        def stage(name: str, *_: str, allowed: tuple[int, ...] = (0,), **__: str) -> Stage:
            stages.append(name)
            code = codes.get(name.partition(" ")[0], 0)
            return name, code, code in allowed

        monkeypatch.setattr(dev, "set_up", lambda *_: None)
        monkeypatch.setattr(dev, "chromium", lambda: "chromium")
        monkeypatch.setattr(dev, "stage", stage)
        return dev.test(list(chosen), quick=quick), stages

    return run


def test_everything_is_run_also_after_a_failure(tested: Callable[..., tuple[int, list[str]]]) -> None:
    every = ["ruff", "format", "mypy", "contracts", "tests", "browser tests"]
    assert tested() == (0, every)
    assert tested(ruff=1) == (1, every)


def test_quick_leaves_out_the_browser(tested: Callable[..., tuple[int, list[str]]]) -> None:
    assert tested(quick=True) == (0, ["ruff", "format", "mypy", "contracts", "tests"])


def test_browser_tests_that_are_not_there_are_a_failure(tested: Callable[..., tuple[int, list[str]]]) -> None:
    assert tested(browser=dev.NO_TEST_RAN)[0] == 1


def test_chosen_tests_may_all_be_of_one_kind(tested: Callable[..., tuple[int, list[str]]]) -> None:
    assert tested("tests/people", browser=dev.NO_TEST_RAN) == (0, ["tests", "browser tests"])


def test_a_choice_without_any_test_is_a_failure(tested: Callable[..., tuple[int, list[str]]]) -> None:
    assert tested("tests/none", tests=dev.NO_TEST_RAN, browser=dev.NO_TEST_RAN)[0] == dev.NO_TEST_RAN
