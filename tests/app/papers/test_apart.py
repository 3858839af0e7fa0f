"""A paper rendered in a process of its own is the same paper, and what goes wrong there is told."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from app.papers import PaperFailed, render, render_apart
from app.papers.content import DocumentPaper
from tests.app.papers.samples import DECISION, DOCUMENT


class _Untemplated(DocumentPaper):
    template = "no-such.typ"


@pytest.mark.parametrize("paper", [DECISION, DOCUMENT], ids=["decision", "document"])
def test_a_paper_made_apart_is_the_same_paper(paper: DocumentPaper) -> None:
    assert render_apart(paper) == render(paper)


def test_half_a_character_is_no_hindrance() -> None:
    odd = replace(DECISION, motivation="Halva \ud83d tecken")
    assert render_apart(odd) == render(odd)


def test_what_went_wrong_is_told() -> None:
    with pytest.raises(PaperFailed, match=r"(?s)no-such\.typ.*No such file"):
        render_apart(_Untemplated(title="T", kind="K", municipality="M", registry_number="1", running="R"))


def test_a_paper_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(PaperFailed, match="not done in"):
        render_apart(DECISION, patience=0.0001)


def test_the_server_keeps_nothing_of_the_compiler() -> None:
    before = "typst" in sys.modules
    render_apart(DECISION)
    assert ("typst" in sys.modules) == before
