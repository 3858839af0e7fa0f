"""The eight outcomes of a gate and how a decision stands in law (domain model §1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from workflows.kernel.errors import Text, _l


class Outcome(StrEnum):
    """What comes out of a gate."""

    APPROVE = "approve"
    APPROVE_CONDITIONAL = "approve_conditional"
    APPROVE_REVISED = "approve_revised"
    REWORK = "rework"
    DEFER = "defer"
    HOLD = "hold"
    REJECT = "reject"
    TERMINATE = "terminate"

    @property
    def goes_on(self) -> bool:
        """Whether the project passes the gate."""
        return self in (Outcome.APPROVE, Outcome.APPROVE_CONDITIONAL, Outcome.APPROVE_REVISED)


class Mode(StrEnum):
    """How a decision is taken."""

    SINGLE = "single"
    MEETING = "meeting"
    BOARD = "board"


class LegalBasis(StrEnum):
    """In which right: internal steering, on behalf of a board by a named delegate (KL 6:37–40), or the board itself."""

    INTERNAL = "internal"
    DELEGATED = "delegated"
    BOARD = "board"


class Publicity(StrEnum):
    """What a document is in law (TF 2 kap.): an official document, or working material until it is decided on."""

    PUBLIC_RECORD = "public_record"
    WORKING_MATERIAL = "working_material"


OUTCOME_LABELS: Mapping[Outcome, Text] = {
    Outcome.APPROVE: _l("Godkänn"),
    Outcome.APPROVE_CONDITIONAL: _l("Godkänn med villkor"),
    Outcome.APPROVE_REVISED: _l("Fortsätt enligt reviderad plan"),
    Outcome.REWORK: _l("Komplettera"),
    Outcome.DEFER: _l("Skjut upp"),
    Outcome.HOLD: _l("Gör vilande"),
    Outcome.REJECT: _l("Avslå"),
    Outcome.TERMINATE: _l("Avbryt projektet"),
}

OUTCOME_DONE: Mapping[Outcome, Text] = {
    Outcome.APPROVE: _l("Godkänd"),
    Outcome.APPROVE_CONDITIONAL: _l("Godkänd med villkor"),
    Outcome.APPROVE_REVISED: _l("Fortsätter enligt reviderad plan"),
    Outcome.REWORK: _l("Ska kompletteras"),
    Outcome.DEFER: _l("Uppskjuten"),
    Outcome.HOLD: _l("Vilande"),
    Outcome.REJECT: _l("Avslagen"),
    Outcome.TERMINATE: _l("Avbruten"),
}

LEGAL_LABELS: Mapping[LegalBasis, Text] = {
    LegalBasis.INTERNAL: _l("Internt styrbeslut"),
    LegalBasis.DELEGATED: _l("Delegationsbeslut"),
    LegalBasis.BOARD: _l("Nämndbeslut"),
}
