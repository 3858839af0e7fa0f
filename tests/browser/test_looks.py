"""How pages sit: what must be in view, and what must stand in line."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.conftest import Visits
from tests.browser.seeding import SMALL, played
from tests.stories.large_project import usual
from tests.stories.town import Town

pytestmark = pytest.mark.browser

TOPS = """() => [...document.querySelectorAll('.s-entry .s-field')].map((field) => [
  Math.round(field.getBoundingClientRect().top),
  Math.round(field.querySelector('input, select, textarea, output').getBoundingClientRect().top)])"""
"""Where each field of a row begins, and its control."""


@pytest.mark.parametrize("height", [720, 800, 900])
def test_the_attestation_stands_by_the_button_however_far_the_panel_is_scrolled(
    visit: Visits, town: Town, height: int
) -> None:
    player = played(town, "single")
    page = visit("anna")
    page.set_viewport_size({"width": 1280, "height": height})
    page.goto(f"/gates/{player.task('decide_single').id}")
    panel = page.locator(".s-decide")
    for top in (0, 10_000):
        panel.evaluate("(panel, top) => panel.scrollTo(0, top)", top)
        for control in ("Jag är inte jävig i ärendet.", "Granska beslutet"):
            where = page.get_by_label(control).or_(page.get_by_role("button", name=control)).last
            expect(where).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("width", [1280, 700])
def test_the_controls_of_a_row_stand_in_line_whatever_their_hints(visit: Visits, town: Town, width: int) -> None:
    player = town.player(town.start("olle", "Rader i linje").project_id, usual=usual(town))
    player.until("risk_assessment", idea_sheet=SMALL)
    page = visit("karin")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/tasks/{player.task('risk_assessment').id}")
    lines: dict[int, set[int]] = {}
    for top, control in page.evaluate(TOPS):
        lines.setdefault(top, set()).add(control)
    assert len(lines) > 1
    assert all(len(controls) == 1 for controls in lines.values()), lines


def test_dates_carry_their_year_on_paper_only(visit: Visits, town: Town) -> None:
    player = played(town, "single")
    page = visit("anna")
    page.goto(f"/gates/{player.task('decide_single').id}")
    assert "2026" not in (page.get_by_text("Underlag omgång").first.text_content() or "")
    printed = " ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    words = " ".join(printed.split())
    assert "Utskrivet ur Styr mån 23 nov 2026." in words
    assert "fryst mån 23 nov 2026 9.00" in words
    assert "bilaga" not in words
