"""Multi-instance: one instance a key, results, end conditions, and collections that grow."""

from __future__ import annotations

import pytest

from tests.engine.drawing import bundle
from tests.engine.patterns import PATTERNS, VOTES
from tests.engine.playing import Play
from workflows import engine


@pytest.fixture
def votes() -> Play:
    play = Play(bundle(project=VOTES))
    play.facts["members"] = ["m1", "m2", "m3", "m4"]
    play.step = engine.start(play.executable, **play.given)
    return play


def test_every_member_is_asked(votes: Play) -> None:
    assert votes.open == ["votes[m1]", "votes[m2]", "votes[m3]", "votes[m4]"]
    task = votes.task("votes[m2]")
    assert (task.items, task.place) == ({"member": "m2"}, "")


def test_results_are_a_list_with_each_item_and_only_the_fields_read(votes: Play) -> None:
    votes.do("votes[m2]", choice="approve", comment="long")
    votes.do("votes[m1]", choice="rework")
    assert votes.step.variables["votes"] == [
        {"choice": "approve", "member": "m2"},
        {"choice": "rework", "member": "m1"},
    ]


def test_the_end_condition_sees_all_results_and_withdraws_the_rest(votes: Play) -> None:
    for member in ("m4", "m2"):
        votes.do(f"votes[{member}]", choice="approve")
    assert votes.open == ["votes[m1]", "votes[m3]"]
    votes.do("votes[m1]", choice="approve")
    assert votes.open == ["confirm"]


def test_each_round_starts_with_an_empty_list(votes: Play) -> None:
    for member in ("m1", "m2", "m3"):
        votes.do(f"votes[{member}]", choice="approve")
    votes.do("confirm", go=False)
    assert votes.step.variables["votes"] == []
    assert votes.open == ["votes[m1]", "votes[m2]", "votes[m3]", "votes[m4]"]


def test_who_is_added_while_it_runs_is_asked_too(votes: Play) -> None:
    votes.facts["members"] = ["m1", "m2", "m3", "m4", "m5"]
    votes.do("votes[m1]", choice="approve")
    assert "votes[m5]" in votes.open
    votes.wait(days=0.1)
    assert len(votes.open) == 4


def test_who_is_added_with_the_last_answer_is_asked_too() -> None:
    votes = Play(bundle(project=VOTES), facts={"members": ["m1", "m2"]})
    votes.do("votes[m1]", choice="approve")
    votes.facts["members"] = ["m1", "m2", "m3", "m4"]
    votes.do("votes[m2]", choice="abstain")
    assert votes.open == ["votes[m3]", "votes[m4]"]


def test_who_leaves_the_collection_keeps_the_step_that_was_begun(votes: Play) -> None:
    votes.facts["members"] = ["m1"]
    votes.wait(days=1)
    assert len(votes.open) == 4


@pytest.mark.parametrize("members", [[], None])
def test_nobody_to_ask_is_passed_at_once(members: list[str] | None) -> None:
    votes = Play(bundle(project=VOTES), facts={"members": members})
    assert votes.open == ["confirm"]


@pytest.mark.parametrize("members", ["m1", [1, 2], {"m1": 1}, [None]])
def test_a_collection_that_is_not_a_list_of_keys_is_refused(members: object) -> None:
    with pytest.raises(engine.NoWayOut, match="votes"):
        Play(bundle(project=VOTES), facts={"members": members})


def test_a_key_given_twice_is_asked_once() -> None:
    votes = Play(bundle(project=VOTES), facts={"members": ["m1", "m1"]})
    assert votes.open == ["votes[m1]"]


def test_called_instances_have_variables_and_gates_of_their_own() -> None:
    play = Play(PATTERNS["deliveries"])
    play.do("deliveries[d1]/accept")
    play.do("deliveries[d2]/accept")
    play.do("deliveries[d1]/bp3k/request")
    play.do("deliveries[d1]/bp3k/decide/decide_single", outcome="rework")
    play.do("deliveries[d1]/accept")
    play.do("deliveries[d1]/bp3k/request")
    task = play.task("deliveries[d1]/bp3k/decide/decide_single")
    assert (task.gate, task.round, task.items) == ("bp3k", 2, {"deliverable": "d1"})
    assert play.task("deliveries[d2]/bp3k/request").round == 0
    assert play.step.variables == {}


def test_no_results_are_kept_when_no_expression_reads_them() -> None:
    play = Play(bundle(project="start s > sign\nuser sign role=m each=facts.members item=member > e\nend e"))
    play.do("sign[m1]", ok=True)
    assert play.step.variables == {}
    play.do("sign[m2]", ok=True)
    assert play.step.ended


def test_an_open_item_costs_at_most_100_bytes() -> None:
    def size(count: int) -> int:
        facts = {"members": [f"m{number}" for number in range(count)]}
        return len(Play(bundle(project=VOTES), facts=facts).step.state)

    assert (size(400) - size(0)) / 400 < 100
