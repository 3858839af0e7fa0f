"""The words of a checklist's page in both languages."""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "yes": {"sv": "Ja", "en": "Yes"},
    "no": {"sv": "Nej", "en": "No"},
    "not_applicable": {"sv": "Gäller inte", "en": "Does not apply"},
    "must": {"sv": "Krav", "en": "Required"},
    "warn": {"sv": "Bör", "en": "Recommended"},
    "info": {"sv": "Information", "en": "Information"},
    "document": {"sv": "Visa ett dokument eller kommentera", "en": "Show a document or comment"},
    "link": {"sv": "Visa en länk eller kommentera", "en": "Show a link or comment"},
    "note": {"sv": "Beskriv underlaget eller kommentera", "en": "Describe the evidence or comment"},
    "file": {"sv": "Lägg till en fil eller kommentera", "en": "Add a file or comment"},
    "none": {"sv": "Lägg till underlag eller kommentera", "en": "Add evidence or comment"},
    "value": {"sv": "Svar", "en": "Answer"},
    "reason": {"sv": "Motivera svaret", "en": "Give your reasons"},
    "reason_help": {
        "sv": "Ett ärligt nej är ett bra svar. Den som beslutar ser motiveringen.",
        "en": "An honest no is a good answer. Whoever decides sees your reasons.",
    },
    "comment": {"sv": "Kommentar", "en": "Comment"},
    "link_label": {"sv": "Länk", "en": "Link"},
    "note_label": {"sv": "Var underlaget finns", "en": "Where the evidence is"},
    "file_label": {"sv": "Fil", "en": "File"},
}
