"""Activities for each of a list go over half-finished: what is done counts, what is open goes on."""

from __future__ import annotations

from tests.engine.drawing import bundle
from tests.engine.patterns import DELIVERIES, DELIVERY, PATTERNS
from tests.engine.playing import Play
from tests.engine.samples import FACTS
from tests.engine.test_moving import answered, moved, reasons
from workflows import engine

THREE = {**FACTS, "members": ["m1", "m2", "m3"]}

UNTIL = """
start s > talk
user talk kind=record role=member each=facts.members item=member until='count(talk[fine = true]) > 1' > after
user after > e
end e
"""

MEET = UNTIL.replace("talk", "meet")

PLAIN = """
start s > talk
user talk kind=record role=member each=facts.members item=member > g
user more kind=record role=member each=facts.members item=member > e
xor g > more ? facts.size = "small" ; *e
end e
"""


def over(play: Play, chosen: dict[str, str], **processes: str) -> engine.Moved | engine.Immovable:
    """Move a play with steps chosen by hand; it goes on there when it can."""
    target = engine.compile({**play.files, **bundle(**processes)})
    found = engine.move(play.executable, target, play.step.state, renamed=chosen, **play.given)
    if isinstance(found, engine.Moved):
        play.executable, play.step = target, found.step
    return found


def test_what_is_done_for_some_counts_in_the_step_that_takes_over() -> None:
    play = Play(bundle(project=UNTIL), facts=THREE)
    play.do("talk[m1]", fine=True)
    rest = {task.id for task in play.step.open_tasks}
    target = engine.compile({**play.files, **bundle(project=MEET)})
    assert [node.id for node in engine.replaceable(play.executable, target)["talk"]] == ["meet"]
    found = over(play, {"talk": "meet"}, project=MEET)
    assert isinstance(found, engine.Moved), found
    assert found.changes == ("Det som är klart i ”talk” (1 st) räknas i ”meet”.",)
    assert {task.id for task in play.step.open_tasks} == rest
    play.do("meet[m2]", fine=True)
    assert play.open == ["after"]


def test_answers_that_only_the_new_step_reads_are_found_where_they_were_given() -> None:
    play = Play(bundle(project=UNTIL.replace(" until='count(talk[fine = true]) > 1'", "")), facts=THREE)
    play.do("talk[m2]", fine=True)
    target = engine.compile({**play.files, **bundle(project=MEET)})
    given = [answered("talk", item="m2", asked=["fine"], fine=True)]
    found = engine.move(
        play.executable, target, play.step.state, renamed={"talk": "meet"}, handed=lambda: given, **play.given
    )
    assert isinstance(found, engine.Moved), found
    play.executable, play.step = target, found.step
    play.do("meet[m3]", fine=True)
    assert play.open == ["after"]


def test_a_step_that_is_not_new_takes_over_only_what_nobody_has_done() -> None:
    rest = PLAIN.replace("user talk kind=record role=member each=facts.members item=member > g\n", "")
    rest = rest.replace("start s > talk", "start s > more").replace('xor g > more ? facts.size = "small" ; *e\n', "")
    begun, fresh = Play(bundle(project=PLAIN), facts=THREE), Play(bundle(project=PLAIN), facts=THREE)
    begun.do("talk[m1]")
    assert reasons(over(begun, {"talk": "more"}, project=rest)) == (
        "Steget ”talk” är redan gjort för några. Det kan bara fortsätta i ett nytt steg, och ”more” är inte nytt.",
    )
    assert isinstance(over(fresh, {"talk": "more"}, project=rest), engine.Moved)
    assert fresh.open == ["more[m1]", "more[m2]", "more[m3]"]


def test_a_step_for_each_of_another_list_takes_over_nothing() -> None:
    play = Play(bundle(project=UNTIL), facts=THREE)
    other = MEET.replace("facts.members", "facts.deliverables")
    target = engine.compile({**play.files, **bundle(project=other)})
    assert engine.replaceable(play.executable, target)["talk"] == ()
    assert reasons(moved(play, project=other)) == ("Projektet väntar på steget ”talk”, som tas bort.",)


def test_what_is_done_in_a_branch_that_waits_is_done_in_the_step_that_takes_over() -> None:
    branches = """
    start s > split
    par split > talk ; plan
    user talk kind=record role=member each=facts.members item=member > join
    user plan > join
    par join > g
    xor g > more ? count(talk[fine = true]) = 3 ; *e
    user more > e
    end e
    """
    play = Play(bundle(project=branches), facts=THREE)
    for member in ("m1", "m2", "m3"):
        play.do(f"talk[{member}]", fine=True)
    found = over(play, {"talk": "meet"}, project=branches.replace("talk", "meet"))
    assert isinstance(found, engine.Moved), found
    play.do("plan")
    assert play.open == ["more"]


def deliveries() -> Play:
    """Three deliveries: one waits to be accepted, one at its gate, one is done."""
    play = Play(PATTERNS["deliveries"], facts={**FACTS, "deliverables": ["d1", "d2", "d3"]})
    play.do("deliveries[d2]/accept")
    play.do("deliveries[d3]/accept")
    play.do("deliveries[d3]/bp3k/request", with_deviation=False)
    decide(play, "d3")
    return play


def decide(play: Play, delivery: str, outcome: str = "approve") -> None:
    """Decide on a delivery at its gate."""
    [task] = [one for one in play.step.open_tasks if f"[{delivery}]" in one.place and one.gate == "bp3k"]
    play.step = engine.complete(
        play.executable, play.step.state, task.id, {"outcome": outcome, "target": None}, **play.given
    )


def finish(play: Play) -> None:
    """Play deliveries and status reports to the end."""
    for delivery in ("d1", "d2"):
        if any(task.node in ("accept", "receive") and task.items["deliverable"] == delivery for task in tasks(play)):
            play.do(next(path for path in play.open if f"[{delivery}]" in path))
        play.do(next(path for path in play.open if f"[{delivery}]" in path), with_deviation=False)
        decide(play, delivery)
    play.do("status", last=True)
    assert play.open == ["close"]


def tasks(play: Play) -> tuple[engine.OpenTask, ...]:
    return play.step.open_tasks


def test_a_step_inside_one_of_several_is_replaced_and_the_others_stand_where_they_stood() -> None:
    play = deliveries()
    before = {task.id: (task.place, task.node) for task in tasks(play)}
    found = over(play, {"accept": "receive"}, delivery=DELIVERY.replace("accept", "receive"))
    assert isinstance(found, engine.Moved), found
    after = {task.id: (task.place, task.node) for task in tasks(play)}
    assert after == {key: (place, "receive" if node == "accept" else node) for key, (place, node) in before.items()}
    finish(play)


def test_without_a_choice_it_is_refused_for_the_one_that_waits_there() -> None:
    play = deliveries()
    assert reasons(moved(play, delivery=DELIVERY.replace("accept", "receive"))) == (
        "Projektet väntar på steget ”accept”, som tas bort.",
    )


def test_a_call_for_each_of_a_list_that_was_only_given_another_id_is_the_same() -> None:
    play = deliveries()
    before = {task.id: task.items for task in tasks(play)}
    found = moved(play, project=DELIVERIES.replace("deliveries", "parts"))
    assert isinstance(found, engine.Moved), found
    assert found.renamed == {"deliveries": "parts"}
    assert (found.ahead.added, found.ahead.removed) == ((), ())
    assert {task.id: task.items for task in tasks(play)} == before
    finish(play)


def test_a_call_that_is_done_and_waits_for_another_branch_is_the_same_too() -> None:
    play = Play(PATTERNS["deliveries"], facts={**FACTS, "deliverables": ["d1"]})
    play.do("deliveries[d1]/accept")
    play.do("deliveries[d1]/bp3k/request", with_deviation=False)
    decide(play, "d1")
    assert play.open == ["status"]
    assert isinstance(moved(play, project=DELIVERIES.replace("deliveries", "parts")), engine.Moved)
    play.do("status", last=True)
    assert play.open == ["close"]


def test_a_call_that_two_new_ones_could_be_is_refused() -> None:
    play = deliveries()
    two = DELIVERIES.replace("in_status ; deliveries", "in_status ; parts ; pieces").replace(
        "call deliveries calls=delivery each=facts.deliverables item=deliverable > join",
        "call parts calls=delivery each=facts.deliverables item=deliverable > join\n"
        "call pieces calls=delivery each=facts.deliverables item=deliverable > join",
    )
    assert reasons(moved(play, project=two)) == ("Projektet är i delen ”deliveries”, som tas bort.",)


def test_a_call_for_each_of_another_list_or_of_another_process_is_refused() -> None:
    for other in (
        DELIVERIES.replace("deliveries", "parts").replace("facts.deliverables", "facts.members"),
        DELIVERIES.replace("deliveries", "parts").replace("calls=delivery each", "calls=gate each"),
    ):
        assert reasons(moved(deliveries(), project=other)) == ("Projektet är i delen ”deliveries”, som tas bort.",)
    same = DELIVERIES.replace("item=deliverable", "item=part")
    assert reasons(moved(deliveries(), project=same)) == (
        "Projektet är i ”deliveries”, som upprepas på ett annat sätt i versionen.",
    )


def test_answers_given_inside_a_call_are_found_under_its_new_id() -> None:
    before = DELIVERY.replace("    *in_work", "    dropped ? accept.fine = false ; *in_work")
    play = Play({**PATTERNS["deliveries"], **bundle(delivery=before)}, facts={**FACTS, "deliverables": ["d1"]})
    play.do("deliveries[d1]/accept", fine=True, late=True)
    fields = {"fine": True, "late": True}
    given = [
        engine.Handed(node="accept", place="deliveries[d1]", item="d1", fields=fields, asked=frozenset(fields)),
    ]
    after = before.replace("accept.fine = false", "accept.late = true")
    found = moved(play, handed=given, project=DELIVERIES.replace("deliveries", "parts"), delivery=after)
    assert isinstance(found, engine.Moved), found
    assert found.changes == ()
    play.do("parts[d1]/bp3k/request", with_deviation=False)
    decide(play, "d1", "rework")
    assert play.open == ["status"]
