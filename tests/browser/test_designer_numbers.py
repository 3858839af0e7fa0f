"""How much script the diagram brings, and that no other page brings it; `dev.py bench` tells how fast it opens."""

from __future__ import annotations

import pytest

from tests.bench.designer import loaded, script_kb
from tests.browser.conftest import Visits
from tests.browser.drafting import begun
from tests.stories.town import Town

pytestmark = pytest.mark.browser

MOST_SCRIPT = 500


def test_the_designer_brings_little_script() -> None:
    assert script_kb("src/designer.js") <= MOST_SCRIPT
    assert script_kb("src/tables.js") <= MOST_SCRIPT


def test_no_other_page_loads_the_modeler(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = visit("ture")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    heavy = {file.rpartition("/")[2] for entry in ("designer", "tables") for file in loaded(f"src/{entry}.js")}
    heavy -= {file.rpartition("/")[2] for entry in ("page", "diagram") for file in loaded(f"src/{entry}.js")}
    for address in ("/tasks", "/projects", "/models", f"/models/drafts/{draft}/publish"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert heavy and heavy & set(asked) == set()
