"""What the table of steps says right after a step or phase was removed: what went, and whether scenarios name it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from app.designer.draft_pages import DraftPage
from app.designer.scenario_offer import offer_for, run_of
from app.shell.context import request_context
from app.shell.text import names as listed
from workflows.models import BundleRefused, files_before_last
from workflows.models.editing.removed import Removed, removed_between


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedNote:
    """What the table says of what was just removed; `also` is what went with it.

    `offers`: scenarios name it and can be mended; `holds`: they hold as they are.
    """

    sentence: str
    also: tuple[str, ...]
    offers: bool
    holds: bool


def removed_note(page: DraftPage, revision: int) -> RemovedNote | None:
    """Return what to say of what the draft's newest change took away; None when `revision` is another, or nothing went.

    An address that is opened again later says nothing of what was done since.
    """
    if revision < 2 or revision != page.draft.revision:
        return None
    ctx = request_context()
    with ctx.read() as session:
        before = files_before_last(session, tenant=ctx.tenant, draft=page.draft)
    try:
        gone = removed_between(before, page.draft.files)
    except BundleRefused:
        return None
    sentence = _sentence(gone)
    if not sentence:
        return None
    run = run_of(page.draft)
    return RemovedNote(
        sentence=sentence,
        also=tuple(also_gone(gone)),
        offers=offer_for(page, run) is not None,
        holds=run is not None and run.green,
    )


def also_gone(gone: Removed) -> Iterator[str]:
    """Yield what goes besides the step or the phase itself: what lies in it, and documents that nothing makes then."""
    steps = gone.steps if gone.phases else gone.steps[1:]
    if steps:
        yield ngettext("Steget %(names)s", "Stegen %(names)s", len(steps), names=listed(f"”{name}”" for name in steps))
    yield from gone.gates
    if not gone.phases and gone.choices:
        names = listed(f"”{name}”" for name in gone.choices)
        yield ngettext(
            "Vägvalet %(names)s, som inte längre har något att välja mellan",
            "Vägvalen %(names)s, som inte längre har något att välja mellan",
            len(gone.choices),
            names=names,
        )
    for name in gone.documents:
        yield gettext("Dokumentet %(name)s, som inget annat steg gör", name=name)


def _sentence(gone: Removed) -> str:
    if gone.phases:
        return gettext("Fasen %(name)s är borttagen.", name=gone.phases[0])
    return gettext("Steget ”%(name)s” är borttaget.", name=gone.steps[0]) if gone.steps else ""
