"""What an expression can name at each element of a model, for those who write one."""

from __future__ import annotations

from collections.abc import Mapping

from workflows import engine
from workflows.models.bundle import BundleRefused, read_definitions
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.linting.parts import parts_of


def names_in_scope(files: Mapping[str, bytes]) -> Mapping[str, Mapping[str, tuple[str, ...] | None]]:
    """Return by element the names in scope, each with its fields in order (None where any will do).

    Of files that cannot be read less is told, never an error: somebody is in the middle of changing them.
    """
    try:
        parts = parts_of(read_definitions(files))
        facts = {*DEFAULT_FACTS, *parts.model.registers}
        around, process = engine.Around(fields=parts.names_of, facts=facts), parts.model.process
    except BundleRefused:
        around, process = engine.Around(facts=DEFAULT_FACTS.keys()), "project"
    found = engine.names_in_scope(files, process=process, around=around)
    return {
        element: {name: None if fields is None else tuple(sorted(fields)) for name, fields in sorted(names.items())}
        for element, names in found.items()
    }
