"""The scenarios tab: the scenarios of a draft with what came of them, all of them run, and a new one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.check_page import run_words
from app.designer.coverage_words import CoverageView, coverage_view
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.history import seen_revision
from app.designer.scenario_offer import offer_for
from app.designer.scenario_results import differing, lines_of, name_of, names_of_draft, unreadable
from app.shell.context import posted_request_id, request_context
from app.shell.numbers import number
from workflows.models import (
    BundleRefused,
    Played,
    ScenarioRun,
    change_model_draft,
    cover,
    find_model_draft,
    known_run,
    read_bundle,
    run_scenarios,
)
from workflows.models.running_scenarios import MOST_IN_ALL
from workflows.models.scenario import FOLDER
from workflows.models.scenario_text import write_scenario
from workflows.models.trying import scenario_path

TAB = "scenarios"
LONGEST_TITLE = 200


@bp.get("/models/drafts/<draft_id>/scenarios")
@seeing_models
def scenarios(draft_id: str) -> ResponseReturnValue:
    """List the scenarios, with what came of them where they have been run as they are now."""
    page = draft_page(draft_id, TAB)
    target, called = _target(page, request.args.get("until", ""))
    title = gettext("Projektet kommer till %(where)s", where=called) if target else ""
    return _show(page, {"title": title, "until": target, "called": called}, {})


@bp.get("/models/drafts/<draft_id>/scenarios/result")
@seeing_models
def scenarios_result(draft_id: str) -> ResponseReturnValue:
    """Run all scenarios and show what differed and what they cover; nothing is saved by it."""
    page = draft_page(draft_id, TAB)
    try:
        run = run_scenarios(page.draft.files)
    except BundleRefused as error:
        return show(page, "scenarios_unreadable", findings=[finding.message for finding in error.findings])
    chosen = next((one for one in run.results if name_of(one.scenario.file) == request.args.get("scenario")), None)
    lines = list(lines_of(page, run))
    return show(
        page,
        "scenarios_result",
        run=run,
        took=run_words(run.seconds),
        offer=offer_for(page, run),
        lines=lines,
        unplayed=[line for line in lines if f"{FOLDER}{line.name}.yaml" in run.unplayed],
        most=number(MOST_IN_ALL),
        differing=list(differing(page, _wanted(run, chosen))),
        unreadable=[unreadable(page.draft.files, one) for one in run.refused],
        chosen=chosen,
        chosen_name=name_of(chosen.scenario.file) if chosen else "",
        coverage=_coverage(page, run, chosen),
    )


@bp.post("/models/drafts/<draft_id>/scenarios/new")
@designing
def new_scenario(draft_id: str) -> ResponseReturnValue:
    """Add a scenario with a title, and open it: empty, or with a row that plays on to where it was asked for."""
    page = draft_page(draft_id, TAB)
    title = " ".join(request.form.get("title", "").split())[:LONGEST_TITLE]
    target, called = _target(page, request.form.get("until", ""))
    if not title:
        errors = {"title": gettext("Skriv i en mening vad scenariot ska visa")}
        return make_response(_show(page, {"title": title, "until": target, "called": called}, errors), 422)
    text = write_scenario({"title": title, "steps": [{"until": target}] if target else []})
    path = scenario_path(title, page.draft.files)
    what = gettext("Lade till scenariot %(title)s", title=title)
    return save_scenario(draft_id, path, text.encode(), what)


def _target(page: DraftPage, wanted: str) -> tuple[str, str]:
    """Return a step or gate that a scenario is asked for, and what it is called; "" for what is not there."""
    names = names_of_draft(page.draft) if wanted else None
    known = {*names.bundle.executable.tasks, *names.bundle.executable.gates} if names is not None else set()
    return (wanted, names.target(wanted)) if names is not None and wanted in known else ("", "")


def _show(page: DraftPage, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    run = known_run(page.draft.files)
    lines = list(lines_of(page, run))
    return show(page, "scenarios", lines=lines, run=run, offer=offer_for(page, run), typed=typed, errors=errors)


def save_scenario(draft_id: str, path: str, data: bytes, what: str, *, then: str = "") -> ResponseReturnValue:
    """Write a scenario's file upon the revision that was seen, and open it (or go where `then` says)."""
    ctx = request_context()
    change_model_draft(
        ctx,
        draft_id=draft_id,
        changes={path: data},
        seen=seen_revision(),
        what=what,
        request_id=posted_request_id(),
    )
    if path not in find_model_draft(ctx, draft_id=draft_id).files:
        return redirect(url_for(".scenarios", draft_id=draft_id), 303)
    return redirect(then or url_for(".scenario", draft_id=draft_id, name=name_of(path)), 303)


def _wanted(run: ScenarioRun, chosen: Played | None) -> tuple[Played, ...]:
    return (chosen,) if chosen is not None else run.results


def _coverage(page: DraftPage, run: ScenarioRun, chosen: Played | None) -> CoverageView:
    """Return the coverage of all scenarios, or of the chosen one."""
    executable = read_bundle(page.draft.files).executable
    covered = cover(executable, chosen.coverage) if chosen is not None else run.covered
    return coverage_view(executable, covered, request.args.get("process", ""))
