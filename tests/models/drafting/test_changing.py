from __future__ import annotations

import pytest

from tests.models.drafting.conftest import Reworded, Studio
from workflows.kernel.errors import Forbidden, NotFound
from workflows.models import (
    BundleFileRefused,
    DraftChanged,
    DraftClosed,
    NothingToUndo,
    change_model_draft,
    discard_model_draft,
    find_model_draft,
    model_draft_history,
    undo_model_draft,
)

C1, C2 = "forms/c1_relevance.checklist.json", "forms/c2_preparation.checklist.json"


def change(studio: Studio, who: str, draft: str, seen: int, **files: bytes | None) -> int:
    changes = {path.replace("__", "/").replace("_dot_", "."): data for path, data in files.items()}
    return change_model_draft(studio.as_(who), draft_id=draft, changes=changes, seen=seen, what="Ändrade")


def test_a_draft_begins_with_the_files_of_the_version(studio: Studio, draft: str) -> None:
    found = find_model_draft(studio.as_("dag"), draft_id=draft)
    assert found.files["model.json"]
    assert (found.revision, found.base_version, found.authors) == (1, 1, frozenset({studio.people["dag"]}))


def test_a_change_raises_the_revision_of_its_path_alone(studio: Studio, draft: str, reworded: Reworded) -> None:
    before = find_model_draft(studio.ctx, draft_id=draft)
    new = reworded(before.files["project.bpmn"])
    assert change(studio, "dag", draft, 1, project_dot_bpmn=new) == 2
    after = find_model_draft(studio.ctx, draft_id=draft)
    assert after.files["project.bpmn"] == new
    assert (after.revisions["project.bpmn"], after.revisions["model.json"]) == (2, 1)


def test_what_changes_nothing_is_no_change(studio: Studio, draft: str) -> None:
    same = find_model_draft(studio.ctx, draft_id=draft).files["project.bpmn"]
    assert change(studio, "dag", draft, 1, project_dot_bpmn=same) == 1
    assert len(model_draft_history(studio.ctx, draft_id=draft)) == 1


def test_two_people_on_different_files_do_not_hinder_each_other(studio: Studio, draft: str) -> None:
    assert change(studio, "dag", draft, 1, forms__c1_dot_checklist_dot_json=b"{}") == 2
    assert change(studio, "ulla", draft, 1, forms__c2_dot_checklist_dot_json=b"{}") == 3


def test_the_second_on_the_same_file_is_told_who_was_first_and_nothing_is_overwritten(
    studio: Studio, draft: str
) -> None:
    change(studio, "dag", draft, 1, authority_dot_dmn=b"<a/>")
    with pytest.raises(DraftChanged) as refused:
        change(studio, "ulla", draft, 1, authority_dot_dmn=b"<b/>", project_dot_bpmn=b"<c/>")
    assert refused.value.facts["by"] == "Dag"
    found = find_model_draft(studio.ctx, draft_id=draft)
    assert found.files["authority.dmn"] == b"<a/>"
    assert (found.revision, found.revisions["project.bpmn"]) == (2, 1)


def test_the_same_request_twice_is_one_change(studio: Studio, draft: str) -> None:
    for _ in range(2):
        revision = change_model_draft(
            studio.as_("dag"), draft_id=draft, changes={"extra.dmn": b"<a/>"}, seen=1, what="Lade till", request_id="r"
        )
        assert revision == 2


@pytest.mark.parametrize("path", ["../x.bpmn", "/etc/passwd", "forms/å.form.json", "a.exe", "forms/x/y.form.json"])
def test_a_file_that_no_model_has_is_refused_and_leaves_no_trace(studio: Studio, draft: str, path: str) -> None:
    with pytest.raises(BundleFileRefused):
        change_model_draft(studio.as_("dag"), draft_id=draft, changes={path: b"<a/>"}, seen=1, what="Ändrade")
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * 9_000_000])
def test_what_is_not_text_or_too_large_is_refused(studio: Studio, draft: str, data: bytes) -> None:
    with pytest.raises(BundleFileRefused):
        change(studio, "dag", draft, 1, project_dot_bpmn=data)
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_undo_takes_changes_back_one_at_a_time(studio: Studio, draft: str) -> None:
    first = find_model_draft(studio.ctx, draft_id=draft).files["authority.dmn"]
    change(studio, "dag", draft, 1, authority_dot_dmn=b"<b/>")
    change(studio, "dag", draft, 2, authority_dot_dmn=b"<c/>", extra_dot_dmn=b"<d/>")

    def undone(seen: int) -> bytes:
        undo_model_draft(studio.as_("dag"), draft_id=draft, seen=seen)
        return find_model_draft(studio.ctx, draft_id=draft).files["authority.dmn"]

    assert undone(3) == b"<b/>"
    assert "extra.dmn" not in find_model_draft(studio.ctx, draft_id=draft).files
    assert undone(4) == first
    with pytest.raises(NothingToUndo):
        undone(5)


def test_undo_of_what_is_no_longer_the_newest_is_refused(studio: Studio, draft: str) -> None:
    change(studio, "dag", draft, 1, authority_dot_dmn=b"<b/>")
    change(studio, "ulla", draft, 2, authority_dot_dmn=b"<c/>")
    with pytest.raises(DraftChanged):
        undo_model_draft(studio.as_("dag"), draft_id=draft, seen=2)
    assert find_model_draft(studio.ctx, draft_id=draft).files["authority.dmn"] == b"<c/>"


def test_a_discarded_draft_is_read_but_not_changed(studio: Studio, draft: str) -> None:
    discard_model_draft(studio.as_("dag"), draft_id=draft)
    with pytest.raises(DraftClosed):
        change(studio, "dag", draft, 1, authority_dot_dmn=b"<b/>")
    assert find_model_draft(studio.as_("axel"), draft_id=draft).revision == 1


def test_only_designers_change_and_only_some_see(studio: Studio, draft: str) -> None:
    for who in ("axel", "ada"):
        assert find_model_draft(studio.as_(who), draft_id=draft).id == draft
        with pytest.raises(Forbidden):
            change(studio, who, draft, 1, authority_dot_dmn=b"<b/>")
    with pytest.raises(NotFound):
        find_model_draft(studio.as_("frida"), draft_id=draft)
    with pytest.raises(NotFound):
        change(studio, "frida", draft, 1, authority_dot_dmn=b"<b/>")
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_the_same_file_saved_again_upon_an_older_revision_is_no_conflict(studio: Studio, draft: str) -> None:
    """As when a page saves on its way out, and comes back before that has arrived."""
    dag, changes = studio.as_("dag"), {"x.dmn": b"<a/>"}
    first = change_model_draft(dag, draft_id=draft, changes=changes, seen=1, what="Ritade")
    assert change_model_draft(dag, draft_id=draft, changes=changes, seen=1, what="Ritade") == first
    assert find_model_draft(studio.ctx, draft_id=draft).revision == first
    with pytest.raises(DraftChanged):
        change_model_draft(dag, draft_id=draft, changes={"x.dmn": b"<b/>"}, seen=1, what="Ritade")
