"""What has to be said of a new phase."""

from __future__ import annotations

from dataclasses import dataclass

OUTCOMES = ("approve", "approve_conditional", "rework", "defer", "hold", "terminate")
"""What a new gate allows until somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseWords:
    """What has to be said of a new phase: its name and question, its gate, and the first thing it is checked against.

    `group`: the group that decides together decides where a project has one; else the sponsor always does.
    """

    name: str
    question: str = ""
    gate_label: str = ""
    gate_short: str = ""
    statement: str = ""
    first_question: str = ""
    area: str = ""
    group: bool = True


COMPULSORY = (
    ("name", "Skriv vad fasen heter"),
    ("gate_label", "Skriv vad beslutspunkten heter"),
    ("gate_short", "Skriv ett kort namn på beslutspunkten, till exempel BP2b"),
    ("statement", "Skriv vad som ska vara sant när beslutspunkten passeras"),
    ("area", "Skriv vilket område den första frågan hör till"),
    ("first_question", "Skriv den första frågan i fasens checklista"),
)
