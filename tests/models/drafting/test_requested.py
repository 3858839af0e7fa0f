"""Whose turn it is to publish a draft."""

from __future__ import annotations

import pytest

from tests.conftest import TestClock
from tests.models.drafting.conftest import Reworded, Studio
from workflows.models import (
    ask_for_publication,
    change_model_draft,
    publish_model_draft,
    requested_drafts,
    return_model_draft,
    shipped,
    take_back_publication,
)
from workflows.people import acting, assign_organisation_role


def seen_by(studio: Studio, who: str) -> list[str]:
    ctx = studio.as_(who)
    person, day = studio.people[who], ctx.now().date()
    with ctx.read() as session:
        mine = acting(session, tenant=ctx.tenant, person=person, on=day).principals
        found = requested_drafts(session, tenant=ctx.tenant, person=person, principals=mine, day=day)
    return [one.id for one in found]


@pytest.fixture
def asked(studio: Studio, draft: str, reworded: Reworded) -> str:
    new = reworded(shipped("harnosand")["project.bpmn"])
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={"project.bpmn": new}, seen=1, what="Bytte namn")
    return ask_for_publication(studio.as_("dag"), draft_id=draft, seen=2, note="Behov i stället för relevans")


def test_a_draft_that_nobody_asked_for_waits_for_nobody(studio: Studio, draft: str) -> None:
    assert seen_by(studio, "ulla") == []


def test_another_designer_sees_what_was_asked_for_its_author_and_onlookers_do_not(studio: Studio, asked: str) -> None:
    assert seen_by(studio, "ulla") == [asked]
    assert [seen_by(studio, who) for who in ("dag", "axel", "frida")] == [[], [], []]


@pytest.mark.full
def test_an_administrator_sees_it_only_when_no_designer_may_publish_it(
    studio: Studio, draft: str, reworded: Reworded, clock: TestClock
) -> None:
    new = reworded(shipped("harnosand")["project.bpmn"])
    for seen, who in ((1, "dag"), (2, "ulla")):
        changes = {"project.bpmn": new + b"\n" * seen}
        change_model_draft(studio.as_(who), draft_id=draft, changes=changes, seen=seen, what="Ändrade")
    ask_for_publication(studio.as_("dag"), draft_id=draft, seen=3, note="Nytt")
    assert [seen_by(studio, who) for who in ("dag", "ulla", "ada")] == [[], [], [draft]]
    assign_organisation_role(studio.ctx, role="process_designer", person=studio.people["frida"], valid_from=clock.today)
    assert [seen_by(studio, who) for who in ("frida", "ada")] == [[draft], []]


@pytest.mark.parametrize("end", ["published", "taken back", "returned"])
def test_it_is_gone_once_it_is_published_taken_back_or_returned(studio: Studio, asked: str, end: str) -> None:
    if end == "published":
        publish_model_draft(studio.as_("ulla"), draft_id=asked, seen=2)
    elif end == "returned":
        return_model_draft(studio.as_("ulla"), draft_id=asked, seen=2, reason="Oklart")
    else:
        take_back_publication(studio.as_("dag"), draft_id=asked, seen=2)
    assert seen_by(studio, "ulla") == []
