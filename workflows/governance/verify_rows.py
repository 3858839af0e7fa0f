"""Compares the rows that people's own words and decisions are kept in with the events that told of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from workflows.flow.record import digest_of
from workflows.flow.tables import SubmissionRow
from workflows.governance.decision_record import digest_of_decision
from workflows.governance.outcomes import LegalBasis, Outcome
from workflows.governance.packs import PackStatus, digest_of_pack
from workflows.governance.readiness import ConditionStatus
from workflows.governance.tables import ConditionRow, DecisionRow, DocumentRow, PackRow, RecusalRow
from workflows.governance.verify_record import Broken, Record, Told
from workflows.kernel.clock import local_date


def submissions(record: Record) -> Iterator[Broken]:
    """Answers are what was handed in, in the step and by the person that the event names."""
    told = {event.body["submission"]: event for event in record.events if event.body.get("submission")}
    modes = {row.task: row.mode for row in record.rows(DecisionRow)}
    query = select(SubmissionRow).where(
        SubmissionRow.tenant == record.ctx.tenant, SubmissionRow.instance == record.project.instance
    )
    for row in record.session.scalars(query):
        event = told.pop(row.id, None)
        form = f"decision_{modes[row.task]}" if row.task in modes else None
        if event is None or _submission(row) != {
            **{name: event.body[name] for name in ("task", "node", "item")},
            "form": event.body.get("form", form),
            "bundle": event.bundle,
            "digest": event.body["submission_digest"],
            "at": event.at,
            "actor": event.actor,
            "on_behalf_of": event.on_behalf_of,
        }:
            yield Broken(where=f"submission {row.id}", problem="submission")
    for gone in told:
        yield Broken(where=f"submission {gone}", problem="submission")


def _submission(row: SubmissionRow) -> dict[str, Any]:
    """Return every column but the keys; the digest is taken of the answers themselves."""
    names = ("task", "node", "item", "form", "bundle", "at", "actor", "on_behalf_of")
    kept = {name: getattr(row, name) for name in names}
    return {**kept, "digest": row.digest if digest_of(row.answers) == row.digest else None}


def documents(record: Record) -> Iterator[Broken]:
    """A version of a document has the number, the publicity and the secrecy that its step gave it."""
    told = {event.body["submission"]: event for event in record.events if event.body.get("document")}
    for row in record.rows(DocumentRow):
        event = told.pop(row.submission, None)
        if event is None or _document(row) != {
            "legal_basis": LegalBasis.INTERNAL,
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
    "key", "item", "version", "registry_number", "legal_basis", "publicity", "secrecy", "digest", "decided_on",
    "recorded_on", "recorded_by",
)  # fmt: skip


def _document(row: DocumentRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _DOCUMENT}


def packs(record: Record) -> Iterator[Broken]:
    """What was decided on is what was requested, and the pack says what became of it."""
    told = [event for event in record.events if event.body.get("pack_digest")]
    for row in record.rows(PackRow):
        event = next((event for event in told if _froze(event, row)), None)
        if event is None or row.status != _became(record, row, event):
            yield Broken(where=f"pack {row.gate} {row.round}", problem="pack")
        if event is not None:
            told.remove(event)
    for event in told:
        yield Broken(where=f"pack {event.body['gate']} {event.body['pack_digest'][:12]}", problem="pack")


def _froze(event: Told, row: PackRow) -> bool:
    """Tell whether an event froze a pack with everything that is in it."""
    said = {name: getattr(row, name) for name in ("gate", "item", "round", "with_deviation", "authority")}
    return (
        event.body["pack_digest"] == row.digest == digest_of_pack(row.content)
        and event.body.get("pack", said) == said
        and (event.body["gate"], event.body["item"]) == (row.gate, row.item)
        and (event.at, event.actor) == (row.requested_at, row.requested_by)
    )


def _became(record: Record, row: PackRow, request: Told) -> PackStatus:
    """Return what the first event that closed a pack made of it; a deferred one waits on."""
    for event in record.told("decide", "withdraw", "terminate"):
        at_gate = (event.body.get("gate"), event.body.get("item")) == (row.gate, row.item)
        if event.seq <= request.seq or event.body.get("outcome") == Outcome.DEFER:
            continue
        if event.verb == "terminate" or (at_gate and event.verb == "withdraw"):
            return PackStatus.WITHDRAWN
        if at_gate:
            return PackStatus.DECIDED
    return PackStatus.WAITING


def decisions(record: Record) -> Iterator[Broken]:
    """A decision and the pack it rests on are what the event told."""
    told = {event.body["decision"]: event.body["digest"] for event in record.told("decide")}
    digests = {row.id: row.digest for row in record.rows(PackRow)}
    for row in record.rows(DecisionRow):
        digest = digest_of_decision(row, digests.get(row.pack or ""))
        if not digest == row.digest == told.pop(row.id, None):
            yield Broken(where=f"decision {row.registry_number}", problem="decision")
    for gone in told:
        yield Broken(where=f"decision {gone}", problem="decision")


def conditions(record: Record) -> Iterator[Broken]:
    """A condition is what the decision says, whoever took it over since, and done only if somebody said so."""
    done = {event.body["condition"]: event for event in record.told("complete_condition")}
    taken_over = {event.body["condition"]: event.body["to"] for event in record.told("hand_over_condition")}
    rows = sorted(record.rows(ConditionRow), key=lambda row: row.number)
    made = record.rows(DecisionRow)
    for decision in made:
        own = [row for row in rows if row.decision == decision.id]
        wanted = decision.detail.get("conditions", ())
        said = [(one["text"].strip(), one["owner"], one["due_on"], decision.gate or "") for one in wanted]
        if len(own) != len(said) or any(
            (row.text, row.owner, row.due_on.isoformat(), row.gate) != (text, taken_over.get(row.id, owner), day, gate)
            for row, (text, owner, day, gate) in zip(own, said, strict=True)
        ):
            yield Broken(where=f"condition {decision.registry_number}", problem="condition")
    for number, row in enumerate(rows, 1):
        is_known = any(row.decision == decision.id for decision in made)
        if not is_known or row.number != number or _done(row) != _said_done(row, done.get(row.id)):
            yield Broken(where=f"condition {row.number}", problem="condition")


def _done(row: ConditionRow) -> tuple[Any, ...]:
    return (row.status, row.task, row.done_at, row.done_by, row.note)


def _said_done(row: ConditionRow, event: Told | None) -> tuple[Any, ...]:
    """Return what a condition has to say of itself after the event that met it, if one did."""
    if event is None:
        return (ConditionStatus.OPEN, row.task, None, None, "")
    return (ConditionStatus.DONE, event.body["task"], event.at, event.actor, event.body["note"])


def recusals(record: Record) -> Iterator[Broken]:
    """A declared conflict of interest stays declared, with its reason."""
    told = {
        (event.body["task"], event.actor, event.body["reason"], event.at) for event in record.told("declare_conflict")
    }
    found = {(row.task, row.person, row.reason, row.at) for row in record.rows(RecusalRow)}
    for task, *_rest in sorted(told ^ found, key=str):
        yield Broken(where=f"recusal {task}", problem="recusal")
