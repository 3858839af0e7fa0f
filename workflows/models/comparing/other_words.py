"""What is said of a change that has no words of its own: which setting, what it was, what it is now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from forms.swedish import lower_first
from workflows.models.comparing.swedish import quoted, shown

_PARTS = re.compile(r"[./@]+")
LONGEST = 60
"""Characters of a value that stand in the sentence; longer ones stand beside it."""

_KNOWN: Mapping[str, str] = {
    "conditionExpression.@type": "villkorets skrivsätt",
    "id": "id:t",
    "key": "det korta namnet",
    "name": "namnet",
    "number": "numret",
    "type": "sorten",
    "typeRef": "värdets sort",
    "messageRef": "meddelandet",
    "errorRef": "felet",
    "box": "fasrutan",
    "checklist": "checklistan",
    "form": "formuläret",
    "field": "fältet",
    "register": "registret",
    "scope": "sättet att utse den",
    "isExecutable": "uppgiften om den kan köras",
    "isForCompensation": "uppgiften om den gör något annat ogjort",
    "triggeredByEvent": "uppgiften om en händelse startar den",
    "expressionLanguage": "språket i uttrycken",
    "hitPolicy": "sättet att pröva rader",
    "exporter": "programmet som skrev filen",
    "exporterVersion": "programmet som skrev filen",
    "targetNamespace": "filens namnrymd",
}
"""What settings are called, by their path or the last word of it."""


def setting_changed(name: str, path: str, before: Any, after: Any) -> str:
    """Return a sentence on a setting of what `name` calls: "I steget ”X” ändrades ”färg” från ”röd” till ”grön”."."""
    called = _KNOWN.get(path) or _KNOWN.get(_PARTS.split(path)[-1]) or quoted(path.replace("@", ""))
    place, old, new = f"I {lower_first(name)}", shown(before), shown(after)
    if not old or not new:
        turned = f"tillkom {called}" if not old else f"togs {called} bort"
        value = f", {quoted(new)}" if new and len(new) <= LONGEST else ""
        return f"{place} {turned}{value}."
    if max(len(old), len(new)) > LONGEST:
        return f"{place} ändrades {called}."
    return f"{place} ändrades {called} från {quoted(old)} till {quoted(new)}."
