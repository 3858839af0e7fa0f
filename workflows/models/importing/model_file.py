"""`model.json` of an imported process: one box, one phase, one decision that closes it, and the roles that were met."""

from __future__ import annotations

from typing import Any

import orjson

from workflows.models.importing.framing import OUTCOMES, Frame
from workflows.models.importing.roles import INITIATOR, MANAGER, SPONSOR, Roles


def model_json(framed: Frame, roles: Roles, *, key: str, name: str) -> bytes:
    """Return the file."""
    form = framed.start_form
    said: dict[str, Any] = {
        "key": key,
        "name": {"sv": name},
        "process": framed.process.id,
        "work": framed.work,
        "start_form": form,
        "boxes": [{"number": 1, "label": {"sv": name}}],
        "phases": [{"key": framed.phase, "box": 1, "label": {"sv": name}}],
        "gates": [_gate(framed)],
        "roles": [{"key": role, "label": {"sv": label}, "scope": scope} for role, (label, scope) in roles.made.items()],
        "duties": {
            "initiator": INITIATOR,
            "manager": MANAGER,
            "sponsor": SPONSOR,
            "group": "steering_group",
            "office": "project_office",
        },
        "ends": {framed.closed: "closed", framed.stopped: "terminated"},
        "documents": [],
        "subject": {"title": f"{form}.title"},
        "facts": {},
        "holders": {SPONSOR: [f"{form}.{SPONSOR}"], MANAGER: [f"{form}.{MANAGER}"]},
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _gate(framed: Frame) -> dict[str, Any]:
    return {
        "key": framed.gate,
        "short": {"sv": "BP1"},
        "label": {"sv": "Beslut om avslut"},
        "box": 1,
        "statement": {"sv": "Arbetet är gjort och kan avslutas."},
        "checklists": [],
        "documents": [],
        "outcomes": list(OUTCOMES),
        "rework_to": [framed.phase],
        "of": None,
        "item": None,
        "closing": True,
    }
