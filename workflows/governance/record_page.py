"""What stands on record, to be read and printed: one version of a document, one decision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.feel import Environment
from forms.summary import ChecklistSection, SummaryPair, SummarySection, checklist_summary, summary_for
from workflows.flow import Submission, latest_submissions, load_submission
from workflows.governance.decision_record import Decision, load_decision
from workflows.governance.facts import environment, facts_of
from workflows.governance.files import file_names
from workflows.governance.loaded import open_project
from workflows.governance.packs import Pack, pack_of
from workflows.governance.papers import Source, is_printed
from workflows.governance.project import Project, load_project
from workflows.governance.readiness import (
    Condition,
    DocumentVersion,
    conditions_of,
    document_versions,
    earlier_answers,
)
from workflows.governance.registers import people_named
from workflows.governance.tables import PackRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.models import Bundle, load_bundle
from workflows.models.model import DocumentType, Gate
from workflows.people import all_bodies, names_of

ID = 32
"""Characters of an identifier, as people are named in answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """A document version with its answers in words. `versions` are all of the same document and item, oldest first.

    `printed` tells whether its PDF has been made.
    """

    project: Project
    bundle: Bundle
    kind: DocumentType
    version: DocumentVersion
    versions: tuple[DocumentVersion, ...]
    item_name: str
    form: tuple[SummarySection, ...]
    checklist: tuple[ChecklistSection, ...]
    names: Mapping[str, str]
    printed: bool

    @property
    def newest(self) -> bool:
        """Whether no later version has been made."""
        return self.version.version == self.versions[-1].version


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """A decision with the gate, the pack it was taken on and the conditions it made."""

    project: Project
    bundle: Bundle
    decision: Decision
    gate: Gate
    pack: Pack | None
    conditions: tuple[Condition, ...]
    reopened: tuple[tuple[str, str], ...]
    item_name: str
    names: Mapping[str, str]


def document_page(ctx: Context, *, project_id: str, key: str, version: int, item: str = "") -> DocumentPage:
    """Return a document version for somebody who may read its project. Raises NotFound."""
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        return read_document(session, ctx, opened.project, opened.bundle, key=key, version=version, item=item)


def decision_page(ctx: Context, *, project_id: str, decision_id: str) -> DecisionPage:
    """Return a decision for somebody who may read its project. Raises NotFound."""
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        return read_decision(session, ctx, opened.project, opened.bundle, decision_id=decision_id)


def load_for_paper(session: Session, ctx: Context, project_id: str) -> tuple[Project, Bundle]:
    """Return a project and its model for a job, which acts for nobody and asks for no right."""
    project = load_project(session, tenant=ctx.tenant, project_id=project_id)
    return project, load_bundle(session, tenant=ctx.tenant, digest=project.bundle)


def read_document(
    session: Session, ctx: Context, project: Project, bundle: Bundle, *, key: str, version: int, item: str
) -> DocumentPage:
    """Return a document version of a project. Raises NotFound."""
    kind = next((kind for kind in bundle.model.documents if kind.key == key), None)
    versions = tuple(
        one for one in document_versions(session, tenant=ctx.tenant, project_id=project.id, key=key) if one.item == item
    )
    wanted = next((one for one in versions if one.version == version), None)
    if kind is None or wanted is None:
        raise NotFound
    submission = load_submission(session, tenant=ctx.tenant, submission_id=wanted.submission)
    people = {*_ids(submission.answers), submission.actor, project.created_by, *people_named(project)}
    names = names_of(session, tenant=ctx.tenant, people=people)
    asked = load_bundle(session, tenant=ctx.tenant, digest=submission.bundle)
    reader = _Reader(session=session, ctx=ctx, project=project, bundle=asked, names=names)
    paper = Source(document=key, item=item, version=version)
    return DocumentPage(
        project=project,
        bundle=bundle,
        kind=kind,
        version=wanted,
        versions=versions,
        item_name=item_name(project, item, names),
        form=reader.form(submission),
        checklist=reader.checklist(submission),
        names=names,
        printed=is_printed(session, tenant=ctx.tenant, project_id=project.id, source=paper),
    )


def read_decision(
    session: Session, ctx: Context, project: Project, bundle: Bundle, *, decision_id: str
) -> DecisionPage:
    """Return a decision of a project. Raises NotFound."""
    decision = load_decision(session, tenant=ctx.tenant, decision_id=decision_id)
    if decision.project != project.id or decision.gate is None:
        raise NotFound
    own = conditions_of(session, tenant=ctx.tenant, project_id=project.id)
    conditions = tuple(one for one in own if one.decision == decision.id)
    meeting = decision.detail.get("meeting") or {}
    seats = [one.get(part) for one in meeting.get("attendance", ()) for part in ("person", "substitute")]
    met = {str(one) for one in (*seats, meeting.get("chair"), meeting.get("adjusted_by")) if one}
    people = {decision.recorded_by, *(one.owner for one in conditions), *met, *people_named(project)}
    names = names_of(session, tenant=ctx.tenant, people=people)
    return DecisionPage(
        project=project,
        bundle=bundle,
        decision=decision,
        gate=bundle.model.gate(decision.gate),
        pack=_pack(session, ctx.tenant, decision.pack),
        conditions=conditions,
        reopened=tuple(_reopened(bundle, decision)),
        item_name=item_name(project, decision.item or "", names),
        names=names,
    )


def item_name(project: Project, item: str, names: Mapping[str, str]) -> str:
    """Return what a register's row is called: its person, or its title; "" outside of any."""
    row = project.row(item or None)
    person = next((names[value] for value in row.values() if isinstance(value, str) and value in names), None)
    title = row.get("title")
    return str(title or person or item)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Puts answers into words with the names and lists that the form's choices come from."""

    session: Session
    ctx: Context
    project: Project
    bundle: Bundle
    names: Mapping[str, str]

    @property
    def env(self) -> Environment:
        """What FEEL knows of the world."""
        return environment(self.ctx.now())

    def form(self, submission: Submission) -> tuple[SummarySection, ...]:
        """Return a form's answers by section; none for a checklist."""
        form = self.bundle.forms.get(submission.form)
        if form is None:
            return ()
        sections = summary_for(
            form, submission.answers, env=self.env, context=self._context(submission), files=self._files()
        )
        return tuple(_without_empty_tables(section) for section in sections)

    def checklist(self, submission: Submission) -> tuple[ChecklistSection, ...]:
        """Return a checklist's answers by area; none for a form."""
        checklist = self.bundle.checklists.get(submission.form)
        if checklist is None:
            return ()
        latest = latest_submissions(
            self.session,
            tenant=self.ctx.tenant,
            instance_id=self.project.instance,
            forms=tuple(self.bundle.checklists),
        )
        return checklist_summary(
            checklist,
            submission.answers,
            facts=self._facts(),
            env=self.env,
            earlier=earlier_answers(self.bundle, latest),
            files=self._files(),
        )

    def _files(self) -> Mapping[str, str]:
        return file_names(self.session, tenant=self.ctx.tenant, project_id=self.project.id)

    def _facts(self) -> dict[str, Any]:
        on = local_date(self.ctx.now())
        return facts_of(self.session, tenant=self.ctx.tenant, project=self.project, model=self.bundle.model, on=on)

    def _context(self, submission: Submission) -> dict[str, Any]:
        """Return what the form's choices and texts are read from; people by name, gone or not."""
        project, facts = self.project, self._facts()
        bodies = all_bodies(self.session, tenant=self.ctx.tenant)
        row = project.row(submission.item)
        return {
            **facts,
            "facts": facts,
            "project": {
                "title": project.title,
                "number": project.number,
                "registry_number": project.registry_number,
            },
            "actor": {"id": submission.actor, "name": self.names.get(submission.actor)},
            "item": {**row, **{f"{key}_name": self.names[value] for key, value in row.items() if value in self.names}},
            "earlier": {},
            "people": [{"value": person, "label": name} for person, name in self.names.items()],
            "bodies": [{"value": f"body:{body.id}", "label": body.name} for body in bodies],
            "deliverables": [
                {"value": key, "label": item_name(project, key, self.names)}
                for rows in project.registers.values()
                for key in rows
            ],
        }


def _without_empty_tables(section: SummarySection) -> SummarySection:
    """Let a list without rows say so in one line, like any other question without an answer."""
    empty = tuple(
        SummaryPair(name=table.name, label=table.title, value="") for table in section.tables if not table.rows
    )
    filled = tuple(table for table in section.tables if table.rows)
    return replace(section, pairs=(*section.pairs, *empty), tables=filled)


def _ids(value: Any) -> Iterator[str]:
    """Yield every text in answers that may be a person's id."""
    if isinstance(value, str):
        if len(value) == ID:
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)


def _pack(session: Session, tenant: str, pack_id: str | None) -> Pack | None:
    row = session.scalar(select(PackRow).where(PackRow.tenant == tenant, PackRow.id == pack_id)) if pack_id else None
    return pack_of(row) if row else None


def _reopened(bundle: Bundle, decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield what a rework decision sent back: id and question."""
    wanted = decision.detail.get("reopen") or ()
    for checklist in bundle.checklists.values():
        for item in checklist.items:
            if item.id in wanted:
                yield item.id, item.question.in_language("sv")
