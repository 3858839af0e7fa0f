"""The gates of another model, with other roles and forms, in the same rooms."""

from __future__ import annotations

import pytest

from app.demo.playing import Player
from tests.app.gates.playing import Browser, decide, document, errors, text, write
from tests.models.telling import SECOND, files_of
from tests.stories.town import Town, build_town, request_id
from workflows.governance.anytime import replace_project_holder
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx, files=files_of(SECOND))


@pytest.fixture
def player(town: Town) -> Player:
    """A project at the second model's first gate."""
    player = town.player(
        town.start("olle", "Boka sporthall på nätet").project_id,
        usual={"need": {"sponsor": town.people["anna"], "cost": 200_000}},
    )
    player.hand_in("need")
    replace_project_holder(
        town.as_("anna"),
        project_id=player.project_id,
        role="project_manager",
        holder=town.people["karin"],
        reason="Leder tjänsten",
        request_id=request_id(),
    )
    player.until("g1")
    player.hand_in("request")
    return player


def test_another_model_is_decided_in_the_same_room(town: Town, browser: Browser, player: Player) -> None:
    anna, room = browser("anna"), f"/gates/{player.task('decide_single').id}"
    page = anna.get(room)
    assert "Grind 1 · Boka sporthall på nätet" in text(page)
    assert "Internt styrbeslut som tjänsteägare" in text(page)
    assert document(page).xpath("//input[@name='outcome']/@value") == ["approve", "rework", "defer", "reject"]
    back = {"outcome": "rework", "no_conflict": "1", "due_on": "2026-12-01", "motivation": "Behovet är oklart."}
    assert errors(write(anna, room, {**back, "target": "trial"})) == ["target"]
    recorded = decide(anna, room, {**back, "target": "explore"})
    assert "Underlaget går tillbaka till Utforska för komplettering." in text(anna.get(recorded.location))
    assert "Anna Berg, tjänsteägare" in text(anna.get(recorded.location))
