"""A project's registers (members, deliverables) and documents as its page shows them, each with where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from forms.tree import Field, FieldType, Form, Moment, Rows, keyed
from forms.tree import Label as FormLabel
from workflows.flow import Latest, Submission
from workflows.governance.open_steps import OpenStep
from workflows.governance.outcomes import Outcome
from workflows.governance.packs import Pack, PackStatus
from workflows.governance.project import Project, ProjectStatus
from workflows.governance.readiness import DocumentVersion
from workflows.models import Bundle
from workflows.models.model import DocumentType


class DocumentStanding(StrEnum):
    """Where a document stands: nobody has begun, somebody writes, some copies are there, made, asked for, decided."""

    NONE = "none"
    BEGUN = "begun"
    PARTLY = "partly"
    MADE = "made"
    WAITING = "waiting"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A kind of document of the project: its newest version, and how many of the wanted copies there are."""

    type: DocumentType
    standing: DocumentStanding
    newest: DocumentVersion | None
    copies: int
    wanted: int
    due_at: datetime | None


class RowStanding(StrEnum):
    """Where a member's contract or a delivery stands."""

    NONE = "none"
    WAITING = "waiting"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One row: its name (the first field), the other fields, what waits for it, and what was answered last.

    `person` is set when the first field names a person; `answer` is the first choice of what was handed in last.
    """

    key: str
    name: str
    person: str | None
    day: date | None
    standing: RowStanding
    step: OpenStep | None
    last: Submission | None
    answer: FormLabel | None
    document: DocumentVersion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register with its title, from the form that fills it."""

    key: str
    title: FormLabel
    rows: tuple[RegisterRow, ...]


def document_lines(
    bundle: Bundle,
    project: Project,
    versions: Sequence[DocumentVersion],
    steps: Sequence[OpenStep],
    packs: Sequence[Pack],
    outcomes: Mapping[str, Outcome],
) -> tuple[DocumentLine, ...]:
    """Return the project's documents in the model's order: those it has, and those that gates ahead ask for.

    An idea is shown what its first gate asks for; a project that is over nothing but what it has. `outcomes` are the
    decisions by pack.
    """
    gates = bundle.model.gates[:1] if project.status is ProjectStatus.IDEA else bundle.model.gates
    asked = {key for gate in gates for key in gate.documents} if project.closed_at is None else set()
    lines = []
    for kind in bundle.model.documents:
        own = [version for version in versions if version.key == kind.key]
        if own or kind.key in asked:
            lines.append(_line(kind, own, project, steps, packs, outcomes))
    return tuple(lines)


def _line(
    kind: DocumentType,
    own: Sequence[DocumentVersion],
    project: Project,
    steps: Sequence[OpenStep],
    packs: Sequence[Pack],
    outcomes: Mapping[str, Outcome],
) -> DocumentLine:
    newest = max(own, key=lambda version: version.recorded_on, default=None)
    items = project.registers.get(kind.register, {}) if kind.register else {}
    wanted = len(items) if kind.register else 1
    copies = len({version.item for version in own})
    step = next((step for step in steps if step.task.form == kind.form), None)
    begun = newest is not None or any(one.task.item in items for one in steps)
    return DocumentLine(
        type=kind,
        standing=DocumentStanding.PARTLY if begun and copies < wanted else _standing(newest, step, packs, outcomes),
        newest=newest,
        copies=copies,
        wanted=wanted,
        due_at=step.task.due_at if step else None,
    )


def _standing(
    newest: DocumentVersion | None,
    step: OpenStep | None,
    packs: Sequence[Pack],
    outcomes: Mapping[str, Outcome],
) -> DocumentStanding:
    if newest is None:
        return DocumentStanding.BEGUN if step else DocumentStanding.NONE
    holding = [pack for pack in packs if newest.digest in digests_of(pack)]
    if any(pack.status is PackStatus.WAITING for pack in holding):
        return DocumentStanding.WAITING
    if any(outcomes[pack.id].goes_on for pack in holding if pack.id in outcomes):
        return DocumentStanding.DECIDED
    return DocumentStanding.MADE


def digests_of(pack: Pack) -> set[str]:
    """Return the digests of the document versions that a pack holds."""
    return {version["digest"] for document in pack.content.get("documents", ()) for version in document["versions"]}


def registers_of(
    bundle: Bundle,
    project: Project,
    versions: Sequence[DocumentVersion],
    steps: Sequence[OpenStep],
    latest: Latest,
    names: Mapping[str, str],
) -> tuple[Register, ...]:
    """Return the registers that have rows, in the model's order."""
    found = []
    for key, source in bundle.model.registers.items():
        rows = project.registers.get(key, {})
        form, _, path = source.partition(".")
        node = rows_node(bundle.forms[form], path) if form in bundle.forms else None
        if rows and node is not None:
            own = tuple(_row(bundle, item, project.row(item), node, versions, steps, latest, names) for item in rows)
            found.append(Register(key=key, title=node.label, rows=own))
    return tuple(found)


def people_named(project: Project) -> set[str]:
    """Return every text in the registers that may be a person's id."""
    return {
        value
        for rows in project.registers.values()
        for row in rows.values()
        for value in row.values()
        if isinstance(value, str) and len(value) == 32
    }


def _row(
    bundle: Bundle,
    item: str,
    values: Mapping[str, Any],
    node: Rows,
    versions: Sequence[DocumentVersion],
    steps: Sequence[OpenStep],
    latest: Latest,
    names: Mapping[str, str],
) -> RegisterRow:
    fields = [field for field in keyed(node.nodes) if isinstance(field, Field)]
    first = str(values.get(fields[0].key, item)) if fields else item
    step = next((step for step in steps if item in step.task.items.values()), None)
    given = [submission for (_, one), submission in latest.items() if one == item]
    last = max(given, key=lambda submission: submission.at, default=None)
    return RegisterRow(
        key=item,
        name=names.get(first, first),
        person=first if first in names else None,
        day=_day(fields, values),
        standing=RowStanding.WAITING if step else RowStanding.ANSWERED if last else RowStanding.NONE,
        step=step,
        last=last,
        answer=_answer(bundle.forms.get(last.form), last) if last else None,
        document=next((version for version in reversed(versions) if version.item == item), None),
    )


def _day(fields: Sequence[Field], values: Mapping[str, Any]) -> date | None:
    """Return the row's last day: when a delivery is due, when a member's time ends."""
    days = [values.get(field.key) for field in fields if _is_day(field)]
    given = [str(day) for day in days if day]
    return date.fromisoformat(given[-1]) if given else None


def _is_day(field: Field) -> bool:
    return field.type is FieldType.DATETIME and field.moment is Moment.DATE


def _answer(form: Form | None, last: Submission) -> FormLabel | None:
    """Return the first choice that somebody made in a form, in words."""
    nodes = keyed(form.nodes) if form else ()
    for node in nodes:
        if isinstance(node, Field) and node.type is FieldType.RADIO and node.key in last.answers:
            chosen = last.answers[node.key]
            return next((option.label for option in node.options.values if option.value == chosen), None)
    return None


def rows_node(form: Form, path: str) -> Rows | None:
    """Return the list that a register is filled from; `path` is its place in the form."""
    name = path.rpartition(".")[2]
    return next((node for node in form.walk() if isinstance(node, Rows) and node.key == name), None)
