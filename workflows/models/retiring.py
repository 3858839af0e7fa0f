"""Take a version out of use for new projects, and back; projects on it go on."""

from __future__ import annotations

from forms.values import clean
from workflows.kernel import chain
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound, StyrError, _l
from workflows.kernel.ids import ORGANISATION, RequestId
from workflows.models.drafting.model_draft import DESIGN, SEE_MODELS
from workflows.models.publish import STREAM
from workflows.models.tables import BundleRow
from workflows.people import Refused, authorize
from workflows.people.journal import refuse_repeat

LONGEST = 2000


class RetirementReasonMissing(Refused):
    """A version is retired or taken back into use without a reason."""

    code = "retirement_reason_missing"
    field = "reason"
    message = _l("Skriv varför")


class AlreadySo(StyrError):
    """A version is retired that is retired, or taken back into use that is in use."""

    status = 409
    code = "already_so"
    message = _l("Någon hann före: versionen är redan ändrad. Ladda om sidan.")


def retire_version(ctx: Context, *, digest: str, retire: bool, reason: str, request_id: RequestId | None = None) -> str:
    """Retire a version for new projects, or take it back into use; return its digest.

    Raises NotFound, Forbidden, AlreadyDone, AlreadySo, RetirementReasonMissing.
    """
    why, now = clean(reason, lines=True).strip()[:LONGEST], ctx.now()
    if not why:
        raise RetirementReasonMissing
    verb = "retire" if retire else "reinstate"
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        refuse_repeat(session, ctx, verb, request_id, stream=STREAM)
        row = session.get(BundleRow, (ctx.tenant, digest))
        if row is None:
            raise NotFound
        if (row.retired_at is not None) is retire:
            raise AlreadySo
        row.retired_at, row.retired_by = (now, ctx.actor) if retire else (None, None)
        body = {"subject": digest, "model": row.model, "version": row.version, "reason": why}
        happening = chain.Happening(verb=verb, at=now, body=body, actor=ctx.actor, bundle=digest, request_id=request_id)
        chain.append(session, tenant=ctx.tenant, stream=STREAM, happening=happening)
    return digest
