"""The page of one step: what it says and where it stands; and a new step."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing
from app.designer.steps import TAB, Made, find_row, places_of, read_place, save, table_or_none
from app.designer.steps_words import KINDS, UNITS, Span, form_options, read_span, role_options, span_of
from workflows.engine import TaskKind
from workflows.kernel.errors import NotFound
from workflows.models.editing.steps import Changes, StepWords, add_step, change_step, rename_step
from workflows.models.editing.table import Row, RowKind, Section

SPANS = ("due", "remind", "escalate")
Typed = Mapping[str, str | Span]


@bp.route("/models/drafts/<draft_id>/steps/<node>", methods=["GET", "POST"])
@designing
def step_page(draft_id: str, node: str) -> ResponseReturnValue:
    """Show a step to be changed, or save it."""
    page = draft_page(draft_id, TAB)
    section, row = find_row(page, node)
    if request.method != "POST":
        return _show(page, section, row, _said(row))
    typed = _typed(row)
    if problems := _problems(typed):
        return make_response(_show(page, section, row, typed, problems), 422)

    def changed(files: Mapping[str, bytes]) -> Changes:
        is_step = row.kind is RowKind.STEP
        return change_step(files, node, _words(typed)) if is_step else rename_step(files, node, str(typed["name"]))

    what = gettext("Ändrade steget %(name)s", name=typed["name"] or row.name)
    made = Made(changes=changed, what=what, anchor=node, in_words=True)
    return save(page, made, lambda page, wrong: _show(page, section, row, typed, wrong.errors))


@bp.route("/models/drafts/<draft_id>/new-step", methods=["GET", "POST"])
@designing
def new_step(draft_id: str) -> ResponseReturnValue:
    """Ask for a new step at a place (`place`), or add it."""
    page = draft_page(draft_id, TAB)
    typed = _typed(None)
    if request.method != "POST":
        return _show_new(page, {**_said(None), "place": request.args.get("place", "")})
    problems = _problems(typed)
    place = read_place(str(typed["place"]))
    if place is None:
        problems = {**problems, "place": gettext("Välj var steget ska stå")}
    if problems or place is None:
        return make_response(_show_new(page, typed, problems), 422)
    added: list[str] = []

    def made_of(files: Mapping[str, bytes]) -> Changes:
        changes, key = add_step(files, place, _words(typed))
        added.append(key)
        return changes

    made = Made(changes=made_of, what=gettext("Lade till steget %(name)s", name=typed["name"]), added=added)
    return save(page, made, lambda page, wrong: _show_new(page, typed, wrong.errors))


def _said(row: Row | None) -> Typed:
    """Return what the diagram says of a step."""
    task = row.task if row is not None else None
    said: dict[str, str | Span] = {
        "name": row.name if row is not None else "",
        "kind": task.kind if task is not None else TaskKind.RECORD,
        "form": (task.form if task is not None else "") or "",
        "role": (task.role if task is not None else "") or "",
        "help": row.help if row is not None else "",
        "place": "",
    }
    return said | {name: span_of(getattr(task, name, None)) for name in SPANS}


def _typed(row: Row | None) -> Typed:
    """Return what was sent."""
    sent: dict[str, str | Span] = {
        name: request.form.get(name, "").replace("\r\n", "\n").strip()
        for name in ("name", "kind", "form", "role", "help", "place")
    }
    drawn = {name: str(getattr(row.task, name, None) or "") if row is not None else "" for name in SPANS}
    return sent | {name: read_span(request.form, name, drawn[name]) for name in SPANS}


def _problems(typed: Typed) -> dict[str, str]:
    """Return what was typed that cannot be used, by field."""
    wrong = gettext("Skriv antalet som ett heltal, till exempel 10, eller lämna tomt")
    problems = {name: wrong for name in SPANS if isinstance(span := typed[name], Span) and not span.fits}
    if len(str(typed["name"])) > 200:
        problems["name"] = gettext("Skriv ett namn på högst 200 tecken")
    return problems


def _words(typed: Typed) -> StepWords:
    kind = str(typed["kind"])
    spans = {name: span.written for name in SPANS if isinstance(span := typed[name], Span)}
    return StepWords(
        name=str(typed["name"]),
        kind=TaskKind(kind) if kind in set(TaskKind) else TaskKind.RECORD,
        form=str(typed["form"]),
        role=str(typed["role"]),
        help=str(typed["help"]),
        **spans,
    )


def _show(page: DraftPage, section: Section, row: Row, typed: Typed, errors: Mapping[str, str] | None = None) -> str:
    table = table_or_none(page)
    if table is None:
        raise NotFound
    return show(
        page,
        "step",
        section=section,
        row=row,
        typed=typed,
        errors=errors or {},
        kinds=tuple((key, str(words)) for key, words in KINDS.items()),
        forms=(("", gettext("Välj")), *form_options(table.bundle)),
        roles=(("", gettext("Välj")), *role_options(table.bundle)),
        units=UNITS,
        places=places_of(table, but=row.node),
    )


def _show_new(page: DraftPage, typed: Typed, errors: Mapping[str, str] | None = None) -> str:
    table = table_or_none(page)
    if table is None:
        raise NotFound
    return show(
        page,
        "step_new",
        typed=typed,
        errors=errors or {},
        kinds=tuple((key, str(words)) for key, words in KINDS.items() if key != TaskKind.DECISION),
        forms=(("", gettext("Välj")), *form_options(table.bundle)),
        roles=(("", gettext("Välj")), *role_options(table.bundle)),
        units=UNITS,
        places=places_of(table),
    )
