"""What can be said of a component in a form: each property with its words, its place in the file and who has it.

The list is what `forms.definition` reads, so whatever a form may say can be said without a mouse.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.kernel.errors import Text, _l


class Kind(StrEnum):
    """How a property is typed in and kept. SWITCH is true, false or an expression; MARK is kept as the text "true"."""

    TEXT = "text"
    LINES = "lines"
    FLAG = "flag"
    MARK = "mark"
    NUMBER = "number"
    FEEL = "feel"
    EQUATION = "equation"
    SWITCH = "switch"
    CHOICE = "choice"
    OPTIONS = "options"
    COLUMNS = "columns"


class Section(StrEnum):
    """The parts of the page of one component."""

    ASKED = "asked"
    ANSWER = "answer"
    WHEN = "when"
    LOOKS = "looks"


SECTIONS: Mapping[Section, Text] = {
    Section.ASKED: _l("Det som frågas"),
    Section.ANSWER: _l("Svaret"),
    Section.WHEN: _l("När och för vem"),
    Section.LOOKS: _l("Utseende"),
}

TYPES: Mapping[str, Text] = {
    "textfield": _l("Textrad"),
    "textarea": _l("Text på flera rader"),
    "number": _l("Tal"),
    "datetime": _l("Datum eller tid"),
    "checkbox": _l("Kryssruta"),
    "radio": _l("Ett val av några"),
    "select": _l("Ett val i en lista"),
    "checklist": _l("Flera val"),
    "taglist": _l("Flera val i en lista"),
    "filepicker": _l("Filer"),
    "expression": _l("Beräknat värde"),
    "text": _l("Text att läsa"),
    "html": _l("Text att läsa, i HTML"),
    "table": _l("Tabell att läsa"),
    "documentPreview": _l("Dokument att läsa"),
    "group": _l("Avsnitt"),
    "dynamiclist": _l("Lista med rader"),
    "separator": _l("Linje"),
    "spacer": _l("Mellanrum"),
}
"""The types of component that Styr prints, in the words of the page."""

INPUTS = frozenset(
    {"textfield", "textarea", "number", "datetime", "checkbox", "radio", "select", "checklist", "taglist", "filepicker"}
)
ANSWERS = INPUTS | {"expression"}
CHOICES = frozenset({"radio", "select", "checklist", "taglist"})
CONTAINERS = frozenset({"group", "dynamiclist"})
LABELLED = ANSWERS | CONTAINERS | {"table", "documentPreview"}
EVERY = frozenset(TYPES)
WRITTEN = frozenset({"textfield", "textarea"})
NUMBER, DATE, LIST, TABLE = (frozenset({name}) for name in ("number", "datetime", "dynamiclist", "table"))
TEXT, HTML, FILES, COMPUTED = (frozenset({name}) for name in ("text", "html", "filepicker", "expression"))
DOCUMENTS = frozenset({"documentPreview"})
LINE, AREA = frozenset({"textfield"}), frozenset({"textarea"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property: `name` is its field on the page, `place` where it lies in the component."""

    name: str
    place: tuple[str, ...]
    kind: Kind
    label: Text
    types: frozenset[str]
    section: Section = Section.ASKED
    help: Text | str = ""
    choices: tuple[tuple[str, Text], ...] = ()


def properties_of(type: str) -> tuple[Property, ...]:
    """Return what can be said of a component of a type, in the order of the page."""
    return tuple(one for one in PROPERTIES if type in one.types)


def _one(name: str, kind: Kind, label: Text, types: frozenset[str], *, at: str = "", **more: object) -> Property:
    place = tuple((at or name).split("/"))
    return Property(name=name, place=place, kind=kind, label=label, types=types, **more)  # type: ignore[arg-type]  # as the dataclass says


_A, _W, _L = Section.ANSWER, Section.WHEN, Section.LOOKS
_FEEL = _l("Ett uttryck, till exempel total_cost > 500000. Namnen som går att använda står på sidan.")

PROPERTIES: tuple[Property, ...] = (
    _one("label", Kind.TEXT, _l("Etikett"), LABELLED, help=_l("Frågan eller rubriken som den står på sidan.")),
    _one("label_en", Kind.TEXT, _l("Etikett på engelska"), LABELLED, at="properties/label_en"),
    _one("text", Kind.LINES, _l("Texten"), TEXT, help=_l("Markdown. {{uttryck}} sätter in ett svar.")),
    _one("text_en", Kind.LINES, _l("Texten på engelska"), TEXT, at="properties/text_en"),
    _one("content", Kind.LINES, _l("HTML"), HTML, help=_l("Bilder, skript och formulär tas bort.")),
    _one("content_en", Kind.LINES, _l("HTML på engelska"), HTML, at="properties/content_en"),
    _one("help", Kind.LINES, _l("Hjälptext"), ANSWERS | CONTAINERS, at="properties/help"),
    _one("help_en", Kind.LINES, _l("Hjälptext på engelska"), ANSWERS | CONTAINERS, at="properties/help_en"),
    _one(
        "key",
        Kind.TEXT,
        _l("Nyckel"),
        ANSWERS,
        help=_l("Namnet i uttryck och i svaren. Lämna tomt för att få ett efter etiketten."),
    ),
    _one(
        "path",
        Kind.TEXT,
        _l("Nyckel"),
        CONTAINERS,
        help=_l("En lista måste ha en nyckel. Ett avsnitt behöver ingen: då står svaren direkt i formuläret."),
    ),
    _one("required", Kind.FLAG, _l("Måste besvaras"), INPUTS, at="validate/required", section=_A),
    _one(
        "options",
        Kind.OPTIONS,
        _l("Alternativ"),
        CHOICES,
        at="values",
        section=_A,
        help=_l("Ett på varje rad: nyckel | text | text på engelska | förklaring | ton (ok, warn eller bad)."),
    ),
    _one(
        "source",
        Kind.EQUATION,
        _l("Alternativ ur ett uttryck"),
        CHOICES,
        at="valuesExpression",
        section=_A,
        help=_l("I stället för egna alternativ. people och bodies är personer och organ."),
    ),
    _one(
        "subtype",
        Kind.CHOICE,
        _l("Datum eller tid"),
        DATE,
        section=_A,
        choices=(("date", _l("Datum")), ("time", _l("Klockslag")), ("datetime", _l("Datum och klockslag"))),
    ),
    _one("expression", Kind.EQUATION, _l("Beräkning"), COMPUTED, section=_A, help=_FEEL),
    _one("min", Kind.NUMBER, _l("Minst"), NUMBER, at="validate/min", section=_A),
    _one("max", Kind.NUMBER, _l("Högst"), NUMBER, at="validate/max", section=_A),
    _one("decimals", Kind.NUMBER, _l("Decimaler"), NUMBER, at="decimalDigits", section=_A),
    _one("increment", Kind.NUMBER, _l("Steg mellan tal"), NUMBER, section=_A),
    _one("min_length", Kind.NUMBER, _l("Minst antal tecken"), WRITTEN, at="validate/minLength", section=_A),
    _one("max_length", Kind.NUMBER, _l("Högst antal tecken"), WRITTEN, at="validate/maxLength", section=_A),
    _one(
        "validation",
        Kind.CHOICE,
        _l("Slag av text"),
        LINE,
        at="validate/validationType",
        section=_A,
        choices=(("", _l("Vilken som helst")), ("email", _l("E-postadress")), ("phone", _l("Telefonnummer"))),
    ),
    _one("pattern", Kind.TEXT, _l("Mönster (regex)"), WRITTEN, at="validate/pattern", section=_A),
    _one(
        "pattern_message",
        Kind.TEXT,
        _l("Säg det här när mönstret inte stämmer"),
        WRITTEN,
        at="validate/patternErrorMessage",
        section=_A,
    ),
    _one("accept", Kind.TEXT, _l("Filslag"), FILES, section=_A, help=_l("Till exempel .pdf,.docx")),
    _one("multiple", Kind.FLAG, _l("Flera filer"), FILES, section=_A),
    _one(
        "default",
        Kind.TEXT,
        _l("Står där från början"),
        frozenset({"textfield", "textarea", "number", "radio", "select", "checkbox"}),
        at="defaultValue",
        section=_A,
        help=_l("För en kryssruta: true"),
    ),
    _one("start", Kind.NUMBER, _l("Rader från början"), LIST, at="defaultRepetitions", section=_A),
    _one("min_rows", Kind.NUMBER, _l("Minst antal rader"), LIST, at="properties/min_rows", section=_A),
    _one("add_remove", Kind.FLAG, _l("Rader kan läggas till och tas bort"), LIST, at="allowAddRemove", section=_A),
    _one(
        "data",
        Kind.EQUATION,
        _l("Raderna"),
        TABLE,
        at="dataSource",
        section=_A,
        help=_l("Ett uttryck som ger en lista, till exempel earlier.risk_assessment.risks"),
    ),
    _one(
        "files",
        Kind.EQUATION,
        _l("Dokumenten"),
        DOCUMENTS,
        at="dataSource",
        section=_A,
        help=_l("Ett uttryck som ger filer, till exempel earlier.project_directive.attachments"),
    ),
    _one("height", Kind.NUMBER, _l("Bildernas höjd, högst (pixlar)"), DOCUMENTS, at="maxHeight", section=_L),
    _one(
        "columns",
        Kind.COLUMNS,
        _l("Kolumner"),
        TABLE,
        section=_A,
        help=_l("En på varje rad: nyckel | rubrik | rubrik på engelska."),
    ),
    _one("hide", Kind.EQUATION, _l("Dölj när"), EVERY, at="conditional/hide", section=_W, help=_FEEL),
    _one("required_if", Kind.EQUATION, _l("Måste besvaras när"), INPUTS, at="properties/required_if", section=_W),
    _one(
        "required_message",
        Kind.TEXT,
        _l("Säg det här när svaret saknas"),
        INPUTS,
        at="properties/required_message",
        section=_W,
    ),
    _one(
        "required_message_en",
        Kind.TEXT,
        _l("Samma sak på engelska"),
        INPUTS,
        at="properties/required_message_en",
        section=_W,
    ),
    _one("valid_if", Kind.EQUATION, _l("Svaret stämmer när"), INPUTS, at="properties/valid_if", section=_W),
    _one(
        "valid_message",
        Kind.TEXT,
        _l("Säg det här när svaret inte stämmer"),
        INPUTS,
        at="properties/valid_message",
        section=_W,
    ),
    _one("valid_message_en", Kind.TEXT, _l("Det på engelska"), INPUTS, at="properties/valid_message_en", section=_W),
    _one("readonly", Kind.SWITCH, _l("Går bara att läsa"), INPUTS, section=_W, help=_l("true, eller ett uttryck")),
    _one("disabled", Kind.SWITCH, _l("Avstängt"), INPUTS, section=_W, help=_l("true, eller ett uttryck")),
    _one(
        "fresh",
        Kind.CHOICE,
        _l("När steget kommer tillbaka"),
        ANSWERS | {"dynamiclist"},
        at="properties/fresh",
        section=_W,
        choices=(("", _l("Som stegets slag")), ("true", _l("Svara på nytt")), ("false", _l("Börja med förra svaret"))),
    ),
    _one(
        "returns_if",
        Kind.EQUATION,
        _l("Skickar tillbaka när"),
        ANSWERS,
        at="properties/returns_if",
        section=_W,
        help=_l("Då säger svaret varför steget före kommer tillbaka."),
    ),
    _one("personal", Kind.MARK, _l("Personuppgift"), ANSWERS, at="properties/personal-data", section=_W),
    _one("signature", Kind.MARK, _l("Underskriftsrad"), COMPUTED, at="properties/signature", section=_W),
    _one("only_on_paper", Kind.MARK, _l("Bara i dokumentet"), ANSWERS, at="properties/only_on_paper", section=_W),
    _one(
        "row",
        Kind.TEXT,
        _l("Rad"),
        EVERY,
        at="layout/row",
        section=_L,
        help=_l("Fält efter varandra med samma ord här står bredvid varandra."),
    ),
    _one(
        "columns_wide",
        Kind.NUMBER,
        _l("Bredd i raden"),
        EVERY,
        at="layout/columns",
        section=_L,
        help=_l("Antal sextondelar, 1 till 16"),
    ),
    _one(
        "unit",
        Kind.TEXT,
        _l("Enhet efter fältet"),
        frozenset({"textfield", "number", "expression"}),
        at="appearance/suffixAdorner",
        section=_L,
    ),
    _one("lines", Kind.NUMBER, _l("Rader i rutan"), AREA, at="properties/lines", section=_L),
    _one(
        "width",
        Kind.CHOICE,
        _l("Fältets bredd"),
        frozenset({"textfield", "number", "datetime", "select"}),
        at="properties/width",
        section=_L,
        choices=(("", _l("Vanlig")), ("short", _l("Kort")), ("tiny", _l("Mycket kort"))),
    ),
    _one(
        "ungrouped",
        Kind.MARK,
        _l("Utan mellanrum mellan tusental (ett årtal)"),
        frozenset({"number", "expression"}),
        at="properties/ungrouped",
        section=_L,
    ),
    _one(
        "formal",
        Kind.MARK,
        _l("Orden hamnar i protokollet"),
        WRITTEN | {"text", "expression"},
        at="properties/formal",
        section=_L,
    ),
)
