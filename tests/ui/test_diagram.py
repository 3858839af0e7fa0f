"""The island that draws a diagram, alone on a page and under the policy that Styr sends with every page."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import launch

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "app" / "shell" / "static"
POLICY = "default-src 'self'; img-src 'self' data:; font-src 'self' data:"
DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:test"
  xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
  <process id="project"><userTask id="idea" name="Beskriv idén"/><userTask id="plan" name="Planera"/></process>
  <di:BPMNDiagram><di:BPMNPlane bpmnElement="project">
    <di:BPMNShape id="s1" bpmnElement="idea"><dc:Bounds x="100" y="100" width="100" height="80"/></di:BPMNShape>
    <di:BPMNShape id="s2" bpmnElement="plan"><dc:Bounds x="300" y="100" width="100" height="80"/></di:BPMNShape>
  </di:BPMNPlane></di:BPMNDiagram>
</definitions>"""
PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Prov</title>
<link rel="icon" href="data:,">{tags}</head><body>
<div class="s-diagram" role="region" aria-label="Processdiagram" data-bpmn-url="{url}" data-marks="marks"
  data-failed="Diagrammet gick inte att visa. Stegen står i listan."></div>
<script type="application/json" id="marks">{{"is-done": ["idea"], "is-now": ["plan", "no_such_step"]}}</script>
</body></html>"""


def tags() -> str:
    """Return what loads the built island."""
    entry = json.loads((STATIC / "dist/.vite/manifest.json").read_bytes())["src/diagram.js"]
    styles = "".join(f'<link rel="stylesheet" href="/dist/{css}">' for css in entry["css"])
    return f'{styles}<script type="module" src="/dist/{entry["file"]}"></script>'


class Server(SimpleHTTPRequestHandler):
    """The built assets, one diagram and two pages: one that names it and one that names none."""

    pages: ClassVar = {"/diagram.bpmn": DIAGRAM}

    def do_GET(self) -> None:
        if self.path in self.pages:
            self.send_response(200)
            self.send_header("Content-Type", "text/html" if self.path.startswith("/page") else "application/xml")
            self.end_headers()
            self.wfile.write(self.pages[self.path].encode())
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the tests say what went wrong."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    Server.pages |= {"/page": PAGE.format(tags=tags(), url="/diagram.bpmn")}
    Server.pages |= {"/page-without": PAGE.format(tags=tags(), url="/none.bpmn")}
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(STATIC))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    yield page
    page.close()


def test_the_diagram_is_drawn_and_its_steps_marked(page: Page, address: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/page")
    region = page.get_by_role("region", name="Processdiagram")
    page.locator('[data-ready="yes"]').wait_for()
    assert "idén" in (region.text_content() or "")
    assert page.locator('.djs-shape.is-done[data-element-id="idea"]').count() == 1
    assert page.locator('.djs-shape.is-now[data-element-id="plan"]').count() == 1
    assert complaints == []


def test_the_mark_of_bpmn_io_is_fully_visible(page: Page, address: str) -> None:
    """Its licence asks for that; see NOTICE."""
    page.goto(f"{address}/page")
    mark = page.locator(".bjs-powered-by")
    mark.wait_for()
    box, canvas = mark.bounding_box(), page.locator(".s-diagram").bounding_box()
    assert box and canvas
    assert canvas["x"] <= box["x"] and box["x"] + box["width"] <= canvas["x"] + canvas["width"]
    assert canvas["y"] <= box["y"] and box["y"] + box["height"] <= canvas["y"] + canvas["height"]
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    topmost = "({x, y}) => Boolean(document.elementFromPoint(x, y).closest('.bjs-powered-by'))"
    assert page.evaluate(topmost, middle) is True


def test_a_diagram_that_cannot_be_fetched_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}/page-without")
    page.locator('[data-ready="failed"]').wait_for()
    assert "Diagrammet gick inte att visa" in page.get_by_role("region").inner_text()
