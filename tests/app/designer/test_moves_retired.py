"""A version that is taken out of use, where projects are moved."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.governance.moving import MODEL, publish_second, second_version
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context
from workflows.models import find_version, publish, retire_version

MOVES = f"/models/{MODEL}/moves"


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def office(browsing: Callable[[str], FlaskClient], town: Town) -> FlaskClient:
    return browsing(town.people["ture"])


def retired(town: Town, version: int) -> None:
    with town.ctx.read() as session:
        digest = find_version(session, tenant=town.ctx.tenant, model=MODEL, version=version).digest
    retire_version(town.as_("ture"), digest=digest, retire=True, reason="Fel i checklistan")


def test_the_newest_version_in_use_is_proposed_and_one_out_of_use_says_so(office: FlaskClient, town: Town) -> None:
    town.start("olle", "Badplatsen")
    publish_second(town.ctx)
    files, form = dict(second_version()), "forms/union_consultation.form.json"
    publish(town.ctx, {**files, form: files[form] + b"\n"})
    retired(town, 3)
    page = office.get(MOVES).text
    assert re.search(r'<option value="2" selected>Version 2', page)
    assert re.search(r'<option value="3">Version 3 – [^<]*, tagen ur bruk<', page)


def test_where_every_version_is_out_of_use_the_page_still_stands(office: FlaskClient, town: Town) -> None:
    town.start("olle", "Badplatsen")
    publish_second(town.ctx)
    for version in (1, 2):
        retired(town, version)
    page = office.get(MOVES)
    assert page.status_code == 200
    assert page.text.count("tagen ur bruk") == 2
