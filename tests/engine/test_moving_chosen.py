"""Work whose step is gone goes on where it is chosen, or falls away; answers are given to a step that was done."""

from __future__ import annotations

import pytest

from tests.engine.drawing import bundle
from tests.engine.playing import Play
from tests.engine.test_moving import BRANCHES, LINE, reasons
from workflows import engine

THREE = BRANCHES.replace("split > a ; b", "split > a ; b ; d").replace("user b > join", "user b > join\nuser d > join")
TWO = THREE.replace("user a > join\n", "").replace("split > a ; ", "split > ")


def test_work_goes_on_in_a_chosen_step_with_its_id_and_its_time() -> None:
    play = Play(bundle(project=LINE))
    before = play.task("idea").id
    target = engine.compile({**play.files, **bundle(project=LINE.replace("idea", "wish"))})
    assert engine.replaceable(play.executable, target)["idea"][0].id == "wish"
    found = engine.move(play.executable, target, play.step.state, renamed={"idea": "wish"}, **play.given)
    assert isinstance(found, engine.Moved)
    assert [(task.id, task.node) for task in found.step.open_tasks] == [(before, "wish")]
    assert (found.ahead.added, found.ahead.removed) == ((), ())


def test_what_waits_elsewhere_is_no_concern_of_a_choice() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="large")
    target = engine.compile({**play.files, **bundle(project=LINE.replace("board", "council"))})
    found = engine.move(play.executable, target, play.step.state, renamed={"board": "plan"}, **play.given)
    assert isinstance(found, engine.Moved)
    assert (found.ahead.added, found.ahead.removed) == (("council",), ("board",))


def test_two_pieces_of_work_never_go_on_in_one_step() -> None:
    play = Play(bundle(project=BRANCHES))
    target = engine.compile(
        {
            **play.files,
            **bundle(project=BRANCHES.replace("user a > join", "user x > join").replace("split > a", "split > x")),
        }
    )
    found = engine.move(play.executable, target, play.step.state, renamed={"a": "b"}, **play.given)
    assert reasons(found)[0] == (
        "Steget ”a” kan inte falla bort: efter det kommer ”x”. Välj det, eller gör klart steget först."
    )


@pytest.mark.parametrize("chosen", ["b", engine.FALL])
def test_work_whose_branch_is_gone_falls_away_and_the_others_go_on(chosen: str) -> None:
    play = Play(bundle(project=THREE))
    target = engine.compile({**play.files, **bundle(project=TWO)})
    ids = {task.node: task.id for task in play.step.open_tasks}
    found = engine.move(play.executable, target, play.step.state, renamed={"a": chosen}, **play.given)
    assert isinstance(found, engine.Moved), found
    assert found.fallen == {"a"}
    assert {task.node: task.id for task in found.step.open_tasks} == {name: ids[name] for name in ("b", "d")}
    beside = ", eftersom projektet redan väntar på ”b”" if chosen == "b" else ""
    assert found.changes == (f"Steget ”a” faller bort{beside}.",)
    play.executable, play.step = target, found.step
    play.do("b")
    play.do("d")
    assert play.open == ["c"]


def test_a_branch_that_is_left_empty_has_come_to_where_the_branches_meet() -> None:
    play = Play(bundle(project=THREE))
    target = engine.compile({**play.files, **bundle(project=TWO.replace("split > ", "split > join ; "))})
    found = engine.move(play.executable, target, play.step.state, renamed={"a": engine.FALL}, **play.given)
    assert isinstance(found, engine.Moved), found
    play.executable, play.step = target, found.step
    assert play.open == ["b", "d"]
    play.do("d")
    play.do("b")
    assert play.open == ["c"]


def test_a_step_with_another_after_it_in_its_branch_does_not_fall_away() -> None:
    longer = THREE.replace("user a > join", "user a > a2\nuser a2 > join")
    play = Play(bundle(project=longer))
    target = engine.compile(
        {**play.files, **bundle(project=longer.replace("user a > a2\n", "").replace("split > a ;", "split > a2 ;"))}
    )
    found = engine.move(play.executable, target, play.step.state, renamed={"a": "b"}, **play.given)
    assert reasons(found)[0] == (
        "Steget ”a” kan inte falla bort: efter det kommer ”a2”. Välj det, eller gör klart steget först."
    )
    onward = engine.move(play.executable, target, play.step.state, renamed={"a": "a2"}, **play.given)
    assert isinstance(onward, engine.Moved)
    assert sorted(task.node for task in onward.step.open_tasks) == ["a2", "b", "d"]


def test_what_alone_is_open_does_not_fall_away() -> None:
    play = Play(bundle(project=LINE))
    target = engine.compile({**play.files, **bundle(project=LINE.replace("idea", "wish"))})
    found = engine.move(play.executable, target, play.step.state, renamed={"idea": engine.FALL}, **play.given)
    assert reasons(found)[-1] == "Steget ”idea” kan inte falla bort: inget annat är öppet bredvid det."


def test_the_last_of_branches_does_not_fall_away_since_nothing_would_let_the_others_go_on() -> None:
    play = Play(bundle(project=THREE))
    play.do("b")
    play.do("d")
    target = engine.compile({**play.files, **bundle(project=TWO)})
    found = engine.move(play.executable, target, play.step.state, renamed={"a": engine.FALL}, **play.given)
    assert reasons(found) == (
        "Steget ”a” kan inte falla bort: allt bredvid det är redan klart. Gör klart det och försök igen.",
    )


EACH = """
start s > talk
user talk kind=record role=member each=facts.members item=member > after
user after > e
end e
"""


def test_a_step_for_each_of_a_list_goes_on_in_one_for_each_of_the_same() -> None:
    play = Play(bundle(project=EACH))
    before = {task.id: task.items for task in play.step.open_tasks}
    first = play.step.open_tasks[0]
    play.step = engine.complete(play.executable, play.step.state, first.id, {}, **play.given)
    target = engine.compile({**play.files, **bundle(project=EACH.replace("talk", "meet"))})
    [(step, choices)] = engine.replaceable(play.executable, target).items()
    assert (step, [node.id for node in choices]) == ("talk", ["meet"])
    found = engine.move(play.executable, target, play.step.state, renamed={"talk": "meet"}, **play.given)
    assert isinstance(found, engine.Moved), found
    assert {task.id: task.items for task in found.step.open_tasks} == {
        key: items for key, items in before.items() if key != first.id
    }
    play.executable, play.step = target, found.step
    for task in found.step.open_tasks:
        play.step = engine.complete(play.executable, play.step.state, task.id, {}, **play.given)
    assert play.open == ["after"]


def test_what_is_answered_afterwards_decides_the_way_as_if_it_had_been_answered_then() -> None:
    for size, ahead in (("small", []), ("large", ["board"])):
        play = Play(bundle(project=LINE))
        play.do("idea", size="medium")
        state = engine.amend(play.executable, play.step.state, "idea", {"size": size, "unread": 1})
        play.step = engine.view(play.executable, state)
        assert play.open == ["plan"]
        play.do("plan")
        assert play.open == ahead


def test_what_no_expression_reads_is_kept_out_of_the_state_also_afterwards() -> None:
    play = Play(bundle(project=LINE))
    play.do("idea", size="small")
    state = engine.amend(play.executable, play.step.state, "plan", {"pages": 3})
    assert state == play.step.state
