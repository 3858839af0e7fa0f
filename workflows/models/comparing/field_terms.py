"""What the attributes of fields are called."""

from __future__ import annotations

from collections.abc import Mapping

FORMULAS = frozenset(
    {"conditional.hide", "properties.required_if", "properties.valid_if", "properties.returns_if", "expression"}
    | {"dataSource", "valuesExpression", "readonly", "disabled"}
)
"""Attributes whose value is FEEL."""

TYPES: Mapping[str, str] = {
    "textfield": "kort text",
    "textarea": "lång text",
    "number": "tal",
    "datetime": "datum eller tid",
    "checkbox": "kryssruta",
    "checklist": "flera kryssrutor",
    "radio": "ett av flera val",
    "select": "lista att välja ur",
    "taglist": "lista att välja flera ur",
    "filepicker": "filer",
    "expression": "uträknat värde",
    "group": "avsnitt",
    "dynamiclist": "lista med rader",
    "text": "text att läsa",
    "table": "tabell att läsa",
    "documentPreview": "dokument att läsa",
    "separator": "linje",
    "spacer": "mellanrum",
}

MOMENTS = {"date": "datum", "time": "klockslag", "datetime": "datum och klockslag"}

LIMITS: Mapping[str, str] = {
    "validate.min": "Minsta tillåtna värde i",
    "validate.max": "Största tillåtna värde i",
    "validate.minLength": "Minsta tillåtna längd i",
    "validate.maxLength": "Största tillåtna längd i",
    "properties.min_rows": "Minsta antal rader i",
    "defaultRepetitions": "Antal rader från början i",
    "decimalDigits": "Antal decimaler i",
    "increment": "Steget mellan värden i",
    "maxHeight": "Högsta höjd på bilder i",
}

WORDINGS: Mapping[str, str] = {
    "label": "",
    "dateLabel": "",
    "timeLabel": "",
    "properties.help": "ny hjälptext",
    "description": "ny hjälptext",
    "text": "ny lydelse",
    "properties.required_message": "ny text när svaret saknas",
    "properties.valid_message": "ny text när svaret inte stämmer",
    "validate.patternErrorMessage": "ny text när svaret inte stämmer",
}

LOOKS = ("layout.", "appearance.", "properties.lines", "properties.width", "properties.formal", "properties.ungrouped")
