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
    "document": {"sv": "Visa ett dokument", "en": "Show a document"},
    "link": {"sv": "Visa en länk", "en": "Show a link"},
    "note": {"sv": "Beskriv underlaget", "en": "Describe the evidence"},
    "file": {"sv": "Lägg till en fil", "en": "Add a file"},
    "none": {"sv": "Lägg till underlag", "en": "Add evidence"},
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
