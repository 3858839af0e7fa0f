"""From draft to version: asked for by one, published by another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.values import clean
from workflows.kernel import chain
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, _l
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId
from workflows.models.bundle import BundleRefused, read_bundle
from workflows.models.comparing import summary
from workflows.models.drafting.catching_up import newer_version
from workflows.models.drafting.changed import changes_of_draft
from workflows.models.drafting.errors import DraftBehind, DraftClosed, DraftNotReady, NotYourOwn
from workflows.models.drafting.model_draft import (
    DESIGN,
    SEE_MODELS,
    ModelDraft,
    ModelDraftStatus,
    load_model_draft,
)
from workflows.models.finding import Severity
from workflows.models.linting import check
from workflows.models.publish import STREAM, Published, store_version
from workflows.models.running_scenarios import run_scenarios
from workflows.models.tables import ModelDraftRow
from workflows.people import ADMINISTER, Rule, authorize, is_administrator, people_behind
from workflows.people.journal import refuse_repeat

LONGEST = 2000

MAY_PUBLISH = Rule(organisation=DESIGN.organisation | ADMINISTER.organisation)
"""Who may answer a request: another designer, or an administrator with a reason."""

_NOTE_MISSING = _l("Skriv vad som är nytt i versionen, så att andra förstår den")
_NOTE_LONG = _l("Korta texten till högst {limit} tecken")
_REASON_MISSING = _l("Skriv varför")
_SAME = _l("Utkastet är likadant som den publicerade versionen. Det finns inget att publicera")
_ERRORS = _l("Kontrollen har {count} fel. Rätta dem först")
_SCENARIOS = _l("{count} av {all} scenarier går inte som de ska. Rätta dem eller modellen först")
_UNPLAYED = _l("{count} av {all} scenarier hann inte köras. Korta de långa först")


def ask_for_publication(
    ctx: Context, *, draft_id: str, seen: int, note: str, request_id: RequestId | None = None
) -> str:
    """Ask somebody else to publish the draft with `note`; nobody changes it meanwhile. Returns the draft's id.

    Raises AlreadyDone, DraftClosed, DraftBehind, and DraftNotReady when check or scenarios are against it.
    """
    text, now = _text(note, _NOTE_MISSING), ctx.now()
    _require_ready(ctx, draft_id)
    with ctx.write() as session:
        draft, row = _begin(session, ctx, DESIGN, draft_id, seen, "ask", request_id)
        if draft.status is not ModelDraftStatus.OPEN:
            raise DraftClosed
        _require_newest(session, ctx, draft)
        row.status, row.note, row.returned = ModelDraftStatus.REQUESTED, text, ""
        row.asked_at, row.asked_by = now, ctx.actor
        _tell(session, ctx, draft, "ask", now, request_id, note=text)
        for person in _others(session, ctx, draft, now):
            ctx.jobs.later(
                session, "mail.review", draft_id, person, key=f"review:{draft_id}:{person}:{now.timestamp()}"
            )
    return draft_id


def take_back_publication(ctx: Context, *, draft_id: str, seen: int, request_id: RequestId | None = None) -> str:
    """Take a request back, so that the draft can be changed again."""
    return _reopen(ctx, draft_id, seen, "take_back", "", request_id)


def return_model_draft(
    ctx: Context, *, draft_id: str, seen: int, reason: str, request_id: RequestId | None = None
) -> str:
    """Send a draft back with what has to be changed first."""
    return _reopen(ctx, draft_id, seen, "return", _text(reason, _REASON_MISSING), request_id)


def publish_model_draft(
    ctx: Context, *, draft_id: str, seen: int, reason: str = "", request_id: RequestId | None = None
) -> Published:
    """Publish a draft that waits for it as its model's next version.

    Whoever has written in it or asked for it does not publish it, unless they are an administrator who gives a
    `reason`; that is part of the record, and so is what changed, in sentences. Raises AlreadyDone, DraftClosed,
    DraftBehind, DraftNotReady, NotYourOwn.
    """
    now, why = ctx.now(), clean(reason, lines=True).strip()
    draft = _require_ready(ctx, draft_id)
    bundle = read_bundle(draft.files)
    with ctx.read() as session:
        changes = changes_of_draft(session, tenant=ctx.tenant, draft=draft)
    with ctx.write() as session:
        draft, row = _begin(session, ctx, MAY_PUBLISH, draft_id, seen, "publish", request_id)
        if draft.status is not ModelDraftStatus.REQUESTED:
            raise DraftClosed
        _require_newest(session, ctx, draft)
        override = _override(session, ctx, draft, why, now)
        told: dict[str, Any] = {"subject": draft_id, "note": draft.note, "asked_by": draft.asked_by}
        told |= {"override": override} if override else {}
        told |= {"changes": list(summary(changes))} if changes else {}
        published = store_version(session, ctx, bundle, at=now, note=draft.note, told=told, request_id=request_id)
        row.status, row.published = ModelDraftStatus.PUBLISHED, published.digest
        row.changed_at, row.changed_by = now, ctx.actor
    return published


def publication_hindrance(draft: ModelDraft) -> DraftNotReady | None:
    """Tell why check or scenarios are against a draft; None when nothing is."""
    errors = sum(finding.severity is Severity.ERROR for finding in check(draft.files))
    if errors:
        return DraftNotReady(reason=_ERRORS.format(count=errors))
    try:
        run = run_scenarios(draft.files)
    except BundleRefused as refused:
        return DraftNotReady(reason=_ERRORS.format(count=len(refused.findings)))
    if run.refused:
        return DraftNotReady(reason=_ERRORS.format(count=len(run.refused)))
    failed, left, count = len(run.failed), len(run.unplayed), len(run.results) + len(run.unplayed)
    if failed:
        return DraftNotReady(reason=_SCENARIOS.format(count=failed, all=count))
    return DraftNotReady(reason=_UNPLAYED.format(count=left, all=count)) if left else None


def is_own_work(draft: ModelDraft, person: PersonId | None) -> bool:
    """Tell whether a person has written in a draft or asked for its publication."""
    return person in draft.authors or person == draft.asked_by


def _require_ready(ctx: Context, draft_id: str) -> ModelDraft:
    """Return the draft, read and tried outside the write. Raises DraftBehind, DraftNotReady."""
    with ctx.read() as session:
        authorize(session, ctx, SEE_MODELS, scope=ORGANISATION, sees=SEE_MODELS)
        draft = load_model_draft(session, tenant=ctx.tenant, draft_id=draft_id)
        if draft.status in (ModelDraftStatus.PUBLISHED, ModelDraftStatus.DISCARDED):
            return draft  # the write tells who was first
        _require_newest(session, ctx, draft)
    hindrance = publication_hindrance(draft)
    if hindrance is not None:
        raise hindrance
    return draft


def _require_newest(session: Session, ctx: Context, draft: ModelDraft) -> None:
    news = newer_version(session, tenant=ctx.tenant, draft=draft)
    if news is not None:
        raise DraftBehind(version=news.version.version)


def _begin(
    session: Session, ctx: Context, rule: Rule, draft_id: str, seen: int, verb: str, request_id: RequestId | None
) -> tuple[ModelDraft, ModelDraftRow]:
    """Return the draft and its row if the actor may use the verb and has seen it as it is."""
    authorize(session, ctx, rule, scope=ORGANISATION, sees=SEE_MODELS)
    refuse_repeat(session, ctx, verb, request_id, stream=STREAM)
    draft = load_model_draft(session, tenant=ctx.tenant, draft_id=draft_id)
    if draft.revision != seen or draft.status in (ModelDraftStatus.PUBLISHED, ModelDraftStatus.DISCARDED):
        raise DraftClosed
    return draft, session.get_one(ModelDraftRow, (ctx.tenant, draft_id))


def _others(session: Session, ctx: Context, draft: ModelDraft, at: datetime) -> list[PersonId]:
    """Return the designers who have not written in a draft: those who may publish it."""
    principals = DESIGN.principals(ORGANISATION)
    behind = people_behind(session, tenant=ctx.tenant, principals=principals, day=local_date(at))
    people = {person.id for found in behind.values() for person in found}
    return sorted(people - draft.authors - {ctx.actor})


def _reopen(ctx: Context, draft_id: str, seen: int, verb: str, reason: str, request_id: RequestId | None) -> str:
    now = ctx.now()
    with ctx.write() as session:
        draft, row = _begin(session, ctx, MAY_PUBLISH, draft_id, seen, verb, request_id)
        if draft.status is not ModelDraftStatus.REQUESTED:
            raise DraftClosed
        row.status, row.returned, row.asked_at, row.asked_by = ModelDraftStatus.OPEN, reason, None, None
        _tell(session, ctx, draft, verb, now, request_id, reason=reason)
    return draft_id


def _override(session: Session, ctx: Context, draft: ModelDraft, reason: str, at: datetime) -> str:
    """Return the administrator's reason where one is needed. Raises NotYourOwn, DraftNotReady, Forbidden."""
    if ctx.actor is None or not is_own_work(draft, ctx.actor):
        return "" if ctx.actor is None else _for_others(session, ctx, reason)
    if not is_administrator(session, tenant=ctx.tenant, person=ctx.actor, day=local_date(at)):
        raise NotYourOwn
    if not reason:
        raise NotYourOwn
    return reason[:LONGEST]


def _for_others(session: Session, ctx: Context, reason: str) -> str:
    """Return the reason of an administrator who is no designer; a designer needs none."""
    try:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
    except Forbidden:
        if not reason:
            raise DraftNotReady(reason=_REASON_MISSING, field="reason") from None
        return reason[:LONGEST]
    return ""


def _tell(
    session: Session,
    ctx: Context,
    draft: ModelDraft,
    verb: str,
    at: datetime,
    request_id: RequestId | None,
    **facts: str,
) -> None:
    body = {"subject": draft.id, "model": draft.model, "revision": draft.revision, **facts}
    happening = chain.Happening(verb=verb, at=at, body=body, actor=ctx.actor, request_id=request_id)
    chain.append(session, tenant=ctx.tenant, stream=STREAM, happening=happening)


def _text(typed: str, missing: str) -> str:
    text = clean(typed, lines=True).strip()
    if not text:
        raise DraftNotReady(reason=missing)
    if len(text) > LONGEST:
        raise DraftNotReady(reason=_NOTE_LONG.format(limit=LONGEST))
    return text
