"""The linter: every rule with a diagram it refuses and a twin it lets through."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.engine.drawing import bundle
from tests.engine.lint_cases import CASES, DEFER, USER, gate, model
from tests.engine.patterns import DELIVERY
from tests.engine.samples import SHORT_CLOSURE, one_gate
from tests.engine.tabling import table
from tests.engine.test_walks import shipped
from workflows.engine import Finding
from workflows.engine.linting import Around, lint


def found(files: Mapping[str, bytes], around: Around | None = None) -> set[tuple[str, str]]:
    """Return rules and elements."""
    return {(finding.rule, finding.element) for finding in lint(files, around=around)}


@pytest.mark.parametrize(
    ("rule", "element", "bad", "good"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)]
)
def test_each_rule_refuses_a_diagram_and_lets_its_twin_through(
    rule: str, element: str, bad: dict[str, bytes], good: dict[str, bytes]
) -> None:
    assert rule in {name for name, _ in found(bad)}
    assert rule not in {name for name, _ in found(good)}


def test_what_cannot_run_is_told_first_and_alone() -> None:
    files = bundle(project="start s > a\nuser a > b\nscriptTask b > e\nend e")
    assert {rule for rule, _ in found(files)} == {"unsupported-element", "broken-link"}


def test_names_are_known_where_they_are_in_scope() -> None:
    inside = """
    user votes kind=decision role=m each=facts.members item=member until='count(votes[member = "m1"]) = 1' > a
    user a kind=record role=pm as=answer > parts
    call parts calls=part each=facts.deliverables item=deliverable > g
    xor g > w9 ? answer.ok = true and count(votes[choice = "yes"]) > 1 ; *w9
    """
    part = (
        'start p0 > g2\nxor g2 > p9 ? deliverable = "d1" and answer.ok = true and votes[1].choice = "no" ; *p9\nend p9'
    )
    assert found(model(inside, part=part)) == set()


def test_fields_are_checked_against_forms_when_these_are_known() -> None:
    inside = 'user a kind=checklist form=c1 role=pm > g\nxor g > w9 ? a.R07 = "yes" ; *w9'
    declared = Around(fields=lambda form: frozenset({"R07"}) if form == "c1" else None)
    assert found(model(inside), declared) == set()
    assert found(model(inside.replace("R07", "R99")), declared) == {("unknown-field", "g")}
    assert found(model(inside.replace("form=c1", "form=c2")), declared) == {("unknown-form", "a")}


def test_facts_are_checked_when_their_names_are_known() -> None:
    files = model("xor g > w9 ? facts.total_cost > 1 ; *w9")
    assert found(files, Around(facts={"total_cost"})) == set()
    assert found(files, Around(facts={"members"})) == {("unknown-field", "g")}


def test_tables_may_read_only_what_is_in_scope() -> None:
    files = model("rule r ref=t > g\nxor g > w9 ? r.mode = 1 ; *w9")
    good = {**files, "t.dmn": table("t", ["facts.x"], ["mode"], [["-", "1"]])}
    bad = {**files, "t.dmn": table("t", ["nobody.x"], ["other"], [["-", "1"]])}
    assert found(good) == set()
    assert found(bad) == {("unknown-name", "r"), ("unknown-field", "g")}


def test_a_closing_gate_needs_no_stop() -> None:
    files = gate("approve rework defer", DEFER)
    assert found(files) == {("gate-without-stop", "bp1")}
    assert found(files, Around(closing={"bp1"})) == set()


def test_rework_leads_to_each_phase_it_names_the_first_by_default() -> None:
    inside = """
    xor in_first > first
    user first kind=record role=pm > in_second
    xor in_second > second
    user second kind=record role=pm > bp1
    call bp1 calls=gate key=bp1 outcomes='approve rework reject' > g
    xor g > w9 ? bp1.outcome = "approve" ; in_first ? bp1.outcome = "rework" and bp1.target = "first" ;
        rejected ? bp1.outcome = "reject" ; *in_second
    end rejected
    """
    files = model(inside)
    files["project.bpmn"] = files["project.bpmn"].replace(b'name="in_first"', b"").replace(b'name="in_second"', b"")
    assert found(files, Around(rework_to={"bp1": ["second", "first"]})) == set()
    assert found(files, Around(rework_to={"bp1": ["first", "second"]})) == {("rework-target", "g")}
    assert found(files, Around(rework_to={"bp1": ["second", "nowhere"]})) == {("rework-target", "g")}


def test_what_another_engine_would_act_upon_is_refused() -> None:
    files = model(USER)
    drawn = files["project.bpmn"]
    camunda = b'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:assignee="anna" camunda:candidateGroups="x" '
    files["project.bpmn"] = drawn.replace(b'<bpmn:userTask id="a"', b"<bpmn:userTask " + camunda + b'id="a"')
    [finding] = lint(files)
    assert (finding.rule, finding.element) == ("foreign-execution", "a")
    assert "assignee, candidateGroups" in finding.message


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_shipped_model_passes(name: str) -> None:
    assert lint(shipped()[name], around=Around(closing={"bp4"})) == ()


def test_the_shared_samples_pass() -> None:
    assert lint(one_gate()) == ()
    with_parts = model("call parts calls=delivery each=facts.deliverables item=deliverable > w9", delivery=DELIVERY)
    assert lint(with_parts) == ()


def test_every_finding_says_what_to_do_in_a_sentence() -> None:
    findings: list[Finding] = [finding for _, _, bad, _ in CASES for finding in lint(bad)]
    assert len({finding.rule for finding in findings}) > 25
    for finding in findings:
        assert finding.message.endswith(".")
        assert finding.message[0].isupper() or finding.message.split()[0] == "bp1"
        assert finding.rule == finding.rule.lower()


def test_a_large_bundle_is_refused_as_a_whole() -> None:
    part = "start {0}s > {0}0\n" + "\n".join(f"user {{0}}{n} kind=record role=pm > {{0}}{n + 1}" for n in range(149))
    part += "\nuser {0}149 kind=record role=pm > {0}e\nend {0}e"
    files = model("call c calls=one > d\ncall d calls=two > w9", one=part.format("x"), two=part.format("y"))
    assert ("too-many-nodes", "") in found(files)


def test_the_short_closure_is_a_process_like_any_other() -> None:
    files = model(USER, short_closure=SHORT_CLOSURE)
    assert lint(files) == ()
