"""Att göra, as it is seen and used."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town

pytestmark = pytest.mark.browser


def test_an_empty_inbox(visit: Visits) -> None:
    page = visit("sara")
    page.goto("/tasks")
    page.get_by_role("heading", name="Inget väntar på dig").wait_for()
    assert_accessible(page)


def test_a_task(visit: Visits, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    page = visit("olle")
    page.goto(f"/tasks/{started.task_id}")
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
