"""Reads a frozen pack: its JSON with names in place of ids, what troubles first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.checklist import Checklist, Requirement
from forms.swedish import parse_date
from forms.verdict import ItemState, given_afterwards
from workflows.governance.gate_pack import (
    PackChecklist,
    PackCondition,
    PackDocument,
    PackFigure,
    PackItem,
    PackRisk,
    PackVersion,
    PackView,
)
from workflows.governance.packs import Pack
from workflows.governance.project import Project
from workflows.governance.readiness import Condition, ConditionStatus, conditions_of
from workflows.governance.record_page import item_name
from workflows.governance.registers import people_named
from workflows.models import Bundle
from workflows.people import names_of


def pack_view(
    session: Session,
    *,
    tenant: str,
    project: Project,
    bundle: Bundle,
    pack: Pack,
    conditions: Sequence[Condition] | None = None,
) -> PackView:
    """Return a pack as it is read; `conditions` are the project's as they stand today, where they are known."""
    if conditions is None:
        conditions = conditions_of(session, tenant=tenant, project_id=project.id)
    content = pack.content
    names = names_of(session, tenant=tenant, people=_ids(project, pack))
    since = {condition.id: condition.done_at for condition in conditions if condition.status is ConditionStatus.DONE}
    request = content.get("request") or {}
    return PackView(
        pack=pack,
        gate=content["gate"]["label"],
        about=item_name(project, pack.item or "", names),
        statement=content["statement"],
        title=str(content["project"]["title"]),
        requested_by=names.get(pack.requested_by, ""),
        proposal=str(request.get("proposal") or ""),
        alternatives=tuple(request.get("alternatives") or ()),
        deviation_reason=str(request.get("deviation_reason") or "") if pack.with_deviation else "",
        checklists=_checklists(content["checklists"], bundle, names),
        documents=tuple(_document(one, project, names) for one in content["documents"]),
        conditions=tuple(_condition(one, bundle, names, since) for one in content["conditions"]),
        money=tuple(_figures(content["money"])),
        risks=tuple(PackRisk(**risk) for risk in content["risks"]),
    )


def _ids(project: Project, pack: Pack) -> set[str]:
    """Return everything in a pack that may be the id of a person."""
    owners = (str(condition["owner"]) for condition in pack.content["conditions"])
    answers = [item["answer"] for one in pack.content["checklists"] for item in one["items"]]
    later = {given.by for answer in answers if (given := given_afterwards(answer))}
    return {pack.requested_by, *people_named(project), *owners, *later}


def _checklists(
    rows: Sequence[Mapping[str, Any]], bundle: Bundle, names: Mapping[str, str]
) -> tuple[PackChecklist, ...]:
    """Return the checklists, those with deviations first."""
    read = (_checklist(row, bundle.checklists.get(row["key"]), names) for row in rows)
    return tuple(sorted(read, key=lambda checklist: not checklist.deviating))


def _checklist(content: Mapping[str, Any], checklist: Checklist | None, names: Mapping[str, str]) -> PackChecklist:
    return PackChecklist(
        key=content["key"],
        title=content["title"],
        items=tuple(_item(item, checklist, names) for item in content["items"]),
        missing=content["missing"],
    )


def _item(content: Mapping[str, Any], checklist: Checklist | None, names: Mapping[str, str]) -> PackItem:
    known = checklist.by_id.get(content["id"]) if checklist else None
    answer = content["answer"] or {}
    given = given_afterwards(answer)
    return PackItem(
        id=content["id"],
        topic=known.topic if known else {"sv": content["question"]},
        question=content["question"],
        must=content["requirement"] == Requirement.MUST,
        state=ItemState(content["state"]),
        kind=answer.get("answer"),
        value=_value(answer.get("value")),
        reason=str(answer.get("reason") or ""),
        comment=str(answer.get("comment") or ""),
        evidence=tuple(answer.get("evidence") or ()),
        given_by=names.get(given.by, "") if given else "",
        given_at=given.at if given else None,
    )


def _value(value: Any) -> str | float | date | None:
    if value is None or isinstance(value, int | float):
        return value
    return parse_date(str(value)) or str(value)


def _document(content: Mapping[str, Any], project: Project, names: Mapping[str, str]) -> PackDocument:
    missing = content["missing"]
    return PackDocument(
        key=content["key"],
        label=content["label"],
        versions=tuple(
            PackVersion(of=item_name(project, version["item"], names), **version) for version in content["versions"]
        ),
        missing=tuple(item_name(project, item, names) for item in missing)
        if isinstance(missing, list)
        else ("",) * missing,
    )


def _condition(
    content: Mapping[str, Any], bundle: Bundle, names: Mapping[str, str], since: Mapping[str, datetime | None]
) -> PackCondition:
    gates = {gate.key: gate.label for gate in bundle.model.gates}
    was_open = content["status"] == ConditionStatus.OPEN
    return PackCondition(
        number=content["number"],
        gate=gates.get(content["gate"], {}),
        text=content["text"],
        owner=names.get(content["owner"], ""),
        due_on=date.fromisoformat(content["due_on"]),
        open=was_open,
        done_since=since.get(content["id"]) if was_open else None,
    )


def _figures(rows: Sequence[Mapping[str, Any]]) -> Iterable[PackFigure]:
    first = float(rows[0]["value"]) if rows else 0.0
    for number, row in enumerate(rows):
        value = float(row["value"])
        change = (value - first) / first * 100 if number and first else None
        yield PackFigure(label=row["label"], value=value, change=change)
