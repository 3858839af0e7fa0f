"""A search of a thousand words, of signs that mean something to the database, of nothing."""

from __future__ import annotations

import pytest

from tests.stories.town import build_town
from workflows.flow import inbox
from workflows.kernel.context import Context
from workflows.kernel.ids import person_principal, role_principal


@pytest.mark.parametrize("words", ["ett " * 5_000, "%", "_", "' OR 1=1 --", "\x00", "\u202e", "/", "   "])
def test_no_search_is_too_odd_to_be_answered(ctx: Context, words: str) -> None:
    town = build_town(ctx)
    project = town.start("olle", "Cykelgarage").project_id
    mine = [person_principal(town.people["olle"]), role_principal(project, "idea_owner")]
    with ctx.read() as session:
        found = inbox(session, tenant=ctx.tenant, principals=mine, search=words)
    assert [row.title for row in found.rows] == (["Cykelgarage"] if not words.strip("\x00 ") else [])
