"""Measure: `python -m tests.bench [NAME…]` prints a JSON object a line; a name is a number's, or how it begins.

The exit code is 1 when a number misses its target.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import orjson

from tests.bench import checks, crowded, designer, engine, floors, memory, moving, pages, statements, web
from tests.bench.browser import browsers
from tests.bench.installation import installation
from tests.bench.numbers import NUMBERS
from tests.bench.serving import running, serve

Values = Iterator[tuple[str, float]]

COLD_STARTS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Numbers that are measured together, with those that their targets are worked out from."""

    measure: Callable[[], Values]
    names: tuple[str, ...]


def of_starting() -> Values:
    """Measure the imports alone and a server's start to its first page, in turns."""
    imports, starts = [], []
    with installation() as place:
        for _ in range(COLD_STARTS):
            imports.append(floors.imports_s())
            with running(serve(place.var), place.log) as server, browsers(server.address) as clients:
                assert clients.get("anybody", "/login").status == 200
                starts.append(time.monotonic() - server.began)
    yield "floor.imports_s", median(imports)
    yield "server.cold_start_s", median(starts)


def of_engine() -> Values:
    """Measure the engine alone."""
    yield "engine.step_ms", engine.step_ms()
    yield from engine.loop()
    yield "state.bytes_per_item", engine.bytes_per_item()
    yield "scenario.per_s", engine.scenarios_per_s()
    yield "scenarios.harnosand", engine.scenarios_s()


def of_statements() -> Values:
    """Count statements, and find the largest state of a whole project."""
    with installation() as place:
        yield "state.bytes_max", statements.whole_project(place)
        yield from statements.statements(place)


def of_requests() -> Values:
    """Measure requests over HTTP."""
    with (
        installation() as place,
        floors.floors() as samples,
        running(serve(place.var), place.log) as server,
        browsers(server.address) as clients,
    ):
        yield from web.requests(place, clients, samples)
        yield "page.js_kb", pages.js_kb(place, clients)


def of_memory() -> Values:
    """Measure what a server keeps after many steps."""
    with (
        installation() as place,
        running(serve(place.var), place.log) as server,
        browsers(server.address) as clients,
    ):
        yield from memory.memory(place, server, clients)


def of_crowd() -> Values:
    """Measure the inbox of a large municipality."""
    with installation() as place:
        crowded.crowd(place)
        with running(serve(place.var), place.log) as server, browsers(server.address) as clients:
            yield from crowded.inbox(place, clients)


def of_moving() -> Values:
    """Measure how long a thousand running projects take to be looked at."""
    with installation() as place:
        yield from moving.preview(place)


PARTS = (
    Part(of_starting, ("floor.imports_s", "server.cold_start_s")),
    Part(
        of_engine,
        (
            "engine.step_ms",
            "state.step_ratio",
            "state.bytes_ratio",
            "state.bytes_per_item",
            "scenario.per_s",
            "scenarios.harnosand",
        ),
    ),
    Part(checks.checks, ("lint.harnosand", "soundness.harnosand", "lint.after_attribute", "lint.after_question")),
    Part(
        of_statements,
        ("state.bytes_max", "step.sql", "step.commits", "step.sql_most", "step.sql_crowded", "inbox.sql"),
    ),
    Part(
        of_requests,
        (
            "floor.view_ms", "floor.commit_ms", "floor.step_ms",
            "http.page_ms", "http.review_ms", "http.check_ms", "http.submit_ms", "http.after_ms", "http.start_ms",
            "http.clients4_ratio", "http.clients4_p95_ratio", "http.errors", "page.js_kb",
        ),
    ),
    Part(of_moving, ("move.preview_1000",)),
    Part(of_crowd, ("http.inbox_100k_ms", "http.inbox_100k_page2_ms", "http.inbox_100k_search_ms")),
    Part(designer.designer, ("designer.js_gz", "designer.open")),
    Part(of_memory, ("server.rss_mb", "server.rss_growth")),
)  # fmt: skip


def chosen(wanted: Sequence[str]) -> list[Part]:
    """Return the parts that measure what is wanted; everything, when nothing is named."""
    return [part for part in PARTS if not wanted or any(name.startswith(tuple(wanted)) for name in part.names)]


def main(wanted: Sequence[str]) -> int:
    """Measure and print."""
    found: dict[str, float] = {}
    good = True
    for part in chosen(wanted):
        began = time.monotonic()
        for name, value in part.measure():
            found[name] = value
            line = NUMBERS[name].line(value, found)
            print(orjson.dumps(line).decode(), flush=True)
            good = good and line["ok"]
        print(f"{part.measure.__name__}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    sys.exit(main(parser.parse_args().names))
