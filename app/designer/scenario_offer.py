"""What the scenarios of a draft do not know of its model, in sentences, with the button that mends them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from app.designer.draft_pages import DraftPage
from app.designer.row_options import decider, small
from app.designer.scenario_names import Names
from app.designer.scenario_results import names_of_draft
from app.shell.context import request_context
from workflows.engine import OpenTask
from workflows.models import Bundle, BundleRefused, ModelDraft, ScenarioRun, files_begun_on, read_bundle, run_scenarios
from workflows.models.mending import Decided, Gaps, deciders_found, gaps_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What scenarios do not know of the model, in sentences, and what the button is called that mends them."""

    sentences: tuple[str, ...]
    button: str


def base_of(draft: ModelDraft) -> Bundle | None:
    """Return the model that a draft began on; None when it cannot be read."""
    ctx = request_context()
    with ctx.read() as session:
        files = files_begun_on(session, tenant=ctx.tenant, draft=draft)
    try:
        return read_bundle(files)
    except BundleRefused:
        return None


def run_of(draft: ModelDraft) -> ScenarioRun | None:
    """Return the run of a draft's scenarios; None when its model cannot be run."""
    try:
        return run_scenarios(draft.files)
    except BundleRefused:
        return None


def offer_for(page: DraftPage, run: ScenarioRun | None) -> Offer | None:
    """Return what mending would help a draft's scenarios with; None when they hold, or know the whole model."""
    if run is None or run.green or not page.can_change:
        return None
    names = names_of_draft(page.draft)
    if names is None:
        return None
    failures = [one.failure for one in run.failed if one.failure]
    stops = [task for failure in failures for task in failure.tasks]
    gaps = gaps_in(names.bundle, page.draft.files, base_of(page.draft), stops)
    return offer_of(names, gaps, deciders_found(names.bundle, failures), run)


def offer_of(names: Names, gaps: Gaps, deciders: Sequence[Decided], run: ScenarioRun | None) -> Offer | None:
    """Return an offer; of the new steps those are told first at which a scenario stops."""
    if not gaps and not deciders:
        return None
    stops = [task for one in run.failed if one.failure for task in one.failure.tasks] if run is not None else []
    sentences = list(dict.fromkeys(_stopped(names, gaps, stops)))
    sentences = sentences or list(_new(names, gaps))
    sentences += [gettext("Scenarierna nämner %(step)s.", step=names.target(key)) for key in gaps.gone]
    sentences += [
        gettext(
            "%(gate)s beslutas nu av %(who)s, men scenarierna säger något annat.", gate=names.gate(one.gate), who=who
        )
        for one in deciders
        if (who := small(decider(names.bundle, one.mode)))
    ]
    button = _button(gaps) if gaps else _decider_button(names, deciders)
    return Offer(sentences=tuple(one[:1].upper() + one[1:] for one in sentences), button=button)


def _new(names: Names, gaps: Gaps) -> Iterator[str]:
    for node in gaps.steps:
        yield gettext("%(step)s är nytt, och scenarierna gör det inte.", step=names.element(node))
    for gate in gaps.gates:
        yield gettext("%(gate)s är ny, och scenarierna beslutar inte om den.", gate=names.gate(gate))


def _stopped(names: Names, gaps: Gaps, stops: Sequence[OpenTask]) -> Iterator[str]:
    nodes = {task.node for task in stops}
    gates = {task.gate for task in stops}
    for node in gaps.steps:
        if node in nodes:
            yield gettext(
                "Projektet stannar i det nya steget %(step)s. Scenarierna gör inte det steget.",
                step=names.element(node),
            )
    for gate in gaps.gates:
        if gate in gates:
            yield gettext(
                "Projektet stannar vid den nya %(gate)s. Scenarierna fattar inte det beslutet.", gate=names.gate(gate)
            )


def _decider_button(names: Names, deciders: Sequence[Decided]) -> str:
    modes = list(dict.fromkeys(one.mode for one in deciders))
    if len(modes) == 1:
        return gettext("Ändra till: beslutas av %(who)s", who=small(decider(names.bundle, modes[0])))
    return gettext("Ändra vem som beslutar i scenarierna")


def _button(gaps: Gaps) -> str:
    if not gaps.gone:
        return gettext("Lägg till de nya stegen i scenarierna")
    if not gaps.steps and not gaps.gates:
        return ngettext("Ta bort raderna om steget", "Ta bort raderna om stegen", len(gaps.gone))
    return gettext("Lägg till de nya stegen och ta bort de borttagna")
