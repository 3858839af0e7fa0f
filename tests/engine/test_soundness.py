"""Soundness: no token waits for ever, none doubles, none is lost; each rule with a diagram it lets through."""

from __future__ import annotations

import time

import pytest

from tests.engine.drawing import bundle
from tests.engine.lint_cases import model
from tests.engine.patterns import PATTERNS
from tests.engine.test_lint import found
from tests.engine.test_walks import shipped
from workflows import engine
from workflows.engine import Around, Severity
from workflows.engine.executable import analyse
from workflows.engine.linting.net import Net, net_of, play, smaller

TWO_USERS = "user a kind=record role=pm > {0}\nuser b kind=record role=pm > {1}"


def severities(files: dict[str, bytes], rule: str) -> list[Severity]:
    return [finding.severity for finding in engine.lint(files) if finding.rule == rule]


def test_branches_that_meet_in_an_exclusive_gateway_do_everything_after_it_twice() -> None:
    bad = model(f"par p > a ; b\n{TWO_USERS.format('m', 'm')}\nxor m > c\nuser c kind=record role=pm > w9")
    good = model(f"par p > a ; b\n{TWO_USERS.format('j', 'j')}\npar j > c\nuser c kind=record role=pm > w9")
    assert found(bad) == {("done-twice", "m")}
    assert found(good) == set()


def test_a_loop_that_leaves_a_branch_behind_each_round_is_found() -> None:
    bad = model(
        """
        xor again > p
        par p > a ; b
        user a kind=record role=pm > g
        xor g > w9 ? a.done = true ; *again
        user b kind=record role=pm > w8
        end w8
        """
    )
    assert found(bad) == {("done-twice", "b")}


def test_a_reminder_that_joins_the_main_way_is_a_warning_and_one_with_its_own_end_is_fine() -> None:
    drawing = """
    xor in_a > a
    user a kind=record role=pm > m
    boundary nudge on=a keeps timer='today()' > {0}
    xor m > c
    user c kind=record role=pm > w9
    {1}
    """
    bad, good = model(drawing.format("m", "")), model(drawing.format("w8", "end w8"))
    assert severities(bad, "done-twice") == [Severity.WARNING]
    assert found(good) == set()


def test_an_end_with_a_meaning_waits_for_the_branches_beside_it() -> None:
    beside = model(f"par p > a ; b\n{TWO_USERS.format('closed', 'w9')}\nend closed")
    joined = model(f"par p > a ; b\n{TWO_USERS.format('j', 'j')}\npar j > closed\nend closed")
    assert found(beside, Around(ends={"closed"})) == {("token-left", "closed")}
    assert found(beside) == set()
    assert ("token-left", "closed") not in found(joined, Around(ends={"closed"}))


def test_an_error_end_beside_work_is_a_warning() -> None:
    drawing = (
        f"par p > a ; g\n{TWO_USERS.format('w9', 'w9')}\nxor g > b ? facts.x = 1 ; *boom\nend boom error=terminated"
    )
    alone = "xor g > b ? facts.x = 1 ; *boom\nuser b kind=record role=pm > w9\nend boom error=terminated"
    assert severities(model(drawing), "work-lost") == [Severity.WARNING]
    assert severities(model(alone), "work-lost") == []


def exploding(branches: int) -> dict[str, bytes]:
    """Branches that each wait for their neighbour: nothing in the net can be made smaller."""
    names = [f"x{n}" for n in range(branches)]
    lines = [f"par p > {' ; '.join(names)}"]
    for number, name in enumerate(names):
        lines.append(f"user {name} kind=record role=pm > s{number}")
        lines.append(f"par s{number} > j{number} ; j{(number + 1) % branches}")
        lines.append(f"par j{number} > g{number}")
        lines.append(f"xor g{number} > k ? {name}.y = 1 ; *t{number}")
        lines.append(f"user t{number} kind=record role=pm > v{number}")
        lines.append(f"xor v{number} > k")
    text = "\n".join(lines).replace("> k ?", "> h{0} ?")
    for number in range(branches):
        text = text.replace("> h{0} ?", f"> h{number} ?", 1).replace(f"xor v{number} > k", f"xor v{number} > h{number}")
    merges = "\n".join(f"xor h{number} > k" for number in range(branches))
    return bundle(project=f"start s > p\n{text}\n{merges}\npar k > e\nend e")


@pytest.mark.parametrize(("branches", "unfinished"), [(3, False), (14, True), (24, True)])
def test_states_are_explored_up_to_a_bound_that_is_told(branches: int, unfinished: bool) -> None:
    files = exploding(branches)
    began = time.process_time()
    findings = [finding for finding in engine.lint(files) if finding.rule == "too-many-states"]
    explored = engine.explored(files)
    assert time.process_time() - began < 5
    assert explored is not None
    assert bool(explored.unfinished) == bool(findings) == unfinished
    if findings:
        assert findings[0].severity is Severity.WARNING
        assert f"{explored.states} är prövade" in findings[0].message


def test_what_cannot_run_is_not_explored() -> None:
    assert engine.explored({"project.bpmn": b"<a/>"}) is None


NETS = {**PATTERNS, **shipped()}


@pytest.mark.parametrize("name", sorted(NETS))
def test_a_net_made_smaller_goes_wrong_where_the_whole_one_does(name: str) -> None:
    diagram, _, _ = analyse(NETS[name], "project")
    for scope in diagram.scopes.values():
        for staying in (False, True):
            whole: Net = net_of(diagram, scope, staying=staying)
            large, small = play(whole), play(smaller(whole))
            assert (bool(large.stuck), bool(large.doubled)) == (bool(small.stuck), bool(small.doubled))
            assert large.doubled or large.beside == small.beside
            assert small.states <= large.states
