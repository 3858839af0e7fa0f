"""What is known when an expression is read, and that no gate can be passed by."""

from __future__ import annotations

from tests.engine.drawing import bundle
from tests.engine.lint_cases import REJECT, gate, model
from tests.engine.samples import ONE_GATE, one_gate
from tests.engine.tabling import table
from tests.engine.test_lint import found
from workflows import engine
from workflows.engine import Around, Course, Severity

LATER = "xor g > b ? {0} = 1 ; *b2\nuser b kind=record role=pm > m\nuser b2 kind=record role=pm > m\nxor m > w9"


def test_an_answer_that_comes_later_is_never_known_here() -> None:
    assert found(model(LATER.format("b.x"))) == {("read-too-early", "g")}
    assert found(model("user a kind=record role=pm > g\n" + LATER.format("a.x"))) == set()


def test_an_answer_given_on_some_ways_only_is_a_warning() -> None:
    drawing = """
    xor first > a ? facts.x = 1 ; *in_g
    user a kind=record role=pm > in_g
    xor in_g > g
    xor g > w9 ? a.ok = true ; *w9
    """
    [finding] = engine.lint(model(drawing))
    assert (finding.rule, finding.element, finding.severity) == ("read-on-some-ways", "g", Severity.WARNING)
    assert finding.attribute == "condition"


def test_two_steps_that_write_the_same_variable_make_it_known() -> None:
    drawing = """
    xor first > a ? facts.x = 1 ; *b
    user a kind=record role=pm as=answer > in_g
    user b kind=record role=pm as=answer > in_g
    xor in_g > g
    xor g > w9 ? answer.ok = true ; *w9
    """
    assert found(model(drawing)) == set()


def test_all_branches_are_known_where_they_have_met() -> None:
    drawing = """
    par p > a ; b
    user a kind=record role=pm > j
    user b kind=record role=pm > j
    par j > g
    xor g > w9 ? a.ok = true and b.ok = true ; *w9
    """
    beside = """
    par p > a ; g
    user a kind=record role=pm > j
    xor g > j ? a.ok = true ; *b
    user b kind=record role=pm > m
    xor m > j
    par j > w9
    """
    assert found(model(drawing)) == set()
    assert ("read-too-early", "g") in found(model(beside))


def test_a_loop_may_read_what_its_last_round_wrote_of_a_gate() -> None:
    drawing = gate("approve rework reject", REJECT)
    drawing["project.bpmn"] = drawing["project.bpmn"].replace(b'>bp1.outcome = "reject"<', b">bp1.round = 2<")
    assert not [rule for rule, _ in found(drawing) if rule.startswith("read-")]


def test_a_called_process_knows_what_every_caller_knew() -> None:
    part = "start p0 > g2\nxor g2 > p9 ? a.ok = true ; *p9\nend p9"
    before = "user a kind=record role=pm > c\ncall c calls=part > w9"
    after = "call c calls=part > a\nuser a kind=record role=pm > w9"
    assert found(model(before, part=part)) == set()
    assert found(model(after, part=part)) == {("read-too-early", "g2")}


def test_a_table_reads_only_what_is_known() -> None:
    drawing = "rule r ref=t > a\nuser a kind=record role=pm > w9"
    files = {**model(drawing), "t.dmn": table("t", ["a.x"], ["mode"], [["-", "1"]])}
    assert found(files) == {("read-too-early", "r")}


COURSE = Course(phases={"prep": 1, "work_on": 2}, gates={"bp1": 1}, closed=frozenset({"done"}))


def test_a_gate_cannot_be_passed_by() -> None:
    assert found(one_gate(), Around(course=COURSE)) == set()
    around = ONE_GATE.replace("} > in_bp1", "} > quick\nxor quick > done ? facts.missing = 9 ; *in_bp1")
    files = {**one_gate(), **bundle(project=around)}
    [finding] = engine.lint(files, around=Around(course=COURSE))
    assert (finding.rule, finding.element) == ("gate-passed-by", "bp1")
    assert "”quick” → ”done”" in finding.message


def test_an_outcome_that_is_no_approval_does_not_lead_on() -> None:
    leaky = ONE_GATE.replace('in_bp1 ? bp1.outcome = "defer"', 'done2 ? bp1.outcome = "defer"').replace(
        "end done\n", "end done\nend done2\n"
    )
    files = {**one_gate(), **bundle(project=leaky)}
    course = Course(phases={"prep": 1}, gates={"bp1": 1}, closed=frozenset({"done", "done2"}))
    assert ("gate-passed-by", "bp1") in found(files, Around(course=course))


def test_an_event_on_the_edge_of_a_phase_leads_past_no_gate() -> None:
    drawn = ONE_GATE.replace("xor in_bp1 > bp1", "boundary away on=prep message=away > done\nxor in_bp1 > bp1")
    files = {**one_gate(), **bundle(project=drawn)}
    assert ("gate-passed-by", "bp1") in found(files, Around(course=COURSE))
