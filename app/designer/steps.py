"""The tab "Steg som tabell": the whole model as rows, complete in itself, and what its forms share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.change_words import change_words
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.history import seen_revision
from app.designer.scenario_added import Added, added_note
from app.designer.scenario_removed import RemovedNote, removed_note
from app.designer.steps_words import OUTCOMES, in_words, role_name
from app.shell.context import posted_request_id, request_context
from workflows.kernel.errors import AlreadyDone, NotFound, StyrError
from workflows.models import BundleRefused, DraftChanged, Finding, Severity, change_model_draft, check
from workflows.models.editing.gate_ways import AGAIN, STOP
from workflows.models.editing.steps import Changes, Place, move_step
from workflows.models.editing.table import Row, Section, Table, table_of
from workflows.people import Refused

TAB = "steps"


@bp.get("/models/drafts/<draft_id>/steps")
@seeing_models
def steps(draft_id: str) -> ResponseReturnValue:
    """Show every step, gate and phase of a draft in flow order, with what the check says of each."""
    page = draft_page(draft_id, TAB)
    added = added_note(page, request.args.get("added", ""))
    return show_table(page, added=added, removed=removed_note(page, request.args.get("removed", 0, type=int)))


def show_table(
    page: DraftPage, problem: str = "", added: Added | None = None, removed: RemovedNote | None = None
) -> str:
    """Return the table, or why a draft cannot be read as one."""
    table = table_or_none(page)
    if table is None:
        return show(page, "steps_unreadable", problem=problem)
    names = table.names()
    return show(
        page,
        "steps",
        table=table,
        found=_by_row(page, table),
        problem=problem,
        added=added,
        removed=removed,
        role=lambda key: role_name(table.bundle, key),
        period=in_words,
        outcome=lambda key: str(OUTCOMES.get(key, key)),
        target=lambda row, key: target_name(names, row, key),
        can_undo=page.can_change and page.draft.revision > 1,
    )


def table_or_none(page: DraftPage) -> Table | None:
    """Return a draft's table; None when it cannot be read."""
    try:
        return table_of(page.draft.files)
    except BundleRefused:
        return None


def target_name(names: Mapping[str, str], row: Row, key: str) -> str:
    """Return where an outcome leads, in words."""
    if key == AGAIN:
        return row.name
    if key == STOP:
        return gettext("avbrutet projekt")
    return names.get(key, key)


def _by_row(page: DraftPage, table: Table) -> Mapping[str, list[Finding]]:
    """Return the findings by the row that they belong to; by the section's key for those on a phase."""
    found: dict[str, list[Finding]] = {}
    places = {about: row.node for section in table.sections for row in section.rows for about in row.about}
    places |= {f"phases/{phase.key}": phase.key for phase in table.bundle.model.phases}
    for finding in check(page.draft.files):
        if finding.element in places:
            found.setdefault(places[finding.element], []).append(finding)
    return found


@bp.app_template_filter("decider")
def _decider(key: str, table: Table) -> str:
    """Return what somebody who decides is called."""
    return role_name(table.bundle, key)


@bp.app_template_test("grave")
def _grave(finding: Finding) -> bool:
    """Tell whether a finding hinders publication."""
    return finding.severity is Severity.ERROR


@bp.post("/models/drafts/<draft_id>/steps/<node>/move")
@designing
def move_in_table(draft_id: str, node: str) -> ResponseReturnValue:
    """Let a step change places with its neighbour (`way`: up or down), or stand somewhere else (`place`)."""
    page = draft_page(draft_id, TAB)
    section, row = find_row(page, node)
    place = {"up": row.up, "down": row.down}.get(request.form.get("way", "")) or read_place(
        request.form.get("place", "")
    )
    if place is None:
        return redirect(url_for(".steps", draft_id=draft_id), 303)
    made = Made(
        changes=lambda files: move_step(files, node, place),
        what=gettext("Flyttade steget %(name)s i %(phase)s", name=row.name, phase=section.title),
        anchor=node,
    )
    return save(page, made, lambda page, error: show_table(page, error.words))


def read_place(sent: str) -> Place | None:
    """Return a place as a form names it: `after:<step>` or `first:<scope>`."""
    kind, _, key = sent.partition(":")
    if not key or kind not in ("after", "first"):
        return None
    return Place(after=key) if kind == "after" else Place(first_in=key)


def places_of(table: Table, but: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Return every place a step can stand at, by section: first in it, or after a row with one way out."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for section in table.sections:
        places: list[tuple[str, str]] = []
        if section.first_in:
            places.append((f"first:{section.first_in}", gettext("Först i %(phase)s", phase=section.title)))
        for row in section.rows:
            if row.one_way and row.node != but and row.name:
                places.append((f"after:{row.node}", gettext("Efter %(name)s", name=row.name)))
            if row.kind == "scope" and row.node != but:
                places.append((f"first:{row.node}", gettext("Först i %(phase)s", phase=row.name)))
        found.append((section.title, places))
    return found


def find_row(page: DraftPage, node: str) -> tuple[Section, Row]:
    """Return an element's row and section. Raises NotFound."""
    table = table_or_none(page)
    found = table.find(node) if table is not None else None
    if found is None:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A change to be saved: how it is made of the files, what the history says of it, and the row to go back to.

    `in_words`: the history says what the change means instead, where it can be said.
    `added` holds the key of what the change adds, once it is made; `removes`: the table says what the change took away.
    """

    changes: Callable[[Mapping[str, bytes]], Changes]
    what: str
    anchor: str = ""
    in_words: bool = False
    added: Sequence[str] = ()
    removes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Why nothing was saved: the sentence, the field it stands at ("" for none), and the status of the answer."""

    words: str
    field: str = ""
    status: int = 422

    @property
    def errors(self) -> Mapping[str, str]:
        """The sentence by its field, as summaries take it."""
        return {self.field or "main": self.words}


def save(
    page: DraftPage, made: Made, again: Callable[[DraftPage, Wrong], str], *, request_id: str | None = None
) -> ResponseReturnValue:
    """Save a change and go back to the table; what is refused comes back as `again` shows it, with nothing saved."""
    draft_id, revision = page.draft.id, 0
    try:
        changes = made.changes(page.draft.files)
        revision = change_model_draft(
            request_context(),
            draft_id=draft_id,
            changes=dict(changes),
            seen=seen_revision(),
            what=change_words(page.draft.files, changes, made.what) if made.in_words else made.what,
            request_id=request_id or posted_request_id(),
        )
    except AlreadyDone:
        pass
    except (StyrError, DraftChanged) as refused:
        if isinstance(refused, NotFound) or refused.status not in (409, 422):
            raise
        words = gettext(refused.message).format(**refused.facts)
        field = refused.field if isinstance(refused, Refused) else ""
        wrong = Wrong(words=words, field=field, status=refused.status)
        return make_response(again(draft_page(draft_id, TAB), wrong), refused.status)
    if made.removes and revision:
        return redirect(url_for(".steps", draft_id=draft_id, removed=revision, _anchor="removed"), 303)
    new = next(iter(made.added), None)
    anchor = "added" if new else made.anchor
    return redirect(url_for(".steps", draft_id=draft_id, added=new, _anchor=anchor or None), 303)
