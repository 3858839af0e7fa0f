"""Titles, names and numbers are what they look like, wherever they come in."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select

from tests.stories.town import Town, build_town
from workflows.governance.documents import Registration, next_version
from workflows.governance.errors import TitleNeeded
from workflows.governance.files import add_file
from workflows.governance.tables import ProjectRow
from workflows.kernel.context import Context
from workflows.models import load_bundle
from workflows.people import PersonDetails, add_person, names_of

TURNED = "plan\u202efdp.exe\u200b"


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def test_a_title_holds_no_hidden_marks(town: Town) -> None:
    assert town.project(town.start("olle", f"\u2067{TURNED}\u2069").project_id).title == "planfdp.exe"


def test_a_title_of_hidden_marks_alone_is_none(town: Town) -> None:
    with pytest.raises(TitleNeeded):
        town.start("olle", "\u200b\u202e\ufeff")
    with town.ctx.read() as session:
        assert session.scalars(select(ProjectRow)).all() == []


def test_a_name_holds_no_hidden_marks(ctx: Context) -> None:
    person = add_person(ctx, details=PersonDetails(name="Åsa \u202eÖberg\u200f", email="asa@exempelkommun.se"))
    with ctx.read() as session:
        assert names_of(session, tenant=ctx.tenant, people={person}) == {person: "Åsa Öberg"}


def test_a_files_name_holds_no_hidden_marks(town: Town) -> None:
    project = town.start("olle", "Cykelgarage").project_id
    file = add_file(
        town.as_("olle"), project_id=project, stream=BytesIO(b"hej"), name="plan\u202efdp.txt\u200b", limit=10
    )
    assert file.name == "planfdp.txt"


def test_a_registry_number_and_a_secrecy_hold_no_hidden_marks(town: Town) -> None:
    ctx, project = town.ctx, town.project(town.start("olle", "Cykelgarage").project_id)
    given = Registration(registry_number="KS\u200b 2026:7\u202e", secrecy="OSL\u00ad 19:3 ")
    with ctx.read() as session:
        kind = load_bundle(session, tenant=ctx.tenant, digest=project.bundle).model.documents[0]
        new = next_version(session, tenant=ctx.tenant, project=project, kind=kind, item=None, registration=given)
    assert (new.registry_number, new.secrecy) == ("KS 2026:7", "OSL 19:3")
