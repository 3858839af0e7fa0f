from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.models.drafting.conftest import Reworded, Studio
from workflows.governance.verify import verify
from workflows.kernel.chain import EventRow
from workflows.kernel.errors import AlreadyDone, Forbidden, NotFound
from workflows.kernel.ids import RequestId
from workflows.models import (
    DraftBehind,
    DraftClosed,
    DraftNotReady,
    ModelDraftStatus,
    NotYourOwn,
    Published,
    ask_for_publication,
    catch_up,
    change_model_draft,
    find_model_draft,
    latest,
    load_bundle,
    newer_version,
    publish,
    publish_model_draft,
    read_bundle,
    retire_version,
    return_model_draft,
    shipped,
    take_back_publication,
    versions_of,
)


@pytest.fixture
def changed(studio: Studio, draft: str, reworded: Reworded) -> str:
    """A draft with another name on its first phase, which model.json follows."""
    files = shipped("harnosand")
    new = {path: reworded(files[path]) for path in ("project.bpmn",)}
    change_model_draft(studio.as_("dag"), draft_id=draft, changes=new, seen=1, what="Bytte namn")
    return draft


def ask(studio: Studio, draft: str, seen: int = 2) -> None:
    ask_for_publication(studio.as_("dag"), draft_id=draft, seen=seen, note="Behov i stället för relevans")


def newest(studio: Studio) -> Published:
    with studio.ctx.read() as session:
        return latest(session, tenant=studio.ctx.tenant)


def test_another_publishes_what_one_has_written(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    published = publish_model_draft(studio.as_("ulla"), draft_id=changed, seen=2)
    assert (published.version, newest(studio)) == (2, published)
    found = find_model_draft(studio.ctx, draft_id=changed)
    assert (found.status, found.published) == (ModelDraftStatus.PUBLISHED, published.digest)
    with studio.ctx.read() as session:
        assert load_bundle(session, tenant=studio.ctx.tenant, digest=published.digest).files == found.files
        assert versions_of(session, tenant=studio.ctx.tenant)[0].note == "Behov i stället för relevans"


def test_nobody_publishes_their_own(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    with pytest.raises(NotYourOwn):
        publish_model_draft(studio.as_("dag"), draft_id=changed, seen=2, reason="Jag är ensam")
    assert newest(studio) == studio.published


def test_an_administrator_publishes_with_a_reason_that_is_recorded(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    with pytest.raises(DraftNotReady):
        publish_model_draft(studio.as_("ada"), draft_id=changed, seen=2)
    published = publish_model_draft(studio.as_("ada"), draft_id=changed, seen=2, reason="Ulla är ledig hela juli")
    with studio.ctx.read() as session:
        query = select(EventRow.body).where(EventRow.verb == "publish").order_by(EventRow.seq)
        told: list[dict[str, object]] = list(session.scalars(query))
    assert (told[-1]["override"], told[-1]["digest"]) == ("Ulla är ledig hela juli", published.digest)


def test_what_the_check_is_against_is_not_asked_for(studio: Studio, draft: str) -> None:
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={"authority.dmn": b"<a/>"}, seen=1, what="Förstörde")
    with pytest.raises(DraftNotReady, match="fel"):
        ask(studio, draft)
    assert find_model_draft(studio.ctx, draft_id=draft).status is ModelDraftStatus.OPEN


def test_what_a_scenario_is_against_is_not_asked_for(studio: Studio, draft: str) -> None:
    path = "scenarios/rejected_at_bp1.yaml"
    other = shipped("harnosand")[path].replace(b"outcome: reject, round: 1", b"outcome: reject, round: 2")
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={path: other}, seen=1, what="Ändrade")
    with pytest.raises(DraftNotReady, match="scenarier"):
        ask(studio, draft)


def test_a_note_says_what_is_new(studio: Studio, changed: str) -> None:
    with pytest.raises(DraftNotReady):
        ask_for_publication(studio.as_("dag"), draft_id=changed, seen=2, note="  ")
    assert find_model_draft(studio.ctx, draft_id=changed).status is ModelDraftStatus.OPEN


def test_what_waits_cannot_be_changed_until_it_is_taken_back(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    with pytest.raises(DraftClosed):
        change_model_draft(studio.as_("dag"), draft_id=changed, changes={"x.dmn": b""}, seen=2, what="Ändrade")
    take_back_publication(studio.as_("dag"), draft_id=changed, seen=2)
    assert find_model_draft(studio.ctx, draft_id=changed).status is ModelDraftStatus.OPEN


def test_what_is_sent_back_says_why(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    return_model_draft(studio.as_("ulla"), draft_id=changed, seen=2, reason="Skriv om fråga 3")
    found = find_model_draft(studio.ctx, draft_id=changed)
    assert (found.status, found.returned) == (ModelDraftStatus.OPEN, "Skriv om fråga 3")


def test_publishing_over_somebody_elses_version_is_refused(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    other = {**shipped("harnosand"), "scenarios/extra.yaml": shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]}
    theirs = publish(studio.ctx, other)
    with pytest.raises(DraftBehind):
        publish_model_draft(studio.as_("ulla"), draft_id=changed, seen=2)
    assert newest(studio) == theirs


def test_catching_up_takes_over_what_only_the_version_changed(studio: Studio, changed: str) -> None:
    extra = shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]
    theirs = publish(studio.ctx, {**shipped("harnosand"), "scenarios/extra.yaml": extra})
    with studio.ctx.read() as session:
        draft = find_model_draft(studio.ctx, draft_id=changed)
        news = newer_version(session, tenant=studio.ctx.tenant, draft=draft)
    assert news is not None
    assert (news.taken, news.both) == (("scenarios/extra.yaml",), ())
    catch_up(studio.as_("dag"), draft_id=changed, seen=2, keep=())
    found = find_model_draft(studio.ctx, draft_id=changed)
    assert (found.base, found.files["scenarios/extra.yaml"]) == (theirs.digest, extra)
    assert found.files["project.bpmn"] == draft.files["project.bpmn"]


def test_a_diagram_changed_in_two_places_keeps_both_changes(studio: Studio, changed: str) -> None:
    theirs = shipped("harnosand")["project.bpmn"].replace(b"Skriv projektplanen", b"Planera", 1)
    version = publish(studio.ctx, {**shipped("harnosand"), "project.bpmn": theirs})
    mine = find_model_draft(studio.ctx, draft_id=changed).files["project.bpmn"]
    catch_up(studio.as_("dag"), draft_id=changed, seen=2, keep=())
    found = find_model_draft(studio.ctx, draft_id=changed)
    names = named_in(found.files["project.bpmn"])
    assert found.base == version.digest
    assert "Planera" in names and "Skriv projektplanen" not in names
    assert names - {"Planera"} == named_in(mine) - {"Skriv projektplanen"}


def named_in(diagram: bytes) -> set[str]:
    bundle = read_bundle({**shipped("harnosand"), "project.bpmn": diagram})
    return {node.name for node in bundle.executable.diagram.nodes.values()}


@pytest.mark.parametrize("keep", [True, False])
def test_of_what_both_changed_in_one_place_one_is_chosen(studio: Studio, changed: str, keep: bool) -> None:
    mine, theirs = (
        shipped("harnosand")["project.bpmn"].replace(b"Skriv projektplanen", name, 1) for name in (b"Mitt", b"Deras")
    )
    seen = change_model_draft(
        studio.as_("dag"), draft_id=changed, changes={"project.bpmn": mine}, seen=2, what="Bytte namn"
    )
    publish(studio.ctx, {**shipped("harnosand"), "project.bpmn": theirs})
    catch_up(studio.as_("dag"), draft_id=changed, seen=seen, keep=["project.bpmn"] if keep else [])
    assert find_model_draft(studio.ctx, draft_id=changed).files["project.bpmn"] == (mine if keep else theirs)


def test_a_double_click_publishes_once(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    publish_model_draft(studio.as_("ulla"), draft_id=changed, seen=2, request_id=RequestId("once"))
    with pytest.raises(AlreadyDone):
        publish_model_draft(studio.as_("ulla"), draft_id=changed, seen=2, request_id=RequestId("once"))


def test_a_retired_version_takes_no_new_projects(studio: Studio) -> None:
    with studio.ctx.read() as session:
        assert latest(session, tenant=studio.ctx.tenant) == studio.published
    retire_version(studio.as_("ulla"), digest=studio.published.digest, retire=True, reason="Ersatt")
    with studio.ctx.read() as session, pytest.raises(NotFound):
        latest(session, tenant=studio.ctx.tenant)
    retire_version(studio.as_("ulla"), digest=studio.published.digest, retire=False, reason="Behövs ändå")
    assert newest(studio) == studio.published
    assert [one.broken for one in verify(studio.ctx) if one.broken] == []


def test_an_auditor_neither_asks_nor_publishes_nor_retires(studio: Studio, changed: str) -> None:
    axel = studio.as_("axel")
    with pytest.raises(Forbidden):
        ask_for_publication(axel, draft_id=changed, seen=2, note="Nytt")
    with pytest.raises(Forbidden):
        retire_version(axel, digest=studio.published.digest, retire=True, reason="Ersatt")
    ask(studio, changed)
    with pytest.raises(Forbidden):
        publish_model_draft(axel, draft_id=changed, seen=2)
    assert newest(studio) == studio.published


def test_the_system_publishes_without_anybodys_name(studio: Studio, changed: str) -> None:
    ask(studio, changed)
    published = publish_model_draft(replace(studio.ctx, actor=None), draft_id=changed, seen=2)
    with studio.ctx.read() as session:
        assert versions_of(session, tenant=studio.ctx.tenant)[0].published_by is None
    assert published.version == 2
