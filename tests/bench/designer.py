"""How soon the diagram of the shipped model can be edited in a browser, and how much script it takes."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from statistics import median

import orjson
from playwright.sync_api import Browser, sync_playwright

from app.shell.assets import MANIFEST, STATIC
from tests.bench.installation import PASSWORD, installation
from tests.bench.serving import running, serve
from tests.browser.drafting import DESIGNER, begun, opened
from tests.chromium import launch

OPENINGS = 5
ENTRY = "src/designer.js"


def designer() -> Iterator[tuple[str, float]]:
    """Measure the opening with nothing in the browser's store, and the weight of the scripts it loads."""
    yield "designer.js_gz", script_kb(ENTRY)
    with installation() as place:
        draft = begun(place.town)
        with running(serve(place.var), place.log) as server, sync_playwright() as playwright:
            browser = launch(playwright)
            address = "http://{}:{}".format(*server.address)
            yield "designer.open", median(_opening(browser, address, draft) for _ in range(OPENINGS))
            browser.close()


def script_kb(entry: str) -> float:
    """Return the weight of what a page with this entry loads before anything is done on it, packed, in KB."""
    return sum(len(gzip.compress((STATIC / "dist" / file).read_bytes())) for file in loaded(entry)) / 1024


def loaded(entry: str) -> set[str]:
    """Return the scripts that an entry loads at once."""
    chunks = orjson.loads(MANIFEST.read_bytes())
    found: set[str] = set()
    ahead = [entry]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += chunks[name].get("imports", [])
    return {chunks[name]["file"] for name in found}


def _opening(browser: Browser, address: str, draft: str) -> float:
    """Return the seconds from the address to a diagram that can be edited."""
    with browser.new_context(base_url=address, locale="sv-SE") as context:
        page = context.new_page()
        page.goto("/login")
        page.locator("[name=email]").fill(f"{DESIGNER}@exempelkommun.se")
        page.locator("[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        began = time.perf_counter()
        opened(page, draft)
        return time.perf_counter() - began
