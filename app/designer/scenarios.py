"""The scenarios tab: the scenarios of a draft with what came of them, all of them run, and a new one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.coverage_words import CoverageView, coverage_view
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.history import seen_revision
from app.shell.context import posted_request_id, request_context
from workflows.models import (
    BundleRefused,
    Finding,
    Played,
    ScenarioRun,
    ScenariosRefused,
    change_model_draft,
    cover,
    find_model_draft,
    known_run,
    read_bundle,
    run_scenarios,
)
from workflows.models.scenario import FOLDER, read_scenario, scenario_paths
from workflows.models.scenario_text import write_scenario
from workflows.models.trying import scenario_path

TAB = "scenarios"
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A scenario of the list. `verdict` is ok, bad, broken (cannot be read) or wait (not run yet)."""

    name: str
    title: str
    verdict: str
    steps: int
    why: str


@bp.get("/models/drafts/<draft_id>/scenarios")
@seeing_models
def scenarios(draft_id: str) -> ResponseReturnValue:
    """List the scenarios, with what came of them where they have been run as they are now."""
    page = draft_page(draft_id, TAB)
    run = known_run(page.draft.files)
    return show(page, "scenarios", lines=list(lines_of(page.draft.files, run)), run=run, typed={}, errors={})


@bp.get("/models/drafts/<draft_id>/scenarios/result")
@seeing_models
def scenarios_result(draft_id: str) -> ResponseReturnValue:
    """Run all scenarios and show what differed and what they cover; nothing is saved by it."""
    page = draft_page(draft_id, TAB)
    try:
        run = run_scenarios(page.draft.files)
    except BundleRefused as error:
        return show(page, "scenarios_unreadable", findings=[finding.sentence for finding in error.findings])
    chosen = next((one for one in run.results if name_of(one.scenario.file) == request.args.get("scenario")), None)
    return show(
        page,
        "scenarios_result",
        run=run,
        lines=list(lines_of(page.draft.files, run)),
        differing=[(name_of(one.scenario.file), one) for one in _wanted(run, chosen) if one.failure],
        chosen=chosen,
        chosen_name=name_of(chosen.scenario.file) if chosen else "",
        coverage=_coverage(page, run, chosen),
    )


@bp.post("/models/drafts/<draft_id>/scenarios/new")
@designing
def new_scenario(draft_id: str) -> ResponseReturnValue:
    """Add an empty scenario with a title, and open it."""
    page = draft_page(draft_id, TAB)
    title = " ".join(request.form.get("title", "").split())[:LONGEST_TITLE]
    if not title:
        errors = {"title": gettext("Skriv i en mening vad scenariot ska visa")}
        run = known_run(page.draft.files)
        lines = list(lines_of(page.draft.files, run))
        return make_response(show(page, "scenarios", lines=lines, run=run, typed={"title": title}, errors=errors), 422)
    text = write_scenario({"title": title, "steps": []})
    path = scenario_path(title, page.draft.files)
    what = gettext("Lade till scenariot %(title)s", title=title)
    return save_scenario(draft_id, path, text.encode(), what)


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


def name_of(path: str) -> str:
    """Return the name that a scenario's addresses use."""
    return path.removeprefix(FOLDER).removesuffix(".yaml")


def lines_of(files: Mapping[str, bytes], run: ScenarioRun | None) -> Iterator[Line]:
    """Yield the scenarios in the order of their names."""
    played = {one.scenario.file: one for one in run.results} if run else {}
    for path in scenario_paths(files):
        try:
            title = read_scenario(files, path).title
        except ScenariosRefused as error:
            own = [finding for finding in error.findings if finding.file == path]
            why = (own or error.findings)[0]
            yield Line(name=name_of(path), title=name_of(path), verdict="broken", steps=0, why=_said(why))
            continue
        yield _line(path, title, played.get(path))


def _line(path: str, title: str, played: Played | None) -> Line:
    verdict = "wait" if played is None else "bad" if played.failure else "ok"
    failure = played.failure if played else None
    return Line(
        name=name_of(path),
        title=title,
        verdict=verdict,
        steps=played.steps if played else 0,
        why=failure.where if failure else "",
    )


def _said(finding: Finding) -> str:
    return f"{finding.element}: {finding.message}" if finding.element else finding.message


def _wanted(run: ScenarioRun, chosen: Played | None) -> Iterable[Played]:
    return (chosen,) if chosen is not None else run.results


def _coverage(page: DraftPage, run: ScenarioRun, chosen: Played | None) -> CoverageView:
    """Return the coverage of all scenarios, or of the chosen one."""
    executable = read_bundle(page.draft.files).executable
    covered = cover(executable, chosen.coverage) if chosen is not None else run.covered
    return coverage_view(executable, covered, request.args.get("process", ""))
