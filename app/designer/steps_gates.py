"""The page of a gate: its statement, outcomes and targets, and what it is checked against."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.steps import TAB, Made, find_row, save, table_or_none, target_name
from app.designer.steps_words import OUTCOMES, role_name
from app.shell.filters import say
from workflows.kernel.errors import NotFound
from workflows.models.editing.gate_ways import AGAIN, ORDER, STOP, OutcomeWay
from workflows.models.editing.gates import GateWords, change_gate
from workflows.models.editing.table import Row, Section, Table

REWORK = "rework"


@bp.route("/models/drafts/<draft_id>/gates/<node>", methods=["GET", "POST"])
@designing
def gate_page(draft_id: str, node: str) -> ResponseReturnValue:
    """Show a gate to be changed, or save it."""
    page = draft_page(draft_id, TAB)
    section, row = find_row(page, node)
    if row.gate is None:
        raise NotFound
    if request.method != "POST":
        return _show(page, section, row, _said(row))
    words, key = _typed(), row.gate.key
    made = Made(
        changes=lambda files: change_gate(files, key, words),
        what=gettext("Ändrade %(name)s", name=words.label or row.name),
        anchor=node,
    )
    return save(page, made, lambda page, wrong: _show(page, section, row, words, wrong.errors))


def _said(row: Row) -> GateWords:
    gate = row.gate
    assert gate is not None
    return GateWords(
        label=str(gate.label["sv"]),
        short=str(gate.short["sv"]),
        statement=str(gate.statement["sv"]),
        checklists=gate.checklists,
        documents=gate.documents,
        ways=row.outcomes,
    )


def _typed() -> GateWords:
    form = request.form
    ways = [OutcomeWay(outcome=outcome, target=form[name]) for outcome in ORDER if form.get(name := f"to_{outcome}")]
    first = form.get("to_rework", "")
    more = [phase for phase in form.getlist("rework_also") if phase != first] if first else []
    ways += [OutcomeWay(outcome=REWORK, target=phase) for phase in dict.fromkeys(more)]
    return GateWords(
        label=form.get("label", "").strip(),
        short=form.get("short", "").strip(),
        statement=form.get("statement", "").strip(),
        checklists=tuple(form.getlist("checklists")),
        documents=tuple(form.getlist("documents")),
        ways=tuple(sorted(ways, key=lambda way: ORDER.index(way.outcome))),
    )


def _show(
    page: DraftPage, section: Section, row: Row, words: GateWords, errors: Mapping[str, str] | None = None
) -> str:
    table = table_or_none(page)
    if table is None:
        raise NotFound
    chosen = {way.outcome: way.target for way in reversed(words.ways)}
    bundle = table.bundle
    return show(
        page,
        "gate",
        section=section,
        row=row,
        words=words,
        errors=errors or {},
        chosen=chosen,
        also={way.target for way in words.ways if way.outcome == REWORK},
        outcomes=[(key, str(label), _targets(table, row, key)) for key, label in OUTCOMES.items()],
        phases=[(one.key, one.title) for one in table.phases],
        checklists=[(key, one.title.sv) for key, one in bundle.checklists.items()],
        documents=[(one.key, say(one.label)) for one in bundle.model.documents],
        deciders=[role_name(bundle, key) for key in row.deciders],
    )


def _targets(table: Table, row: Row, outcome: str) -> list[tuple[str, str]]:
    """Return where an outcome may lead, what it leads to now included."""
    names = table.names()
    diagram = table.bundle.executable.diagram
    scope = diagram.nodes[row.node].scope
    ends = [node.id for node in diagram.scopes[scope].nodes if node.kind == "endEvent" and node.trigger is None]
    phases = [one.key for one in table.phases] if scope == table.bundle.model.work else []
    now = [way.target for way in row.outcomes if way.outcome == outcome]
    found = {
        "rework": phases,
        "defer": [AGAIN],
        "hold": [AGAIN],
        "terminate": [STOP],
        "reject": ends,
    }.get(outcome, [*phases, *ends])
    none = ("", gettext("Kan inte väljas"))
    options = [none, *((key, target_name(names, row, key)) for key in dict.fromkeys([*now, *found]))]
    if outcome == "reject" and scope == table.bundle.model.work:
        options.append((STOP, gettext("ett nytt slut")))
    return options
