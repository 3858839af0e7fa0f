"""What statuses, lights and the standings of documents are called."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from workflows.governance.project import ProjectStatus
from workflows.governance.registers import DocumentStanding

STATUSES: Mapping[ProjectStatus, LazyString] = {
    ProjectStatus.IDEA: lazy_gettext("Idé"),
    ProjectStatus.ACTIVE: lazy_gettext("Pågår"),
    ProjectStatus.ON_HOLD: lazy_gettext("Vilande"),
    ProjectStatus.TERMINATING: lazy_gettext("Avbryts"),
    ProjectStatus.CLOSED: lazy_gettext("Avslutat"),
    ProjectStatus.REJECTED: lazy_gettext("Avslaget"),
    ProjectStatus.TERMINATED: lazy_gettext("Avbrutet"),
    ProjectStatus.NOT_PROJECT: lazy_gettext("Blev inte projekt"),
}
"""A project's status in one or two words, neuter."""

LIGHTS: Mapping[str, tuple[str, LazyString]] = {
    "green": ("ok", lazy_gettext("Grönt läge")),
    "yellow": ("warn", lazy_gettext("Gult läge")),
    "red": ("bad", lazy_gettext("Rött läge")),
}
"""The newest status report's light: tone and words."""

STANDINGS: Mapping[DocumentStanding, tuple[str, LazyString]] = {
    DocumentStanding.NONE: ("wait", lazy_gettext("Inte påbörjat")),
    DocumentStanding.BEGUN: ("wait", lazy_gettext("Väntar på att skrivas")),
    DocumentStanding.PARTLY: ("warn", lazy_gettext("Delvis klart")),
    DocumentStanding.MADE: ("ok", lazy_gettext("Klart")),
    DocumentStanding.WAITING: ("now", lazy_gettext("I beslut")),
    DocumentStanding.DECIDED: ("ok", lazy_gettext("Beslutat")),
}
"""Where a document stands: tone and words."""


def in_sentence(label: str) -> str:
    """Return a label as it is written inside a sentence: "beslutspunkt 2", but "EU-samordnare"."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label
