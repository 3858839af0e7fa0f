"""The numbers to reach: each with its unit and its target."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Found = Mapping[str, float]
"""Values measured so far, by name."""


class Bound(StrEnum):
    """Which side of its target a value has to be on."""

    MOST = "at most"
    LEAST = "at least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A named number. `target` is fixed, or worked out from what was measured before; None = told, not judged."""

    name: str
    unit: str
    target: float | Callable[[Found], float] | None
    bound: Bound = Bound.MOST

    def line(self, value: float, found: Found) -> dict[str, Any]:
        """Return the value as it is printed."""
        target = self.target(found) if callable(self.target) else self.target
        ok = target is None or (value <= target if self.bound is Bound.MOST else value >= target)
        return {
            "name": self.name,
            "value": round(value, 4),
            "unit": self.unit,
            "target": None if target is None else round(target, 4),
            "ok": ok,
        }


def _floors(found: Found) -> float:
    """Return what a request cannot do without: a view, a durable commit, a step of the engine."""
    return found["floor.view_ms"] + found["floor.commit_ms"] + found["floor.step_ms"]


def _told(name: str, unit: str) -> Number:
    return Number(name=name, unit=unit, target=None)


def _most(name: str, unit: str, target: float | Callable[[Found], float]) -> Number:
    return Number(name=name, unit=unit, target=target)


NUMBERS: Mapping[str, Number] = {
    number.name: number
    for number in (
        _told("floor.view_ms", "ms"),
        _told("floor.commit_ms", "ms"),
        _told("floor.step_ms", "ms"),
        _told("floor.imports_s", "s"),
        _most("engine.step_ms", "ms", 2),
        _most("state.step_ratio", "ratio", 1.1),
        _most("state.bytes_ratio", "ratio", 1.1),
        _most("state.bytes_max", "bytes", 4096),
        _most("state.bytes_per_item", "bytes", 100),
        Number(name="scenario.per_s", unit="projects/s", target=10, bound=Bound.LEAST),
        _most("scenarios.harnosand", "s", 5),
        _most("lint.harnosand", "ms", 300),
        _most("soundness.harnosand", "s", 2),
        _told("lint.after_attribute", "ms"),
        _told("lint.after_question", "ms"),
        _most("move.preview_1000", "s", 20),
        _most("step.sql", "statements", 16),
        _told("step.sql_most", "statements"),
        _most("step.sql_crowded", "statements", lambda found: found["step.sql"]),
        _most("step.commits", "commits", 1),
        _most("inbox.sql", "statements", 6),
        _most("http.submit_ms", "ms", lambda found: min(8, 2.5 * _floors(found))),
        _most("http.review_ms", "ms", 8),
        _most("http.after_ms", "ms", 8),
        _told("http.page_ms", "ms"),
        _told("http.check_ms", "ms"),
        _most("http.start_ms", "ms", 10),
        Number(name="http.clients4_ratio", unit="ratio", target=0.85, bound=Bound.LEAST),
        _most("http.clients4_p95_ratio", "ratio", 3),
        _most("http.errors", "requests", 0),
        _most("http.inbox_100k_ms", "ms", 10),
        _most("http.inbox_100k_page2_ms", "ms", 10),
        _most("http.inbox_100k_search_ms", "ms", 10),
        _most("server.cold_start_s", "s", lambda found: min(3, 2 * found["floor.imports_s"])),
        _most("server.rss_mb", "MB", 160),
        _most("server.rss_growth", "ratio", 1.05),
        _most("page.js_kb", "KB", 20),
        _most("designer.js_gz", "KB", 500),
        _most("designer.open", "s", 2.5),
    )
}
"""Every number that is printed, in the order of printing."""
