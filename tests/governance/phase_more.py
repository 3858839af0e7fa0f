"""A version of the shipped model with a phase more, and its gate, after the planning."""

from __future__ import annotations

from collections.abc import Mapping

from tests.governance.moving import MODEL
from tests.models.editing.changing import HARNOSAND, PROCUREMENT
from tests.stories.town import Town
from workflows.governance.moving import preview_move, work_move
from workflows.models import publish
from workflows.models.editing.phases import add_phase


def with_phase() -> Mapping[str, bytes]:
    """Return its files."""
    changes, _ = add_phase(HARNOSAND, "planning", PROCUREMENT)
    files = {path: data for path, data in {**HARNOSAND, **changes}.items() if not path.startswith("scenarios/")}
    return {**files, "scenarios/first.yaml": HARNOSAND["scenarios/rejected_at_bp1.yaml"]}


def prepared(town: Town) -> str:
    """Publish that version and preview the move to it; return the move's id."""
    version = publish(town.ctx, with_phase()).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    return move
