"""Papers: Swedish letters whole, a user's text never more than text, and a tagged PDF that says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import DictionaryObject, PdfObject

from app.papers import Pairs, Paper, Prose, Section, Table, render
from app.papers.rendering import MISSING, NOTICE
from tests.app.papers.samples import DECISION, DOCUMENT, read, with_text, words

NASTY = '#import "x": * *fet* _kursiv_ \\ `kod` $a$ @ref <etikett> // inte en kommentar [x] {y} <b>&amp;</b> -- ~ "'


@pytest.mark.parametrize("paper", [DOCUMENT, DECISION], ids=["document", "decision"])
def test_everything_that_was_given_stands_on_the_paper(paper: Paper) -> None:
    text = words(paper)
    given_texts = [paper.municipality, paper.registry_number, paper.running, *paper.colophon, *paper.signatures]
    given_texts += [word for fact in paper.facts if fact[1] for word in fact]
    assert [given_text for given_text in given_texts if given_text not in text] == []


def test_a_document_shows_its_sections_tables_and_dashes() -> None:
    text = words(DOCUMENT)
    for part in (
        "Projektplan – Förskolan Tallbacken",
        "Syfte Ge plats åt 40 barn.",
        "Ändringar –",
        "Etapp 1 1 400 000",
    ):
        assert part in text
    assert "Sekretess" not in text


def test_a_decision_shows_statement_outcome_reasons_and_conditions() -> None:
    text = words(DECISION)
    order = ["Beslutspunkt 2 ·", DECISION.statement, "Beslut Godkänn", DECISION.wording, "Motivering Planen håller."]
    order += ["Villkor Ansvarig Klart senast", "Avtalet är undertecknat Karin Lind fre 11 dec", "Underlag omgång 2"]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)


def test_a_bare_decision_has_no_empty_headings() -> None:
    text = words(replace(DECISION, motivation="", conditions=(), wording=""))
    assert "Motivering" not in text
    assert "Villkor" not in text


def test_swedish_letters_come_out_as_they_went_in() -> None:
    text = "Åäö ÅÄÖ é ü § – — ” ’ … ½ € ² 1 000 kr Sjukhuset Översiktsplanen fjäll flöde"
    assert " ".join(text.split()) in words(with_text(text))


def test_what_a_user_writes_is_text_and_nothing_else() -> None:
    assert NASTY in words(with_text(NASTY))


def changed(field: str) -> dict[str, Any]:
    return {field: "#panic(1) *x*"}


@pytest.mark.parametrize("field", ["title", "kind", "municipality", "registry_number", "running"])
def test_no_field_of_a_document_is_a_template(field: str) -> None:
    assert "#panic(1) *x*" in words(replace(DOCUMENT, **changed(field)))


@pytest.mark.parametrize("field", ["gate", "project", "statement", "decision", "wording", "motivation"])
def test_no_field_of_a_decision_is_a_template(field: str) -> None:
    assert "#panic(1) *x*" in words(replace(DECISION, **changed(field)))


@pytest.mark.parametrize("paper", [DOCUMENT, DECISION], ids=["document", "decision"])
def test_a_paper_is_a_tagged_pdf_that_claims_pdf_ua(paper: Paper) -> None:
    reader = read(paper)
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert str(root["/Lang"]) == "sv"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == paper.title


def test_headings_tables_and_lists_are_told_to_a_screen_reader() -> None:
    root: Any = read(DOCUMENT).trailer["/Root"]
    kinds = set(_kinds(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/L", "/LI"} <= kinds


def _kinds(node: Any) -> Iterator[str]:
    """Yield the structure types in a branch of the tag tree."""
    if isinstance(node, DictionaryObject):
        yield str(node.get("/S"))
        children: Any = node.get("/K", ())
        for child in children if isinstance(children, list) else [children]:
            yield from _kinds(child.get_object() if isinstance(child, PdfObject) else child)


def test_every_font_is_in_the_file() -> None:
    pages: Any = read(DOCUMENT).pages
    for page in pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"])


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render(DECISION) == render(replace(DECISION))


def test_a_long_table_repeats_its_head_on_every_page() -> None:
    rows = tuple((f"Leverans {number}", "Besiktigad utan anmärkning av mottagaren") for number in range(120))
    table = Table(columns=("Vad", "Kriterium"), rows=rows)
    pages = read(replace(DOCUMENT, sections=(Section(title="Leveranser", blocks=(table,)),))).pages
    assert len(pages) > 2
    full = [page.extract_text() for page in pages if "Leverans " in page.extract_text()]
    assert all("Kriterium" in text for text in full)
    assert f"1 ({len(pages)})" in pages[0].extract_text()


def test_a_very_long_answer_goes_on_over_the_pages() -> None:
    rows = (("Mål", "ord " * 4000 + "SLUT"),)
    table = Table(columns=("Vad", "Text"), rows=rows)
    assert "SLUT" in words(replace(DOCUMENT, sections=(Section(title="T", blocks=(table, Pairs(rows=rows))),)))


def test_an_empty_document_is_a_paper_too() -> None:
    empty = replace(DOCUMENT, facts=(), sections=(), signatures=(), colophon=(), registry_number="", running="")
    assert DOCUMENT.title in words(empty)
    nothing = Section(title="Tomt", blocks=(Table(columns=("A", "B"), rows=()), Prose(text=""), Pairs(rows=())))
    assert "Tomt" in words(replace(empty, sections=(nothing,)))


@pytest.mark.parametrize("odd", ["😀", "中文", "ภาษาไทย", "🇸🇪", "\U0001f468\u200d\U0001f469"])
def test_what_no_font_can_show_is_marked_and_said(odd: str) -> None:
    text = words(with_text(f"före {odd} efter"))
    assert f"före {MISSING}" in text
    assert "efter" in text
    assert NOTICE in text


def test_control_and_direction_characters_are_left_out() -> None:
    text = words(with_text("a\x00b\x07c \u202edef\u200b \ufeffg\r\nh"))
    assert "abc def g h" in text
    assert NOTICE not in text


@settings(max_examples=60)
@given(st.text(max_size=80))
@pytest.mark.full
def test_any_text_can_be_printed(text: str) -> None:
    assert render(replace(with_text(text), title=text or "x")).startswith(b"%PDF-")


def test_typst_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, app.papers; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3]).returncode == 0
