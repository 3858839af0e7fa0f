"""What the registers of a model are called, for the fields that say how many rows each has."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext

from app.designer.scenario_names import Names
from app.designer.scenario_told import begun
from app.designer.try_facts import LABELS, FactField
from workflows.models import Bundle


def named(fields: tuple[FactField, ...], bundle: Bundle) -> tuple[FactField, ...]:
    """Return the fields with the registers' names in them: "Personkontrakt, antal"."""
    names = Names(bundle=bundle)

    def label(field: FactField) -> str:
        if field.key in LABELS:
            return field.label
        return gettext("%(register)s, antal", register=begun(names.fact(field.key).strip("”")))

    return tuple(replace(field, label=label(field)) for field in fields)
