"""`styr verify`: does the record still add up? Names the first broken link of each project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import load_running
from workflows.flow.record import digest_of
from workflows.flow.tables import SubmissionRow
from workflows.governance.decision_record import digest_of_decision
from workflows.governance.project import load_project
from workflows.governance.tables import DecisionRow, DocumentRow, PackRow, ProjectRow
from workflows.kernel.chain import EventRow, verify_stream
from workflows.kernel.context import Context
from workflows.kernel.database import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Something in a project's record that was changed: `where` names the row, `problem` is a code.

    Codes: gap, unlinked, changed, head (the event chain); submission, pack, decision, document, state (rows that events
    or digests name).
    """

    project: str
    where: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The result for one project: `broken` is None when everything adds up."""

    project: str
    number: str
    title: str
    events: int
    broken: Broken | None


def verify(ctx: Context, *, number: str | None = None) -> Iterator[Verified]:
    """Check one project (by its number) or all of them, a project at a time."""
    with ctx.read() as session:
        query = select(ProjectRow.id).where(ProjectRow.tenant == ctx.tenant)
        if number is not None:
            query = query.where(ProjectRow.number == number)
        ids = tuple(session.scalars(query.order_by(ProjectRow.number)))
    for project_id in ids:
        with ctx.read() as session:
            yield _verify(session, ctx.tenant, project_id)


def _verify(session: Session, tenant: str, project_id: str) -> Verified:
    project = load_project(session, tenant=tenant, project_id=project_id)
    running = load_running(session, tenant=tenant, instance_id=project.instance)
    return Verified(
        project=project.id,
        number=project.number,
        title=project.title,
        events=running.seq,
        broken=_first_broken(session, tenant, project_id, project.instance),
    )


def _first_broken(session: Session, tenant: str, project_id: str, instance: str) -> Broken | None:
    running = load_running(session, tenant=tenant, instance_id=instance)
    link = verify_stream(session, tenant=tenant, stream=instance, head=(running.seq, running.head))
    if link is not None:
        return Broken(project=project_id, where=f"event {link.seq}", problem=link.problem)
    last = session.get(EventRow, (tenant, instance, running.seq))
    if last is None or last.state != running.state:
        return Broken(project=project_id, where=f"event {running.seq}", problem="state")
    return next(_broken_rows(session, tenant, project_id, instance), None)


def _broken_rows(session: Session, tenant: str, project_id: str, instance: str) -> Iterator[Broken]:
    """Compare every row that carries a digest with what it holds, and with the events that name it."""
    events = {
        row.seq: row.body
        for row in session.execute(
            select(EventRow.seq, EventRow.body).where(EventRow.tenant == tenant, EventRow.stream == instance)
        )
    }
    handed = {body["submission"]: seq for seq, body in events.items() if body.get("submission")}
    decided = {body["decision"]: body["digest"] for body in events.values() if body.get("decision")}
    rows = session.scalars(
        select(SubmissionRow).where(SubmissionRow.tenant == tenant, SubmissionRow.instance == instance)
    ).all()
    digests = {row.id: row.digest for row in rows}
    for row in rows:
        named = events.get(handed.pop(row.id, 0), {}).get("submission_digest")
        if digest_of(row.answers) != row.digest or named != row.digest:
            yield Broken(project=project_id, where=f"submission {row.id}", problem="submission")
    for submission in handed:
        yield Broken(project=project_id, where=f"submission {submission}", problem="submission")
    packs = _packs(session, tenant, project_id)
    for pack in packs.values():
        if hashlib.sha256(canonical(pack.content)).hexdigest() != pack.digest:
            yield Broken(project=project_id, where=f"pack {pack.id}", problem="pack")
    yield from _broken_decisions(session, tenant, project_id, packs, decided)
    for document in session.scalars(
        select(DocumentRow).where(DocumentRow.tenant == tenant, DocumentRow.project == project_id)
    ):
        if digests.get(document.submission) != document.digest:
            where = f"document {document.key} {document.version}"
            yield Broken(project=project_id, where=where, problem="document")


def _broken_decisions(
    session: Session, tenant: str, project_id: str, packs: dict[str, PackRow], decided: dict[str, str]
) -> Iterator[Broken]:
    for row in session.scalars(
        select(DecisionRow).where(DecisionRow.tenant == tenant, DecisionRow.project == project_id)
    ):
        pack = packs.get(row.pack or "")
        named = decided.pop(row.id, None)
        if digest_of_decision(row, pack.digest if pack else None) != row.digest or named != row.digest:
            yield Broken(project=project_id, where=f"decision {row.registry_number}", problem="decision")
    for decision in decided:
        yield Broken(project=project_id, where=f"decision {decision}", problem="decision")


def _packs(session: Session, tenant: str, project_id: str) -> dict[str, PackRow]:
    query = select(PackRow).where(PackRow.tenant == tenant, PackRow.project == project_id)
    return {row.id: row for row in session.scalars(query)}
