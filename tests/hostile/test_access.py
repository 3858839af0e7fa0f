"""Every address as every kind of visitor, in their own project and in one they may not know of."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import TestClock
from tests.hostile.conftest import Browser, point_at
from tests.hostile.expectations import LOGGED_IN, OVERSEERS, PASSERS_BY, TWINS, Case
from tests.hostile.table import TABLE
from tests.hostile.world import PERSONAS, World, copy_of
from tests.sampling import sampled

SECRETS = ("Hemlig omorganisation", "Hemligt markköp", "Hemlig flytt")
"""Titles of the projects that only the overseers know."""

LISTS = (
    "/tasks", "/tasks?tab=followed", "/tasks?q=Hemlig", "/projects?status=all", "/projects?q=Hemlig",
    "/projects.csv?status=all",
)  # fmt: skip

Fresh = Callable[[], World]


@pytest.fixture
def fresh(seed: World, tmp_path: Path, clock: TestClock, app: Flask) -> Iterator[Fresh]:
    """`fresh()` puts the application on a new copy of the town."""
    made: list[World] = []

    def copy() -> World:
        made.append(copy_of(seed, tmp_path / f"fresh-{len(made)}", clock))
        point_at(app, made[-1])
        return made[-1]

    yield copy
    for one in made:
        one.ctx.database.close()


@pytest.mark.full
def test_every_route_is_in_the_table(app: Flask) -> None:
    served = {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if method not in {"HEAD", "OPTIONS"}
    }
    assert served == set(TABLE)


@pytest.mark.parametrize(("endpoint", "method"), sampled(TABLE, every=4))
def test_who_may_not_is_refused_and_nothing_changes(world: World, browser: Browser, endpoint: str, method: str) -> None:
    case = TABLE[endpoint, method]
    found, wanted = {}, {}
    with world.untouched():
        for persona, twin in visits(case):
            status = case.expected(persona, twin=twin)
            if acts(case, method, status):
                continue
            answer = ask(browser(PERSONAS[persona] or ""), world, case, method, twin=twin)
            found[persona, twin], wanted[persona, twin] = answer.status_code, status
            if status in {403, 404} and persona not in OVERSEERS:
                assert not any(secret in answer.text for secret in SECRETS)
            if persona == "nobody" and not case.public:
                assert answer.location.startswith("/login")
    assert found == wanted


@pytest.mark.parametrize(("endpoint", "method"), [key for key, case in TABLE.items() if key[1] != "GET" or case.writes])
def test_who_may_is_answered_as_promised(fresh: Fresh, browser: Browser, endpoint: str, method: str) -> None:
    case = TABLE[endpoint, method]
    found, wanted = {}, {}
    for persona, twin in visits(case):
        if acts(case, method, status := case.expected(persona, twin=twin)):
            answer = ask(browser(PERSONAS[persona] or ""), fresh(), case, method, twin=twin)
            found[persona, twin], wanted[persona, twin] = answer.status_code, status
    assert found == wanted


@pytest.mark.parametrize("persona", ["stranger", "manager", "chair", "receiver", "administrator"])
def test_no_list_names_a_project_that_one_may_not_open(browser: Browser, persona: str) -> None:
    client = browser(PERSONAS[persona] or "")
    for address in LISTS:
        page = client.get(address)
        assert page.status_code == 200
        assert not any(secret in page.text for secret in SECRETS), address


@pytest.mark.parametrize("persona", ["stranger", "administrator"])
def test_who_has_no_part_in_any_project_opens_none(world: World, browser: Browser, persona: str) -> None:
    client = browser(PERSONAS[persona] or "")
    for place in world.places.values():
        for address in (f"/projects/{place.project}", f"/projects/{place.project}/events", f"/tasks/{place.task}"):
            assert client.get(address).status_code == 404


def test_whoever_owns_a_condition_reads_that_project_and_no_other(world: World, browser: Browser) -> None:
    theirs, other, mats = world.places["theirs"], world.places["their gate"], browser("mats")
    for address in (f"/tasks/{theirs.condition}", f"/projects/{theirs.project}", f"/decisions/{theirs.decision}"):
        assert mats.get(address).status_code == 200
    assert mats.post(f"/tasks/{theirs.task}", data={"version": "0", "_draft": "1"}).status_code == 403
    for address in (f"/tasks/{other.task}", f"/projects/{other.project}"):
        assert mats.get(address).status_code == 404
    found = {
        persona: browser(PERSONAS[persona] or "").get(f"/tasks/{theirs.condition}").status_code for persona in LOGGED_IN
    }
    assert found == {persona: 200 if persona in OVERSEERS else 404 for persona in LOGGED_IN}


def visits(case: Case) -> Iterator[tuple[str, bool]]:
    """Yield each kind of visitor in their own project, then some in the other one."""
    yield from ((persona, False) for persona in PERSONAS)
    if case.place:
        yield from ((persona, True) for persona in PASSERS_BY)


def acts(case: Case, method: str, status: int) -> bool:
    """Tell whether a visit may change something, so that it needs a town of its own."""
    return (method != "GET" or case.writes) and status not in {302, 403, 404, 410}


def ask(client: FlaskClient, world: World, case: Case, method: str, *, twin: bool) -> TestResponse:
    """Send the request of a case."""
    place = world.places[TWINS[case.place] if twin else case.place] if case.place else world.places["ours"]
    ids = {**world.people, **world.registers, **asdict(place)}
    data: dict[str, Any] = {name: value.format_map(ids) for name, value in case.data.items()}
    if case.upload:
        data["file"] = (io.BytesIO(b"Anteckningar"), "mer.txt")
    return client.open(case.address.format_map(ids), method=method, data=data if method != "GET" else None)
