"""What `model.json` says of a new phase: its box, which the next ones make room for, and its gate."""

from __future__ import annotations

from typing import Any

from workflows.models.editing.gate_ways import phase_name
from workflows.models.editing.phase_words import OUTCOMES, PhaseWords
from workflows.models.editing.work import Work


def tell_of(work: Work, after: str, phase: str, gate: str, checklist: str, words: PhaseWords) -> None:
    """Tell `model.json` of the phase, its box and its gate."""
    box = _open_box(work, after, words.name.strip())
    place = work.place("phases", after) + 1
    entry: dict[str, Any] = {"key": phase, "box": box, "label": {"sv": words.name.strip()}}
    entry |= {"question": {"sv": words.question.strip()}} if words.question.strip() else {}
    work.insert(("phases",), place, entry | {"checklist": checklist})
    gates = work.value("gates")
    last = max((number for number, one in enumerate(gates) if one["box"] < box), default=-1)
    told = {
        "key": gate,
        "short": {"sv": words.gate_short.strip()},
        "label": {"sv": words.gate_label.strip()},
        "box": box,
        "statement": {"sv": words.statement.strip()},
        "checklists": [checklist],
        "documents": [],
        "outcomes": list(OUTCOMES),
        "rework_to": [phase],
        "of": None,
        "item": None,
        "closing": False,
    }
    work.insert(("gates",), last + 1, told)


def _open_box(work: Work, after: str, label: str) -> int:
    """Put a new box after the one that a phase lies in, and return its number.

    Where that box goes on with other phases it is cut in two, since each gate closes a box.
    """
    phases = work.value("phases")
    here = next(phase for phase in phases if phase["key"] == after)
    number = here["box"]
    rest = [phase["key"] for phase in phases[work.place("phases", after) + 1 :] if phase["box"] == number]
    by = 2 if rest else 1
    renumber(work, number, by)
    place = next(n for n, box in enumerate(work.value("boxes")) if box["number"] == number)
    work.insert(("boxes",), place + 1, {"number": number + 1, "label": {"sv": label}})
    if rest:
        names = "/".join(phase_name(work, key) for key in rest)
        work.insert(("boxes",), place + 2, {"number": number + 2, "label": {"sv": names}})
        first = [phase["label"]["sv"] for phase in phases if phase["box"] == number and phase["key"] not in rest]
        work.put(("boxes", place, "label"), {"sv": "/".join(first)})
        for key in rest:
            work.put(("phases", work.place("phases", key), "box"), number + 2)
        for n, gate in enumerate(work.value("gates")):
            if gate["box"] == number:
                work.put(("gates", n, "box"), number + 2)
    return int(number) + 1


def renumber(work: Work, above: int, by: int) -> None:
    """Give every box after one, and what lies in it, another number."""
    for kind, field in (("boxes", "number"), ("phases", "box"), ("gates", "box")):
        for number, entry in enumerate(work.value(kind)):
            if entry[field] > above:
                work.put((kind, number, field), entry[field] + by)
