"""Compares every row that a project's record consists of with the event that told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow.record import digest_of
from workflows.flow.tables import SubmissionRow
from workflows.governance.decision_record import digest_of_decision
from workflows.governance.packs import digest_of_pack
from workflows.governance.readiness import ConditionStatus
from workflows.governance.tables import ConditionRow, DecisionRow, DocumentRow, FileRow, PackRow, RecusalRow
from workflows.kernel import files
from workflows.kernel.chain import EventRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Something in a record that was changed: `where` names the row, `problem` is a code.

    Codes: gap, unlinked, changed, head (the event chain); state, submission, pack, decision, document, condition,
    recusal, file, bundle (rows that events tell of), gone (the project itself).
    """

    where: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """An event without its state."""

    seq: int
    verb: str
    at: datetime
    actor: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A project's events and rows. The chain of events holds; the rows are what is in question."""

    session: Session
    ctx: Context
    project: str
    instance: str
    events: Sequence[_Event]

    def rows(self, table: Any) -> Sequence[Any]:
        """Return the project's rows of a table."""
        query = select(table).where(table.tenant == self.ctx.tenant, table.project == self.project)
        return self.session.scalars(query).all()

    def told(self, verb: str) -> Iterator[_Event]:
        """Yield the events of a verb."""
        return (event for event in self.events if event.verb == verb)


def broken_rows(session: Session, ctx: Context, *, project_id: str, instance: str) -> Iterator[Broken]:
    """Yield every row that is not what its event told, and every row that is gone."""
    columns = (EventRow.seq, EventRow.verb, EventRow.at, EventRow.actor, EventRow.body)
    query = select(*columns).where(EventRow.tenant == ctx.tenant, EventRow.stream == instance).order_by(EventRow.seq)
    events = tuple(_Event(**row._mapping) for row in session.execute(query))
    record = _Record(session=session, ctx=ctx, project=project_id, instance=instance, events=events)
    for rule in (_submissions, _documents, _packs, _decisions, _conditions, _recusals, _files):
        yield from rule(record)


def _submissions(record: _Record) -> Iterator[Broken]:
    """Answers are what was handed in, in the step and by the person that the event names."""
    told = {event.body["submission"]: event for event in record.events if event.body.get("submission")}
    query = select(SubmissionRow).where(
        SubmissionRow.tenant == record.ctx.tenant, SubmissionRow.instance == record.instance
    )
    for row in record.session.scalars(query):
        event = told.pop(row.id, None)
        if (
            event is None
            or (row.digest, row.task) != (event.body["submission_digest"], event.body["task"])
            or (row.actor, row.at) != (event.actor, event.at)
            or digest_of(row.answers) != row.digest
        ):
            yield Broken(where=f"submission {row.id}", problem="submission")
    for gone in told:
        yield Broken(where=f"submission {gone}", problem="submission")


def _documents(record: _Record) -> Iterator[Broken]:
    """A version of a document has the number, the publicity and the secrecy that its step gave it."""
    told = {event.body["submission"]: event for event in record.events if event.body.get("document")}
    for row in record.rows(DocumentRow):
        event = told.pop(row.submission, None)
        if event is None or _document(row) != {
            **event.body["document"],
            "digest": event.body["submission_digest"],
            "decided_on": local_date(event.at),
            "recorded_on": event.at,
            "recorded_by": event.actor,
        }:
            yield Broken(where=f"document {row.registry_number}", problem="document")
    for event in told.values():
        yield Broken(where=f"document {event.body['document']['registry_number']}", problem="document")


_DOCUMENT = (
    "key", "item", "version", "registry_number", "publicity", "secrecy", "digest", "decided_on", "recorded_on",
    "recorded_by",
)  # fmt: skip


def _document(row: DocumentRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _DOCUMENT}


def _packs(record: _Record) -> Iterator[Broken]:
    """What was decided on is what was requested."""
    told = [event.body["pack_digest"] for event in record.events if event.body.get("pack_digest")]
    for row in record.rows(PackRow):
        if row.digest not in told or digest_of_pack(row.content) != row.digest:
            yield Broken(where=f"pack {row.gate} {row.round}", problem="pack")
        else:
            told.remove(row.digest)
    for digest in told:
        yield Broken(where=f"pack {digest[:12]}", problem="pack")


def _decisions(record: _Record) -> Iterator[Broken]:
    """A decision and the pack it rests on are what the event told."""
    told = {event.body["decision"]: event.body["digest"] for event in record.told("decide")}
    packs = {row.id: row.digest for row in record.rows(PackRow)}
    for row in record.rows(DecisionRow):
        digest = digest_of_decision(row, packs.get(row.pack or ""))
        if not digest == row.digest == told.pop(row.id, None):
            yield Broken(where=f"decision {row.registry_number}", problem="decision")
    for gone in told:
        yield Broken(where=f"decision {gone}", problem="decision")


def _conditions(record: _Record) -> Iterator[Broken]:
    """A condition is what the decision says, and done only if somebody said so."""
    done = {event.body["condition"]: event for event in record.told("complete_condition")}
    rows = sorted(record.rows(ConditionRow), key=lambda row: row.number)
    for decision in record.rows(DecisionRow):
        wanted = [(one["text"].strip(), one["owner"], one["due_on"]) for one in decision.detail.get("conditions", ())]
        found = [(row.text, row.owner, row.due_on.isoformat()) for row in rows if row.decision == decision.id]
        if wanted != found:
            yield Broken(where=f"condition {decision.registry_number}", problem="condition")
    for row in rows:
        event = done.pop(row.id, None)
        said = (event.at, event.actor, event.body["note"]) if event else (None, None, "")
        is_done = row.status == ConditionStatus.DONE
        if is_done != (event is not None) or (row.done_at, row.done_by, row.note) != said:
            yield Broken(where=f"condition {row.number}", problem="condition")


def _recusals(record: _Record) -> Iterator[Broken]:
    """A declared conflict of interest stays declared, with its reason."""
    told = {(event.body["task"], event.actor, event.body["reason"]) for event in record.told("declare_conflict")}
    found = {(row.task, row.person, row.reason) for row in record.rows(RecusalRow)}
    for task, _person, _reason in sorted(told ^ found, key=str):
        yield Broken(where=f"recusal {task}", problem="recusal")


def _files(record: _Record) -> Iterator[Broken]:
    """A file is the one that was added, on the disk too."""
    told = {event.body["file"]: event.body for event in record.told("add_file")}
    for row in record.rows(FileRow):
        body = told.pop(row.id, None)
        named = body is not None and (body["name"], body["digest"]) == (row.name, row.digest)
        if not named or not files.is_intact(record.ctx.files, row.digest):
            yield Broken(where=f"file {row.name}", problem="file")
    for body in told.values():
        yield Broken(where=f"file {body['name']}", problem="file")
