"""Requests over HTTP, logged in, to a server as production runs it: one person's, and four at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from statistics import median
from typing import Any

from tests.bench.browser import Answer, Browsers
from tests.bench.floors import Floors
from tests.bench.installation import Installation
from tests.bench.player import Turn, answers_for, posted, turns
from tests.bench.timing import p95
from tests.stories.town import NAMES
from workflows.governance.answers import Entered
from workflows.governance.submit import review_step
from workflows.kernel.ids import new_id

PROJECTS = 14
"""Projects that one person after the other takes from the idea to the request of the first gate."""

FLOOR = 12
"""Samples of each floor between two projects; as many as a project has steps."""

STARTS = 60
ROUNDS = 10
PAIRS = 24
"""Times four clients and one take turns, and how many steps are handed in each time."""

GATE = "decide_single"

Samples = dict[str, list[float]]


def requests(place: Installation, clients: Browsers, floors: Floors) -> Iterator[tuple[str, float]]:
    """Yield the times of handing in, of the pages around it and of starting, and what several clients do to them.

    The floors are sampled between projects.
    """
    place.log_in(clients, *NAMES)
    _project(place, clients)  # what is read once in a process is read here
    samples: Samples = defaultdict(list)
    for _ in range(PROJECTS):
        for name, sample in floors.items():
            samples[name] += [sample() for _ in range(FLOOR)]
        for name, taken in _project(place, clients):
            samples[name].append(taken)
    for name, times in samples.items():
        yield name, median(times)
    yield "http.start_ms", _start_ms(place, clients)
    yield from _together(place, clients)


def _project(place: Installation, clients: Browsers) -> list[tuple[str, float]]:
    """Take a project to its first gate; every step is opened, reviewed and handed in as a person does."""
    project = place.town.start("olle", "Digital avtalssignering").project_id
    times: list[tuple[str, float]] = []
    while (turn := turns(place.town, project)[0]).node != GATE:
        answers = _hand_in(place, clients, turn)
        names = ("http.page_ms", "http.review_ms", "http.check_ms", "http.submit_ms", "http.after_ms")
        times += [(name, answer.ms) for name, answer in zip(names, answers, strict=True)]
    return times


def _hand_in(place: Installation, clients: Browsers, turn: Turn) -> list[Answer]:
    ctx = replace(place.town.ctx, actor=turn.person)
    who, address = turn.person, f"/tasks/{turn.task_id}"
    page = clients.get(who, address)
    fields = posted(*answers_for(ctx, place.town, turn))
    review = clients.post(who, address, [*fields, ("version", "0"), ("_review", "1")])
    check = clients.get(who, f"{address}/check")
    done = clients.one(clients.hand_in(who, turn.task_id, 1))
    after = clients.get(who, done.location or address)
    answers = [page, review, check, done, after]
    assert [answer.status for answer in answers] == [200, 303, 200, 303, 200], (turn, answers)
    return answers


def _start_ms(place: Installation, clients: Browsers) -> float:
    who = place.town.people["olle"]
    answers = []
    for number in range(STARTS):
        idea = [
            ("title", f"Bättre belysning längs gångvägarna, etapp {number}"),
            ("summary", "Mörka gångvägar gör att folk låter bli att gå ut på kvällen."),
            ("department", "Samhällsförvaltningen"),
            ("request_id", new_id()),
        ]
        answers.append(clients.post(who, "/projects/new", idea))
    assert all(answer.status == 303 for answer in answers), answers[0]
    return median(answer.ms for answer in answers[5:])


def _together(place: Installation, clients: Browsers) -> Iterator[tuple[str, float]]:
    """Yield what four clients do to throughput and to the slowest answers; one and four take turns."""
    rates: dict[int, list[float]] = {1: [], 4: []}
    crowded: list[Answer] = []
    everything: list[Answer] = []
    for _ in range(ROUNDS):
        for number in (1, 4):
            scripts = [_pairs(place, clients, PAIRS // number) for _ in range(number)]
            seconds, answers = clients.together(scripts)
            rates[number].append(PAIRS / seconds)
            everything += chain(*answers)
            crowded += chain(*(own[::2] for own in answers)) if number == 4 else ()
    times = [answer.ms for answer in crowded]
    yield "http.clients4_ratio", median(rates[4]) / median(rates[1])
    yield "http.clients4_p95_ratio", p95(times) / median(times)
    yield "http.errors", sum(answer.status not in (200, 303) for answer in everything)


def _pairs(place: Installation, clients: Browsers, count: int) -> list[dict[str, Any]]:
    """Return the requests that hand in `count` idea sheets and look at their receipts; nobody has sent them yet."""
    return list(chain(*(_pair(place, clients) for _ in range(count))))


def _pair(place: Installation, clients: Browsers) -> Sequence[dict[str, Any]]:
    town = place.town
    started = town.start("olle", "Digital avtalssignering")
    turn = next(iter(turns(town, started.project_id)))
    ctx = replace(town.ctx, actor=turn.person)
    entered = Entered(answers=answers_for(ctx, town, turn)[1])
    draft = review_step(ctx, task_id=turn.task_id, entered=entered, version=0)
    receipt = {"who": turn.person, "method": "GET", "path": f"/tasks/{turn.task_id}/receipt"}
    return clients.hand_in(turn.person, turn.task_id, draft.version), receipt
