"""Diagrams and tables from strangers: refused with the file, the element and the reason, and with nothing run."""

from __future__ import annotations

import pytest

from tests.engine.drawing import bundle, draw
from tests.engine.refusing import GOOD, inside_ask, refusal, rules
from tests.engine.tabling import table
from workflows import engine
from workflows.engine.diagram import NodeKind
from workflows.engine.reading import DRAWING_ONLY


@pytest.mark.parametrize("content", [b"<a/>", b'<definitions xmlns="urn:other"/>'])
def test_what_is_not_bpmn_is_refused(content: bytes) -> None:
    assert "not-bpmn" in rules(content)


def test_a_refusal_names_file_element_and_reason() -> None:
    [finding] = refusal(GOOD.replace(b"bpmn:userTask", b"bpmn:scriptTask")).findings[:1]
    assert (finding.rule, finding.file) == ("unsupported-element", "project.bpmn")
    assert "scriptTask stöds inte" in finding.message


@pytest.mark.parametrize(
    "tag",
    [
        "scriptTask",
        "manualTask",
        "sendTask",
        "receiveTask",
        "task",
        "inclusiveGateway",
        "complexGateway",
        "transaction",
        "adHocSubProcess",
        "intermediateThrowEvent",
        "choreographyTask",
        "subChoreography",
        "unknownThing",
    ],
)
def test_every_element_that_no_test_proves_is_refused(tag: str) -> None:
    assert tag not in {str(kind) for kind in NodeKind}
    assert "unsupported-element" in rules(draw(f"start s > x\n{tag} x > e\nend e"))


@pytest.mark.parametrize(
    "xml",
    [
        "<bpmn:standardLoopCharacteristics/>",
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true"/>',
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>",
        "<bpmn:potentialOwner><bpmn:resourceRef>x</bpmn:resourceRef></bpmn:potentialOwner>",
        "<bpmn:ioSpecification/>",
        "<bpmn:property/>",
    ],
)
def test_what_changes_how_a_step_runs_is_refused(xml: str) -> None:
    changed = inside_ask(xml)
    assert changed != GOOD
    assert "unsupported-element" in rules(changed)


@pytest.mark.parametrize(
    "definition", ["signal", "escalation", "cancel", "compensate", "conditional", "link", "terminate"]
)
def test_every_other_kind_of_event_is_refused(definition: str) -> None:
    xml = f'<bpmn:endEvent id="e" name="e"><bpmn:{definition}EventDefinition/></bpmn:endEvent>'
    content = draw("start s > e\nend e").replace(b'<bpmn:endEvent id="e" name="e"/>', xml.encode())
    assert "unsupported-element" in rules(content)


def test_an_event_sub_process_is_refused() -> None:
    text = (
        "start s > a\nuser a role=r > e\nend e\nsub v xml:triggeredByEvent=true {\nstart vs message=m > ve\nend ve\n}"
    )
    assert "unsupported-element" in rules(draw(text))


def test_a_timer_that_repeats_is_refused() -> None:
    drawn = draw("start s > w\ncatch w timer='today()' > e\nend e")
    content = drawn.replace(b"timeDate", b"timeCycle")
    assert content != drawn
    assert rules(content) == {"timer-form"}


def test_extension_elements_of_ours_that_are_misspelt_are_refused() -> None:
    assert "unknown-extension" in rules(draw("start s > a\nuser a role=r > e\nend e").replace(b"role=", b"rule="))


BROKEN = [
    ("broken-link", "start s > nowhere\nend e"),
    ("broken-link", "start s > a\nuser a role=r\nend e"),
    ("broken-link", "start s > a\nuser a role=r > e ; e2\nend e\nend e2"),
    ("broken-link", "start s > p\npar p > j ; j\npar j > e\nend e"),
    ("broken-link", "start s > c\ncall c calls=nobody > e\nend e"),
    ("broken-link", "start s > e\nend e > s"),
    ("broken-link", "start s > e\nboundary b on=e timer='today()' > e\nend e"),
    ("broken-link", "start s > n\neffect n kind=notify > e\nboundary b on=n timer='today()' > e\nend e"),
    ("broken-link", "start s > a\nuser a role=r > e\nboundary b on=gone timer='today()' > e\nend e"),
    ("broken-link", "start s > race\nrace race > a\nuser a role=r > e\nend e"),
    ("broken-link", "start s > c\ncatch c > e\nend e"),
    ("start-and-end", "start s > a\nuser a role=r > a"),
    ("duplicate-id", "start s > a\nuser a role=r > b\nsub b {\nstart bs > a\nuser a role=r > be\nend be\n} > e\nend e"),
    ("unknown-table", "start s > r\nrule r ref=missing > e\nend e"),
    ("unknown-effect", "start s > n\neffect n kind=explode > e\nend e"),
    ("unknown-kind", "start s > a\nuser a kind=dance role=r > e\nend e"),
    ("gate-form", "start s > c\ncall c calls=project outcomes=approve > e\nend e"),
    ("calls-itself", "start s > c\ncall c calls=project > e\nend e"),
    ("each-form", "start s > a\nuser a role=r each=facts.members > e\nend e"),
    ("each-form", "start s > a\nuser a role=r item=member > e\nend e"),
    ("each-on-subprocess", "start s > b\nsub b each=facts.members item=m {\nstart bs > be\nend be\n} > e\nend e"),
    ("unknown-message", "start s > a\nuser a role=r > e\nboundary b on=a message='' > e\nend e"),
]


@pytest.mark.parametrize(("rule", "text"), BROKEN)
def test_a_diagram_that_leads_nowhere_is_refused(rule: str, text: str) -> None:
    assert rule in rules(draw(text))


def test_a_drawn_process_has_one_start() -> None:
    with pytest.raises(engine.EngineRefused, match="exakt en start"):
        engine.compile({"project.bpmn": draw("start s > e\nstart s2 > e\nend e")})


def test_two_processes_that_call_one_another_are_refused() -> None:
    files = bundle(
        project="start s > c\ncall c calls=other > e\nend e", other="start s2 > c2\ncall c2 calls=project > e2\nend e2"
    )
    with pytest.raises(engine.EngineRefused, match="anropar sig själv"):
        engine.compile(files)


def test_a_bundle_without_the_process_to_run_is_refused() -> None:
    with pytest.raises(engine.EngineRefused, match="Processen project saknas"):
        engine.compile({})
    with pytest.raises(engine.EngineRefused, match="Processen other saknas"):
        engine.compile({"project.bpmn": GOOD}, process="other")


def test_what_only_explains_the_drawing_is_let_through() -> None:
    extra = b"""<bpmn:laneSet id="ls"><bpmn:lane id="l" name="Bana"><bpmn:flowNodeRef>ask</bpmn:flowNodeRef></bpmn:lane>
    </bpmn:laneSet><bpmn:textAnnotation id="ta"><bpmn:text>Obs</bpmn:text></bpmn:textAnnotation>
    <bpmn:association id="as" sourceRef="ask" targetRef="ta"/><bpmn:dataObject id="do"/>
    <bpmn:dataObjectReference id="dor" dataObjectRef="do"/><bpmn:group id="gr"/>
    <bpmn:documentation>Text</bpmn:documentation><bpmn:dataStoreReference id="dsr"/>
    """
    marker = b"<bpmn:startEvent"
    content = GOOD.replace(marker, extra + marker, 1)
    pool = b"""<bpmn:collaboration id="co"><bpmn:participant id="pa" processRef="project"/>
    <bpmn:messageFlow id="mf" sourceRef="pa" targetRef="pa"/></bpmn:collaboration><bpmn:category id="ca"/>"""
    content = content.replace(b"<bpmn:process", pool + b"<bpmn:process", 1)
    inside = b"""<bpmn:dataInputAssociation id="di"/><bpmn:dataOutputAssociation id="da"/>"""
    content = content.replace(b"</bpmn:userTask>", inside + b"</bpmn:userTask>")
    for tag in DRAWING_ONLY - {"incoming", "outgoing"}:
        assert f"<bpmn:{tag}".encode() in content, tag
    executable = engine.compile({"project.bpmn": content})
    assert list(executable.tasks) == ["ask"]


def test_files_of_other_kinds_play_no_part() -> None:
    files = {"project.bpmn": GOOD}
    assert engine.compile({**files, "model.json": b"{", "forms/x.form.json": b""}) is engine.compile(files)


def test_a_table_is_refused_with_its_file() -> None:
    drawn = bundle(project="start s > r\nrule r ref=t > e\nend e")
    good = table("t", ["facts.x"], ["mode"], [["-", "1"]])
    for bad, rule in ((b"<!DOCTYPE x>" + good.split(b"?>", 1)[1], "doctype"), (good[:-9], "not-xml")):
        with pytest.raises(engine.EngineRefused) as caught:
            engine.compile({**drawn, "t.dmn": bad})
        assert {(finding.rule, finding.file) for finding in caught.value.findings} == {(rule, "t.dmn")}
    with pytest.raises(engine.EngineRefused) as caught:
        engine.compile({**drawn, "t.dmn": good.replace(b"facts.x", b"import os")})
    assert {finding.file for finding in caught.value.findings if finding.file} >= {"t.dmn"}
    with pytest.raises(engine.EngineRefused, match="finns i två filer"):
        engine.compile({**drawn, "t.dmn": good, "u.dmn": good})
