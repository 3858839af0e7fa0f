"""Messages are addressed to one place; errors are caught by what encloses them."""

from __future__ import annotations

import pytest

from tests.engine.drawing import bundle
from tests.engine.patterns import PATTERNS, RACES
from tests.engine.playing import Play
from workflows import engine


def test_withdrawing_one_of_two_open_gates_leaves_the_other() -> None:
    play = Play(PATTERNS["deliveries"])
    for item in ("d1", "d2"):
        play.do(f"deliveries[{item}]/accept")
        play.do(f"deliveries[{item}]/bp3k/request")
    play.send("deliveries[d1]/bp3k/decide", "withdraw")
    assert play.open == ["deliveries[d1]/bp3k/request", "deliveries[d2]/bp3k/decide/decide_single", "status"]


@pytest.mark.parametrize(
    ("place", "message"),
    [("work", "withdraw"), ("", "terminate"), ("work/prep", "terminate"), ("work/", "terminate"), ("work", "")],
)
def test_a_message_to_the_wrong_place_changes_nothing(place: str, message: str) -> None:
    play = Play(PATTERNS["one gate"])
    before = play.step.state
    with pytest.raises(engine.NothingWaits):
        play.send(place, message)
    assert engine.view(play.executable, before).open_tasks == play.step.open_tasks


def test_a_message_can_wait_in_the_flow() -> None:
    play = Play(bundle(project=RACES))
    with pytest.raises(engine.NothingWaits):
        play.send("race", "paid")
    assert play.send("stop", "stop").ends == ("e1",)


ERROR = """
start s > split
par split > one ; two
sub one {
    start a0 > a
    user a role=r > ga
    xor ga > broke ? a.bad = true ; *fine
    end broke error=boom
    end fine
} > join
boundary caught on=one error=boom > in_join
sub two {
    start b0 > b
    user b role=r > b9
    end b9
} > in_join
boundary not_mine on=two error=boom > in_join
xor in_join > after
user after role=r > join
par join > e
end e
"""


def test_an_error_is_caught_where_it_lies_and_not_by_the_step_beside_it() -> None:
    play = Play(bundle(project=ERROR))
    play.do("one/a", bad=True)
    assert play.open == ["after", "two/b"]


def test_an_error_in_an_instance_ends_the_whole_multi_instance_and_leaves_no_result() -> None:
    files = bundle(
        project="""
        start s > teams
        call teams calls=team each=facts.members item=member > after
        boundary failed on=teams error=boom > fix
        user fix role=r > e
        user after role=r > g
        xor g > e ? count(teams) > 5 ; *e2
        end e
        end e2
        """,
        team="""
        start t0 > vote
        user vote role=r > gt
        xor gt > boom ? vote.bad = true ; *t9
        end boom error=boom
        end t9
        """,
    )
    play = Play(files)
    play.do("teams[m1]/vote", bad=False)
    play.do("teams[m2]/vote", bad=True)
    assert play.open == ["fix"]
    assert play.step.variables == {"teams": [{"member": "m1"}]}


def test_an_error_that_nobody_catches_ends_everything() -> None:
    play = Play(
        bundle(
            project="""
            start s > split
            par split > a ; b
            user a role=r > boom
            end boom error=boom
            user b role=r > e
            end e
            """
        )
    )
    step = play.do("a")
    assert (step.ended, step.ends, step.open_tasks) == (True, ("boom",), ())


def test_interrupting_ends_what_lies_inside_however_deep() -> None:
    play = Play(PATTERNS["deliveries"] | bundle(project=_ROUND))
    for item in ("d1", "d2"):
        play.do(f"work/deliveries[{item}]/accept")
    play.do("work/deliveries[d1]/bp3k/request")
    assert len(play.open) == 2
    step = play.send("work", "terminate")
    assert play.open == ["closing"]
    assert (step.due, step.effects) == ((), ())
    assert len(step.state) < 200


_ROUND = """
start s > work
sub work {
    start w0 > deliveries
    call deliveries calls=delivery each=facts.deliverables item=deliverable > w9
    end w9
} > e
boundary stop on=work message=terminate > closing
user closing role=pm > e
end e
"""
