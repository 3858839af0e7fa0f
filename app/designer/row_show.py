"""The page on which a part of a scenario is changed: a row, what it begins with, what must hold after the last one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request

from app.designer.draft_pages import show
from app.designer.row_asks import Part, typed_over
from app.designer.row_options import Known
from app.designer.scenario_page import Opened


def show_parts(
    at: Opened,
    parts: tuple[Part, ...],
    errors: Mapping[str, str],
    *,
    heading: str,
    action: str,
    known: Known | None = None,
    number: int | None = None,
    after: int = 0,
    verb: str = "",
    asks_again: bool = False,
) -> str:
    """Return the form with what was typed in it. `known` tells what waits there; without it nothing is run there."""
    return show(
        at.page,
        "scenario_row",
        at=at,
        name=at.name,
        number=number,
        after=after,
        verb=verb,
        heading=heading,
        runs=known is not None,
        parts=typed_over(parts, request.form) if request.form else parts,
        errors=errors,
        failed=known is not None and known.failed,
        waiting=at.names.tasks(known.open_tasks) if known is not None and known.open_tasks else "",
        asks_again=asks_again,
        action=action,
    )
