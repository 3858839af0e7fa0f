"""Earlier rounds of a gate: what was decided on each, and what has changed in the pack since the last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from forms.verdict import ItemState
from workflows.flow import events_of
from workflows.governance.decision_record import Decision
from workflows.governance.gate_pack import PackItem, PackVersion, PackView
from workflows.governance.gate_reading import pack_view
from workflows.governance.gate_task import GateTask
from workflows.governance.outcomes import Outcome
from workflows.governance.packs import Pack, PackStatus
from workflows.models.model import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemChange:
    """An answer that is not what it was; `before` is None for a question that was not in the pack then."""

    before: PackItem | None
    after: PackItem


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionChange:
    """A document with a newer version; `before` is None when there was none."""

    label: Label
    before: PackVersion | None
    after: PackVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """An earlier pack of the gate, or earlier decisions on this one (deferred); newest decision first."""

    pack: Pack
    decisions: tuple[Decision, ...]
    withdrawn: str = ""

    @property
    def is_withdrawn(self) -> bool:
        """Whether the request was taken back."""
        return self.pack.status is PackStatus.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Earlier rounds, newest first; what changed since the last one; what of it had been sent back (`reopened`).

    `withdrawn` is why this round's request was taken back.
    """

    rounds: tuple[Round, ...] = ()
    items: tuple[ItemChange, ...] = ()
    versions: tuple[VersionChange, ...] = ()
    reopened: tuple[PackItem, ...] = ()
    withdrawn: str = ""

    @property
    def mended(self) -> int:
        """Return how many of the items sent back are satisfied now."""
        return sum(item.state in (ItemState.SATISFIED, ItemState.NOT_APPLICABLE) for item in self.reopened)


def history_of(
    session: Session,
    *,
    tenant: str,
    gate: GateTask,
    view: PackView,
    project_packs: Sequence[Pack],
    project_decisions: Sequence[Decision],
) -> History:
    """Return what happened to the gate before this round, and on this pack before it was deferred."""
    held, pack = gate.held, gate.pack
    packs = [one for one in project_packs if (one.gate, one.item) == (pack.gate, pack.item) and one.round <= pack.round]
    decisions = [
        one
        for one in project_decisions
        if one.task != held.task.id and one.recorded_on <= (held.task.closed_at or one.recorded_on)
    ]
    reasons = _reasons(session, tenant, held.project.instance, packs)
    rounds = [
        Round(
            pack=one,
            decisions=tuple(decision for decision in decisions if decision.pack == one.id),
            withdrawn=reasons.get(one.round, ""),
        )
        for one in reversed(packs)
    ]
    rounds = [one for one in rounds if one.pack.id != pack.id or one.decisions]
    before = next((one for one in reversed(packs) if one.round < pack.round), None)
    if before is None:
        return History(rounds=tuple(rounds), withdrawn=reasons.get(pack.round, ""))
    earlier = pack_view(
        session, tenant=tenant, project=held.project, bundle=held.bundle, pack=before, conditions=gate.conditions
    )
    sent_back = {
        item
        for decision in decisions
        if decision.pack == before.id and decision.outcome is Outcome.REWORK
        for item in decision.detail.get("reopen", ())
    }
    return History(
        rounds=tuple(rounds),
        items=tuple(_changed_items(earlier, view)),
        versions=tuple(_changed_versions(earlier, view)),
        reopened=tuple(item for item in _items(view).values() if item.id in sent_back),
        withdrawn=reasons.get(pack.round, ""),
    )


def _reasons(session: Session, tenant: str, instance: str, packs: Sequence[Pack]) -> dict[int, str]:
    """Return why requests were taken back, by round."""
    taken_back = {(pack.gate, pack.item, pack.round) for pack in packs if pack.status is PackStatus.WITHDRAWN}
    if not taken_back:
        return {}
    found = {}
    for event in events_of(session, tenant=tenant, instance_id=instance):
        body = event.body
        if event.verb == "withdraw" and (body["gate"], body["item"], body["round"]) in taken_back:
            found[int(body["round"])] = str(body["reason"])
    return found


def _items(view: PackView) -> Mapping[tuple[str, str], PackItem]:
    return {(checklist.key, item.id): item for checklist in view.checklists for item in checklist.items}


def _changed_items(earlier: PackView, now: PackView) -> Iterator[ItemChange]:
    before = _items(earlier)
    for key, item in _items(now).items():
        was = before.get(key)
        if was is None or _said(was) != _said(item):
            yield ItemChange(before=was, after=item)


def _said(item: PackItem) -> tuple[object, ...]:
    return item.kind, item.value, item.reason, item.comment, item.evidence


def _changed_versions(earlier: PackView, now: PackView) -> Iterator[VersionChange]:
    before = {(doc.key, version.item): version for doc in earlier.documents for version in doc.versions}
    for document in now.documents:
        for version in document.versions:
            was = before.get((document.key, version.item))
            if was is None or was.version != version.version:
                yield VersionChange(label=document.label, before=was, after=version)
