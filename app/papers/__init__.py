"""Papers: decisions and documents as tagged PDF (PDF/UA-1), set by Typst."""

from __future__ import annotations

from app.papers.apart import PaperFailed, render_apart
from app.papers.content import Block, DecisionPaper, DocumentPaper, Pairs, Paper, Prose, Section, Table
from app.papers.rendering import render

__all__ = [
    "Block",
    "DecisionPaper",
    "DocumentPaper",
    "Pairs",
    "Paper",
    "PaperFailed",
    "Prose",
    "Section",
    "Table",
    "render",
    "render_apart",
]
