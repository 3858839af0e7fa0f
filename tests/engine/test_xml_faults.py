"""Why a file is no XML is said in Swedish, with what to do, and never in the parser's own words."""

from __future__ import annotations

import re

import pytest

from workflows.engine.safe_xml import Unreadable, read_xml

HEAD = b'<?xml version="1.0"?>\n<d xmlns:b="urn:b">\n'

FAULTS = {
    "Filen är tom": b"\xef\xbb\xbf \n",
    "Filen är inte BPMN eller DMN": b"\x89PNG\r\n\x1a\n\x00\x01",
    "Filen är en webbsida": b"\n<!DOCTYPE html>\n<html><body><p>hej<br></body></html>",
    "Filen har en DOCTYPE": b"<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><d>&y;</d>",
    "den tar slut mitt i ett element": HEAD + b'<b:task id="a"',
    "fel på rad 3, tecken 17. Ett element slutar med ett annat namn": HEAD + b"<b:task></b:tsk></d>",
    "Ett element tar inte slut": HEAD + b"<b:task>",
    "Filen fortsätter efter det sista elementet": HEAD + b"</d><d>",
    "samma attribut två gånger": HEAD + b'<b:task id="a" id="b"/></d>',
    "Ett attribut saknar värde": HEAD + b"<b:task id/></d>",
    "en entitet som filen inte förklarar": HEAD + b"&foo;</d>",
    "ett tecken som XML inte tillåter": HEAD + b"\x01</d>",
    "inte hör till filens teckenkodning": HEAD + "å</d>".encode("latin-1"),
    "Ett prefix används utan att filen förklarar det": HEAD + b"<c:task/></d>",
    "teckenkodningen är okänd": b'<?xml version="1.0" encoding="klingon"?><a/>',
    "djupare i varandra än 256 nivåer": b"<a>" * 300 + b"</a>" * 300,
}

ENGLISH = re.compile(r"\b(line|column|tag|expected|string|not|document|attribute|entity|char|option)\b")


@pytest.mark.parametrize("words", FAULTS)
def test_the_fault_is_said_in_swedish(words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_xml(FAULTS[words], "a.bpmn")
    told = refused.value.finding.message
    assert words in told
    assert not ENGLISH.search(told)
    assert told.endswith(".")
