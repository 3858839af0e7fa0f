"""What SpiffWorkflow 3.2.0 gets wrong by itself, one test each; see ADR 0002 for why none of it is used bare."""

from __future__ import annotations

import sys

import pytest

from tests.engine.comparing import rows
from tests.engine.drawing import bundle
from tests.engine.patterns import PATTERNS
from tests.engine.playing import Play
from tests.engine.samples import one_gate
from tests.engine.tabling import table

PREPARATION = bundle(
    project="""
    start s > again
    xor again > prep
    sub prep {
        start p0 > split
        par split > risk ; cost
        user risk kind=document role=pm > join
        user cost kind=document role=pm > join
        par join > p9
        end p9
    } > check
    user check kind=review role=pm > g
    xor g > e ? check.ok = true and risk.level = "high" and cost.sum = 2 ; *again
    end e
    """
)


def test_the_last_branch_does_not_bring_old_answers_back_at_a_join() -> None:
    play = Play(PREPARATION)
    play.do("risk", level="low")
    play.do("cost", sum=1)
    play.do("check", ok=False)
    play.do("risk", level="high")
    play.do("cost", sum=2)
    assert play.step.variables["risk"] == {"level": "high"}
    assert play.do("check", ok=True).ended


def test_a_list_is_replaced_and_not_merged_as_a_set() -> None:
    play = Play(
        bundle(project="start s > a\nuser a role=r > g\nxor g > e ? count(a.rows) = 9 ; *a2\nuser a2 role=r > e\nend e")
    )
    play.do("a", rows=[1, 1, 1])
    assert play.step.variables["a"] == {"rows": [1, 1, 1]}


def test_a_thousand_rounds_cost_no_more_than_five() -> None:
    """SpiffWorkflow raises RecursionError at round 123 and loses the ready step at round 330."""
    play = Play(one_gate())
    seen = []
    for _ in range(1_000):
        play.do("idea")
        play.do("request")
        play.do("decide_single", outcome="rework")
        seen.append((len(play.step.state), rows(play.step.state)))
    assert play.step.variables["bp1"]["round"] == 1_000
    assert seen[-1][1] == seen[4][1]
    assert seen[-1][0] <= seen[4][0] + 10


def test_five_hundred_steps_in_a_row_need_no_recursion() -> None:
    lines = [f"user u{number} role=r > u{number + 1}" for number in range(499)]
    files = bundle(project="\n".join(["start s > u0", *lines, "user u499 role=r > e", "end e"]))
    play = Play(files)
    assert play.open == ["u0"]
    assert rows(play.step.state) == 1


def test_automatic_steps_in_a_row_need_no_recursion() -> None:
    lines = [f"effect n{number} kind=notify > n{number + 1}" for number in range(499)]
    files = bundle(project="\n".join(["start s > n0", *lines, "effect n499 kind=notify > e", "end e"]))
    step = Play(files).step
    assert step.ended
    assert len(step.effects) == 500 < sys.getrecursionlimit()


def test_consecutive_parallel_blocks_do_not_multiply() -> None:
    """SpiffWorkflow predicts 6,143 tasks at the start of five such blocks."""
    lines = ["start s > split0"]
    for block in range(5):
        names = [f"u{block}{branch}" for branch in range(4)]
        lines.append(f"par split{block} > {' ; '.join(names)}")
        lines += [f"user {name} role=r > join{block}" for name in names]
        lines.append(f"par join{block} > {f'split{block + 1}' if block < 4 else 'e'}")
    play = Play(bundle(project="\n".join([*lines, "end e"])))
    assert rows(play.step.state) == 4
    for block in range(5):
        for branch in range(4):
            play.do(f"u{block}{branch}")
    assert play.step.ended


def test_a_join_in_a_loop_waits_for_this_round_s_branches() -> None:
    """SpiffWorkflow's fires early when the branches finish in another order than the round before."""
    play = Play(PATTERNS["bare loop"])
    for first, second in (("a", "b"), ("b", "a")):
        play.do("c")
        play.do("f")
        play.do("d")
        play.do(first, fine=True)
        assert "verdict" not in play.open
        play.do(second, fine=True)
        assert play.open == ["verdict"]
        play.do("verdict", n=1)


def test_steps_merged_without_a_gateway_run_once_for_each_token() -> None:
    """The standard's meaning; what people mean is a merging gateway, so the linter refuses it."""
    play = Play(PATTERNS["uncontrolled merges"])
    play.do("a")
    play.do("b")
    assert play.open == ["d", "d", "d"]


def test_flows_are_tried_in_the_order_of_the_file_wherever_they_are_drawn() -> None:
    text = "start s > g\nxor g > b ? facts.n > 1 ; a ? facts.n > 0 ; *e\nuser a role=r > e\nuser b role=r > e\nend e"
    assert Play(bundle(project=text), facts={"n": 2}).open == ["b"]
    swapped = text.replace("b ? facts.n > 1 ; a ? facts.n > 0", "a ? facts.n > 0 ; b ? facts.n > 1")
    assert Play(bundle(project=swapped), facts={"n": 2}).open == ["a"]


def test_only_true_is_true() -> None:
    text = "start s > g\nxor g > a ? facts.word ; *b\nuser a role=r > e\nuser b role=r > e\nend e"
    for word in ("yes", 1, "true", None, [True]):
        assert Play(bundle(project=text), facts={"word": word}).open == ["b"]
    assert Play(bundle(project=text), facts={"word": True}).open == ["a"]


def test_an_answer_called_typename_can_be_restored() -> None:
    files = bundle(project="start s > a\nuser a role=r > b\nuser b role=r > g\nxor g > e ? a.typename = 1 ; *e\nend e")
    play = Play(files)
    play.do("a", typename={"typename": "builtins.object", "module": "os"})
    assert play.step.variables == {"a": {"typename": {"typename": "builtins.object", "module": "os"}}}
    assert play.do("b").ended


def test_numbers_and_dates_of_a_table_go_into_the_state_as_json() -> None:
    rules = [["-", "1.5", 'date("2026-05-01")', "12", 'duration("P3D")']]
    files = {
        **bundle(project="start s > r\nrule r ref=t as=found > u\nuser u role=r > e\nend e"),
        "t.dmn": table("t", ["facts.x"], ["half", "day", "whole", "span"], rules),
    }
    play = Play(files)
    assert play.step.variables["found"] == {"half": 1.5, "day": "2026-05-01", "whole": 12, "span": "P3D"}
    assert play.task("u").scope == play.step.variables


def test_one_set_of_specifications_serves_every_instance() -> None:
    """SpiffWorkflow's event sub-processes and `Event.connect` change what all instances share."""
    first, second = Play(PATTERNS["votes"]), Play(PATTERNS["votes"])
    first.do("votes[m1]", choice="approve")
    first.do("votes[m2]", choice="approve")
    assert first.open == ["confirm"]
    assert second.open == ["votes[m1]", "votes[m2]"]
    assert first.executable is second.executable


def test_ids_that_spiffworkflow_keeps_for_itself_do_no_harm() -> None:
    play = Play(
        bundle(
            project="""
            start Start > Root
            user Root role=r > End
            user End role=r > project.EndJoin
            boundary End.BoundaryEventSplit on=End timer='duration("P1D")' > project.EndJoin
            end project.EndJoin
            """
        )
    )
    play.do("Root")
    assert play.open == ["End"]
    assert play.do("End").ends == ("project.EndJoin",)


def test_no_warning_of_deprecation_and_no_log_of_answers(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(0)
    play = Play(one_gate())
    play.do("idea", secret="hemligt")
    assert "hemligt" not in caplog.text
