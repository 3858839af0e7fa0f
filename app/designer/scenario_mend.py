"""Mend scenarios after a change of the model: what they do not know, what would be written where, and writing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.check_page import told as findings_of
from app.designer.draft_pages import draft_page, show
from app.designer.guards import designing
from app.designer.history import seen_revision
from app.designer.row_words import told_row
from app.designer.scenario_names import Names
from app.designer.scenario_offer import base_of, offer_of
from app.designer.scenario_results import name_of, names_in, names_of_draft
from app.designer.scenario_told import ToldFailure, row_words, told
from app.shell.context import posted_request_id, request_context
from workflows.kernel.errors import NotFound
from workflows.models import (
    BundleRefused,
    change_model_draft,
)
from workflows.models.mending import Changed, Mended, Mending, RowChange, mend_scenarios
from workflows.models.scenario import Verb

TAB = "scenarios"


@dataclass(frozen=True, slots=True, kw_only=True)
class MendedView:
    """A scenario as the preview shows it: its rows in sentences, and how it goes afterwards."""

    name: str
    title: str
    rows: tuple[str, ...]
    failure: ToldFailure | None


@bp.get("/models/drafts/<draft_id>/mend-scenarios")
@designing
def mend(draft_id: str) -> ResponseReturnValue:
    """Show what would be written into the scenarios, and what cannot be mended so."""
    page = draft_page(draft_id, TAB)
    names = names_of_draft(page.draft)
    if names is None:
        return redirect(url_for(".scenarios_result", draft_id=draft_id))
    mending = mend_scenarios(page.draft.files, base_of(page.draft))
    views = [_view(names, one) for one in mending.scenarios]
    return show(
        page,
        "scenarios_mend",
        offer=offer_of(names, mending.gaps, mending.deciders, None) if mending.changes else None,
        broken=[one for one in findings_of(page.draft) if one.hinders and not one.of_scenarios],
        changed=[one for one in views if one.rows],
        left=[one for one in views if one.failure is not None],
        usual=list(_usual(names, mending)),
        has_changes=bool(mending.changes),
    )


@bp.post("/models/drafts/<draft_id>/mend-scenarios")
@designing
def mend_now(draft_id: str) -> ResponseReturnValue:
    """Write what the preview showed, as one change of the draft, and run the scenarios again."""
    page = draft_page(draft_id, TAB)
    try:
        mending = mend_scenarios(page.draft.files, base_of(page.draft))
    except BundleRefused as refused:
        raise NotFound from refused
    change_model_draft(
        request_context(),
        draft_id=draft_id,
        changes=dict(mending.changes),
        seen=seen_revision(),
        what=_what(mending),
        request_id=posted_request_id(),
        whole=True,
    )
    return redirect(url_for(".scenarios_result", draft_id=draft_id), 303)


def _what(mending: Mending) -> str:
    """Return what the history says."""
    if mending.deciders and not mending.gaps:
        return gettext("Ändrade vem som beslutar i scenarierna")
    if mending.gaps.gone and not (mending.gaps.steps or mending.gaps.gates):
        return gettext("Tog bort raderna om borttagna steg ur scenarierna")
    return gettext("Lade till de nya stegen i scenarierna")


def _view(names: Names, one: Mended) -> MendedView:
    own = names_in(names, one.played)
    return MendedView(
        name=name_of(one.path),
        title=one.title,
        rows=tuple(_row(own, change) for change in one.rows),
        failure=told(own, one.played),
    )


def _row(names: Names, change: RowChange) -> str:
    """Return what becomes of a row."""
    if change.number is None:
        return gettext("Det som kontrolleras efter sista raden ändras.")
    words = row_words(names, change.move) if change.move is not None else ""
    if change.move is not None and change.move.verb is Verb.DO and change.move.answers:
        variable = names.bundle.executable.tasks[change.move.subject[0]].variable
        said = names.answers(variable, change.move.answers)
        words = gettext("%(what)s och svara att %(answers)s", what=words, answers=said)
    match change.kind:
        case Changed.ADDED if change.number == 0:
            return gettext("Ny rad först: %(what)s.", what=words)
        case Changed.ADDED:
            return gettext("Ny rad efter rad %(number)s: %(what)s.", number=change.number, what=words)
        case Changed.CHANGED:
            return " ".join(
                [gettext("Rad %(number)s blir: %(what)s.", number=change.number, what=words), *_besides(names, change)]
            )
        case Changed.REMOVED:
            was = row_words(names, change.was) if change.was is not None else ""
            return gettext("Rad %(number)s tas bort: %(what)s.", number=change.number, what=was)


def _besides(names: Names, change: RowChange) -> tuple[str, ...]:
    """Return what else a changed row says: of a check all of it, of others who does or decides it."""
    if change.move is None or change.move.verb is Verb.DO:
        return ()
    return told_row(names, change.move).details


def _usual(names: Names, mending: Mending) -> Iterator[str]:
    """Yield what happens to the usual answers."""
    tasks: Mapping[str, str] = {node: task.variable for node, task in names.bundle.executable.tasks.items()}
    for node, answers in mending.usual.items():
        yield gettext(
            "I %(step)s svarar scenarierna att %(answers)s.",
            step=names.element(node),
            answers=names.answers(tasks[node], answers),
        )
    for node in mending.dropped:
        yield gettext("Svaren i %(step)s tas bort.", step=names.element(node))
