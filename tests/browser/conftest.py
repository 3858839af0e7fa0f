"""One browser, one town, and a server for each module that nobody else's clicks reach."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import APIRequestContext, Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.site import CHEAP, PASSWORD, Site, copied, serve
from tests.chromium import launch
from tests.conftest import TestClock
from tests.databases import hurried
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs
from workflows.people import set_password

PATIENCE = 20_000
"""Milliseconds until something that does not come is missed: the modeler on a busy machine takes its time."""

expect.set_options(timeout=PATIENCE)

DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def original(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town before anybody has done anything; everybody can log in."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copyfile(template_database, folder / "styr.sqlite")
    (folder / "files").mkdir()
    database = hurried(folder / "styr.sqlite")
    ctx = Context(database=database, jobs=MemoryJobs(), files=folder / "files", clock=TestClock())
    town = build_town(ctx)
    for person in town.people.values():
        set_password(ctx, person=person, password=PASSWORD, passwords=CHEAP)
    yield town
    database.close()


@pytest.fixture(scope="module")
def site(original: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server of this module's own."""
    with copied(original, tmp_path_factory.mktemp("site")) as town, serve(town) as site:
        yield site


@pytest.fixture
def town(site: Site) -> Town:
    """The people of this module's server, and verbs that act as one of them."""
    return site.town


@dataclass(frozen=True, slots=True)
class Visits:
    """Opens browsers for people, and remembers everything that their pages complained of."""

    browser: Browser
    site: Site
    complaints: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)
    """Statuses that a test provokes on purpose; the browser writes them on its console too."""

    ignored: list[str] = field(default_factory=list)
    """What a test provokes the browser to say on its console."""

    senders: dict[str, APIRequestContext] = field(default_factory=dict)

    def __call__(
        self, who: str = "", *, phone: bool = False, dark: bool = False, javascript: bool = True, **more: Any
    ) -> Page:
        """Open a window: of somebody logged in, or of a stranger."""
        context = self._context(
            who,
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            **more,
        )
        page = context.new_page()
        page.on("console", lambda message: self._hear(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self._hear(str(error)))
        page.on("response", lambda response: self._see(response.status, response.url))
        return page

    def requests(self, person: str) -> APIRequestContext:
        """Return what sends a person's requests without a window."""
        if person not in self.senders:
            who = next(short for short, known in self.site.town.people.items() if known == person)
            self.senders[person] = self._context(who).request
        return self.senders[person]

    def _context(self, who: str, **options: Any) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.site.address, locale="sv-SE", reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE)
        if who:
            context.add_cookies([self.site.cookie(who)])  # type: ignore[list-item]  # a plain dict of the right shape
        return context

    def _hear(self, text: str) -> None:
        said = [f"status of {status}" for status in self.expected] + self.ignored
        if not any(words in text for words in said):
            self.complaints.append(text)

    def _see(self, status: int, address: str) -> None:
        if status >= 500 and status not in self.expected:
            self.complaints.append(f"{status} {address}")


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visits]:
    """`visit("karin")` is Karin's window; whatever any page complains of fails the test."""
    visits = Visits(browser, site)
    yield visits
    for context in browser.contexts:
        context.close()
    assert visits.complaints == []


Visit = Callable[..., Page]
