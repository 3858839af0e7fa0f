"""A document and a decision to print, and what a paper says when it is read back."""

from __future__ import annotations

import io
from dataclasses import replace

from pypdf import PdfReader

from app.papers import DecisionPaper, DocumentPaper, Pairs, Paper, Prose, Section, Table, render

DOCUMENT = DocumentPaper(
    title="Projektplan – Förskolan Tallbacken",
    kind="Projektplan",
    municipality="Härnösands kommun",
    registry_number="KS 2026/412-33",
    running="KS 2026/412-33 · Projektplan · version 4",
    facts=(("Version", "4"), ("Fastställd", "mån 16 nov 2026"), ("Sekretess", "")),
    sections=(
        Section(title="1 Sammanfattning", blocks=(Pairs(rows=(("Syfte", "Ge plats åt 40 barn."), ("Ändringar", ""))),)),
        Section(
            title="3 Leveranser",
            blocks=(Table(columns=("Leverans", "Kostnad"), rows=(("Etapp 1", "1 400 000"),), numeric=(1,)),),
            parts=(Section(title="Kommentar", blocks=(Prose(text="Första stycket.\n\nAndra stycket."),)),),
        ),
    ),
    signatures=("Karin Lind, projektledare", "Åsa Öberg, beställare"),
    colophon=("Version 4. Kontrollsumma 9f3c 04e7 b2d1 71ab.",),
)

DECISION = DecisionPaper(
    title="Beslutspunkt 2 – Förskolan Tallbacken",
    kind="Beslutsprotokoll",
    municipality="Härnösands kommun",
    registry_number="KS 2026/412-40",
    running="KS 2026/412-40 · Beslutspunkt 2",
    gate="Beslutspunkt 2",
    project="Förskolan Tallbacken",
    statement="Projektplanen leder till projektets mål.",
    decision="Godkänn med villkor",
    wording="Styrgruppen godkänner projektplanen.",
    motivation="Planen håller.",
    conditions=(("Avtalet är undertecknat", "Karin Lind", "fre 11 dec"),),
    facts=(("Beslutsdatum", "tis 24 nov 2026"),),
    colophon=("Underlag omgång 2. Kontrollsumma 9f3c 04e7 b2d1 71ab.",),
)


def read(paper: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(render(paper)))


def words(paper: Paper) -> str:
    """Return all text of the paper, its white space as single spaces."""
    return " ".join(" ".join(page.extract_text() for page in read(paper).pages).split())


def with_text(text: str) -> DocumentPaper:
    return replace(DOCUMENT, sections=(Section(title="Text", blocks=(Prose(text=text),)),))
