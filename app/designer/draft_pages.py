"""What every page of a draft has: the draft, its tabs, and the check's verdict in a few words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext, ngettext

from app.designer.blueprint import bp
from app.designer.tabs import tabs_in_order
from app.shell.context import request_context
from app.shell.filters import say
from app.shell.guard import holds
from workflows.kernel.context import Context
from workflows.models import DESIGN, ModelDraft, Severity, check, find_model_draft, known_run, name_in
from workflows.models.scenario import FOLDER
from workflows.people import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the check says of a draft, in words; `tone` as the tags have it."""

    errors: int
    warnings: int
    tone: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """A draft as its pages show it. `can_change`: the reader is a designer and the draft is open."""

    draft: ModelDraft
    title: str
    verdict: Verdict
    tab: str
    tabs: tuple[tuple[str, str, int, bool], ...]
    can_change: bool
    names: Mapping[str, str]

    def name_of(self, person: str | None) -> str:
        """Return a person's name, or the system's."""
        return self.names.get(person or "", gettext("Styr"))


def draft_page(draft_id: str, tab: str) -> DraftPage:
    """Return what a page of a draft shows whatever its tab. Raises NotFound."""
    return page_of(find_model_draft(request_context(), draft_id=draft_id), tab)


def page_of(draft: ModelDraft, tab: str) -> DraftPage:
    """Return the same for a draft that has been read."""
    ctx = request_context()
    may_design = holds(*DESIGN.organisation)
    tabs = tuple(
        (str(one.label), url_for(one.endpoint, draft_id=draft.id), 0, one.key == tab)
        for one in tabs_in_order(may_design=may_design)
    )
    return DraftPage(
        draft=draft,
        title=say(name_in(draft.files, draft.model)),
        verdict=verdict_of(draft.files),
        tab=tab,
        tabs=tabs,
        can_change=draft.is_open and may_design,
        names=_names(ctx, draft),
    )


@bp.app_template_filter("who")
def _who(person: str, page: DraftPage) -> str:
    """Return the name of somebody who has to do with a draft."""
    return page.name_of(person)


def show(page: DraftPage, template: str, **more: object) -> str:
    """Return a page of a draft."""
    return render_template(f"designer/{template}.html", page=page, draft=page.draft, **more)


def verdict_of(files: Mapping[str, bytes]) -> Verdict:
    """Return the check's verdict on a draft's files."""
    found = check(files)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    warnings = len(found) - errors
    advice = ngettext("%(num)s råd", "%(num)s råd", warnings) if warnings else ""
    if errors:
        words = ngettext("%(num)s fel hindrar publicering", "%(num)s fel hindrar publicering", errors)
        return Verdict(errors=errors, warnings=warnings, tone="bad", words=words)
    run = known_run(files)
    if run is not None and not run.green:
        failed = len(run.failed) + len(run.refused)
        words = ngettext("%(num)s scenario går fel", "%(num)s scenarier går fel", failed)
        if not failed and run.unplayed:
            left = len(run.unplayed)
            words = ngettext("%(num)s scenario hann inte köras", "%(num)s scenarier hann inte köras", left)
        return Verdict(errors=0, warnings=warnings, tone="bad", words=words)
    words = gettext("Kontrollen är grön") + (f", {advice}" if advice else "")
    if run is None and any(path.startswith(FOLDER) for path in files):
        words = gettext("%(check)s, scenarierna är inte körda", check=words)
        return Verdict(errors=0, warnings=warnings, tone="wait", words=words)
    return Verdict(errors=0, warnings=warnings, tone="ok", words=words)


def _names(ctx: Context, draft: ModelDraft) -> Mapping[str, str]:
    people = {draft.created_by, draft.changed_by, draft.asked_by, *draft.authors} - {None}
    with ctx.read() as session:
        return names_of(session, tenant=ctx.tenant, people=[person for person in people if person])
