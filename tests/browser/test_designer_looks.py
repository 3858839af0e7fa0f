"""Every page of a draft in which much was changed: WCAG 2.2 AA, and nothing wider than a phone."""

from __future__ import annotations

import json

import pytest

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.models.comparing.reworking import DIRECTIVE, reworked
from tests.stories.town import Town
from workflows.models import begin_model_draft, latest

pytestmark = pytest.mark.browser

PAGES = (
    *("check", "compare", "history", "forms", "tables", "publish", "steps", "scenarios"),
    *("deciders/bp2", "deciders/bp3", "deciders/bp2b", "deciders/bp3/new"),
    *("checklists/c2_preparation", "forms/project_directive", "forms/project_directive/preview"),
)


@pytest.fixture
def draft(town: Town) -> str:
    """A draft after a long day's work, with documents shown in a form."""
    ctx = town.as_("ture")
    with ctx.read() as session:
        base = latest(session, tenant=ctx.tenant)
    files = reworked()
    form = json.loads(files[DIRECTIVE])
    shown = {"type": "documentPreview", "id": "shown", "label": "Underlag", "dataSource": "=earlier.idea_sheet.files"}
    form["components"].insert(0, shown)
    files |= {DIRECTIVE: json.dumps(form).encode()}
    return begin_model_draft(ctx, model=base.model, name="En lång dag", files=files, base=base.digest, what="Började")


@pytest.mark.parametrize("phone", [False, True], ids=["screen", "phone"])
def test_every_page_of_a_much_changed_draft_is_accessible_and_fits(
    visit: Visits, town: Town, draft: str, phone: bool
) -> None:
    page = visit("ture", phone=phone, javascript=False)
    for name in PAGES:
        page.goto(f"/models/drafts/{draft}/{name}")
        page.locator("main").wait_for()
        assert_fits(page)
    looked = visit("ture", phone=phone)
    for name in ("check", "compare", "history", "deciders/bp3", "forms/project_directive/preview"):
        looked.goto(f"/models/drafts/{draft}/{name}")
        looked.locator("main").wait_for()
        for fold in looked.locator("main details:not([open]) > summary").all():
            fold.click()
        assert_accessible(looked)
        assert_fits(looked)
