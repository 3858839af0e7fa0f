"""The decision tables of a draft: who decides each gate as a list that works everywhere, and the tables themselves."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.decider_words import Told, told
from app.designer.diagram import island
from app.designer.diagram_words import addresses, model_of
from app.designer.draft_pages import draft_page, show
from app.designer.guards import seeing_models
from app.designer.place_words import called
from app.designer.table_words import rules_of, written_values
from app.shell.dates import clock
from workflows.kernel.errors import NotFound
from workflows.models import ModelDraft
from workflows.models.deciders import DecidersUnreadable, deciders_file, read_deciders
from workflows.models.model import Gate


@bp.get("/models/drafts/<draft_id>/tables")
@seeing_models
def tables(draft_id: str) -> ResponseReturnValue:
    """Show who decides each gate, and one table of a draft (`file`) to be changed as a table."""
    page = draft_page(draft_id, "tables")
    paths = sorted(path for path in page.draft.files if path.endswith(".dmn"))
    path = request.args.get("file") or (deciders_file(page.draft.files) or (paths or [""])[0])
    if path and path not in paths:
        raise NotFound
    gates, unreadable = _gates(page.draft)
    words = {
        "draft": page.draft.id,
        "path": path,
        "canChange": page.can_change,
        "changedAt": clock(page.draft.changed_at),
        "revisions": dict(page.draft.revisions),
        "files": [(one, url_for(".tables", draft_id=draft_id, file=one)) for one in paths],
        "urls": addresses(page.draft, path) if path else {},
    }
    files = page.draft.files
    shown = show(
        page,
        "tables",
        path=path,
        paths=called(files, paths),
        gates=gates,
        unreadable=unreadable,
        data=words,
        whole=rules_of(files, path),
        written=written_values(model_of(page.draft), files, path) if path else [],
    )
    return island(shown)


def _gates(draft: ModelDraft) -> tuple[list[tuple[Gate, list[Told]]], str]:
    """Return each gate with its rows; or a sentence on why they cannot be told."""
    model = model_of(draft)
    path = deciders_file(draft.files)
    if model is None:
        return [], gettext("Filen model.json går inte att läsa, så beslutspunkterna kan inte visas. Se kontrollen.")
    if path is None:
        return [], gettext("Ingen fil innehåller tabellen över vem som beslutar. Se kontrollen.")
    try:
        table = read_deciders(draft.files[path], path=path)
    except DecidersUnreadable as error:
        return [], gettext(error.message).format(**error.facts)
    return [(gate, told(table, model, gate)) for gate in model.gates], ""
