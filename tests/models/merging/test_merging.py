from __future__ import annotations

import pytest
from lxml import etree

from tests.models.editing.pictures import Rectangle, faults, see
from tests.models.merging.changing import (
    BASE,
    FILES,
    PATH,
    added,
    after,
    errors,
    merged,
    moved,
    parts,
    put,
    removed,
    renamed,
    said,
)
from workflows.models.merging import ConflictInWords, merge_diagrams
from workflows.models.merging.errors import CannotMerge

OWNER = 'form="idea_sheet" role="idea_owner"'
ROLE = {
    role: put(OWNER, f'form="idea_sheet" role="{role}"') for role in ("project_office", "sponsor", "project_manager")
}


def test_different_values_of_one_step_are_both_taken() -> None:
    mine = after(renamed("idea_sheet", "Beskriv idén"))
    theirs = after(ROLE["sponsor"])
    both = after(renamed("idea_sheet", "Beskriv idén"), ROLE["sponsor"])
    result = merged(mine, theirs)
    assert result.conflicts == ()
    assert said(result.data) == said(both)


def test_two_new_steps_in_different_places_both_come_in_and_are_drawn() -> None:
    mine, theirs = after(added("idea_sheet", "Ring kommunen")), after(added("project_directive", "Läs igenom"))
    result = merged(mine, theirs)
    assert result.conflicts == () and errors(result.data) == []
    names = {values.get("name") for values in said(result.data).values()}
    assert {"Ring kommunen", "Läs igenom"} <= names


def test_a_moved_step_and_a_changed_one_are_both_taken() -> None:
    mine = after(moved("office_review", "c2_preparation"))
    theirs = after(renamed("office_review", "Granska direktivet"), renamed("c2_preparation", "Svara på frågorna"))
    result = merged(mine, theirs)
    assert result.conflicts == ()
    assert said(result.data) == said(
        after(
            moved("office_review", "c2_preparation"),
            renamed("office_review", "Granska direktivet"),
            renamed("c2_preparation", "Svara på frågorna"),
        )
    )


def test_the_same_value_is_asked_about_in_words_and_nothing_comes_out() -> None:
    mine, theirs = after(ROLE["project_office"]), after(ROLE["sponsor"])
    result = merged(mine, theirs)
    assert result.data is None
    assert result.conflicts == (
        ConflictInWords(
            key="idea_sheet task|role",
            about="Steget ”Fyll i idébladet”",
            mine="Steget ”Fyll i idébladet” görs nu av projektkontoret i stället för idégivaren.",
            theirs="Steget ”Fyll i idébladet” görs nu av beställaren i stället för idégivaren.",
        ),
    )


@pytest.mark.parametrize(("side", "role"), [("mine", "project_office"), ("theirs", "sponsor")])
@pytest.mark.full
def test_what_is_chosen_holds(side: str, role: str) -> None:
    mine = after(ROLE["project_office"], renamed("sponsor_answer", "Svara beställaren"))
    theirs = after(ROLE["sponsor"], renamed("is_project", "Blir det ett projekt?"))
    both = after(
        ROLE[role], renamed("sponsor_answer", "Svara beställaren"), renamed("is_project", "Blir det ett projekt?")
    )
    assert said(merged(mine, theirs, every=side).data) == said(both)


def test_the_same_change_by_both_is_no_conflict() -> None:
    mine = after(ROLE["sponsor"], renamed("is_project", "Blir det ett projekt?"))
    theirs = after(ROLE["sponsor"], renamed("sponsor_answer", "Svara"))
    assert merged(mine, theirs).conflicts == ()


def test_a_removed_step_that_the_other_changed_is_asked_about() -> None:
    mine, theirs = after(removed("funding_review")), after(renamed("funding_review", "Granska ansökan"))
    (conflict,) = merged(mine, theirs).conflicts
    assert conflict.about == "Steget ”Granska ansökan”"
    assert conflict.mine == (
        "Vägvalet ”Söks externa pengar?” i fasen Förberedelse togs bort."
        " Steget ”Granska ansökan om stöd” i fasen Förberedelse togs bort."
    )
    assert "heter nu ”Granska ansökan”" in conflict.theirs


@pytest.mark.parametrize("step", ["funding_review", "appoint_manager", "resource_needs", "project_directive"])
@pytest.mark.parametrize("mine_removes", [True, False])
@pytest.mark.full
def test_a_removal_chosen_removes_and_a_change_chosen_keeps_the_way(mine_removes: bool, step: str) -> None:
    gone, kept = after(removed(step)), after(renamed(step, "Granska ansökan"))
    mine, theirs = (gone, kept) if mine_removes else (kept, gone)
    remover, keeper = ("mine", "theirs") if mine_removes else ("theirs", "mine")
    assert said(merged(mine, theirs, every=remover).data) == said(gone)
    assert said(merged(mine, theirs, every=keeper).data) == said(kept)


@pytest.mark.full
def test_a_kept_branch_gets_its_block_back() -> None:
    fewer = after(removed("organisation"), removed("resource_needs"))
    alone = after(removed("risk_assessment"), files={**FILES, PATH: fewer})
    kept = after(renamed("risk_assessment", "Väg risker"), files={**FILES, PATH: fewer})
    assert "groundwork_split" not in said(alone)
    assert said(merged(alone, kept, base=fewer, every="theirs").data) == said(kept)
    assert said(merged(alone, kept, base=fewer, every="mine").data) == said(alone)


def test_a_new_step_beside_a_removed_one_is_asked_about() -> None:
    mine, theirs = after(added("funding_review", "Läs igenom")), after(removed("funding_review"))
    result = merged(mine, theirs)
    assert result.data is None and len(result.conflicts) == 1


def test_shapes_that_both_moved_are_one_question() -> None:
    mine, theirs = nudged("c1_relevance", 7), nudged("c1_relevance", -9)
    mine, theirs = nudged("sponsor_answer", 7, mine), nudged("sponsor_answer", -9, theirs)
    (conflict,) = merged(mine, theirs).conflicts
    assert conflict.about == "Hur det är ritat"
    assert "”Svara på checklistan Relevans”" in conflict.mine
    assert place(merged(mine, theirs, every="theirs").data, "c1_relevance") == place(theirs, "c1_relevance")


def test_lines_to_shapes_that_each_moved_are_drawn_anew() -> None:
    mine, theirs = nudged("c1_relevance", 7), nudged("is_project", -6)
    result = merged(mine, theirs)
    assert place(result.data, "c1_relevance") == place(mine, "c1_relevance")
    assert place(result.data, "is_project") == place(theirs, "is_project")
    assert result.data is not None
    left, *_, right = see(result.data).lines["is_project__c1_relevance"]
    assert touches(place(result.data, "is_project"), left) and touches(place(result.data, "c1_relevance"), right)


def test_extensions_of_others_come_along() -> None:
    foreign = '<other:thing xmlns:other="urn:other" deep="1"><other:part>x</other:part></other:thing>'
    theirs = after(
        put('<styr:task kind="document" form="idea_sheet"', f'{foreign}<styr:task kind="document" form="idea_sheet"')
    )
    result = merged(after(renamed("sponsor_answer", "Svara")), theirs)
    assert result.data is not None
    assert b"<other:part>x</other:part>" in result.data and b'deep="1"' in result.data


@pytest.mark.parametrize("broken", [b"", b"<a", b"\xff", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_what_is_no_diagram_is_refused(broken: bytes) -> None:
    with pytest.raises(CannotMerge):
        merge_diagrams(PATH, FILES, base=BASE, mine=broken, theirs=after(ROLE["sponsor"]), choices={})


def test_nothing_lies_on_something_else_after_a_merge() -> None:
    mine, theirs = after(added("idea_sheet", "Ring kommunen")), after(added("project_directive", "Läs igenom"))
    data = merged(mine, theirs).data
    assert data is not None and faults(data, labels=False) == faults(BASE, labels=False)


def nudged(step: str, by: int, data: bytes = BASE) -> bytes:
    """Return the diagram with a shape moved sideways, and its lines as a modeler would draw them: moved at that end."""
    diagram = parts(data)
    bounds = next(child for child in diagram[f"BPMNShape {step}"].node if "Bounds" in child.tag)
    bounds.set("x", str(float(bounds.get("x", "")) + by))
    for flow, ends in diagram.ends.items():
        points = [point for point in diagram[f"BPMNEdge {flow}"].node if "waypoint" in point.tag]
        for end, point in zip(ends, (points[0], points[-1]), strict=True):
            if end == step:
                point.set("x", str(float(point.get("x", "")) + by))
    return etree.tostring(diagram.root)


def place(data: bytes | None, step: str) -> Rectangle:
    assert data is not None
    return see(data).boxes[step]


def touches(box: Rectangle, point: tuple[float, float]) -> bool:
    return box[0] - 1 <= point[0] <= box[2] + 1 and box[1] - 1 <= point[1] <= box[3] + 1
