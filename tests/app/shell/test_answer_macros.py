"""Answers to read: what `_answers.html` prints of forms, checklists and records."""

from __future__ import annotations

from forms.summary import ChecklistSection, EvidenceView, ItemRow, SummaryPair, SummarySection, SummaryTable
from tests.app.shell.conftest import Render


def test_answers_are_read_with_a_way_to_change_each(render: Render) -> None:
    section = SummarySection(
        title="Projektet",
        pairs=(SummaryPair(name="what", label="Vad", value="En\nförskola", long=True, formal=True),),
        tables=(SummaryTable(name="risks", title="Risker", columns=("Risk", "Värde"), rows=(("VA", "15"),)),),
    )
    shown = render("{{ answers.form([s], '/andra') }}", s=section)
    assert '<div data-long><dt>Vad</dt><dd class="s-lines s-formal">En\nförskola</dd>' in shown
    assert 'href="/andra#what"' in shown
    assert 'href="/andra#risks"' in shown
    assert "<h3>Risker</h3>" in shown
    assert '<td data-label="Värde">15</td>' in shown
    assert "Ändra" not in render("{{ answers.form([s]) }}", s=section)


def test_a_table_called_like_its_section_has_one_heading_and_says_when_it_is_empty(render: Render) -> None:
    empty = SummaryTable(name="alternatives", title="Alternativ", columns=("Alternativ", "Konsekvens"), rows=())
    shown = render("{{ answers.form([s]) }}", s=SummarySection(title="8 Alternativ", pairs=(), tables=(empty,)))
    assert shown.count("Alternativ") == 1
    assert "<h2>8 Alternativ</h2>" in shown
    assert "Ingen rad" in shown
    assert "<table" not in shown


def test_checklist_answers_show_reason_and_evidence(render: Render) -> None:
    row = ItemRow(
        id="P06",
        topic="personkontrakt",
        question="Är personkontrakten undertecknade?",
        tone="warn",
        words="Nej",
        reason="7 av 8 är klara.",
        comment="Klart i december",
        evidence=(
            EvidenceView(kind="link", label="Lista", href="https://granvik.example/lista"),
            EvidenceView(kind="note", label="Pärm 3", href=""),
        ),
    )
    shown = render("{{ answers.checklist([s], '/andra') }}", s=ChecklistSection(title="Avvikelser", rows=(row,)))
    assert "7 av 8 är klara." in shown
    assert '<a href="https://granvik.example/lista">Lista</a>' in shown
    assert "<br>Pärm 3" in shown
    assert 'href="/andra#P06"' in shown


def test_the_record_is_set_in_serif_and_next_steps_are_a_list(render: Render) -> None:
    record = render("{{ answers.record('Beslut', 'Styrgruppen godkänner.', [('Beslutat av', 'Anna Berg')]) }}")
    assert '<p class="s-formal">Styrgruppen godkänner.</p>' in record
    assert "<dt>Beslutat av</dt>" in record
    steps = render("{{ answers.next_steps(['Karin får besked.']) }}")
    assert "<h2>Det här händer nu</h2>" in steps
    assert "<li>Karin får besked.</li>" in steps
