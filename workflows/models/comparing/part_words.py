"""Phases and gates that are new or gone, as the diagram and `model.json` both tell of them."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.reading import text
from workflows.models.comparing.swedish import joined, quoted, upper_first


def phase_added(names: Lexicon, key: str, known: Lexicon) -> str:
    """ "Ny fas Upphandling med beslutspunkten BP2b.": the gate too, where it closes the phase's box and is new."""
    boxes = {text(one.get("key")): one.get("box") for one in names.model.get("phases", ()) if isinstance(one, Mapping)}
    gates = [
        names.gate(gate)
        for gate, raw in names.gates.items()
        if gate not in known.gates and raw.get("box") == boxes.get(key) and not raw.get("of")
    ]
    extra = f" med beslutspunkten {joined(gates)}" if gates else ""
    return f"Ny fas {names.phases.get(key, key)}{extra}."


def gate_added(names: Lexicon, key: str) -> str:
    """ "Ny beslutspunkt BP2b: ”…”."""
    statement = text(names.gates.get(key, {}).get("statement")).rstrip(".")
    return f"Ny beslutspunkt {names.gate(key)}{f': {quoted(statement)}' if statement else ''}."


def phase_removed(names: Lexicon, key: str) -> str:
    """ "Fasen Upphandling togs bort."""
    return f"{upper_first(names.phase(key))} togs bort."


def gate_removed(names: Lexicon, key: str) -> str:
    """ "Beslutspunkten BP2b togs bort."""
    return f"Beslutspunkten {names.gate(key)} togs bort."
