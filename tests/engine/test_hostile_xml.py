"""XML from strangers: no doctype, no entity, nothing too large to parse and nothing fetched."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.engine.refusing import GOOD, inside_ask, rules
from workflows import engine
from workflows.engine.safe_xml import MAX_BYTES


def with_doctype(subset: str, text: str = "&x;") -> bytes:
    head, rest = GOOD.split(b"?>", 1)
    body = rest.replace(b'name="ask"/>', b'name="ask"><bpmn:documentation>' + text.encode() + b"</bpmn:documentation>")
    return head + b"?>" + f"<!DOCTYPE d {subset}>".encode() + body


@pytest.mark.parametrize(
    "subset",
    [
        '[<!ENTITY x "inside">]',
        '[<!ENTITY x SYSTEM "file:///etc/passwd">]',
        '[<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]',
        '[<!ENTITY a "ha"><!ENTITY x "&a;&a;&a;&a;&a;&a;&a;&a;">]',
        "[]",
    ],
)
def test_a_doctype_is_refused_whatever_is_in_it(subset: str) -> None:
    assert rules(with_doctype(subset)) <= {"doctype", "not-xml"}


@pytest.mark.parametrize("declaration", ["<!DOCTYPE d>", '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'])
def test_a_doctype_without_entities_is_refused_too(declaration: str) -> None:
    head, rest = GOOD.split(b"?>", 1)
    assert rules(head + b"?>" + declaration.encode() + rest) == {"doctype"}


def test_a_doctype_in_another_encoding_is_refused() -> None:
    text = GOOD.decode().replace("UTF-8", "UTF-16").replace("?>", '?><!DOCTYPE d [<!ENTITY x "y">]>', 1)
    assert rules(text.encode("utf-16")) == {"doctype"}


def test_billions_of_laughs_are_refused_at_once() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    began = time.process_time()
    assert rules(with_doctype(f'[<!ENTITY l0 "lol">{laughs}]', "&l11;")) <= {"doctype", "not-xml"}
    assert time.process_time() - began < 1


def test_a_file_that_is_too_large_is_not_even_parsed() -> None:
    assert rules(GOOD + b" " * MAX_BYTES) == {"too-large"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"<a", b"{}", GOOD[:-20], b"\x00" * 10, b"<a>" * 300])
def test_what_is_not_xml_is_refused(content: bytes) -> None:
    assert rules(content) == {"not-xml"}


def test_comments_and_instructions_are_not_read() -> None:
    content = GOOD.replace(b"<bpmn:startEvent", b"<!-- <bpmn:scriptTask/> --><?php evil ?><bpmn:startEvent", 1)
    assert engine.compile({"project.bpmn": content}).tasks


def test_nothing_is_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("HEMLIGT")
    xinclude = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>'
    executable = engine.compile({"project.bpmn": inside_ask(f"<bpmn:documentation>{xinclude}</bpmn:documentation>")})
    assert "HEMLIGT" not in repr(executable.tasks)
