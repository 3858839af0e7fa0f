from __future__ import annotations

import pytest

from tests.models.drafting.conftest import Studio
from workflows.kernel.errors import Forbidden
from workflows.models import (
    DraftClosed,
    change_model_draft,
    discard_model_draft,
    find_model_draft,
    merge_into_model_draft,
    model_draft_history,
    shipped,
    undo_model_draft,
)
from workflows.models.merging import Side
from workflows.models.merging.errors import CannotMerge

PATH = "project.bpmn"
BASE = shipped("harnosand")[PATH]
OWNER = b'form="idea_sheet" role="idea_owner"'


def called(name: str) -> bytes:
    return BASE.replace("Fyll i idébladet".encode(), name.encode(), 1)


def asked(name: str) -> bytes:
    return BASE.replace("Är det ett projekt?".encode(), name.encode(), 1)


def save(studio: Studio, draft: str, data: bytes, seen: int) -> int:
    return change_model_draft(studio.as_("dag"), draft_id=draft, changes={PATH: data}, seen=seen, what="Ändrade")


def saved(studio: Studio, draft: str) -> str:
    return find_model_draft(studio.ctx, draft_id=draft).files[PATH].decode()


def test_both_are_saved_as_a_change_of_mine_that_can_be_taken_back(studio: Studio, draft: str) -> None:
    save(studio, draft, called("Beskriv idén"), 1)
    done = merge_into_model_draft(
        studio.as_("ulla"), draft_id=draft, path=PATH, mine=asked("Blir det?"), seen=1, what="Förde ihop"
    )
    assert done.revision == 3 and done.conflicts == ()
    assert "Beskriv idén" in saved(studio, draft) and "Blir det?" in saved(studio, draft)
    last = model_draft_history(studio.ctx, draft_id=draft)[0]
    assert (last.by, last.what) == (studio.people["ulla"], "Förde ihop")
    undo_model_draft(studio.as_("ulla"), draft_id=draft, seen=3)
    assert saved(studio, draft) == called("Beskriv idén").decode()


@pytest.mark.full
def test_a_conflict_saves_nothing_until_it_is_chosen(studio: Studio, draft: str) -> None:
    save(studio, draft, called("Beskriv idén"), 1)
    mine = called("Skriv om idén")
    args = {"draft_id": draft, "path": PATH, "mine": mine, "seen": 1, "what": "Förde ihop"}
    told = merge_into_model_draft(studio.as_("ulla"), **args)  # type: ignore[arg-type]  # the keywords of the verb
    assert told.revision is None and [one.key for one in told.conflicts] == ["idea_sheet|name"]
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 2
    choices = {"idea_sheet|name": Side.MINE}
    done = merge_into_model_draft(studio.as_("ulla"), **args, onto=told.onto, choices=choices)  # type: ignore[arg-type]  # the keywords of the verb
    assert done.revision == 3 and "Skriv om idén" in saved(studio, draft)


def test_what_was_chosen_for_an_older_version_is_asked_anew(studio: Studio, draft: str) -> None:
    save(studio, draft, called("Beskriv idén"), 1)
    save(studio, draft, called("Berätta om idén"), 2)
    again = merge_into_model_draft(
        studio.as_("ulla"),
        draft_id=draft,
        path=PATH,
        mine=called("Skriv om idén"),
        seen=1,
        what="Förde ihop",
        onto=2,
        choices={"idea_sheet|name": Side.MINE},
    )
    assert again.revision is None and again.onto == 3
    assert "Berätta om idén" in again.conflicts[0].theirs and "Berätta om idén" in saved(studio, draft)


def test_a_double_click_is_one_change(studio: Studio, draft: str) -> None:
    save(studio, draft, called("Beskriv idén"), 1)
    for _ in range(2):
        done = merge_into_model_draft(
            studio.as_("ulla"),
            draft_id=draft,
            path=PATH,
            mine=asked("Blir det?"),
            seen=1,
            what="Förde ihop",
            request_id="r1",
        )
        assert done.revision == 3
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 3


@pytest.mark.parametrize("path", ["authority.dmn", "nothing.bpmn"])
def test_only_a_diagram_that_exists_is_merged(studio: Studio, draft: str, path: str) -> None:
    with pytest.raises(CannotMerge):
        merge_into_model_draft(studio.as_("ulla"), draft_id=draft, path=path, mine=b"<a/>", seen=1, what="-")
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_who_may_not_design_merges_nothing(studio: Studio, draft: str) -> None:
    with pytest.raises(Forbidden):
        merge_into_model_draft(studio.as_("axel"), draft_id=draft, path=PATH, mine=asked("x"), seen=1, what="-")
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_a_closed_draft_takes_nothing_in(studio: Studio, draft: str) -> None:
    discard_model_draft(studio.as_("dag"), draft_id=draft)
    with pytest.raises(DraftClosed):
        merge_into_model_draft(studio.as_("ulla"), draft_id=draft, path=PATH, mine=asked("x"), seen=1, what="-")
    assert saved(studio, draft) == BASE.decode()
