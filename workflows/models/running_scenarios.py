"""Runs all scenarios of a model: what held, what differed, and what of the diagrams they pass together."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from workflows.engine import EngineRefused
from workflows.models.bundle import Bundle, digest_of, read_bundle
from workflows.models.coverage import Coverage, Covered, cover, together
from workflows.models.differing import Difference, Differs
from workflows.models.finding import Finding
from workflows.models.playing import Failure, Played, play
from workflows.models.scenario import Scenario, ScenariosRefused, read_scenario, scenario_paths

MOST_IN_ALL = 4_000
"""Steps of the engine after which no further scenario is begun: some ten seconds. Our largest model has 620."""

CACHED = 16
"""Runs kept in memory; a draft is run again and again between two changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRun:
    """What came of a model's scenarios. `refused` are the findings about files that cannot be read as scenarios.

    `unplayed` are the files that were not begun, since those before them took all the steps that a run may take.
    `seconds` is what the run took when it was made.
    """

    results: tuple[Played, ...]
    coverage: Coverage
    covered: Covered
    seconds: float
    refused: tuple[Finding, ...] = ()
    unplayed: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[Played, ...]:
        """Return the scenarios that went another way than they say."""
        return tuple(played for played in self.results if played.failure is not None)

    @property
    def green(self) -> bool:
        """Tell whether there are scenarios and all of them hold."""
        return bool(self.results) and not self.failed and not self.refused and not self.unplayed


def run_scenarios(files: Mapping[str, bytes]) -> ScenarioRun:
    """Play every scenario of a bundle (once per content). Raises BundleRefused when the model itself cannot run."""
    return _RUNS.get(dict(files))


def known_run(files: Mapping[str, bytes]) -> ScenarioRun | None:
    """Return the run of these very files when one is at hand; None when they have not been run."""
    return _RUNS.known(files)


class _Runs:
    """Runs by digest; the oldest goes first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made: dict[str, ScenarioRun] = {}

    def known(self, files: Mapping[str, bytes]) -> ScenarioRun | None:
        """Return a run that was made."""
        with self._lock:
            return self._made.get(digest_of(files))

    def get(self, files: Mapping[str, bytes]) -> ScenarioRun:
        """Return the run of some files; the run itself holds nobody else up."""
        key = digest_of(files)
        with self._lock:
            made = self._made.get(key)
        if made is None:
            made = _run(files)
            with self._lock:
                while len(self._made) >= CACHED:
                    del self._made[next(iter(self._made))]
                made = self._made.setdefault(key, made)
        return made


_RUNS = _Runs()


def _run(files: Mapping[str, bytes]) -> ScenarioRun:
    bundle = read_bundle(files)
    began = time.monotonic()
    refused: dict[Finding, None] = {}
    results: list[Played] = []
    unplayed: list[str] = []
    for path in scenario_paths(files):
        try:
            scenario = read_scenario(files, path)
        except ScenariosRefused as error:
            refused |= dict.fromkeys(error.findings)
            continue
        if sum(played.steps for played in results) >= MOST_IN_ALL:
            unplayed.append(path)
        else:
            results.append(_played(bundle, scenario))
    coverage = together(played.coverage for played in results)
    return ScenarioRun(
        results=tuple(results),
        coverage=coverage,
        covered=cover(bundle.executable, coverage),
        seconds=time.monotonic() - began,
        refused=tuple(refused),
        unplayed=tuple(unplayed),
    )


def _played(bundle: Bundle, scenario: Scenario) -> Played:
    """Play a scenario; one whose own process cannot be run has failed, and the others are played all the same."""
    try:
        return play(bundle, scenario)
    except EngineRefused as error:
        first = error.findings[0]
        found = Difference(
            about="process",
            expected=str(scenario.process),
            got=str(first),
            kind=Differs.PROCESS,
            wanted=scenario.process,
            found=first,
        )
        failure = Failure(move=None, differences=(found,))
        return Played(scenario=scenario, steps=0, failure=failure, coverage=Coverage())
