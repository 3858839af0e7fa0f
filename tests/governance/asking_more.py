"""A version of the shipped model whose first gate asks for something more, and a project moved to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tests.governance.moving import MODEL, everything
from tests.stories.town import Town
from workflows.governance.moving import preview_move, work_move
from workflows.models import publish, shipped

NEW = "F99"
QUESTION = "Är dataskyddet bedömt?"


def asking_more(**changes: Any) -> Mapping[str, bytes]:
    """Return the shipped model with a compulsory question more in the checklist of the preparation."""
    files = dict(shipped("harnosand"))
    path = "forms/c2_preparation.checklist.json"
    raw = json.loads(files[path])
    new = {"id": NEW, "area": raw["items"][0]["area"], "question": {"sv": QUESTION}, "answer": "yes_no"}
    raw["items"].append({**new, "requirement": "must", **changes})
    return {**files, path: json.dumps(raw).encode()}


def prepared(town: Town, **changes: Any) -> str:
    """Publish that version and preview the move to it; return the move's id."""
    version = publish(town.ctx, asking_more(**changes)).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    return move


def moved(town: Town, **changes: Any) -> str:
    """Move every project to that version; return the move's id."""
    move = prepared(town, **changes)
    everything(town, move)
    return move
