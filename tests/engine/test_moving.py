"""A running project goes over to another version, or says why it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.engine.drawing import bundle
from tests.engine.patterns import PATTERNS, VOTES
from tests.engine.playing import Play
from tests.engine.samples import GATE, ONE_GATE, one_gate
from workflows import engine

LINE = """
start s > idea
user idea > plan
user plan name=Projektplan > g
xor g > e ? idea.size = "small" ; *board
user board > e
end e
"""

BRANCHES = """
start s > split
par split > a ; b
user a > join
user b > join
par join > c
user c > e
end e
"""


def moved(play: Play, *, handed: Sequence[engine.Handed] = (), **processes: str) -> engine.Moved | engine.Immovable:
    """Move a play to other diagrams; it goes on there when it can."""
    target = engine.compile({**play.files, **bundle(**processes)})
    found = engine.move(play.executable, target, play.step.state, handed=lambda: handed, **play.given)
    if isinstance(found, engine.Moved):
        play.executable, play.step = target, found.step
    return found


def answered(node: str, *, asked: Sequence[str] | None = None, item: str | None = None, **fields: Any) -> engine.Handed:
    """Answers handed in at a step at the top."""
    return engine.Handed(
        node=node, place="", item=item, fields=fields, asked=None if asked is None else frozenset(asked)
    )


def reasons(found: engine.Moved | engine.Immovable) -> tuple[str, ...]:
    """The reasons of a refusal."""
    assert isinstance(found, engine.Immovable)
    return found.reasons


def changes(found: engine.Moved | engine.Immovable) -> tuple[str, ...]:
    """What a move changes."""
    assert isinstance(found, engine.Moved), found
    return found.changes


def test_an_open_step_keeps_its_id_and_what_comes_after_it_is_the_new_versions() -> None:
    play = Play(bundle(project=LINE))
    before = play.task("idea").id
    found = moved(play, project=LINE.replace("user idea > plan", "user idea > risk\nuser risk > plan"))
    assert isinstance(found, engine.Moved)
    assert play.task("idea").id == before
    assert found.ahead.added == ("risk",)
    play.do("idea")
    assert play.open == ["risk"]


def test_a_step_that_waits_cannot_be_taken_away() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea")
    found = moved(play, project=LINE.replace("user plan name=Projektplan > g\n", "").replace("> plan", "> g"))
    assert reasons(found) == ("Projektet väntar på steget ”Projektplan”, som tas bort.",)
    assert play.open == ["plan"]


def test_a_step_that_is_done_can_be_taken_away() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="large")
    play.do("plan")
    found = moved(play, project=LINE.replace("user plan name=Projektplan > g\n", "").replace("> plan", "> g"))
    assert changes(found) == ()
    assert play.open == ["board"]


def test_a_phase_of_another_name_is_the_same_phase_when_everything_in_it_is_there() -> None:
    play = Play(one_gate())
    found = moved(play, project=ONE_GATE.replace("prep", "preparation"))
    assert isinstance(found, engine.Moved)
    assert found.renamed == {"prep": "preparation"}
    assert play.open == ["work/preparation/idea"]


def test_a_step_in_another_part_of_the_model_is_not_the_place_where_the_project_is() -> None:
    play = Play(one_gate())
    drawn = ONE_GATE.replace("> idea\n", "> first\nuser first > p9\n").replace(
        "user idea kind=document form=idea role=project_manager > p9\n", ""
    )
    drawn = drawn.replace("} > in_bp1", "} > idea\nuser idea > in_bp1")
    found = moved(play, project=drawn)
    assert reasons(found) == ("Projektet är i ”idea”, som har flyttats till en annan del av modellen.",)


def test_a_decision_does_not_become_another_kind_of_step_while_it_waits() -> None:
    play = Play(one_gate())
    play.do("idea")
    play.do("request", with_deviation=False)
    found = moved(play, gate=GATE.replace("user decide_single kind=decision", "user decide_single kind=record"))
    assert reasons(found) == ("Projektet är i ”decide_single”, som inte längre är samma sorts steg.",)


def test_a_branch_that_is_new_beside_running_ones_would_never_begin() -> None:
    play = Play(bundle(project=BRANCHES))
    drawn = BRANCHES.replace("> a ; b", "> a ; b ; d").replace("user b > join", "user b > join\nuser d > join")
    assert reasons(moved(play, project=drawn)) == (
        "Projektet skulle fastna: grenen med ”d” är ny bredvid grenar som redan är i gång.",
    )


def test_a_branch_that_is_done_must_still_lead_to_where_it_waits() -> None:
    play = Play(bundle(project=BRANCHES))
    play.do("a")
    found = moved(play, project=BRANCHES.replace("user a > join", "user a > more\nuser more > join"))
    assert reasons(found) == ("En gren som är klar efter ”a” leder inte längre till mötesplatsen där den väntar.",)


def test_a_branch_that_is_not_done_yet_may_have_another_step() -> None:
    play = Play(bundle(project=BRANCHES))
    play.do("b")
    assert changes(moved(play, project=BRANCHES.replace("user a > join", "user a > more\nuser more > join"))) == ()
    play.do("a")
    play.do("more")
    assert play.open == ["c"]


def test_half_given_votes_are_kept() -> None:
    play = Play(PATTERNS["votes"], facts={**Play(PATTERNS["votes"]).facts, "members": ["m1", "m2", "m3"]})
    play.do("votes[m1]", choice="approve")
    before = {task.id for task in play.step.open_tasks}
    assert changes(moved(play, project=VOTES.replace("user board", "user board name=Nämnden"))) == ()
    assert {task.id for task in play.step.open_tasks} == before
    play.do("votes[m2]", choice="approve")
    assert play.open == ["confirm"]


def test_votes_keep_what_only_the_new_version_counts() -> None:
    until = VOTES[VOTES.index("until='") : VOTES.index("' > confirm")]
    play = Play(bundle(project=VOTES.replace(until, "until='count(facts.members) > 99")))
    play.do("votes[m1]", choice="approve")
    given = [answered("votes", item="m1", asked=["choice"], choice="approve")]
    assert changes(moved(play, handed=given, project=VOTES)) == ()
    play.do("votes[m2]", choice="approve")
    assert play.open == ["confirm"]


def test_due_moments_are_kept_and_a_timer_that_is_new_begins_with_the_move() -> None:
    play = Play(PATTERNS["votes"])
    due = play.due["remind"]
    play.now = play.now.replace(day=20)
    found = moved(play, project=VOTES + "boundary late on=votes keeps timer='duration(\"P2D\")' > l9\nend l9\n")
    assert changes(found) == ("Tidsgränsen ”late” på ”votes” börjar räknas när projektet flyttas.",)
    assert play.due == {"remind": due, "late": play.now.replace(day=22)}


def test_a_timer_that_is_taken_away_no_longer_counts() -> None:
    play = Play(PATTERNS["votes"])
    start, end = VOTES.index("boundary remind"), VOTES.index("boundary escalate")
    found = moved(play, project=VOTES[:start] + VOTES[end:])
    assert changes(found) == ("Tidsgränsen ”remind” på ”votes” gäller inte längre.",)
    assert play.due == {}


def test_a_timer_that_went_off_does_not_begin_again() -> None:
    play = Play(PATTERNS["votes"])
    play.wait(days=9)
    assert play.due == {}
    assert changes(moved(play, project=VOTES.replace("P3D", "P4D"))) == ()
    assert play.due == {}


def test_answers_that_only_the_new_version_reads_are_filled_in_from_what_was_handed_in() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="large", risk="high")
    new = LINE.replace('idea.size = "small"', 'idea.risk = "high"')
    found = moved(play, handed=[answered("idea", asked=["size", "risk"], size="large", risk="high")], project=new)
    assert changes(found) == ()
    play.do("plan")
    assert play.step.ended


def test_the_last_answers_are_the_ones_that_count() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="large")
    new = LINE.replace('idea.size = "small"', 'idea.risk = "high"')
    handed = [answered("idea", asked=["risk"], risk="high"), answered("idea", asked=["risk"], risk="low")]
    assert changes(moved(play, handed=handed, project=new)) == ()
    play.do("plan")
    assert play.open == ["board"]


def test_a_question_that_nobody_asked_is_told_where_it_decides_the_way() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="small")
    new = LINE.replace('idea.size = "small"', 'idea.risk = "high"')
    found = moved(play, handed=[answered("idea", asked=["size"], size="small")], project=new)
    assert changes(found) == (
        "Vägvalet ”g” frågar efter risk i ”idea”, som projektet inte har svar på. Det tar sin standardväg.",
    )


def test_a_question_that_was_left_open_is_an_answer_too() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="small")
    new = LINE.replace('idea.size = "small"', 'idea.risk = "high"')
    assert changes(moved(play, handed=[answered("idea", asked=["size", "risk"], size="small")], project=new)) == ()


def test_a_step_that_lies_behind_the_project_never_gives_its_answer() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="small")
    new = LINE.replace("user idea > plan", "user idea > risk\nuser risk > plan").replace("idea.size", "risk.level")
    assert changes(moved(play, project=new)) == (
        "Vägvalet ”g” frågar efter level i ”risk”, som projektet inte har svar på. Det tar sin standardväg.",
    )


def test_a_step_that_is_still_ahead_gives_it() -> None:
    play = Play(bundle(project=LINE))
    new = LINE.replace("user idea > plan", "user idea > risk\nuser risk > plan").replace("idea.size", "risk.level")
    assert changes(moved(play, project=new)) == ()


def test_what_cannot_go_on_without_an_answer_is_refused() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="small")
    new = LINE.replace("*board", "*rest").replace("user board > e", "catch rest timer='date(idea.until)' > e")
    found = moved(play, handed=[answered("idea", asked=["size"], size="small")], project=new)
    assert reasons(found) == ("”rest” längre fram behöver until i ”idea”, som projektet inte har svar på.",)


def test_a_state_of_another_version_is_not_moved() -> None:
    play, other = Play(bundle(project=LINE)), Play(bundle(project=BRANCHES))
    with pytest.raises(engine.WrongExecutable):
        engine.move(other.executable, play.executable, play.step.state, **play.given)


def test_what_only_a_way_back_from_a_gate_leads_to_is_told_apart() -> None:
    play = Play(one_gate())
    play.do("idea")
    new = ONE_GATE.replace("start p0 > idea", "start p0 > check\n        user check > idea")
    found = moved(play, project=new)
    assert isinstance(found, engine.Moved)
    assert found.ahead.added == ()
    assert found.back.added == ("check",)


def test_steps_that_are_passed_over_are_told() -> None:
    play = Play(bundle(project=LINE))
    shorter = LINE.replace("start s > idea\nuser idea > plan", "start s > plan").replace("idea.size", "facts.size")
    target = engine.compile(
        {**play.files, **bundle(project=shorter.replace("user board > e", "user board > check\nuser check > e"))}
    )
    found = engine.move(play.executable, target, play.step.state, renamed={"idea": "check"}, **play.given)
    assert isinstance(found, engine.Moved)
    assert found.ahead.skipped == ("plan", "board")


def test_what_only_a_stop_leads_to_is_told_apart() -> None:
    play = Play(one_gate())
    new = ONE_GATE.replace("xor in_stop > stop", "xor in_stop > why\nuser why > stop")
    found = moved(play, project=new)
    assert isinstance(found, engine.Moved)
    assert (found.ahead.added, found.back.added, found.stopped.added) == ((), (), ("why",))
