"""What the table of steps says right after something was added: whether the scenarios know it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from app.designer.draft_pages import DraftPage
from app.designer.scenario_offer import offer_for, run_of
from app.designer.scenario_results import names_of_draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What the table says of a step or phase that was just added, which stands at `key` in it.

    `offers`: scenarios do not do it and can be mended; `holds`: they hold as they are.
    """

    key: str
    sentence: str
    offers: bool
    holds: bool


def added_note(page: DraftPage, key: str) -> Added | None:
    """Return what to say of a new step or phase; None when the draft has none of this key."""
    names = names_of_draft(page.draft) if key else None
    if names is None or not names.has(key):
        return None
    run = run_of(page.draft)
    return Added(
        key=key,
        sentence=gettext("%(name)s är tillagt i modellen.", name=names.element(key)),
        offers=offer_for(page, run) is not None,
        holds=run is not None and run.green,
    )
