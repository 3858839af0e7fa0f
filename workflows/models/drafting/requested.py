"""The drafts that wait for a person to publish them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from workflows.kernel.ids import ORGANISATION, PersonId, Principal
from workflows.models.drafting.model_draft import DESIGN, ModelDraftStatus
from workflows.models.drafting.naming import name_now
from workflows.models.drafting.publishing import MAY_PUBLISH
from workflows.models.model import Label
from workflows.models.publish import load_bundle
from workflows.models.tables import BundleRow, ModelDraftFileRow, ModelDraftRow
from workflows.people import acting_select


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedDraft:
    """A draft whose publication was asked for: by whom and when. `model` is what the model is called; empty if new."""

    id: str
    model: Label
    name: str
    asked_at: datetime
    asked_by: PersonId


def requested_drafts(
    session: Session, *, tenant: str, person: PersonId, principals: Collection[Principal], day: date
) -> tuple[RequestedDraft, ...]:
    """Return the drafts that a person may publish and has neither written in nor asked for, the oldest request first.

    An administrator who is no designer sees those that no designer may publish. Whoever can publish nothing costs no
    statement.
    """
    own = _waiting_for(tenant, person, principals, day)
    if own is None:
        return ()
    draft = ModelDraftRow
    newest = select(func.max(BundleRow.version)).where(BundleRow.tenant == draft.tenant, BundleRow.model == draft.model)
    query = (
        select(
            draft.id, draft.name, draft.base, draft.asked_at, draft.asked_by, newest.scalar_subquery().label("newest")
        )
        .where(own)
        .order_by(draft.asked_at, draft.id)
    )
    return tuple(
        RequestedDraft(
            id=row.id,
            model={} if row.base is None else load_bundle(session, tenant=tenant, digest=row.base).model.name,
            name=name_now(row.name, row.newest),
            asked_at=row.asked_at,
            asked_by=row.asked_by,
        )
        for row in session.execute(query).all()
    )


def requests_select(
    *, tenant: str, person: PersonId, principals: Collection[Principal], day: date
) -> Select[int] | None:
    """Return the SELECT that counts them, to nest in another's query; None for whoever can publish nothing."""
    own = _waiting_for(tenant, person, principals, day)
    return None if own is None else select(func.count()).select_from(ModelDraftRow).where(own)


def _waiting_for(
    tenant: str, person: PersonId, principals: Collection[Principal], day: date
) -> ColumnElement[bool] | None:
    if not MAY_PUBLISH.principals(ORGANISATION) & set(principals):
        return None
    draft, designers = ModelDraftRow, DESIGN.principals(ORGANISATION)
    mine = and_(
        draft.tenant == tenant, draft.status == ModelDraftStatus.REQUESTED, draft.asked_by != person, ~_wrote(person)
    )
    if designers & set(principals):
        return mine
    other = acting_select(tenant, designers, day).subquery()
    able = select(other.c.person).where(other.c.person != draft.asked_by, ~_wrote(other.c.person))
    return and_(mine, ~able.correlate(draft).exists())


def _wrote(person: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Tell whether a person has written in the draft at hand."""
    draft, file = ModelDraftRow, ModelDraftFileRow
    return exists().where(file.tenant == draft.tenant, file.draft == draft.id, file.by == person)
