"""The rows of a report are read by people: elements by name or kind, times in words, what stood in the file quoted."""

from __future__ import annotations

import re

import pytest

from workflows.models.importing import Imported, import_model

SPACES = "".join(
    f' xmlns{prefix}="{uri}"'
    for prefix, uri in (
        ("", "http://www.omg.org/spec/BPMN/20100524/MODEL"),
        (":zeebe", "http://camunda.org/schema/zeebe/1.0"),
        (":signavio", "http://www.signavio.com"),
    )
)
QUOTED = re.compile("”[^”]*”")
RAW = re.compile(r"\b(Event|Activity|Gateway|Process|Message|Flow)_\w+|\bR?\d*/?PT?\d\w*|xmlns|https?:|\(ing\w+")


def drawn(inside: str, beside: str = "", process: str = 'id="Process_0x1a2b3"') -> Imported:
    text = f"<definitions{SPACES}>{beside}<process {process}>{inside}</process></definitions>"
    return import_model({"inköp.bpmn": text.encode()})


def flows(*pairs: tuple[str, str]) -> str:
    return "".join(f'<sequenceFlow id="f_{a}_{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in pairs)


NAMELESS = (
    '<startEvent id="Event_1"><timerEventDefinition><timeCycle>R3/P5D</timeCycle></timerEventDefinition></startEvent>'
    '<userTask id="Activity_1" name="Granska"/>'
    '<boundaryEvent id="Event_2" attachedToRef="Activity_1" cancelActivity="false">'
    '<signalEventDefinition signalRef="Message_1"/></boundaryEvent>'
    '<userTask id="Activity_3" name="Ring"/>'
    '<exclusiveGateway id="Gateway_1"/><endEvent id="Event_3"/><endEvent id="Event_4"/>'
    '<subProcess id="Activity_9" triggeredByEvent="true">'
    '<startEvent id="Event_9"><timerEventDefinition><timeDuration>PT24H</timeDuration></timerEventDefinition>'
    "</startEvent></subProcess>"
    '<businessRuleTask id="Activity_4" name="Räkna"/><callActivity id="Activity_5" name="Anropa"/>'
    '<userTask id="Activity_6" name="Alla"><multiInstanceLoopCharacteristics/></userTask>'
) + flows(
    *(("Event_1", "Activity_1"), ("Activity_1", "Activity_4"), ("Activity_4", "Activity_5")),
    *(("Activity_5", "Activity_6"), ("Activity_6", "Gateway_1"), ("Gateway_1", "Event_3"), ("Gateway_1", "Event_4")),
    ("Event_2", "Activity_3"),
)


def test_no_row_shows_an_id_or_a_period_that_it_does_not_quote() -> None:
    rows = drawn(NAMELESS).rows
    assert len(rows) > 8
    for row in rows:
        said = QUOTED.sub("", f"{row.name} {row.was} {row.done} {row.advice}")
        assert not RAW.search(said), said


@pytest.mark.parametrize(
    ("was", "name"),
    [
        ("Börjar vid tiden 5 dagar, gång på gång.", "Starten utan namn"),
        ("Händer vid en signal utan namn, medan Granska pågår.", "Kanthändelsen utan namn"),
        ("En händelsedelprocess som börjar vid tiden 24 timmar: ", "Delprocessen utan namn"),
        ("Steget kunde bara nås genom kanthändelsen utan namn.", "Ring"),
        ("Steget säger inte vilken beslutstabell det frågar.", "Räkna"),
        ("Steget säger inte vilken process det anropar.", "Anropa"),
        ("Steget görs flera gånger. Det sägs inte för vad.", "Alla"),
    ],
)
def test_what_has_no_name_is_called_by_its_kind(was: str, name: str) -> None:
    told = drawn(NAMELESS, '<signal id="Message_1"/>')
    assert (was.strip(), name) in {(row.was, row.name) for row in told.rows}


def test_ways_without_names_are_told_apart_in_the_question() -> None:
    made = drawn(NAMELESS)
    [form] = [data.decode() for path, data in made.files.items() if "Vilken väg gäller?" in data.decode()]
    assert "Väg 1" in form
    assert "Väg 2" in form
    assert "Event_3" not in form


def test_a_process_without_a_name_is_called_as_its_file() -> None:
    assert drawn(NAMELESS).name == "inköp"
    assert drawn(NAMELESS, process='id="ansökan"').name == "ansökan"


def test_gateways_without_conditions_are_told_in_the_same_words() -> None:
    choices = "".join(f'<exclusiveGateway id="g{n}" name="Val {n}?"/><userTask id="t{n}" name="T{n}"/>' for n in (1, 2))
    ways = flows(("s", "t1"), ("t1", "g1"), ("g1", "t2"), ("g1", "e"), ("t2", "g2"), ("g2", "e"), ("g2", "e2"))
    made = drawn(f'<startEvent id="s"/>{choices}<endEvent id="e"/><endEvent id="e2"/>{ways}')
    rows = [row for row in made.rows if row.was == "Grinden har inga villkor."]
    assert [row.name for row in rows] == ["Val 1?", "Val 2?"]
    assert len({row.done for row in rows}) == 1


def test_a_lane_of_a_process_that_is_not_taken_over_is_not_told_as_a_role() -> None:
    """A row once said that the steps of every lane got its role, also those of a process left out."""
    lanes = '<laneSet><lane name="Packare"><flowNodeRef>x</flowNodeRef></lane><lane name="Bud"/></laneSet>'
    other = f'<process id="other">{lanes}<task id="x" name="Packa"/></process>'
    made = drawn(f"{NAMELESS}", other)
    [row] = [row for row in made.rows if "Packare" in row.was]
    assert row.was == "Banan Packare."
    assert "rollen" not in row.done
    assert "Packare" not in made.files["model.json"].decode()


def test_extensions_and_ids_are_one_row_each() -> None:
    extra = "<extensionElements><signavio:meta/><signavio:meta/></extensionElements>"
    made = drawn(NAMELESS.replace('name="Ring"/>', f'name="Ring">{extra}</userTask>'), process='id="sid-1"')
    told = [row.was for row in made.rows]
    assert "2 tillägg av program som ritar och analyserar: signavio.com." in told
    assert "En intern beteckning som Styr inte kan använda, ”sid-1”." in told


def test_an_error_event_with_a_name_still_catches_every_error() -> None:
    """A name of an event is no code: taken for one, it would catch nothing."""
    inner = '<startEvent id="i"/><endEvent id="x" name="Slut"><errorEventDefinition errorRef="E"/></endEvent>'
    caught = '<boundaryEvent id="b" name="Något gick fel" attachedToRef="sub"><errorEventDefinition/></boundaryEvent>'
    sub = f'<subProcess id="sub" name="Arbete">{inner}{flows(("i", "x"))}</subProcess>'
    ends = '<startEvent id="s"/><endEvent id="e"/><userTask id="t" name="Rätta"/>'
    ways = flows(("s", "sub"), ("sub", "e"), ("b", "t"), ("t", "e"))
    made = drawn(ends + sub + caught + ways, '<error id="E" errorCode="slut"/>')
    assert b'attachedToRef="sub"' in made.files["project.bpmn"]
    assert not [row for row in made.rows if "som inget" in row.was]
