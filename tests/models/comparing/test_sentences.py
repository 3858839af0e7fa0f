"""All that a comparison says of a long day's work, word for word: each line is read by somebody who decides."""

from __future__ import annotations

import re

import pytest

from tests.models.comparing.changing import MODEL
from tests.models.comparing.reworking import reworked
from workflows.models.comparing import Area, Change, Comparison, Weight, compare
from workflows.models.comparing.other_words import setting_changed

SAID = {
    "Hela modellen": (
        "Uppgiften ”Sammanlagd kostnad” hämtas nu från ”Sammanlagd kostnad” i formuläret Idéblad.",
        "Rollen ”Idégivare” heter nu ”Idébärare”.",
    ),
    "Relevans": (
        "Steget ”Svara på idén” fick 15 arbetsdagar i stället för 20.",
        "Påminnelsen om steget ”Svara på idén” går nu 3 arbetsdagar före sista dagen.",
        "Steget ”Svara på idén” görs nu av projektkontoret i stället för beställaren.",
        "Händelsen ”Datumet är här” inträffar nu 7 dagar efter datumet i ”Ta upp idén igen”.",
    ),
    "Förberedelse": (
        "Dokumentet Projektdirektiv ingår inte längre i underlaget till BP1.",
        "Ny fråga F40, obligatorisk: ”Är upphandlingen planerad?”.",
        "Frågan F21 togs bort: ”Är konsekvenser för barn, jämställdhet, klimat/miljö och tillgänglighet prövade?”.",
        "Nytt fält: Smeknamn.",
        "Avsnittet 3 Syfte togs bort, med fältet Syfte och koppling till mål.",
        "Frågan F07 är inte längre obligatorisk utan bara för information.",
        "Frågan F09 gäller nu alltid.",
        "Frågan F12 gäller nu bara när ”Storlek” är Stort.",
        "Frågan F20 blev obligatorisk.",
        "Fältet Förvaltning blev obligatoriskt.",
        "Fältet Projektets sort har det nya alternativet ”Hållbarhet”.",
        "Fältet Portfölj eller program döljs nu när ”Storlek” är Litet.",
        "Största tillåtna värde i fältet Sammanlagd kostnad är nu 50 000 000.",
        "Fältet Bakgrund och behov blev obligatoriskt när ”Projektet rör flera nämnder” är ja.",
        "Största tillåtna längd i fältet Avgränsningar är nu 500 tecken.",
        "Frågan F12 har ny lydelse.",
        "Frågan F12 har ny hjälptext.",
        "Fältet ”Kategori” heter nu ”Projektets sort”.",
        "Fältet Projektets sort har ny hjälptext.",
    ),
    "Planering": (
        "BP2 beslutas nu av beställaren vid kostnad under 500 000 kr.",
        "Nytt steg ”Stäm av planen med ekonomi” i fasen Planering, görs av ekonomen.",
        "Godkänn och Godkänn med villkor vid BP2 leder nu till fasen Upphandling.",
        "Steget ”Svara på checklistan Planering” kommer nu först i fasen Planering.",
        "Steget ”Skriv projektplanen” heter nu ”Skriv projektplanen och budgeten”.",
    ),
    "Upphandling": (
        "BP2b beslutas av styrgruppen när ”Styrgrupp finns” är ja.",
        "BP2b beslutas av beställaren, utom när nämnden eller styrgruppen beslutar.",
        "Ny fas Upphandling med beslutspunkten BP2b.",
        "Ny beslutspunkt BP2b: ”Avtalet ger projektet vad det behöver”.",
        "Ny checklista: Upphandling.",
    ),
    "Genomförande": (
        "BP3 beslutas nu av beställaren, utom när nämnden beslutar.",
        "Komplettera vid BP3 kan nu leda tillbaka till fasen Förberedelse.",
        "Komplettera vid BP3 kan inte längre leda tillbaka till fasen Genomförande.",
        "Komplettera vid BP3 kan inte längre leda tillbaka till fasen Planering.",
        "Vid BP3 går det inte längre att besluta ”Gör vilande”.",
        "Komplettera vid BP3 leder nu tillbaka till fasen Förberedelse, om inget annat väljs.",
        "Steget ”Läs statusrapporten” har inte längre någon sista dag.",
        "Steget ”Läs statusrapporten” har inte längre någon påminnelse.",
        "Beslutsmeningen vid BP3 har ny lydelse.",
    ),
    "Uppföljning – Avslut": (
        "Steget ”Stäng ekonomin” i delen ”Lämna över och stäng” togs bort.",
        "Steget ”Skriv projektslutrapporten” görs nu av beställaren i stället för projektledaren.",
        "Steget ”Skriv projektslutrapporten” ska nu vara klart inom 30 arbetsdagar.",
        "Steget ”Ta över resultatet” har ny hjälptext.",
    ),
    "Hur modellen provas": (
        "Nytt scenario: ”Ett projekt som upphandlar”.",
        "Scenariot ”Projektledaren återkallar sin begäran och begär beslut på nytt” togs bort.",
        "I scenariot ”Ett litet projekt går rakt igenom BP1–BP4”: steg 9 är ändrat.",
    ),
    "Bara utseende": (
        "Tabellen Vem beslutar har fått kolumnen Kostnad.",
        "Raderna i tabellen Vem beslutar är numrerade på ett annat sätt. De betyder detsamma.",
        "Vägar i diagrammet Härnösands projektmodell är numrerade på ett annat sätt. De leder dit de ledde.",
        "Diagrammet Härnösands projektmodell är omritat: samma steg och vägar står på andra ställen i bilden.",
        "Fasrutan Genomförande har nummer 4 i stället för 3.",
        "Fasrutan Uppföljning – Avslut har nummer 5 i stället för 4.",
        "Frågan F01 flyttades till plats 4 i checklistan.",
        "Fältet Jämställdhet står nu på en annan plats: först.",
    ),
}
"""Sentences by phase, the weightiest first."""


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(MODEL, reworked())


@pytest.mark.full
def test_each_change_is_told_in_its_phase_as_people_say_it(comparison: Comparison) -> None:
    labels, told = dict(comparison.phases), dict[str, list[str]]()
    for change in comparison.changes:
        told.setdefault(_part(change, labels), []).append(change.sentence.replace("\u00a0", " "))
    assert {part: tuple(sentences) for part, sentences in told.items()} == SAID


def test_no_sentence_shows_a_key_a_file_or_an_expression(comparison: Comparison) -> None:
    for change in comparison.changes:
        for words in (change.sentence, change.where, change.before, change.after):
            assert not re.search(r"[a-z]_[a-z0-9]|\.(bpmn|dmn|json|yaml)|[a-z]\(|\b(true|false|null)\b", words), words


@pytest.mark.full
def test_the_same_model_back_again_is_told_as_well(comparison: Comparison) -> None:
    back = compare(reworked(), MODEL)
    assert "Fasen Upphandling togs bort." in [change.sentence for change in back.changes]
    assert dict(back.phases) == dict(comparison.phases)
    assert "BP2 beslutas inte längre av beställaren vid kostnad under 500 000 kr." in [
        change.sentence.replace("\u00a0", " ") for change in back.changes
    ]


def test_a_phase_without_a_name_is_spoken_of_by_its_key() -> None:
    before = {"model.json": b'{"phases": [{"key": "a", "label": {"sv": "A"}}]}'}
    after = {"model.json": b'{"phases": [{"key": "b", "label": ""}, {"label": {}}]}'}
    assert compare(before, after).phases == (("a", "A"), ("b", "b"), ("", ""))


def _part(change: Change, labels: dict[str, str]) -> str:
    if change.weight is Weight.LAYOUT:
        return "Bara utseende"
    if change.area is Area.SCENARIO:
        return "Hur modellen provas"
    return labels.get(change.phase, "Hela modellen")


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (
            "project.bpmn",
            '<bpmn:userTask id="idea_sheet" ',
            '<bpmn:userTask id="idea_sheet" startQuantity="2" ',
            "I steget ”Fyll i idébladet” tillkom ”startQuantity”, ”2”.",
        ),
        (
            "authority.dmn",
            'label="Beslutar" name="decider" typeRef="string"',
            'label="Beslutar" name="decider" typeRef="number"',
            "I svaret Beslutar ändrades värdets sort från ”string” till ”number”.",
        ),
        (
            "authority.dmn",
            'label="Beslutar" name="decider" typeRef="string"',
            'label="Beslutar" name="decider"',
            "I svaret Beslutar togs värdets sort bort.",
        ),
    ],
)
def test_a_change_without_words_of_its_own_says_what_it_was_and_what_it_is(
    path: str, old: str, new: str, said: str
) -> None:
    text = MODEL[path].decode()
    assert text.count(old) == 1
    changed = compare(MODEL, {**MODEL, path: text.replace(old, new).encode()}).changes
    assert [one.sentence for one in changed] == [said]


def test_a_long_setting_stands_beside_its_sentence() -> None:
    assert setting_changed("Steget ”A”", "note", "a" * 61, "b") == "I steget ”A” ändrades ”note”."
