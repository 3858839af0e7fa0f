"""Removing a step or a phase: a page that knows beforehand whether it goes, and says afterwards what went."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.finding_links import finding_url, steps_url
from app.designer.guards import designing
from app.designer.place_words import places
from app.designer.scenario_removed import also_gone
from app.designer.steps import TAB, Made, Wrong, find_row, save, table_or_none
from app.designer.steps_phases import find_section
from app.shell.filters import href, say
from workflows.kernel.errors import StyrError
from workflows.models import Finding
from workflows.models.editing.errors import AnswersRead, StepNeeded
from workflows.models.editing.phase_removal import remove_phase
from workflows.models.editing.removed import removed_between
from workflows.models.editing.step_removal import remove_step
from workflows.models.editing.steps import Changes
from workflows.models.editing.table import Row
from workflows.models.mending import scenarios_naming
from workflows.models.model import Gate

Removal = Callable[[Mapping[str, bytes]], Changes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reads:
    """Something that hinders a removal: what it is called, what it reads, and where it is changed."""

    place: str
    what: str
    address: str
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """What a removal would do: what goes with it and who needs it mended; or why it cannot be done."""

    goes: bool = False
    also: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    why: str = ""
    reads: tuple[Reads, ...] = ()


@bp.route("/models/drafts/<draft_id>/steps/<node>/remove", methods=["GET", "POST"])
@designing
def remove_step_page(draft_id: str, node: str) -> ResponseReturnValue:
    """Say what follows when a step is removed, or why it cannot be; or remove it."""
    page = draft_page(draft_id, TAB)
    section, row = find_row(page, node)

    def removal(files: Mapping[str, bytes]) -> Changes:
        return remove_step(files, node)

    def ask(page: DraftPage, wrong: Wrong | None = None) -> str:
        ahead = _ahead(page, removal, node)
        return show(page, "step_remove", section=section, row=row, wrong=wrong, ahead=ahead, gates=_gates(page, row))

    if request.method != "POST":
        return ask(page)
    what = gettext("Tog bort steget %(name)s", name=row.name)
    return save(page, Made(changes=removal, what=what, anchor=section.key, removes=True), ask)


@bp.route("/models/drafts/<draft_id>/phases/<key>/remove", methods=["GET", "POST"])
@designing
def remove_phase_page(draft_id: str, key: str) -> ResponseReturnValue:
    """Say what follows when a phase is removed, or why it cannot be; or remove it."""
    page = draft_page(draft_id, TAB)
    section = find_section(page, key)

    def removal(files: Mapping[str, bytes]) -> Changes:
        return remove_phase(files, key)

    def ask(page: DraftPage, wrong: Wrong | None = None) -> str:
        return show(page, "phase_remove", section=section, wrong=wrong, ahead=_ahead(page, removal, key))

    if request.method != "POST":
        return ask(page)
    what = gettext("Tog bort fasen %(name)s", name=section.title)
    return save(page, Made(changes=removal, what=what, removes=True), ask)


def _gates(page: DraftPage, row: Row) -> list[Gate]:
    """Return the gates that are checked against what a step shows, when it is a checklist."""
    table, form = table_or_none(page), row.task.form if row.task is not None else None
    return [gate for gate in table.bundle.model.gates if form in gate.checklists] if table is not None else []


def _ahead(page: DraftPage, removal: Removal, element: str) -> Ahead:
    """Try a removal without saving it."""
    files = page.draft.files
    try:
        changes = removal(files)
    except (AnswersRead, StepNeeded) as refused:
        return Ahead(why=_why(refused), reads=tuple(_reads(page, refused)))
    removed = removed_between(files, {**files, **changes})
    return Ahead(
        goes=True, also=tuple(also_gone(removed)), scenarios=scenarios_naming(files, {element, *removed.nodes})
    )


def _why(refused: StyrError) -> str:
    return gettext(refused.message).format(**refused.facts) if isinstance(refused, StepNeeded) else ""


def _reads(page: DraftPage, refused: StyrError) -> Iterator[Reads]:
    found = refused.facts.get("places", ())
    readers = tuple(one for one in found if isinstance(one, Finding)) if isinstance(found, tuple) else ()
    for one, place in zip(readers, places(page.draft.files, readers), strict=True):
        address, table = finding_url(page.draft.id, one), steps_url(page.draft.id, one)
        yield Reads(place=place, what=one.message, address=address, table=table)
    steps = table_or_none(page)
    for section in steps.sections if steps is not None else ():
        for row in section.rows:
            if row.gate is not None and row.gate.key == refused.facts.get("gate"):
                address = href("designer.gate_page", draft_id=page.draft.id, node=row.node)
                yield Reads(place=say(row.gate.label), what="", address=address, table="")
