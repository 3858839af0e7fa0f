"""Who decides a gate: its rows of the table on authority, read and changed one at a time.

Each page is also a part of the diagram's panel (`part`): the same form, without the page around it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.change_words import change_words
from app.designer.decider_forms import read_row, shown
from app.designer.decider_words import choices, columns_of, told, who
from app.designer.diagram_words import model_of
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.history import seen_revision
from app.shell.context import posted_request_id, request_context
from app.shell.filters import say
from workflows.kernel.errors import NotFound
from workflows.models import DraftChanged, Model, change_model_draft, check
from workflows.models.deciders import (
    Decider,
    DecidersUnreadable,
    DeciderTable,
    add_decider,
    change_decider,
    deciders_file,
    move_decider,
    read_deciders,
    remove_decider,
)
from workflows.models.model import Gate

NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The gate of an address, in the draft that it belongs to."""

    page: DraftPage
    model: Model
    gate: Gate
    path: str
    table: DeciderTable

    @property
    def content(self) -> bytes:
        """The file that holds the table."""
        return self.page.draft.files[self.path]


@bp.get("/models/drafts/<draft_id>/deciders/<gate>")
@seeing_models
def deciders(draft_id: str, gate: str) -> ResponseReturnValue:
    """List the rows that may decide a gate."""
    asked = _asked(draft_id, gate)
    return _show(asked, "deciders", rows=told(asked.table, asked.model, asked.gate), found=_found(asked))


@bp.get("/models/drafts/<draft_id>/deciders/<gate>/<row>")
@designing
def decider(draft_id: str, gate: str, row: str) -> ResponseReturnValue:
    """Show the form on a row, or on a new one."""
    asked = _asked(draft_id, gate)
    found = _row(asked, row)
    return _form(asked, found, shown(asked.table, found, asked.gate), {})


@bp.post("/models/drafts/<draft_id>/deciders/<gate>/<row>")
@designing
def save_decider(draft_id: str, gate: str, row: str) -> ResponseReturnValue:
    """Save a row; `remove` takes it away, `up` and `down` move it among the rows of the gate."""
    asked = _asked(draft_id, gate)
    found = _row(asked, row)
    if found is not None and {"remove", "up", "down"} & request.form.keys():
        return _moved(asked, found)
    sent = request.form.to_dict()
    entry = read_row(asked.table, sent, row=found, gate=asked.gate)
    typed = {**shown(asked.table, found, asked.gate), **sent}
    if entry.problems:
        return _form(asked, found, typed, entry.problems), 422
    columns = columns_of(asked.table)
    if found is None:
        content, _ = add_decider(
            asked.content, gates=entry.gates, tests=entry.tests, values=entry.values, note=entry.note,
            before=entry.before, new_columns=columns,
        )  # fmt: skip
    else:
        content = change_decider(
            asked.content, row_id=found.id, gates=entry.gates, tests=entry.tests, values=entry.values,
            note=entry.note, new_columns=columns,
        )  # fmt: skip
    named = who(asked.model, *sent["who"].split("/", 1))
    what = gettext("%(gate)s: %(who)s beslutar", gate=say(asked.gate.short), who=named)
    return _saved(asked, content, what, lambda: _form(asked, found, typed, {"form": _overtaken()}))


def _found(asked: Asked) -> list[str]:
    """Return what the check says of the rows of this gate."""
    found = (finding for finding in check(asked.page.draft.files) if finding.file == asked.path)
    return [finding.message for finding in found if asked.gate.key in finding.attribute.split()]


def _moved(asked: Asked, row: Decider) -> ResponseReturnValue:
    rows = list(asked.table.for_gate(asked.gate.key))
    place = rows.index(row) if row in rows else 0
    short = say(asked.gate.short)
    if "remove" in request.form:
        try:
            content = remove_decider(asked.content, row_id=row.id)
        except DecidersUnreadable:  # the only row
            return redirect(_address(asked), 303)
        what = gettext("%(gate)s: tog bort en rad", gate=short)
    else:
        # Above the row before, or (down) above the row after the next.
        target = place - 1 if "up" in request.form else place + 2
        if target < 0 or (place == len(rows) - 1 and "down" in request.form):
            return redirect(_address(asked), 303)
        before = rows[target].id if target < len(rows) else _after(asked.table, rows[-1])
        content = move_decider(asked.content, row_id=row.id, before=before)
        what = gettext("%(gate)s: flyttade en rad", gate=short)
    return _saved(asked, content, what, lambda: deciders(asked.page.draft.id, asked.gate.key))


def _after(table: DeciderTable, row: Decider) -> str | None:
    """Return the row that follows in the whole table."""
    following = table.rows[row.number :]
    return following[0].id if following else None


def _saved(asked: Asked, content: bytes, what: str, again: Callable[[], ResponseReturnValue]) -> ResponseReturnValue:
    """Save the file, and go back to the list; where somebody else was first, show `again()` with 409."""
    try:
        change_model_draft(
            request_context(),
            draft_id=asked.page.draft.id,
            changes={asked.path: content},
            seen=seen_revision(),
            what=change_words(asked.page.draft.files, {asked.path: content}, what),
            request_id=posted_request_id(),
        )
    except DraftChanged:
        if not _is_part():
            raise
        return make_response(again(), 409)
    return redirect(_address(asked), 303)


def _overtaken() -> str:
    return gettext("Någon annan har ändrat tabellen. Öppna den igen och gör om ändringen")


def _asked(draft_id: str, gate: str) -> Asked:
    """Return what an address names. Raises NotFound, DecidersUnreadable."""
    page = draft_page(draft_id, "tables")
    model = model_of(page.draft)
    found = next((one for one in model.gates if one.key == gate), None) if model else None
    path = deciders_file(page.draft.files)
    if model is None or found is None:
        raise NotFound
    if path is None:
        raise DecidersUnreadable(reason=gettext("ingen fil innehåller den"))
    table = read_deciders(page.draft.files[path], path=path)
    return Asked(page=page, model=model, gate=found, path=path, table=table)


def _row(asked: Asked, row: str) -> Decider | None:
    """Return the row of an address, None for a new one. Raises NotFound."""
    if row == NEW:
        return None
    try:
        return asked.table.row(row)
    except KeyError as error:
        raise NotFound from error


def _form(asked: Asked, row: Decider | None, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    listing = told(asked.table, asked.model, asked.gate)
    return _show(
        asked,
        "decider",
        row=row,
        row_id=NEW if row is None else row.id,
        typed=typed,
        errors=errors,
        columns=columns_of(asked.table),
        usual=len(asked.table.columns) + 1,
        choices=choices(asked.model, row),
        places=[(one.row.id, f"{number}. {one.who}") for number, one in enumerate(listing, 1)],
        shared=next((one for one in listing if row is not None and one.row.id == row.id), None),
    )


def _show(asked: Asked, template: str, **more: object) -> str:
    name = f"_{template}" if _is_part() else template
    part = {"part": 1} if _is_part() else {}
    return show(asked.page, name, gate=asked.gate, model=asked.model, table=asked.table, part=part, **more)


def _is_part() -> bool:
    return "part" in request.args


def _address(asked: Asked) -> str:
    part = 1 if _is_part() else None
    return url_for(".deciders", draft_id=asked.page.draft.id, gate=asked.gate.key, part=part)
