"""Begin a trial: what is tried, from which day, with which facts and whom; and give one up."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.try_fact_names import named
from app.designer.try_facts import PREFIX, WrongFacts, as_typed, fact_fields, posted_facts
from app.designer.try_page import TAB, again
from app.shell.context import request_context
from app.shell.context import today as today_in_sweden
from workflows.models import Bundle, BundleRefused, read_bundle
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.scenario import moment_of
from workflows.models.trying import Beginning, begin_trial, discard_trial, find_trial, invented_roles

LONGEST_NAME = 80


@bp.route("/models/drafts/<draft_id>/try/begin", methods=["GET", "POST"])
@designing
def begin(draft_id: str) -> ResponseReturnValue:
    """Ask what to try, and begin it; a trial that is under way is given up by that."""
    page = draft_page(draft_id, TAB)
    try:
        bundle = read_bundle(page.draft.files)
    except BundleRefused as error:
        return show(page, "try_unreadable", findings=[finding.sentence for finding in error.findings], begun=False)
    if request.method != "POST":
        return _show(page, bundle, {"start": today_in_sweden().isoformat()}, {})
    start, process = request.form.get("start", "").strip(), request.form.get("process", "")
    errors = _wrong(start)
    facts: Mapping[str, object] = {}
    try:
        facts = posted_facts(bundle.model, {})
    except WrongFacts as wrong:
        errors |= wrong.errors
    if errors:
        return make_response(_show(page, bundle, request.form, errors), 422)
    begun = Beginning(
        process=process if process in _processes(bundle) and process != bundle.model.process else None,
        start=start,
        facts=facts,
        roles=_posted_roles(bundle),
    )
    begin_trial(request_context(), draft_id=draft_id, begun=begun)
    return again(draft_id)


@bp.post("/models/drafts/<draft_id>/try/discard")
@designing
def discard_try(draft_id: str) -> ResponseReturnValue:
    """Give the trial up."""
    discard_trial(request_context(), draft_id=draft_id)
    return redirect(url_for(".begin", draft_id=draft_id), 303)


def _show(page: DraftPage, bundle: Bundle, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    fields = named(fact_fields(bundle.model, DEFAULT_FACTS), bundle)
    return show(
        page,
        "try_begin",
        typed=typed,
        errors=errors,
        processes=list(_processes(bundle).items()),
        facts=as_typed(fields) if errors else fields,
        wrong_facts=any(name.startswith(PREFIX) for name in errors),
        roles=[(role, invented_roles(bundle.model)[role.key]) for role in bundle.model.roles],
        under_way=find_trial(request_context(), draft_id=page.draft.id) is not None,
    )


def _processes(bundle: Bundle) -> dict[str, str]:
    """Return what can be tried: the model's own process, then those it calls."""
    drawn = {scope.id: scope.name or scope.id for scope in bundle.executable.diagram.processes()}
    own = bundle.model.process
    return {own: drawn[own], **drawn}


def _wrong(start: str) -> dict[str, str]:
    try:
        moment_of(start[:10])
    except ValueError:
        return {"start": gettext("Välj dagen som provkörningen börjar")}
    return {} if len(start) == 10 else {"start": gettext("Välj dagen som provkörningen börjar")}


def _posted_roles(bundle: Bundle) -> dict[str, str]:
    """Return who has which role: the invented people, but for those who were named."""
    typed = {role: request.form.get(f"role-{role}", "").strip()[:LONGEST_NAME] for role in invented_roles(bundle.model)}
    return {role: typed[role] or name for role, name in invented_roles(bundle.model).items()}
