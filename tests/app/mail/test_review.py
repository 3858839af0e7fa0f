"""Those who may publish a model draft are asked to by mail, and nobody else."""

from __future__ import annotations

from app.mail import asked_review, review
from tests.app.designer.conftest import draft, studio
from tests.models.drafting.conftest import Studio
from workflows.kernel.jobs import MemoryJobs
from workflows.models import ask_for_publication, change_model_draft, shipped, take_back_publication

__all__ = ["draft", "studio"]


def address(endpoint: str, **values: str) -> str:
    return f"{endpoint}?{values}"


def ask(studio: Studio, draft: str) -> None:
    extra = shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]
    change_model_draft(
        studio.as_("dag"), draft_id=draft, changes={"scenarios/extra.yaml": extra}, seen=1, what="Lade till"
    )
    ask_for_publication(studio.as_("dag"), draft_id=draft, seen=2, note="Ett scenario till")


def test_the_other_designers_are_asked(studio: Studio, draft: str, jobs: MemoryJobs) -> None:
    ask(studio, draft)
    assert [(job.name, job.arguments) for job in jobs.jobs] == [("mail.review", (draft, str(studio.people["ulla"])))]


def test_the_mail_says_what_waits_and_where(studio: Studio, draft: str) -> None:
    ask(studio, draft)
    asked = asked_review(studio.ctx, draft=draft, person=studio.people["ulla"], address=address)
    assert asked is not None
    mail = review(asked, key="k", municipality="Granviks kommun")
    assert mail.subject == "Granska modellen: Utkast till version 2"
    for part in ("Hej Ulla,", "Dag vill publicera", "Härnösands projektmodell", "designer.publish_draft"):
        assert part in mail.text


def test_what_was_taken_back_is_not_told(studio: Studio, draft: str) -> None:
    ask(studio, draft)
    take_back_publication(studio.as_("dag"), draft_id=draft, seen=2)
    assert asked_review(studio.ctx, draft=draft, person=studio.people["ulla"], address=address) is None
