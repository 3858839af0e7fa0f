"""What the parts of a form are called, and how their coming and going is said."""

from __future__ import annotations

from collections.abc import Iterator

from forms.swedish import lower_first
from workflows.models.comparing.pairing import Part
from workflows.models.comparing.swedish import joined, quoted, shown

MOST_NAMED = 5
"""So many fields of a section are named when it is new or gone."""


def name_of(part: Part) -> str:
    """ "Fältet Budget"; a group is a section, a list is a table."""
    kind, label = shown(part.values.get("type")), label_of(part)
    noun = {"group": "Avsnittet", "dynamiclist": "Listan", "text": "Texten", "table": "Tabellen"}.get(kind, "Fältet")
    return f"{noun} {label}" if label else f"{noun} utan namn"


def label_of(part: Part) -> str:
    """A component's label; a text's first words."""
    words = part.values.get("label") or part.values.get("dateLabel") or part.values.get("timeLabel")
    return shown(words) or (quoted(shown(part.values["text"])[:60]) if part.values.get("text") else "")


def outermost(parts: tuple[Part, ...]) -> Iterator[Part]:
    """Yield those that do not lie in another of them."""
    keys = {part.key for part in parts}
    return (part for part in parts if part.home not in keys)


def with_it(part: Part, parts: tuple[Part, ...]) -> str:
    """What came or went with a section or list: ", med fältet Syfte"."""
    around, inside = {part.key}, []
    for one in parts:
        if one.home in around:
            around.add(one.key)
            inside.append(lower_first(name_of(one)))
    more = f" och {len(inside) - MOST_NAMED} till" if len(inside) > MOST_NAMED else ""
    named = ", ".join(inside[:MOST_NAMED]) if more else joined(inside)
    return f", med {named}{more}" if inside else ""


def added_words(part: Part) -> str:
    """ "Nytt fält: Budget, obligatoriskt."."""
    name = name_of(part)
    noun, _, label = name.partition(" ")
    new = {"Avsnittet": "Nytt avsnitt", "Listan": "Ny lista", "Texten": "Ny text", "Tabellen": "Ny tabell"}
    must = ", obligatoriskt" if part.values.get("validate.required") is True else ""
    return f"{new.get(noun, 'Nytt fält')}: {label}{must}."


def whole_of(part: Part) -> str:
    """A part with its help, as it stands beside the sentence."""
    return label_of(part) + (f" – {help_text}" if (help_text := shown(part.values.get("properties.help"))) else "")
