"""What a form says when an answer is missing or cannot be read.

A sentence tells what to do, in the same words in the summary and at the field, without full stop.
`{label}` is the field's label as it stands inside a sentence, `{name}` the label after a colon, `{topic}` a checklist
question's topic. A code ending in `_one` is used where the count is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.swedish import lower_first

SENTENCES: Mapping[str, Mapping[str, str]] = {
    "question": {"sv": "Svara på frågan: {question}", "en": "Answer the question: {question}"},
    "write": {"sv": "Skriv {label}", "en": "Write {label}"},
    "write_number": {"sv": "Skriv {label} med siffror", "en": "Write {label} in figures"},
    "write_date": {"sv": "Skriv ett datum för {label}", "en": "Give a date for {label}"},
    "write_time": {"sv": "Skriv ett klockslag för {label}", "en": "Give a time for {label}"},
    "choose": {"sv": "Välj {label}", "en": "Choose {label}"},
    "choose_some": {"sv": "Välj minst ett alternativ under {label}", "en": "Choose at least one under {label}"},
    "tick": {"sv": "Kryssa i rutan: {name}", "en": "Tick the box: {name}"},
    "add_file": {"sv": "Lägg till en fil: {name}", "en": "Add a file: {name}"},
    "add_rows": {"sv": "Lägg till minst {count} rader under {label}", "en": "Add at least {count} rows under {label}"},
    "add_rows_one": {"sv": "Lägg till minst en rad under {label}", "en": "Add at least one row under {label}"},
    "too_many_rows": {
        "sv": "Ta bort rader under {label}, högst {count} får plats",
        "en": "Remove rows under {label}, at most {count} fit",
    },
    "too_long": {
        "sv": "Korta {label} till högst {count} tecken",
        "en": "Shorten {label} to at most {count} characters",
    },
    "too_short": {"sv": "Skriv minst {count} tecken: {name}", "en": "Write at least {count} characters: {name}"},
    "not_a_number": {
        "sv": "Skriv {label} med siffror, till exempel 1 250,50",
        "en": "Write {label} in figures, for example 1 250.50",
    },
    "too_many_digits": {
        "sv": "Skriv {label} med högst {count} siffror",
        "en": "Write {label} with at most {count} digits",
    },
    "at_least": {"sv": "Skriv ett tal från {low} och uppåt: {name}", "en": "Write a number from {low} up: {name}"},
    "at_most": {"sv": "Skriv ett tal som är högst {high}: {name}", "en": "Write a number of at most {high}: {name}"},
    "between": {
        "sv": "Skriv ett tal mellan {low} och {high}: {name}",
        "en": "Write a number between {low} and {high}: {name}",
    },
    "whole": {"sv": "Skriv ett heltal: {name}", "en": "Write a whole number: {name}"},
    "decimals": {
        "sv": "Skriv {label} med högst {count} decimaler",
        "en": "Write {label} with at most {count} decimals",
    },
    "decimals_one": {"sv": "Skriv {label} med högst en decimal", "en": "Write {label} with at most one decimal"},
    "steps": {"sv": "Skriv {label} i steg om {count}", "en": "Write {label} in steps of {count}"},
    "not_a_date": {
        "sv": "Skriv {label} som ett datum, till exempel 1 dec 2026",
        "en": "Write {label} as a date, for example 1 Dec 2026",
    },
    "not_a_time": {
        "sv": "Skriv {label} som ett klockslag, till exempel 14.30",
        "en": "Write {label} as a time, for example 14.30",
    },
    "not_a_moment": {
        "sv": "Skriv {label} som datum och klockslag, till exempel 1 dec 2026 14.30",
        "en": "Write {label} as date and time, for example 1 Dec 2026 14.30",
    },
    "not_email": {"sv": "Skriv {label} som namn@exempel.se", "en": "Write {label} as name@example.se"},
    "not_phone": {
        "sv": "Skriv {label} som ett telefonnummer, till exempel 0611-12 34 56",
        "en": "Write {label} as a phone number, for example 0611-12 34 56",
    },
    "other_form": {"sv": "Skriv {label} så som hjälptexten visar", "en": "Write {label} as the help text shows"},
    "not_an_option": {"sv": "Välj {label} bland alternativen", "en": "Choose {label} among the options"},
    "one_answer": {"sv": "Ge ett enda svar: {name}", "en": "Give a single answer: {name}"},
    "only_text": {"sv": "Skriv {label} som text", "en": "Write {label} as text"},
    "too_many_choices": {
        "sv": "Välj färre under {label}, högst {count}",
        "en": "Choose fewer under {label}, at most {count}",
    },
    "yes_or_no": {"sv": "Kryssa i eller ur rutan: {name}", "en": "Tick or clear the box: {name}"},
    "item_unanswered": {"sv": "Svara på frågan om {topic}", "en": "Answer the question about {topic}"},
    "item_choice": {
        "sv": "Välj ja, nej eller gäller inte på frågan om {topic}",
        "en": "Choose yes, no or does not apply: {topic}",
    },
    "item_why_no": {
        "sv": "Skriv varför svaret är nej på frågan om {topic}",
        "en": "Write why the answer is no: {topic}",
    },
    "item_why_yes": {
        "sv": "Skriv varför svaret är ja på frågan om {topic}",
        "en": "Write why the answer is yes: {topic}",
    },
    "item_why_not": {
        "sv": "Skriv varför frågan om {topic} inte gäller",
        "en": "Write why this does not apply: {topic}",
    },
    "item_evidence": {
        "sv": "Visa var underlaget finns för {topic}: en länk, en anteckning eller en fil",
        "en": "Show where the evidence is for {topic}: a link, a note or a file",
    },
    "item_link": {
        "sv": "Skriv länken om {topic} med https:// först, eller beskriv underlaget i anteckningen",
        "en": "Begin the link about {topic} with https://, or describe the evidence in the note",
    },
    "item_number": {"sv": "Skriv svaret om {topic} med siffror", "en": "Write the answer about {topic} in figures"},
    "item_date": {
        "sv": "Skriv svaret om {topic} som ett datum, till exempel 1 dec 2026",
        "en": "Write the answer about {topic} as a date, for example 1 Dec 2026",
    },
    "item_too_long": {
        "sv": "Korta texten om {topic} till högst {count} tecken",
        "en": "Shorten the text about {topic} to at most {count} characters",
    },
}


def sentence(code: str, language: str, **words: Any) -> str:
    """The sentence `code` in `language` with its words filled in.

    A label that is itself a question cannot stand inside a sentence: then it is put last.
    """
    label = words.get("label", "")
    if label.endswith("?") and code.startswith(("write", "choose", "tick")):
        return SENTENCES["question"][language].format(question=label)
    words |= {"name": label, "label": f"”{label}”" if label.endswith("?") else lower_first(label)}
    if str(words.get("count")) == "1" and f"{code}_one" in SENTENCES:
        code += "_one"
    return SENTENCES[code][language].format(**words)
