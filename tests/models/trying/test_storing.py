"""A trial is one person's own: it survives a reload, and nobody else sees or moves it."""

from __future__ import annotations

import pytest

from tests.models.drafting.conftest import Studio
from workflows.kernel.errors import Forbidden, NotFound
from workflows.models import find_model_draft, model_draft_history
from workflows.models.trying import (
    MOST_TURNS,
    Beginning,
    NothingTried,
    TrialChanged,
    TrialFull,
    Turn,
    begin_trial,
    cut_trial,
    discard_trial,
    find_trial,
    move_trial,
    undo_trial,
    waited,
)


def begin(studio: Studio, draft: str, who: str = "dag", *turns: Turn) -> None:
    begin_trial(studio.as_(who), draft_id=draft, begun=Beginning(start="2026-02-02"))
    for number, turn in enumerate(turns, 1):
        move_trial(studio.as_(who), draft_id=draft, seen=number, turn=turn)


def turns(studio: Studio, draft: str, who: str = "dag") -> tuple[Turn, ...]:
    trial = find_trial(studio.as_(who), draft_id=draft)
    assert trial is not None
    return trial.turns


def test_a_trial_is_found_again_as_it_was_left(studio: Studio, draft: str) -> None:
    begin(studio, draft, "dag", waited("P5D"), waited("P1D"))
    trial = find_trial(studio.as_("dag"), draft_id=draft)
    assert trial is not None
    assert (trial.version, trial.begun.start, trial.turns) == (3, "2026-02-02", (waited("P5D"), waited("P1D")))


def test_a_trial_is_seen_by_its_own_person_only(studio: Studio, draft: str) -> None:
    begin(studio, draft, "dag", waited("P5D"))
    assert find_trial(studio.as_("ulla"), draft_id=draft) is None
    begin(studio, draft, "ulla")
    assert turns(studio, draft, "ulla") == () and len(turns(studio, draft, "dag")) == 1


def test_a_turn_upon_an_older_page_is_refused_and_adds_nothing(studio: Studio, draft: str) -> None:
    begin(studio, draft, "dag", waited("P5D"))
    with pytest.raises(TrialChanged):
        move_trial(studio.as_("dag"), draft_id=draft, seen=1, turn=waited("P9D"))
    assert turns(studio, draft) == (waited("P5D"),)


def test_the_last_turn_is_taken_back(studio: Studio, draft: str) -> None:
    begin(studio, draft, "dag", waited("P5D"), waited("P1D"))
    undo_trial(studio.as_("dag"), draft_id=draft, seen=3)
    assert turns(studio, draft) == (waited("P5D"),)


def test_nothing_is_taken_back_of_a_trial_that_has_just_begun(studio: Studio, draft: str) -> None:
    begin(studio, draft)
    with pytest.raises(NothingTried):
        undo_trial(studio.as_("dag"), draft_id=draft, seen=1)
    assert turns(studio, draft) == ()


def test_a_trial_is_cut_at_a_turn(studio: Studio, draft: str) -> None:
    begin(studio, draft, "dag", waited("P5D"), waited("P1D"), waited("P2D"))
    cut_trial(studio.as_("dag"), draft_id=draft, seen=4, at=2)
    assert turns(studio, draft) == (waited("P5D"),)


def test_a_trial_that_is_full_takes_no_more(studio: Studio, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflows.models.trying.storing.MOST_TURNS", 1)
    assert MOST_TURNS > 100
    begin(studio, draft, "dag", waited("P5D"))
    with pytest.raises(TrialFull):
        move_trial(studio.as_("dag"), draft_id=draft, seen=2, turn=waited("P1D"))
    assert len(turns(studio, draft)) == 1


def test_beginning_anew_gives_the_old_trial_up_and_so_does_discarding(studio: Studio, draft: str) -> None:
    begin(studio, draft, "dag", waited("P5D"))
    begin_trial(studio.as_("dag"), draft_id=draft, begun=Beginning())
    assert turns(studio, draft) == ()
    discard_trial(studio.as_("dag"), draft_id=draft)
    assert find_trial(studio.as_("dag"), draft_id=draft) is None


def test_a_trial_leaves_the_draft_and_its_history_alone(studio: Studio, draft: str) -> None:
    before = find_model_draft(studio.as_("dag"), draft_id=draft)
    begin(studio, draft, "dag", waited("P5D"))
    assert find_model_draft(studio.as_("dag"), draft_id=draft) == before
    assert len(model_draft_history(studio.as_("dag"), draft_id=draft)) == 1


@pytest.mark.parametrize("who", ["ada", "axel", "frida"])
def test_who_does_not_design_does_not_try_and_nothing_is_begun(studio: Studio, draft: str, who: str) -> None:
    with pytest.raises((Forbidden, NotFound)):
        begin_trial(studio.as_(who), draft_id=draft, begun=Beginning())
    assert find_trial(studio.as_("dag"), draft_id=draft) is None


def test_a_draft_that_is_not_there_cannot_be_tried(studio: Studio) -> None:
    with pytest.raises(NotFound):
        begin_trial(studio.as_("dag"), draft_id="nowhere", begun=Beginning())
