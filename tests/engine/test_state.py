"""The state: what is in it, what is not, and what is refused in its place."""

from __future__ import annotations

import random
from typing import Any

import orjson
import pytest
import zstandard

from tests.engine.comparing import rows
from tests.engine.harvesting import harvest
from tests.engine.patterns import PATTERNS
from tests.engine.playing import Play
from tests.engine.samples import one_gate
from tests.engine.test_walks import shipped
from workflows import engine
from workflows.models import TEMPLATES


def opened(state: bytes) -> dict[str, Any]:
    """Return a state as JSON."""
    document: dict[str, Any] = orjson.loads(zstandard.decompress(state))
    return document


def closed(document: object) -> bytes:
    """Return bytes that look like a state."""
    return zstandard.compress(orjson.dumps(document))


def test_a_state_names_its_format_and_its_executable_and_holds_only_what_is_alive() -> None:
    play = Play(one_gate())
    play.do("idea")
    document = opened(play.step.state)
    assert document["f"] == 1
    assert document["x"] == play.executable.digest
    [frame] = document["r"]["t"]
    assert [row["n"] for row in frame["c"]] == ["on_terminate", "on_terminated", "work"]
    [bp1] = frame["c"][2]["r"]["t"]
    assert bp1["g"] == {"key": "bp1", "round": 0, "last": None}
    assert [row["n"] for row in bp1["r"]["t"]] == ["request"]


def test_facts_and_roles_are_never_in_it() -> None:
    play = Play(one_gate())
    play.facts["members"] = ["hemlig-medlem"]
    play.do("idea")
    text = zstandard.decompress(play.step.state).decode()
    assert "hemlig-medlem" not in text
    assert "total_cost" not in text
    assert "project_manager" not in text


@pytest.mark.parametrize(
    "state",
    [b"", b"x", closed([]), closed({}), closed({"f": 2, "x": "", "r": {}}), closed("text"), zstandard.compress(b"{")],
)
def test_bytes_that_are_no_state_are_refused(state: bytes) -> None:
    with pytest.raises(engine.WrongExecutable):
        engine.view(engine.compile(one_gate()), state)


def test_a_state_that_would_unpack_without_end_is_refused() -> None:
    bomb = zstandard.compress(b" " * (64 * 1024 * 1024))
    assert len(bomb) < 10_000
    with pytest.raises(engine.WrongExecutable):
        engine.view(engine.compile(one_gate()), bomb)


def test_the_same_step_twice_gives_the_same_but_for_ids() -> None:
    play = Play(PATTERNS["deliveries"])
    task = play.task("deliveries[d1]/accept").id
    first, second = (engine.complete(play.executable, play.step.state, task, {}, **play.given) for _ in range(2))
    assert len(first.state) == pytest.approx(len(second.state), abs=8)
    assert [task.place for task in first.open_tasks] == [task.place for task in second.open_tasks]
    assert {task.id for task in first.open_tasks} & {task.id for task in second.open_tasks}


@pytest.mark.parametrize("name", sorted(set(shipped()) - set(TEMPLATES)))
def test_a_whole_project_stays_below_four_kilobytes(name: str) -> None:
    """Eight members, three part deliveries, twenty reporting periods, every answer filled in."""
    facts = {
        "members": [f"m{number}" for number in range(8)],
        "deliverables": ["d1", "d2", "d3"],
        "has_steering_group": True,
        "external_funding": True,
        "total_cost": 2_000_000,
        "board_cost_limit": 10_000_000,
        "missing": 0,
    }
    play = Play(shipped()[name], facts=facts)
    answers = harvest(play.executable)
    dice, reports = random.Random(1), 0
    sizes: list[int] = []
    while not play.step.ended and len(sizes) < 600:
        task = dice.choice(play.step.open_tasks)
        variable = task.definition.variable
        fields = {field: answers[variable, field][0] for field in play.executable.named.get(variable, ())}
        reports += "last" in fields
        fields |= {"last": reports > 20} if "last" in fields else {}
        fields |= {"decision": "go"} if variable == "idea_answer" else {}
        fields["notes"] = "text " * 2_000
        play.step = engine.complete(play.executable, play.step.state, task.id, fields, **play.given)
        sizes.append(len(play.step.state))
    assert play.step.ended
    assert len(sizes) > 80
    assert max(sizes) < 4_096


def test_rows_are_as_many_as_what_is_alive() -> None:
    play = Play(PATTERNS["bare loop"])
    assert rows(play.step.state) == len(play.step.open_tasks) + len(play.step.due) + 1


def test_a_state_does_not_depend_on_the_order_of_its_keys_or_files() -> None:
    play = Play(PATTERNS["deliveries"])
    play.do("deliveries[d1]/accept")
    shuffled = zstandard.compress(orjson.dumps(opened(play.step.state), option=orjson.OPT_SORT_KEYS))
    assert engine.view(play.executable, shuffled).open_tasks == play.step.open_tasks
    reordered = dict(reversed(PATTERNS["deliveries"].items()))
    assert engine.compile(reordered) is play.executable
